// Events to records and back. A journal record is one Decision: a CloudEvents 1.0 message in binary mode whose data
// holds the events in order, each with its own id (`<decision>.<n>`), source, type and subject. An inbox record is one
// event. Personal members are sealed together; when their key is gone they come back erased.
#pragma once

#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "events/any.hpp"
#include "events/seal.hpp"
#include "events/words.hpp"
#include "log/log.hpp"

namespace hearback {

/// A record that is not what its schema says: which member, and why.
class BadEvent : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

std::string_view type_of(const AnyEvent&);
std::string_view speaker_of(const AnyEvent&);
std::string subject_of(const AnyEvent&);

struct Said {
    EventId id;
    AnyEvent event;
};

/// What one inbox record, or one stroke of the clock, came to.
struct Decision {
    std::string id;     ///< the inbox record's id, or `clock/<instant>/<n>`
    std::string cause;  ///< type of the inbox record, or "ClockStruck"
    Instant time{};     ///< the Office's now
    std::vector<Said> events;
};

/// Without the chain's own headers: Journal's chain() adds those.
Record encode_decision(const Decision&, std::string_view authority, Seal&);
/// Only events whose type is in `wanted` (all when null) are decoded and opened.
Decision decode_decision(const Record&, Seal&, const std::set<std::string, std::less<>>* wanted = nullptr);
/// Whether the header of types names one of `wanted`: a look that parses nothing.
bool speaks_of(const Record&, const std::set<std::string, std::less<>>& wanted);

struct Heard {
    std::string id;  ///< deterministic: a repeat has the same
    Instant time{};
    AnyEvent event;
};

Record encode_input(const Heard&, std::string_view authority, Seal&);
Heard decode_input(const Record&, Seal&);

/// One event as a JSON object with everything open, for `hearback journal --json` and for tests that fail.
std::string to_json(const AnyEvent&);

/// What others may read of an event that was concluded, as a JSON object: no personal member, and free text only where the
/// schema says x-public. Of what the world said to us: nothing.
std::string public_json(const AnyEvent&);

}  // namespace hearback
