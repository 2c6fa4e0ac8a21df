// What people in the office do: claim, reply, say that no answer is needed, match a message to a child.
#pragma once

#include <map>
#include <set>
#include <variant>

#include "deciders/family_words.hpp"
#include "deciders/office.hpp"
#include "events/casework.hpp"
#include "events/promises.hpp"
#include "events/routing.hpp"
#include "events/web.hpp"
#include "kernel/decider.hpp"

namespace hearback {

struct Casework {
    static constexpr std::string_view name = "casework";
    using Event = std::variant<ConversationClaimed, ReplyWritten, NoAnswerNeeded, ConversationMatched, ActRefused, NothingToDo>;
    using Says = std::vector<Event>;

    struct Conversation {
        NewestMail newest;  // the newest message from the family
        CaseId case_id;
        StaffId owner;
        StaffId claimed_by;
        bool open = false;  // a promise waits for an answer
    };
    struct State {
        std::map<ConversationId, Conversation> conversations;
        std::set<MessageId> replies;
    };

    static Says decide(const State&, const ClaimAsked&, const Office&);
    /// Refused once, and shown, when the family has written since the draft was begun.
    static Says decide(const State&, const ReplyHandedIn&, const Office&);
    static Says decide(const State&, const NoAnswerSaid&, const Office&);
    static Says decide(const State&, const MatchAsked&, const Office&);

    static void evolve(State&, const MessageReceived&);
    static void evolve(State&, const MessageRouted&);
    static void evolve(State&, const ConversationClaimed&);
    static void evolve(State&, const ConversationMatched&);
    static void evolve(State&, const ReplyWritten&);
    static void evolve(State&, const PromiseMade&);
    static void evolve(State&, const PromiseKept&);

    static std::optional<Instant> due(const State&) { return {}; }
};

}  // namespace hearback
