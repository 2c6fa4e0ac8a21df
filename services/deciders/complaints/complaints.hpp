// What has come to the complaints team unanswered is a possible complaint. Nothing is filed by itself: a person files it, or
// says why not. Days: Local Government and Social Care Ombudsman, Complaint Handling Code (2024), stage 1.
#pragma once

#include <map>
#include <variant>

#include "deciders/correspondence.hpp"
#include "events/complaints.hpp"
#include "events/escalation.hpp"
#include "events/promises.hpp"
#include "events/web.hpp"
#include "kernel/decider.hpp"

namespace hearback {

struct Complaints {
    static constexpr std::string_view name = "complaints";
    using Event = std::variant<PossibleComplaintOpened, ComplaintFiled, ComplaintDeclined, ComplaintAcknowledged, ComplaintRefused>;
    using Says = std::vector<Event>;

    enum class Stands { none, possible, filed, declined };
    struct Conversation {
        Correspondence about;
        Stands stands = Stands::none;
        int filed = 0;  // makes the ids of what is sent
    };
    struct State {
        std::map<ConversationId, Conversation> conversations;
        std::map<PromiseId, ConversationId> owed;  // answers to complaints
    };

    static Says decide(const State&, const ConversationEscalated&, const Office&);
    /// A family that asks for it needs no ladder: any conversation can be filed, one that was declined before too.
    static Says decide(const State&, const ComplaintFileAsked&, const Office&);
    static Says decide(const State&, const ComplaintDeclineAsked&, const Office&);

    static void evolve(State&, const MessageReceived&);
    static void evolve(State&, const MessageRouted&);
    static void evolve(State&, const ConversationMatched&);
    static void evolve(State&, const AddressCorrected&);
    static void evolve(State&, const PossibleComplaintOpened&);
    static void evolve(State&, const ComplaintFiled&);
    static void evolve(State&, const ComplaintDeclined&);
    /// Its answer has been given: what comes up after that is another complaint.
    static void evolve(State&, const PromiseMade&);
    static void evolve(State&, const PromiseKept&);

    static std::optional<Instant> due(const State&) { return {}; }
};

/// Working days from the acknowledgement to the answer.
inline constexpr int complaint_answer_days = 10;

}  // namespace hearback
