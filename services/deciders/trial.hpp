// A service standard tried on what has happened: had it been in force, how many families would have been answered by the day
// that they were told, and how many would have come to each rung. Pure; weeks begin on Monday, London days.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "deciders/office.hpp"

namespace hearback {

/// One message that wanted an answer.
struct Asked {
    Instant received_at{};
    std::optional<Instant> answered_at;  ///< by whatever kept its promise; nothing while it is open
};

struct TriedWeek {
    Date monday{};
    int due = 0;   ///< answers whose day is over, by the week in which the family wrote
    int kept = 0;  ///< of these, answered by that day
    std::array<int, 3> reached{};  ///< came to each rung of the ladder
    bool operator==(const TriedWeek&) const = default;
};

/// Only the answer's days, the ladder's days and the answering hours are tried: that people would have answered otherwise under
/// another standard is not foretold, and days that were moved count as first told. Weeks without messages are left out.
std::vector<TriedWeek> try_standard(const std::vector<Asked>&, const OpenTime& answering, const Standard&, Instant now);

}  // namespace hearback
