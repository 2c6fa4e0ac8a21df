// The Office: what everyone in the room can look up. Everything else a decider knows, it heard.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "deciders/directory/people.hpp"
#include "kernel/instant.hpp"
#include "kernel/working_time.hpp"

namespace hearback {

struct Rung {
    StaffRole role{};
    int days = 1;  ///< working days that this rung has to answer
};

/// The authority's service standard: versioned data.
struct Standard {
    std::string version = "2026-1";
    int answer_days = 1;  ///< working days after the day on which a message counts as received
    int offer_after_percent = 80;  ///< of its working time: then whoever is on duty may answer it; 100: never
    std::vector<Rung> ladder = {{StaffRole::team_manager, 1}, {StaffRole::head_of_service, 1}, {StaffRole::complaints_team, 1}};
    bool acknowledge_every_message = false;  ///< else once a conversation and working day
    int relay_per_minute = 120;              ///< the k-th held message leaves at the opening plus k divided by this
    std::vector<std::chrono::seconds> retry_after = {std::chrono::minutes{1}, std::chrono::minutes{5}, std::chrono::minutes{15}, std::chrono::hours{1}};
    int tries_max = 30;  ///< then a person must find another way
};

/// What families are told about how to reach the council.
struct Council {
    std::string name = "Northmere Council", service = "special educational needs team";
    std::string phone, phone_hours, safety_phone, complaints_phone, complaints_email;
};

struct Office {
    Instant now{};  ///< never behind the last record that counted
    const OpenTime& window;
    const OpenTime& answering;
    const People& people;
    const Standard& standard;
    const Council& council;
    std::string_view cause;  ///< the inbox record's id, or the clock's; what ids are composed from
};

/// When something is owed, by the standard.
struct Timing {
    Date counts_as{};    ///< the working day on which it counts as received
    Date told_day{};     ///< the family has it by the end of this day
    Instant target{};    ///< our own aim: the clock time at which it came, on that day
    Instant offer_at{};  ///< offered to colleagues
    Instant judged_at{};  ///< the end of that day's answering hours
};
/// For what was received then. A day that is over is never told: what is entered late is owed by the end of today, or of
/// the next working day when today is over.
Timing timing_for(const Office&, Instant received_at);
/// The same with another day, which must be a working day.
Timing timing_by(const Office&, Instant received_at, Date told_day);

/// An id made of the cause: `m-` and the first 24 characters of an inbox id that is a hash or a token.
std::string composed(std::string_view prefix, std::string_view cause);

}  // namespace hearback
