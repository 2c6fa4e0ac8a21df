// Finds the conversation, the children and the named person for every message, and says why. Nothing is dropped.
#pragma once

#include <map>
#include <set>
#include <variant>

#include "deciders/entries.hpp"
#include "events/casework.hpp"
#include "events/complaints.hpp"
#include "events/directory.hpp"
#include "events/escalation.hpp"
#include "events/promises.hpp"
#include "events/routing.hpp"
#include "events/smtp_in.hpp"
#include "events/staffing.hpp"
#include "kernel/decider.hpp"

namespace hearback {

struct Routing {
    static constexpr std::string_view name = "routing";
    using Event = std::variant<MessageReceived, MessageRouted, MessageUnmatched, MessageSetAside, ReturnReceived>;
    using Says = std::vector<Event>;

    /// A conversation is with one home. Who lives elsewhere, be it the child's other parent, has one of their own.
    struct Conversation {
        std::vector<CaseId> cases;        // none: not matched yet; siblings share one
        StaffId taken_by;                 // who has claimed it; else each child's caseworker has it
        std::set<std::string> addresses;  // that wrote in it
        std::set<ContactId> people;       // who wrote in it, of those we know
        ContactId asks;                   // we ask in it whether this is their new address
    };
    /// What is in a conversation that nobody's day was told in: it was set aside.
    struct Unplaced {
        MessageId message;
        Personal<std::string> from_address, from_name, subject;
    };
    struct State {
        std::map<ConversationId, Conversation> conversations;
        std::map<std::string, ConversationId> threads;  // hashes of Message-IDs, and `own/<message>` for ours
        std::map<ConversationId, Unplaced> unplaced;    // the newest message of each
        std::set<MessageId> received;
    };

    static Says decide(const State&, const MailArrived&, const Office&);
    static Says decide(const State&, const CallLogged&, const Office&);
    static Says decide(const State&, const LetterLogged&, const Office&);
    /// What was set aside wrongly finds its child as if it came now; else it waits to be matched.
    static Says decide(const State&, const ConversationReopened&, const Office&);

    static void evolve(State&, const MessageReceived&);
    static void evolve(State&, const MessageRouted&);
    static void evolve(State&, const MessageUnmatched&);
    static void evolve(State&, const ConversationMatched&);
    static void evolve(State&, const ConversationClaimed&);
    static void evolve(State&, const ConversationHandedOver&);
    static void evolve(State&, const WorkHandedOver&);
    static void evolve(State&, const NewPersonTold&);
    static void evolve(State&, const ComplaintAcknowledged&);
    static void evolve(State&, const AcknowledgementPrepared&);
    static void evolve(State&, const ReplyWritten&);
    static void evolve(State&, const NoticePrepared&);
    static void evolve(State&, const AddressLetterPrepared&);
    static void evolve(State&, const CorrectionBegun&);

    static std::optional<Instant> due(const State&) { return {}; }
};

/// Children of an address that many share, offered for matching.
inline constexpr std::size_t guesses_max = 20;

}  // namespace hearback
