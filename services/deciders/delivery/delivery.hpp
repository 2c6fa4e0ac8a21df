// One granted attempt at a time, and what became of it: what leaves twice, or not at all, is seen here and nowhere else.
#pragma once

#include <map>
#include <set>
#include <variant>

#include "deciders/office.hpp"
#include "events/carriers.hpp"
#include "events/delivery.hpp"
#include "events/routing.hpp"
#include "events/sending_window.hpp"
#include "events/web.hpp"
#include "kernel/decider.hpp"

namespace hearback {

struct Delivery {
    static constexpr std::string_view name = "delivery";
    using Event = std::variant<MessageRendered, RenderingRefused, LetterInPrintRoom, DayPosted, AttemptGranted, MessageSent, AttemptFailed, AttemptUncertain, MessageReturned, ReleaseMissed>;
    using Says = std::vector<Event>;

    struct Message {
        ConversationId conversation;
        Instant not_after{};
        bool released = false;
        bool rendered = false;
        std::int64_t tries = 0, uncertain = 0;
        AttemptId open;                   // granted and not reported
        InstanceId instance;              // who had the last attempt
        std::optional<Instant> retry_at;  // waits for another try
        bool by_post = false;             // a letter on paper: no carrier asks for it
        std::optional<Date> print_day;    // it lies in the print room's folder of this day
    };
    struct State {
        std::map<MessageId, Message> messages;
        std::map<MessageId, ConversationId> sent;  // a delivery report may come back about these
        std::set<std::pair<Instant, MessageId>> retries;
    };

    static Says decide(const State&, const RenderingDone&, const Office&);
    static Says decide(const State&, const RenderingFailed&, const Office&);
    static Says decide(const State&, const LetterPlaced&, const Office&);
    static Says decide(const State&, const PostedSaid&, const Office&);
    static Says decide(const State&, const CameBackSaid&, const Office&);
    static Says decide(const State&, const AttemptAsked&, const Office&);
    static Says decide(const State&, const AttemptReported&, const Office&);
    static Says decide(const State&, const ReturnReceived&, const Office&);
    static Says decide(const State&, const ClockStruck&, const Office&);

    static void evolve(State&, const SendReleased&);
    static void evolve(State&, const MessageRendered&);
    static void evolve(State&, const RenderingRefused&);
    static void evolve(State&, const LetterInPrintRoom&);
    static void evolve(State&, const AttemptGranted&);
    static void evolve(State&, const MessageSent&);
    static void evolve(State&, const AttemptFailed&);
    static void evolve(State&, const AttemptUncertain&);
    static void evolve(State&, const MessageReturned&);
    static void evolve(State&, const ReleaseMissed&);

    static std::optional<Instant> due(const State&);

    /// How many messages are between release and outcome and not waiting for another try.
    static std::size_t in_flight(const State&);
};

/// Letters that one word marks as posted; more need a second word.
inline constexpr std::size_t posted_at_once_max = 100;
/// Tried again in one stroke at most; the rest at the next, at once.
inline constexpr std::size_t retried_at_once_max = 16;

}  // namespace hearback
