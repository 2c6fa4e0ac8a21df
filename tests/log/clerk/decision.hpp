// What the trial clerk decides: a sum over all inputs so far, so that a decision on a stale state is seen.
#pragma once

#include <cstdint>
#include <string>

#include "log/log.hpp"

namespace hearback {

struct Decisions {
    std::uint64_t sum = 7;

    /// Decides on an input: names it and the state before.
    std::string next(Offset input) {
        const std::string value = std::to_string(input) + " on " + std::to_string(sum);
        hear(value);
        return value;
    }
    void hear(const std::string& value) { sum = sum * 31 + std::stoull(value); }
};

}  // namespace hearback
