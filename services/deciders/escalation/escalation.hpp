// A broken promise goes up by itself, one rung at a time: team manager, head of service, complaints team. It ends by an
// answer, never by silence. Each rung tells the family: sorry, who has it now, by which day, how to complain.
#pragma once

#include <map>
#include <set>
#include <variant>

#include "deciders/correspondence.hpp"
#include "events/escalation.hpp"
#include "events/promises.hpp"
#include "events/sending_window.hpp"
#include "events/delivery.hpp"
#include "kernel/decider.hpp"

namespace hearback {

struct Escalation {
    static constexpr std::string_view name = "escalation";
    using Event = std::variant<ConversationEscalated, RungVacant, RungSilent, NoticePrepared, LadderEnded, EscalationEnded>;
    using Says = std::vector<Event>;

    struct Conversation {
        Correspondence about;
        std::map<PromiseId, PromiseKind> broken;  // one escalation a conversation, whatever is broken in it
        PromiseId promise;                 // the first of them
        Date told_day{};                   // the day that passed
        std::int64_t rung = 0;             // 0: with nobody above
        StaffId holder;                    // who has it there
        std::optional<Instant> goes_up_at;  // it is due for the next rung
        std::optional<Instant> judged_at;  // the rung's own day ends
        std::set<MessageId> answers;       // written, and on their way
    };
    struct State {
        std::map<ConversationId, Conversation> conversations;
        std::map<MessageId, ConversationId> answers;
        std::set<std::pair<Instant, ConversationId>> due;
    };

    static Says decide(const State&, const ClockStruck&, const Office&);
    static Says decide(const State&, const PromiseKept&, const Office&);

    static void evolve(State&, const MessageReceived&);
    static void evolve(State&, const MessageRouted&);
    static void evolve(State&, const ConversationMatched&);
    static void evolve(State&, const ConversationClaimed&);
    static void evolve(State&, const ConversationHandedOver&);
    static void evolve(State&, const WorkHandedOver&);
    static void evolve(State&, const AddressCorrected&);
    static void evolve(State&, const PromiseBroken&);
    static void evolve(State&, const PromiseKept&);
    static void evolve(State&, const ReplyWritten&);
    static void evolve(State&, const SendCancelled&);
    static void evolve(State&, const MessageSent&);
    static void evolve(State&, const MessageReturned&);
    static void evolve(State&, const RenderingRefused&);
    static void evolve(State&, const AttemptUncertain&);
    static void evolve(State&, const ConversationEscalated&);
    static void evolve(State&, const RungVacant&);
    static void evolve(State&, const RungSilent&);
    static void evolve(State&, const LadderEnded&);
    static void evolve(State&, const EscalationEnded&);

    static std::optional<Instant> due(const State&);
};

/// What comes up within so long is told to its holder in one email (briefing).
inline constexpr std::chrono::minutes told_after{10};
/// Conversations that go up in one stroke at most (each says up to five events; all that one stroke says must fit one record); the rest at the next, at once.
inline constexpr std::size_t gone_up_at_once_max = 4;

}  // namespace hearback
