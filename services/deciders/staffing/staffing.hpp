// Knows who is here and who answers instead, so that no family waits for an empty chair: planned absence and cover, people
// who are ill and told nobody, people who leave.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <variant>

#include "deciders/correspondence.hpp"
#include "events/escalation.hpp"
#include "events/promises.hpp"
#include "events/sending_window.hpp"
#include "events/staffing.hpp"
#include "events/web.hpp"
#include "kernel/decider.hpp"

namespace hearback {

struct Staffing {
    static constexpr std::string_view name = "staffing";
    using Event = std::variant<SeenAtWork, AbsenceSet, AbsenceEnded, WorkHandedOver, MorningLookedOver, NewPersonTold, StaffingRefused>;
    using Says = std::vector<Event>;

    struct Owed {
        ConversationId conversation;
        CaseId case_id;
        StaffId staff;  // who gave it, of one that a person gave
        Date told_day{};
    };
    struct ToTell {
        ConversationId conversation;
        StaffId before;  // who had it
    };
    struct State {
        std::map<ConversationId, Correspondence> conversations;
        std::map<PromiseId, Owed> owed;
        std::map<ConversationId, Date> gone_up;  // the new day that the family was told, by whoever has it above
        std::map<Date, std::size_t> days;  // on which so many are owed, and which nobody has looked over yet
        std::map<StaffId, Date> seen;      // the last day with a sign of them
        std::deque<ToTell> to_tell;
        std::size_t told = 0;  // makes the ids of what is told
    };

    static Says decide(const State&, const HereSaid&, const Office&);
    static Says decide(const State&, const AwaySaid&, const Office&);
    static Says decide(const State&, const BackSaid&, const Office&);
    static Says decide(const State&, const LeavingSaid&, const Office&);
    static Says decide(const State&, const ConversationHandedOver&, const Office&);
    static Says decide(const State&, const ClockStruck&, const Office&);
    /// What somebody does is a sign of them.
    static Says decide(const State&, const ConversationClaimed&, const Office&);
    static Says decide(const State&, const ReplyWritten&, const Office&);
    static Says decide(const State&, const CallNoted&, const Office&);

    static void evolve(State&, const MessageReceived&);
    static void evolve(State&, const MessageRouted&);
    static void evolve(State&, const ConversationMatched&);
    static void evolve(State&, const ConversationClaimed&);
    static void evolve(State&, const ConversationHandedOver&);
    static void evolve(State&, const PromiseMade&);
    static void evolve(State&, const PromiseMoved&);
    static void evolve(State&, const PromiseKept&);
    static void evolve(State&, const ConversationEscalated&);
    static void evolve(State&, const EscalationEnded&);
    static void evolve(State&, const SeenAtWork&);
    static void evolve(State&, const AbsenceSet&);
    static void evolve(State&, const WorkHandedOver&);
    static void evolve(State&, const HandedOverTogether&);
    static void evolve(State&, const AddressCorrected&);
    static void evolve(State&, const MorningLookedOver&);
    static void evolve(State&, const NewPersonTold&);

    static std::optional<Instant> due(const State&);
};

/// When somebody whose families are due should have shown a sign of being here. London time.
inline constexpr std::chrono::hours looked_over_at{10};
/// Families told in one stroke; the rest at the next, at once.
inline constexpr std::size_t told_at_once_max = 10;
/// Families whom one absence tells. More than a caseworker ever has open.
inline constexpr std::size_t told_max = 1000;

}  // namespace hearback
