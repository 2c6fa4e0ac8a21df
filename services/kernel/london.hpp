// Europe/London, by the rule of the Summer Time Order 2002: British Summer Time from 01:00 UTC on the last Sunday in
// March to 01:00 UTC on the last Sunday in October. Checked at start against the machine's zone data (runtime/clock).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/instant.hpp"

namespace hearback {

/// A time on a London clock face.
using LocalTime = std::chrono::local_time<std::chrono::milliseconds>;

bool is_summer_time(Instant);
LocalTime to_london(Instant);
/// The instant at which London clocks show `local`. A time that a spring change skips is read an hour later, as clocks
/// do; a time that an autumn change repeats is its first occurrence (summer time).
Instant from_london(LocalTime);
Date london_date(Instant);
/// Midnight-based time of day on London clocks.
std::chrono::milliseconds london_time_of_day(Instant);
Instant at_london(Date, std::chrono::milliseconds time_of_day);

// The only spellings of dates and times that people see (GOV.UK style).
Date monday_of(Date);                    ///< of the week that the day is in
std::string day_name(Date);             ///< "Monday"
std::string short_day_name(Date);       ///< "Thu"
std::string day_words(Date);            ///< "Monday 19 February"
std::string day_words_with_year(Date);  ///< "Monday 19 February 2024"
std::string time_words(Instant);        ///< "9:40pm", "8am" on the hour, "midday", "midnight"

/// "2024-02-15T21:40[:00[.123]]" on a London clock, as forms send it.
std::optional<LocalTime> local_from_iso(std::string_view);
std::string to_iso(LocalTime);  ///< "2024-02-15T21:40:00[.123]"

}  // namespace hearback
