// A point in time, UTC, to the millisecond; and a calendar date. Local time is another type (london.hpp).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace hearback {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Date = std::chrono::year_month_day;
using Millis = std::chrono::milliseconds;

/// RFC 3339 in UTC with milliseconds, `2024-02-15T21:40:00.000Z`: one spelling, so that text order is time order.
std::string to_iso(Instant);

/// Reads RFC 3339 (`Z` or a numeric offset, any number of fraction digits). Nothing for anything else, or for no real day.
std::optional<Instant> instant_from_iso(std::string_view);

/// ISO 8601 date, `2024-02-15`.
std::string to_iso(Date);
std::optional<Date> date_from_iso(std::string_view);

}  // namespace hearback
