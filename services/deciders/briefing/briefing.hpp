// Tells a member of staff by email what has come up to them: once a rung and day, however much comes, and each working morning
// what they still have. Nothing about a family leaves in it but our numbers for them.
#pragma once

#include <map>
#include <variant>

#include "deciders/correspondence.hpp"
#include "events/briefing.hpp"
#include "events/escalation.hpp"
#include "kernel/decider.hpp"

namespace hearback {

struct Briefing {
    static constexpr std::string_view name = "briefing";
    using Event = std::variant<StaffTold, MorningBriefed>;
    using Says = std::vector<Event>;

    struct WithThem {
        StaffId holder;
        std::int64_t rung = 0;
        Date since{}, told_day{};
        StaffId owner;
        LateBecause because{};
    };
    using HolderAndRung = std::pair<StaffId, std::int64_t>;
    struct State {
        std::map<ConversationId, CaseId> cases;     // the first child of each
        std::map<ConversationId, WithThem> with;    // what somebody above has who can be written to
        std::map<HolderAndRung, Instant> to_notice;
        std::map<HolderAndRung, Date> noticed;      // the last day with a notice
        std::map<StaffId, Date> briefed;            // the last morning
        std::optional<Instant> next_morning;        // as the last one said
    };

    static Says decide(const State&, const ClockStruck&, const Office&);

    static void evolve(State&, const MessageRouted&);
    static void evolve(State&, const ConversationMatched&);
    static void evolve(State&, const ConversationEscalated&);
    static void evolve(State&, const EscalationEnded&);
    static void evolve(State&, const StaffTold&);
    static void evolve(State&, const MorningBriefed&);

    static std::optional<Instant> due(const State&);
};

/// After the opening, so that what came up at the opening has its notice before.
inline constexpr std::chrono::minutes briefed_after{30};
/// Told in one stroke; the rest at the next, at once.
inline constexpr std::size_t staff_told_at_once_max = 8;
/// Numbers named in one email; of more is said only how many there are.
inline constexpr std::size_t numbers_named_max = 40;

}  // namespace hearback
