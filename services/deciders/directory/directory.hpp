// Knows who is who: takes the council's lists row by row, and the people that caseworkers match.
#pragma once

#include <set>
#include <variant>

#include "deciders/office.hpp"
#include "events/casework.hpp"
#include "events/directory.hpp"
#include "events/directory_import.hpp"
#include "events/staffing.hpp"
#include "kernel/decider.hpp"

namespace hearback {

struct Directory {
    static constexpr std::string_view name = "directory";
    using Event = std::variant<TeamListed, StaffListed, CaseListed, ContactListed, RowRefused, RowsTaken>;
    using Says = std::vector<Event>;

    struct State {
        People people;
        std::set<std::pair<std::string, std::int64_t>> taken;  // run and chunk
    };

    static Says decide(const State&, const RowsImported&, const Office&);
    /// A matched sender is a contact of that case from now on.
    static Says decide(const State&, const ConversationMatched&, const Office&);

    static void evolve(State&, const TeamListed&);
    static void evolve(State&, const StaffListed&);
    static void evolve(State&, const CaseListed&);
    static void evolve(State&, const ContactListed&);
    static void evolve(State&, const RowsTaken&);
    static void evolve(State&, const AbsenceSet&);
    static void evolve(State&, const AbsenceEnded&);
    static void evolve(State&, const WorkHandedOver&);

    static std::optional<Instant> due(const State&) { return {}; }
};

}  // namespace hearback
