#include "kernel/working_time.hpp"

#include <algorithm>
#include <stdexcept>

namespace hearback {
using namespace std::chrono;

namespace {

// Far beyond any promise, and far enough from the end of Instant that sums stay in range.
constexpr Instant never = sys_days{year{9999} / December / 31};

std::vector<sys_days> sorted(const std::set<Date>& dates) {
    std::vector<sys_days> result(dates.begin(), dates.end());
    std::sort(result.begin(), result.end());
    return result;
}

bool holds(const std::vector<sys_days>& dates, sys_days day) {
    return std::binary_search(dates.begin(), dates.end(), day);
}

bool is_weekend(sys_days day) {
    const weekday w{day};
    return w == Saturday || w == Sunday;
}

}  // namespace

WorkingDays::WorkingDays(const std::set<Date>& bank_holidays, const std::set<Date>& closure_days)
    : bank_holidays_(sorted(bank_holidays)), closure_days_(sorted(closure_days)) {}

bool WorkingDays::is_working(sys_days day) const {
    return !is_weekend(day) && !holds(bank_holidays_, day) && !holds(closure_days_, day);
}

bool WorkingDays::is_working_day(Date date) const { return is_working(date); }

std::string WorkingDays::why_closed(Date date) const {
    if (is_weekend(date)) return day_name(date);
    if (holds(bank_holidays_, date)) return "a bank holiday";
    if (holds(closure_days_, date)) return "a closure day";
    return {};
}

Date WorkingDays::on_or_after(Date date) const {
    sys_days day = date;
    while (!is_working(day)) day += days{1};
    return day;
}

Date WorkingDays::on_or_before(Date date) const {
    sys_days day = date;
    while (!is_working(day)) day -= days{1};
    return day;
}

Date WorkingDays::add(Date from, int count) const {
    const days step{count < 0 ? -1 : 1};
    sys_days day = from;
    while (count != 0) {
        day += step;
        if (is_working(day)) count -= int(step.count());
    }
    return day;
}

Date WorkingDays::known_until() const {
    if (bank_holidays_.empty()) return year{1970} / January / 1;
    return Date{bank_holidays_.back()}.year() / December / 31;
}

OpenTime::OpenTime(WorkingDays days, OpenHours hours) : days_(std::move(days)), hours_(hours) {
    if (hours.opens < minutes{0} || hours.opens >= hours.closes || hours.closes > minutes{24 * 60})
        throw std::invalid_argument("open hours: the opening must be before the closing, both on the same day");
}

OpenTime OpenTime::always() {
    OpenTime open;
    open.hours_ = {minutes{0}, minutes{24 * 60}};
    open.always_ = true;
    return open;
}

bool OpenTime::is_open(Instant at) const {
    if (always_) return true;
    const auto time = london_time_of_day(at);
    return time >= hours_.opens && time < hours_.closes && days_.is_working_day(london_date(at));
}

Date OpenTime::counts_as(Instant received) const {
    const Date date = london_date(received);
    if (always_) return date;
    const bool too_late = london_time_of_day(received) >= hours_.closes;
    return days_.on_or_after(too_late ? Date{sys_days{date} + std::chrono::days{1}} : date);
}

Instant OpenTime::next_opening(Instant at) const { return is_open(at) ? at : opening_of(counts_as(at)); }

Instant OpenTime::closing(Instant at) const { return always_ ? never : closing_of(counts_as(at)); }

Instant OpenTime::opening_of(Date date) const { return at_london(date, hours_.opens); }

Instant OpenTime::closing_of(Date date) const { return at_london(date, hours_.closes); }

Instant OpenTime::add_working_time(Instant from, seconds time) const {
    if (always_) return from + time;
    Instant at = next_opening(from);
    milliseconds left = std::max(time, seconds{0});
    for (;;) {
        const Instant closes = closing(at);
        if (at + left <= closes) return at + left;
        left -= closes - at;
        at = next_opening(closes);
    }
}

seconds OpenTime::working_time_between(Instant from, Instant to) const {
    if (always_) return floor<seconds>(std::max(to - from, milliseconds{0}));
    milliseconds worked{0};
    for (Instant at = next_opening(from); at < to; at = next_opening(closing(at)))
        worked += std::min(closing(at), to) - at;
    return floor<seconds>(worked);
}

}  // namespace hearback
