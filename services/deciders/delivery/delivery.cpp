#include "deciders/delivery/delivery.hpp"

#include <algorithm>

namespace hearback {

namespace {

const Delivery::Message* find(const Delivery::State& state, const MessageId& id) {
    const auto found = state.messages.find(id);
    return found == state.messages.end() ? nullptr : &found->second;
}

AttemptGranted grant(const MessageId& id, const Delivery::Message& message, const InstanceId& instance) {
    return {.message = id, .conversation = message.conversation, .attempt = {id.value + ".try-" + std::to_string(message.tries + 1)},
            .number = message.tries + 1, .instance = instance, .not_after = message.not_after};
}

/// A grant, or that it came too late: the window had closed.
Delivery::Event grant_or_miss(const MessageId& id, const Delivery::Message& message, const InstanceId& instance, Instant now) {
    if (now >= message.not_after) return ReleaseMissed{.message = id, .conversation = message.conversation};
    return grant(id, message, instance);
}

Delivery::Event try_later(const Office& office, const AttemptReported& report, const Delivery::Message& message) {
    const auto& steps = office.standard.retry_after;
    if (message.tries >= office.standard.tries_max)
        return MessageReturned{.message = report.message, .conversation = message.conversation, .code = report.code, .status = {}, .words = report.words};
    const auto step = steps.empty() ? std::chrono::seconds{60} : steps[std::min(std::size_t(message.tries - 1), steps.size() - 1)];
    return AttemptFailed{.message = report.message, .conversation = message.conversation, .attempt = report.attempt,
                         .code = report.code, .retry_at = office.now + step, .words = report.words};
}

}  // namespace

Delivery::Says Delivery::decide(const State& state, const RenderingDone& done, const Office& office) {
    const Message* message = find(state, done.message);
    if (!message || !message->released || message->rendered) return {};
    Says said{MessageRendered{.message = done.message, .conversation = message->conversation, .by_post = done.by_post, .pages = done.pages, .to = done.to, .bytes = done.bytes}};
    if (done.by_post) return said;
    if (!done.instance.empty()) said.push_back(grant_or_miss(done.message, *message, done.instance, office.now));
    return said;
}

Delivery::Says Delivery::decide(const State& state, const RenderingFailed& failed, const Office&) {
    const Message* message = find(state, failed.message);
    if (!message || !message->released || message->rendered) return {};
    return {RenderingRefused{.message = failed.message, .conversation = message->conversation, .because = failed.because}};
}

Delivery::Says Delivery::decide(const State& state, const LetterPlaced& placed, const Office&) {
    const Message* message = find(state, placed.message);
    if (!message || !message->by_post || message->print_day) return {};
    return {LetterInPrintRoom{.message = placed.message, .conversation = message->conversation, .day = placed.day}};
}

// Whoever posted them says so: until then a letter has answered nobody.
Delivery::Says Delivery::decide(const State& state, const PostedSaid& said, const Office& office) {
    Says result;
    for (const auto& [id, message] : state.messages)
        if (message.print_day == said.day && result.size() < posted_at_once_max)
            result.push_back(MessageSent{.message = id, .conversation = message.conversation, .attempt = {id.value + ".posted"}, .sent_at = office.now, .words = {}});
    result.insert(result.begin(), DayPosted{.day = said.day, .staff = said.staff, .letters = std::int64_t(result.size())});
    return result;
}

Delivery::Says Delivery::decide(const State& state, const CameBackSaid& said, const Office&) {
    const auto sent = state.sent.find(said.message);
    if (sent == state.sent.end()) return {};
    return {MessageReturned{.message = said.message, .conversation = sent->second, .code = 0, .status = {}, .words = said.why}};
}

Delivery::Says Delivery::decide(const State& state, const AttemptAsked& asked, const Office& office) {
    const Message* message = find(state, asked.message);
    if (!message || !message->rendered || message->by_post || !message->open.empty() || message->retry_at) return {};
    return {grant_or_miss(asked.message, *message, asked.instance, office.now)};
}

Delivery::Says Delivery::decide(const State& state, const AttemptReported& report, const Office& office) {
    const Message* message = find(state, report.message);
    if (!message || message->open != report.attempt || report.attempt.empty()) return {};
    switch (report.outcome) {
        case AttemptOutcome::sent:
            return {MessageSent{.message = report.message, .conversation = message->conversation, .attempt = report.attempt, .sent_at = report.at, .words = report.words}};
        case AttemptOutcome::refused:
            return {MessageReturned{.message = report.message, .conversation = message->conversation, .code = report.code, .status = {}, .words = report.words}};
        case AttemptOutcome::missed:
            return {ReleaseMissed{.message = report.message, .conversation = message->conversation}};
        case AttemptOutcome::try_later:
            return {try_later(office, report, *message)};
        case AttemptOutcome::uncertain: {
            const bool repeats = message->uncertain == 0;
            Says said{AttemptUncertain{.message = report.message, .conversation = message->conversation, .attempt = report.attempt, .repeats = repeats}};
            if (repeats) said.push_back(grant_or_miss(report.message, *message, message->instance, office.now));
            return said;
        }
    }
    return {};
}

Delivery::Says Delivery::decide(const State& state, const ReturnReceived& e, const Office&) {
    const auto sent = state.sent.find(e.message);
    if (sent == state.sent.end() || !e.for_good) return {};
    return {MessageReturned{.message = e.message, .conversation = sent->second, .code = 0, .status = e.status, .words = {}}};
}

Delivery::Says Delivery::decide(const State& state, const ClockStruck& clock, const Office&) {
    Says said;
    for (const auto& [at, id] : state.retries) {
        if (at > clock.now || said.size() == retried_at_once_max) break;
        const auto& message = state.messages.at(id);
        said.push_back(grant_or_miss(id, message, message.instance, clock.now));
    }
    return said;
}

namespace {

void stop_waiting(Delivery::State& state, const MessageId& id, Delivery::Message& message) {
    if (message.retry_at) state.retries.erase({*message.retry_at, id});
    message.retry_at.reset();
}

void drop(Delivery::State& state, const MessageId& id) {
    const auto found = state.messages.find(id);
    if (found == state.messages.end()) return;
    stop_waiting(state, id, found->second);
    state.messages.erase(found);
}

}  // namespace

// A second release (the first was missed) renders again: the dates in a letter are those of its release.
void Delivery::evolve(State& state, const SendReleased& e) {
    auto& message = state.messages[e.message];
    message.conversation = e.conversation;
    message.not_after = e.not_after;
    message.released = true;
    message.rendered = false;
}

void Delivery::evolve(State& state, const MessageRendered& e) {
    state.messages[e.message].rendered = true;
    state.messages[e.message].by_post = e.by_post;
}

void Delivery::evolve(State& state, const LetterInPrintRoom& e) { state.messages[e.message].print_day = e.day; }
void Delivery::evolve(State& state, const RenderingRefused& e) { drop(state, e.message); }

void Delivery::evolve(State& state, const AttemptGranted& e) {
    auto& message = state.messages[e.message];
    stop_waiting(state, e.message, message);
    message.tries = e.number;
    message.open = e.attempt;
    message.instance = e.instance;
}

void Delivery::evolve(State& state, const MessageSent& e) {
    drop(state, e.message);
    state.sent[e.message] = e.conversation;
}

void Delivery::evolve(State& state, const AttemptFailed& e) {
    auto& message = state.messages[e.message];
    message.open = {};
    message.retry_at = e.retry_at;
    state.retries.insert({e.retry_at, e.message});
}

void Delivery::evolve(State& state, const AttemptUncertain& e) {
    auto& message = state.messages[e.message];
    message.open = {};
    ++message.uncertain;
    if (!e.repeats) drop(state, e.message);
}

void Delivery::evolve(State& state, const MessageReturned& e) {
    drop(state, e.message);
    state.sent.erase(e.message);
}

void Delivery::evolve(State& state, const ReleaseMissed& e) {
    auto& message = state.messages[e.message];
    stop_waiting(state, e.message, message);
    message.open = {};
    message.released = message.rendered = false;
}

std::optional<Instant> Delivery::due(const State& state) {
    if (state.retries.empty()) return {};
    return state.retries.begin()->first;
}

std::size_t Delivery::in_flight(const State& state) {
    return std::size_t(std::count_if(state.messages.begin(), state.messages.end(),
                                     [](const auto& each) { return each.second.released && !each.second.retry_at && !each.second.print_day; }));
}

}  // namespace hearback
