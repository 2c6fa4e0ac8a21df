// Knows who is who: takes the council's lists row by row, the people that caseworkers match, and addresses that have changed.
#pragma once

#include <set>
#include <variant>

#include "deciders/office.hpp"
#include "events/casework.hpp"
#include "events/directory.hpp"
#include "events/directory_import.hpp"
#include "events/routing.hpp"
#include "events/staffing.hpp"
#include "events/web.hpp"
#include "kernel/decider.hpp"

namespace hearback {

struct Directory {
    static constexpr std::string_view name = "directory";
    using Event = std::variant<TeamListed, StaffListed, CaseListed, ContactListed, CaseClosed, ContactRemoved, RowRefused, RowsTaken, CorrectionBegun,
                               AddressLetterPrepared, CorrectionDoubted, AddressCorrected, CorrectionTakenBack, CorrectionRefused>;
    using Says = std::vector<Event>;

    struct State {
        People people;
        std::set<std::pair<std::string, std::int64_t>> taken;  // run and chunk
        std::map<ConversationId, ContactId> asking;            // conversations of corrections that are open
    };

    static Says decide(const State&, const RowsImported&, const Office&);
    /// A matched sender is a contact of that case from now on.
    static Says decide(const State&, const ConversationMatched&, const Office&);
    /// A new address counts for nothing until its reader has replied from it, or a second member of staff agrees.
    static Says decide(const State&, const CorrectionAsked&, const Office&);
    static Says decide(const State&, const CorrectionAgreed&, const Office&);
    static Says decide(const State&, const CorrectionUnwanted&, const Office&);
    static Says decide(const State&, const MessageReceived&, const Office&);

    static void evolve(State&, const TeamListed&);
    static void evolve(State&, const StaffListed&);
    static void evolve(State&, const CaseListed&);
    static void evolve(State&, const ContactListed&);
    static void evolve(State&, const CaseClosed&);
    static void evolve(State&, const ContactRemoved&);
    static void evolve(State&, const RowsTaken&);
    static void evolve(State&, const CorrectionBegun&);
    static void evolve(State&, const CorrectionDoubted&);
    static void evolve(State&, const AddressCorrected&);
    static void evolve(State&, const CorrectionTakenBack&);
    static void evolve(State&, const AbsenceSet&);
    static void evolve(State&, const AbsenceEnded&);
    static void evolve(State&, const WorkHandedOver&);

    static std::optional<Instant> due(const State&) { return {}; }
};

}  // namespace hearback
