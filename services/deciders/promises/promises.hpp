// Tells the family a day, and judges at the end of that day whether they have what they were told.
#pragma once

#include <map>
#include <set>
#include <variant>

#include "deciders/correspondence.hpp"
#include "events/complaints.hpp"
#include "events/delivery.hpp"
#include "events/promises.hpp"
#include "events/sending_window.hpp"
#include "kernel/decider.hpp"

namespace hearback {

struct Promises {
    static constexpr std::string_view name = "promises";
    using Event = std::variant<PromiseMade, ChaserJoined, AcknowledgementPrepared, PromiseMoved, OfferedToColleagues, PromiseKept, PromiseBroken>;
    using Says = std::vector<Event>;

    struct Open {
        PromiseMade made;  // with the day that stands now
        bool moved = false, broken = false, offered = false;
    };
    struct Conversation {
        Correspondence about;
        std::map<PromiseId, Open> open;
        MessageId handled;               // the newest message that has its promises
        std::set<CaseId> handled_cases;  // of that message: each child has a promise of its own
        std::vector<PromiseMade> set_down;  // closed because no answer was needed: they may be taken up again
        std::optional<Date> acknowledged;   // the working day of the last acknowledgement
    };
    struct Answer {
        ConversationId conversation;
        MessageId handled;  // the newest message that had its promise when the reply was written
        ReplyKind kind{};
        std::vector<CaseId> cases;  // empty: all
        std::optional<Date> new_day;
    };
    struct State {
        std::map<ConversationId, Conversation> conversations;
        std::map<PromiseId, ConversationId> promises;   // the open ones
        std::map<MessageId, Answer> replies;            // not yet sent or given up
        std::map<MessageId, std::vector<PromiseMade>> answered;  // replies that kept promises: one may come back
        std::set<std::pair<Instant, PromiseId>> to_offer, to_judge;
    };

    static Says decide(const State&, const MessageRouted&, const Office&);
    static Says decide(const State&, const MessageUnmatched&, const Office&);
    static Says decide(const State&, const CallNoted&, const Office&);
    static Says decide(const State&, const MessageSent&, const Office&);
    static Says decide(const State&, const NoAnswerNeeded&, const Office&);
    static Says decide(const State&, const ConversationReopened&, const Office&);
    static Says decide(const State&, const PromiseDone&, const Office&);
    static Says decide(const State&, const ComplaintFiled&, const Office&);
    /// A reply that came back answered nobody: the family is owed an answer again.
    static Says decide(const State&, const MessageReturned&, const Office&);
    static Says decide(const State&, const ClockStruck&, const Office&);

    static void evolve(State&, const MessageReceived&);
    static void evolve(State&, const MessageRouted&);
    static void evolve(State&, const ConversationMatched&);
    static void evolve(State&, const ConversationClaimed&);
    static void evolve(State&, const ConversationHandedOver&);
    static void evolve(State&, const WorkHandedOver&);
    static void evolve(State&, const AddressCorrected&);
    static void evolve(State&, const PromiseMade&);
    static void evolve(State&, const ChaserJoined&);
    static void evolve(State&, const AcknowledgementPrepared&);
    static void evolve(State&, const PromiseMoved&);
    static void evolve(State&, const OfferedToColleagues&);
    static void evolve(State&, const PromiseKept&);
    static void evolve(State&, const PromiseBroken&);
    static void evolve(State&, const ReplyWritten&);
    static void evolve(State&, const SendCancelled&);
    static void evolve(State&, const MessageReturned&);
    static void evolve(State&, const RenderingRefused&);
    static void evolve(State&, const AttemptUncertain&);

    static std::optional<Instant> due(const State&);
};

/// Judged or offered in one stroke at most; the rest at the next, at once.
inline constexpr std::size_t judged_at_once_max = 16;

}  // namespace hearback
