// Finds the conversation, the child and the named person for every message, and says why. Nothing is dropped.
#pragma once

#include <map>
#include <set>
#include <variant>

#include "deciders/office.hpp"
#include "events/casework.hpp"
#include "events/escalation.hpp"
#include "events/promises.hpp"
#include "events/routing.hpp"
#include "events/smtp_in.hpp"
#include "kernel/decider.hpp"

namespace hearback {

struct Routing {
    static constexpr std::string_view name = "routing";
    using Event = std::variant<MessageReceived, MessageRouted, MessageUnmatched, MessageSetAside, ReturnReceived>;
    using Says = std::vector<Event>;

    struct Conversation {
        CaseId case_id;                           // empty: not matched yet
        StaffId owner;                            // who has claimed it; else the case's caseworker
        std::set<std::string> parties;            // addresses that wrote in it while it was unmatched
    };
    struct State {
        std::map<ConversationId, Conversation> conversations;
        std::map<std::string, ConversationId> threads;  // hashes of Message-IDs, and `own/<message>` for ours
        std::set<MessageId> received;
    };

    static Says decide(const State&, const MailArrived&, const Office&);

    static void evolve(State&, const MessageReceived&);
    static void evolve(State&, const MessageRouted&);
    static void evolve(State&, const ConversationMatched&);
    static void evolve(State&, const ConversationClaimed&);
    static void evolve(State&, const AcknowledgementPrepared&);
    static void evolve(State&, const ReplyWritten&);
    static void evolve(State&, const NoticePrepared&);

    static std::optional<Instant> due(const State&) { return {}; }
};

}  // namespace hearback
