// What people in the office do: claim, reply, write down a call, say that no answer is needed, match a message to a child.
#pragma once

#include <map>
#include <set>
#include <variant>

#include "deciders/correspondence.hpp"
#include "deciders/entries.hpp"
#include "events/promises.hpp"
#include "events/web.hpp"
#include "kernel/decider.hpp"

namespace hearback {

struct Casework {
    static constexpr std::string_view name = "casework";
    using Event = std::variant<ConversationClaimed, ConversationHandedOver, HandedOverTogether, ReplyWritten, CallNoted, PromiseDone, NoteKept, NoAnswerNeeded, ConversationReopened, ConversationMatched, ActRefused, NothingToDo>;
    using Says = std::vector<Event>;

    struct Owed {
        PromiseKind kind{};
        Date told_day{};
        bool moved = false, broken = false;
    };
    struct Conversation {
        Correspondence about;
        std::map<PromiseId, Owed> owed;  // promises that are open
        bool set_down = false;           // closed because no answer was needed
        MessageId opened_by;
        bool set_aside = false;  // it began with what was set aside, and nothing was owed in it yet
    };
    struct State {
        std::map<ConversationId, Conversation> conversations;
        std::set<MessageId> written;  // replies and calls
        std::set<PromiseId> done;
    };

    static Says decide(const State&, const ClaimAsked&, const Office&);
    static Says decide(const State&, const HandOverAsked&, const Office&);
    static Says decide(const State&, const HandOverAllAsked&, const Office&);
    /// Refused once, and shown, when the family has written since the draft was begun.
    static Says decide(const State&, const ReplyHandedIn&, const Office&);
    static Says decide(const State&, const CallLogged&, const Office&);
    static Says decide(const State&, const LetterLogged&, const Office&);
    static Says decide(const State&, const DoneSaid&, const Office&);
    static Says decide(const State&, const NoteWritten&, const Office&);
    static Says decide(const State&, const NoAnswerSaid&, const Office&);
    /// Takes back that no answer is needed, be it a person or routing that thought so.
    static Says decide(const State&, const ReopenAsked&, const Office&);
    static Says decide(const State&, const MatchAsked&, const Office&);

    static void evolve(State&, const MessageReceived&);
    static void evolve(State&, const MessageRouted&);
    static void evolve(State&, const MessageSetAside&);
    static void evolve(State&, const ConversationClaimed&);
    static void evolve(State&, const ConversationHandedOver&);
    static void evolve(State&, const WorkHandedOver&);
    static void evolve(State&, const AddressCorrected&);
    static void evolve(State&, const ConversationMatched&);
    static void evolve(State&, const ReplyWritten&);
    static void evolve(State&, const CallNoted&);
    static void evolve(State&, const NoteKept&);
    static void evolve(State&, const PromiseMade&);
    static void evolve(State&, const PromiseMoved&);
    static void evolve(State&, const PromiseBroken&);
    static void evolve(State&, const PromiseKept&);

    static std::optional<Instant> due(const State&) { return {}; }
};

/// A name, a street, a town with its postcode: less is no address.
inline constexpr std::size_t address_lines_min = 3;
/// Conversations that one act hands over: their events must fit one record.
inline constexpr std::size_t handed_over_at_once_max = 100;
/// A holding reply moves a day by this many working days at most.
inline constexpr int moved_days_max = 10;

}  // namespace hearback
