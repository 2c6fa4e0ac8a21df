// Working days and open hours: what "by Monday" means, and when a message may leave.
// A working day is Monday to Friday, not a bank holiday in England, not a closure day of the council. Everything is
// London time. Counting: the day a message counts as received is day 0, the next working day is day 1.
#pragma once

#include <chrono>
#include <set>
#include <string>
#include <vector>

#include "kernel/instant.hpp"
#include "kernel/london.hpp"

namespace hearback {

/// From `opens` up to but not including `closes`, on each working day.
struct OpenHours {
    std::chrono::minutes opens{8 * 60}, closes{18 * 60};
    bool operator==(const OpenHours&) const = default;
};

class WorkingDays {
  public:
    WorkingDays() = default;
    WorkingDays(const std::set<Date>& bank_holidays, const std::set<Date>& closure_days);

    bool is_working_day(Date) const;
    /// Why a date is not a working day: "Saturday", "a bank holiday", "a closure day"; empty when it is one.
    std::string why_closed(Date) const;
    Date on_or_after(Date) const;   ///< the day itself, or the next working day
    Date on_or_before(Date) const;  ///< the day itself, or the last working day
    /// The `days`-th working day after `from` (before it when negative); 0 is `from` itself.
    Date add(Date from, int days) const;
    /// The last date of the last year for which bank holidays are known; later days are judged by weekday
    /// alone. 1 January 1970 when none are known.
    Date known_until() const;

  private:
    bool is_working(std::chrono::sys_days) const;
    std::vector<std::chrono::sys_days> bank_holidays_, closure_days_;  ///< in order
};

/// Open hours on working days: the sending window, the answering hours, the telephone hours are three of these.
class OpenTime {
  public:
    OpenTime() = default;
    /// Throws std::invalid_argument unless it opens before it closes, within one day.
    OpenTime(WorkingDays days, OpenHours hours);
    /// Open day and night (a bench, or an authority that has chosen so for its acknowledgements).
    static OpenTime always();

    const WorkingDays& days() const { return days_; }
    bool is_open(Instant) const;
    Instant next_opening(Instant) const;  ///< itself when open, else the next opening
    Instant closing(Instant) const;       ///< when it next closes: the end of the open stretch, or of the next one
    Instant opening_of(Date) const;
    Instant closing_of(Date) const;
    /// The working day on which a message counts as received: mail that arrives closed counts for the next opening.
    Date counts_as(Instant received) const;

    /// May end exactly at a closing. A negative time counts as none.
    Instant add_working_time(Instant, std::chrono::seconds) const;
    /// Zero when `to` is not after `from`.
    std::chrono::seconds working_time_between(Instant from, Instant to) const;

  private:
    WorkingDays days_;
    OpenHours hours_;
    bool always_ = false;
};

}  // namespace hearback
