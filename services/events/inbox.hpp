// How an edge tells the inbox what it has done.
#pragma once

#include <span>
#include <stop_token>

#include "events/codec.hpp"

namespace hearback {

/// Appends what was heard, in order, in one append with its blobs. A log that is unwell is tried again until it takes
/// it. False when it was stopped before: the edge must be able to find out after a start what it had not told.
bool append_until_kept(Log&, std::string_view authority, Seal&, std::span<const Heard>, std::span<const Blob>, std::stop_token);

}  // namespace hearback
