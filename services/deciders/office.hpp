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

/// An id made of the cause: `m-` and the first 24 characters of an inbox id that is a hash or a token.
std::string composed(std::string_view prefix, std::string_view cause);

}  // namespace hearback
