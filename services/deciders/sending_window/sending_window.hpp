// Nothing leaves for a family outside the sending window: it waits for the next working morning, paced, and can be
// stopped until the last second.
#pragma once

#include <map>
#include <set>
#include <variant>

#include "deciders/family_words.hpp"
#include "events/briefing.hpp"
#include "events/casework.hpp"
#include "events/complaints.hpp"
#include "events/delivery.hpp"
#include "events/directory.hpp"
#include "events/escalation.hpp"
#include "events/promises.hpp"
#include "events/sending_window.hpp"
#include "events/staffing.hpp"
#include "events/web.hpp"
#include "kernel/decider.hpp"

namespace hearback {

struct SendingWindow {
    static constexpr std::string_view name = "sending_window";
    using Event = std::variant<SendHeld, SendReleased, SendCancelled, SendWithdrawn, StopRefused>;
    using Says = std::vector<Event>;

    enum class Kind { acknowledgement, answer, news, notice };
    struct Message {
        ConversationId conversation;
        Kind kind{};
        std::optional<Instant> until = {};  // held till then
        bool released = false;
        bool missed = false;  // released, and not taken in time
        bool stopped = false;
    };
    struct State {
        std::map<MessageId, Message> messages;                 // until they are sent, stopped or returned
        std::set<std::pair<Instant, MessageId>> held;          // in the order in which they leave
        std::map<ConversationId, std::set<MessageId>> held_of;  // what waits in one conversation
        std::map<Instant, int> mornings;                        // opening to how many have a place in it
    };

    static Says decide(const State&, const AcknowledgementPrepared&, const Office&);
    static Says decide(const State&, const ReplyWritten&, const Office&);
    static Says decide(const State&, const NoticePrepared&, const Office&);
    static Says decide(const State&, const NewPersonTold&, const Office&);
    static Says decide(const State&, const ComplaintAcknowledged&, const Office&);
    /// Staff sleep too.
    static Says decide(const State&, const StaffTold&, const Office&);
    static Says decide(const State&, const AddressLetterPrepared&, const Office&);
    static Says decide(const State&, const StopAsked&, const Office&);
    static Says decide(const State&, const ReleaseMissed&, const Office&);
    static Says decide(const State&, const ClockStruck&, const Office&);

    static void evolve(State&, const AcknowledgementPrepared&);
    static void evolve(State&, const ReplyWritten&);
    static void evolve(State&, const NoticePrepared&);
    static void evolve(State&, const NewPersonTold&);
    static void evolve(State&, const ComplaintAcknowledged&);
    static void evolve(State&, const StaffTold&);
    static void evolve(State&, const AddressLetterPrepared&);
    static void evolve(State&, const SendHeld&);
    static void evolve(State&, const SendReleased&);
    static void evolve(State&, const SendCancelled&);
    static void evolve(State&, const SendWithdrawn&);
    static void evolve(State&, const MessageSent&);
    static void evolve(State&, const MessageReturned&);
    static void evolve(State&, const RenderingRefused&);
    static void evolve(State&, const AttemptUncertain&);
    static void evolve(State&, const ReleaseMissed&);

    static std::optional<Instant> due(const State&);
};

/// Released in one stroke at most; the rest at the next, at once.
inline constexpr std::size_t released_at_once_max = 32;
/// People are shown a quarter of an hour, not a second.
inline constexpr std::chrono::minutes shown_slot{15};

}  // namespace hearback
