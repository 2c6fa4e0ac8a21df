// What both adapters of the log share.
#pragma once

#include <span>

#include "log/log.hpp"

namespace hearback {

/// Throws LogError{too_large} for the first record that does not stay under `record_bytes_max`, and {refused} for one
/// of the keys topic without a key.
void check_entries(std::span<const Entry>);

/// Calls `run(entries)` for each run of entries of one topic, in order.
template <class Run>
void each_topic_run(std::span<const Entry> entries, const Run& run) {
    while (!entries.empty()) {
        std::size_t length = 1;
        while (length < entries.size() && entries[length].topic == entries.front().topic) ++length;
        run(entries.first(length));
        entries = entries.subspan(length);
    }
}

}  // namespace hearback
