#include "kernel/instant.hpp"

#include <charconv>
#include <cstdio>

namespace hearback {
using namespace std::chrono;

namespace {

/// Takes exactly `digits` decimal digits off the front of `text`.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
    if (text.size() < digits) return {};
    int number = 0;
    for (char c : text.substr(0, digits)) {
        if (c < '0' || c > '9') return {};
        number = number * 10 + (c - '0');
    }
    text.remove_prefix(digits);
    return number;
}

bool take(std::string_view& text, char wanted) {
    if (text.empty() || text.front() != wanted) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<Date> take_date(std::string_view& text) {
    const auto y = take_number(text, 4);
    if (!y || !take(text, '-')) return {};
    const auto m = take_number(text, 2);
    if (!m || !take(text, '-')) return {};
    const auto d = take_number(text, 2);
    if (!d) return {};
    const Date date{year{*y}, month(unsigned(*m)), day(unsigned(*d))};
    if (!date.ok()) return {};
    return date;
}

std::optional<milliseconds> take_fraction(std::string_view& text) {
    if (!take(text, '.')) return milliseconds{0};
    int ms = 0, digits = 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1), ++digits)
        if (digits < 3) ms = ms * 10 + (text.front() - '0');
    if (digits == 0) return {};
    for (; digits < 3; ++digits) ms *= 10;
    return milliseconds{ms};
}

std::optional<minutes> take_offset(std::string_view& text) {
    if (take(text, 'Z') || take(text, 'z')) return minutes{0};
    const bool west = !text.empty() && text.front() == '-';
    if (!west && (text.empty() || text.front() != '+')) return {};
    text.remove_prefix(1);
    const auto h = take_number(text, 2);
    if (!h || !take(text, ':')) return {};
    const auto m = take_number(text, 2);
    if (!m || *h > 23 || *m > 59) return {};
    const minutes east = hours{*h} + minutes{*m};
    return west ? -east : east;
}

}  // namespace

std::string to_iso(Instant at) {
    const auto midnight = floor<days>(at);
    const Date date{midnight};
    const hh_mm_ss time{at - midnight};
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(date.year()), unsigned(date.month()),
                  unsigned(date.day()), int(time.hours().count()), int(time.minutes().count()),
                  int(time.seconds().count()), int(time.subseconds().count()));
    return text;
}

std::optional<Instant> instant_from_iso(std::string_view text) {
    const auto date = take_date(text);
    if (!date || !(take(text, 'T') || take(text, 't') || take(text, ' '))) return {};
    const auto h = take_number(text, 2);
    if (!h || !take(text, ':')) return {};
    const auto m = take_number(text, 2);
    if (!m || !take(text, ':')) return {};
    const auto s = take_number(text, 2);
    if (!s || *h > 23 || *m > 59 || *s > 60) return {};
    const auto fraction = take_fraction(text);
    const auto offset = fraction ? take_offset(text) : std::nullopt;
    if (!offset || !text.empty()) return {};
    return sys_days{*date} + hours{*h} + minutes{*m} + seconds{*s} + *fraction - *offset;
}

std::string to_iso(Date date) {
    char text[24];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", int(date.year()), unsigned(date.month()), unsigned(date.day()));
    return text;
}

std::optional<Date> date_from_iso(std::string_view text) {
    const auto date = take_date(text);
    if (!date || !text.empty()) return {};
    return date;
}

}  // namespace hearback
