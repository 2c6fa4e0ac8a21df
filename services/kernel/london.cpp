#include "kernel/london.hpp"

namespace hearback {
using namespace std::chrono;

namespace {

constexpr Instant change(year y, month m) { return sys_days{y / m / Sunday[last]} + hours{1}; }

constexpr const char* day_names[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr const char* month_names[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};

const char* name_of_day(Date date) { return day_names[weekday{sys_days{date}}.c_encoding()]; }

}  // namespace

bool is_summer_time(Instant at) {
    const Date date{floor<days>(at)};
    // Most days of the year need no Sunday to be found.
    if (date.month() < March || date.month() > October) return false;
    if (date.month() > March && date.month() < October) return true;
    return date.month() == March ? at >= change(date.year(), March) : at < change(date.year(), October);
}

LocalTime to_london(Instant at) { return LocalTime{at.time_since_epoch() + hours{is_summer_time(at) ? 1 : 0}}; }

Instant from_london(LocalTime local) {
    const Instant as_winter{local.time_since_epoch()}, as_summer = as_winter - hours{1};
    return is_summer_time(as_summer) ? as_summer : as_winter;
}

Date london_date(Instant at) { return Date{floor<days>(to_london(at))}; }

milliseconds london_time_of_day(Instant at) {
    const LocalTime local = to_london(at);
    return local - floor<days>(local);
}

Instant at_london(Date date, milliseconds time_of_day) { return from_london(local_days{date} + time_of_day); }

Date monday_of(Date day) {
    const auto at = std::chrono::sys_days{day};
    return Date{at - (std::chrono::weekday{at} - std::chrono::Monday)};
}

std::string day_name(Date date) { return name_of_day(date); }

std::string short_day_name(Date date) { return std::string(name_of_day(date), 3); }

std::string day_words(Date date) {
    return day_name(date) + ' ' + std::to_string(unsigned(date.day())) + ' ' + month_names[unsigned(date.month()) - 1];
}

std::string day_words_with_year(Date date) { return day_words(date) + ' ' + std::to_string(int(date.year())); }

std::string time_words(Instant at) {
    const auto minute_of_day = floor<minutes>(london_time_of_day(at)).count();
    if (minute_of_day == 0) return "midnight";
    if (minute_of_day == 12 * 60) return "midday";
    const auto hour = (minute_of_day / 60 + 11) % 12 + 1, minute = minute_of_day % 60;
    std::string text = std::to_string(hour);
    if (minute != 0) text += (minute < 10 ? ":0" : ":") + std::to_string(minute);
    return text + (minute_of_day < 12 * 60 ? "am" : "pm");
}

std::optional<LocalTime> local_from_iso(std::string_view text) {
    constexpr std::size_t without_seconds = std::string_view("2024-02-15T21:40").size();
    const auto as_utc = instant_from_iso(std::string(text) + (text.size() == without_seconds ? ":00Z" : "Z"));
    if (!as_utc) return {};
    return LocalTime{as_utc->time_since_epoch()};
}

std::string to_iso(LocalTime local) {
    std::string text = to_iso(Instant{local.time_since_epoch()});
    text.pop_back();
    if (text.ends_with(".000")) text.resize(text.size() - 4);
    return text;
}

}  // namespace hearback
