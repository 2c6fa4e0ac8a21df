// Tells the family a day, and judges at the end of that day whether they were answered.
#pragma once

#include <map>
#include <set>
#include <variant>

#include "deciders/family_words.hpp"
#include "deciders/office.hpp"
#include "events/casework.hpp"
#include "events/delivery.hpp"
#include "events/promises.hpp"
#include "events/routing.hpp"
#include "events/sending_window.hpp"
#include "kernel/decider.hpp"

namespace hearback {

struct Promises {
    static constexpr std::string_view name = "promises";
    using Event = std::variant<PromiseMade, ChaserJoined, AcknowledgementPrepared, PromiseKept, PromiseBroken>;
    using Says = std::vector<Event>;

    struct Open {
        PromiseId promise;
        Date told_day{};
        Instant judged_at{};
        bool broken = false;
    };
    struct Conversation {
        NewestMail newest;  // the newest message from the family
        CaseId case_id;
        StaffId owner;
        ContactId contact;
        MessageId handled;             // the newest message that has its promise
        std::optional<Open> open;
        std::optional<Date> acknowledged;  // the working day of the last acknowledgement
    };
    struct Answer {
        ConversationId conversation;
        MessageId handled;  // the newest message that had its promise when the reply was written
    };
    struct State {
        std::map<ConversationId, Conversation> conversations;
        std::map<MessageId, Answer> answers;  // replies that answer, not yet sent or given up
        std::map<MessageId, ConversationId> answered;  // replies that kept a promise: one may come back
        std::set<std::pair<Instant, ConversationId>> to_judge;
    };

    static Says decide(const State&, const MessageRouted&, const Office&);
    static Says decide(const State&, const MessageUnmatched&, const Office&);
    static Says decide(const State&, const MessageSent&, const Office&);
    static Says decide(const State&, const NoAnswerNeeded&, const Office&);
    /// A reply that came back answered nobody: the family is owed an answer again.
    static Says decide(const State&, const MessageReturned&, const Office&);
    static Says decide(const State&, const ClockStruck&, const Office&);

    static void evolve(State&, const MessageReceived&);
    static void evolve(State&, const MessageRouted&);
    static void evolve(State&, const ConversationMatched&);
    static void evolve(State&, const ConversationClaimed&);
    static void evolve(State&, const PromiseMade&);
    static void evolve(State&, const ChaserJoined&);
    static void evolve(State&, const AcknowledgementPrepared&);
    static void evolve(State&, const PromiseKept&);
    static void evolve(State&, const PromiseBroken&);
    static void evolve(State&, const ReplyWritten&);
    static void evolve(State&, const SendCancelled&);
    static void evolve(State&, const MessageReturned&);
    static void evolve(State&, const RenderingRefused&);
    static void evolve(State&, const AttemptUncertain&);

    static std::optional<Instant> due(const State&);
};

/// Judged in one stroke at most; the rest at the next, at once.
inline constexpr std::size_t judged_at_once_max = 16;

}  // namespace hearback
