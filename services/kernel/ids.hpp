// Ids are types: a case can never be passed where a conversation is meant.
// An id is opaque text (ASCII letters, digits, `-`, `.`), composed from the cause that made it, never random in a decider.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <utility>

namespace hearback {

template <class Tag>
struct Id {
    std::string value;

    bool empty() const { return value.empty(); }
    auto operator<=>(const Id&) const = default;
};

using EventId = Id<struct EventTag>;                ///< `<decision>.<n>`
using MessageId = Id<struct MessageTag>;            ///< one email, call or letter, in or out
using ConversationId = Id<struct ConversationTag>;  ///< the thread that messages belong to
using CaseId = Id<struct CaseTag>;                  ///< a child's case, as the council numbers it (NM-2041)
using ContactId = Id<struct ContactTag>;            ///< a person who writes to us
using StaffId = Id<struct StaffTag>;
using TeamId = Id<struct TeamTag>;
using PromiseId = Id<struct PromiseTag>;
using AttemptId = Id<struct AttemptTag>;    ///< one try to hand one message to a carrier
using InstanceId = Id<struct InstanceTag>;  ///< one ledger of one carrier
using KeyId = Id<struct KeyTag>;            ///< names a wrapped data key

}  // namespace hearback

template <class Tag>
struct std::hash<hearback::Id<Tag>> {
    std::size_t operator()(const hearback::Id<Tag>& id) const noexcept { return std::hash<std::string>{}(id.value); }
};
