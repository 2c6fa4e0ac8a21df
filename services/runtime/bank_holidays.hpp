// Which days are bank holidays: GOV.UK's own file (www.gov.uk/bank-holidays.json) becomes dates. Dates are London
// dates. Wording and order of the file do not matter; only england-and-wales.events[].date is read. GOV.UK drops old
// years, so what is read is added to what is known, never put in its place.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "kernel/working_time.hpp"

namespace hearback {

/// Reads the whole file or its England and Wales part (www.gov.uk/bank-holidays/england-and-wales.json).
/// Throws std::invalid_argument that names the place and the reason.
std::set<Date> bank_holidays_from(std::string_view json_text);

/// The days that this program was built with: 2019 to 2028.
std::set<Date> shipped_bank_holidays();

/// What to tell the operator when bank holidays are known for less than nine months ahead.
std::optional<std::string> bank_holiday_alarm(const WorkingDays&, Date today);

}  // namespace hearback
