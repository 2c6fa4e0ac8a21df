#include "deciders/sending_window/sending_window.hpp"

#include <algorithm>

namespace hearback {

namespace {

using Kind = SendingWindow::Kind;

// A release carries its own deadline: the carrier refuses it when late, so a slow queue cannot break the rule.
SendReleased release(const Office& office, const MessageId& message, const ConversationId& conversation) {
    return {.message = message, .conversation = conversation, .not_after = office.window.closing(office.now)};
}

HeldBecause why_closed(const Office& office) {
    const Date today = london_date(office.now);
    if (!office.window.days().is_working_day(today)) return HeldBecause::not_a_working_day;
    return office.now < office.window.opening_of(today) ? HeldBecause::before_hours : HeldBecause::after_hours;
}

Instant end_of_slot(Instant at) {
    using namespace std::chrono;
    const auto since_midnight = floor<minutes>(at.time_since_epoch());
    return Instant{since_midnight - since_midnight % shown_slot + shown_slot};
}

/// The k-th message of a morning leaves at the opening plus k shares of the relay's limit.
SendHeld hold(const SendingWindow::State& state, const Office& office, const MessageId& message, const ConversationId& conversation, HeldBecause because, int ahead = 0) {
    const Instant opening = office.window.next_opening(office.now + Millis{1});
    const auto place = state.mornings.find(opening);
    const int before = ahead + (place == state.mornings.end() ? 0 : place->second);
    const Instant until = opening + Millis{std::chrono::minutes{1}} * before / office.standard.relay_per_minute;
    return {.message = message, .conversation = conversation, .opening = opening, .until = until, .leaves_by = end_of_slot(until), .because = because};
}

SendingWindow::Says release_or_hold(const SendingWindow::State& state, const Office& office, const MessageId& message, const ConversationId& conversation) {
    if (office.window.is_open(office.now)) return {release(office, message, conversation)};
    return {hold(state, office, message, conversation, why_closed(office))};
}

/// Whether a message was heard before: it has a place, or it has left.
bool is_settled(const SendingWindow::State& state, const MessageId& message) {
    const auto known = state.messages.find(message);
    return known != state.messages.end() && (known->second.until || known->second.released || known->second.missed || known->second.stopped);
}

std::vector<MessageId> waiting_acknowledgements(const SendingWindow::State& state, const ConversationId& conversation) {
    std::vector<MessageId> found;
    if (const auto of = state.held_of.find(conversation); of != state.held_of.end())
        std::copy_if(of->second.begin(), of->second.end(), std::back_inserter(found),
                     [&](const MessageId& m) { return state.messages.at(m).kind == Kind::acknowledgement; });
    return found;
}

/// Whether an answer leaves in this stroke, or in the next one because there are too many for one.
bool answer_is_due(const SendingWindow::State& state, const ConversationId& conversation, Instant now) {
    const auto of = state.held_of.find(conversation);
    return of != state.held_of.end() && std::any_of(of->second.begin(), of->second.end(), [&](const MessageId& id) {
        const auto& message = state.messages.at(id);
        return message.kind == Kind::answer && *message.until <= now;
    });
}

SendWithdrawn withdraw(const MessageId& message, const ConversationId& conversation) {
    return {.message = message, .conversation = conversation, .because = WithdrawnBecause::answered_first};
}

/// What a decider has prepared leaves now or waits; once.
template <class Prepared>
SendingWindow::Says place(const SendingWindow::State& state, const Prepared& e, const Office& office) {
    if (e.message.empty() || is_settled(state, e.message)) return {};
    return release_or_hold(state, office, e.message, e.conversation);
}

}  // namespace

SendingWindow::Says SendingWindow::decide(const State& state, const AcknowledgementPrepared& e, const Office& office) { return place(state, e, office); }
SendingWindow::Says SendingWindow::decide(const State& state, const NoticePrepared& e, const Office& office) { return place(state, e, office); }
SendingWindow::Says SendingWindow::decide(const State& state, const NewPersonTold& e, const Office& office) { return place(state, e, office); }
SendingWindow::Says SendingWindow::decide(const State& state, const ComplaintAcknowledged& e, const Office& office) { return place(state, e, office); }
SendingWindow::Says SendingWindow::decide(const State& state, const StaffTold& e, const Office& office) { return place(state, e, office); }
SendingWindow::Says SendingWindow::decide(const State& state, const AddressLetterPrepared& e, const Office& office) { return place(state, e, office); }

SendingWindow::Says SendingWindow::decide(const State& state, const ReplyWritten& e, const Office& office) {
    if (is_settled(state, e.message)) return {};
    auto said = release_or_hold(state, office, e.message, e.conversation);
    const auto acknowledgements = !answers(e.kind) ? std::vector<MessageId>{} : waiting_acknowledgements(state, e.conversation);
    if (std::holds_alternative<SendReleased>(said.front())) {
        for (const auto& each : acknowledgements) said.push_back(withdraw(each, e.conversation));
    } else if (!acknowledgements.empty()) {
        // It takes the acknowledgement's place in the morning, so that the better message leaves first.
        auto& held = std::get<SendHeld>(said.front());
        held.until = std::min(held.until, *state.messages.at(acknowledgements.front()).until);
        held.leaves_by = end_of_slot(held.until);
    }
    return said;
}

SendingWindow::Says SendingWindow::decide(const State& state, const StopAsked& act, const Office&) {
    const auto refuse = [&](StopRefusedBecause because, const ConversationId& conversation = {}) -> Says {
        return {StopRefused{.message = act.message, .conversation = conversation, .staff = act.staff, .because = because}};
    };
    const auto found = state.messages.find(act.message);
    if (found == state.messages.end()) return refuse(StopRefusedBecause::not_found);
    const auto& message = found->second;
    if (message.stopped) return refuse(StopRefusedBecause::already_stopped, message.conversation);
    if (!message.until) return refuse(StopRefusedBecause::already_left, message.conversation);
    return {SendCancelled{.message = act.message, .conversation = message.conversation, .staff = act.staff}};
}

SendingWindow::Says SendingWindow::decide(const State& state, const ReleaseMissed& e, const Office& office) {
    const auto found = state.messages.find(e.message);
    if (found == state.messages.end() || !found->second.missed) return {};
    if (office.window.is_open(office.now)) return {release(office, e.message, e.conversation)};
    return {hold(state, office, e.message, e.conversation, HeldBecause::missed_its_time)};
}

SendingWindow::Says SendingWindow::decide(const State& state, const ClockStruck& clock, const Office& office) {
    std::vector<MessageId> due;
    for (const auto& [until, message] : state.held) {
        if (until > clock.now || due.size() == released_at_once_max) break;
        due.push_back(message);
    }
    if (due.empty()) return {};
    Says said;
    const bool open = office.window.is_open(clock.now);
    for (const auto& id : due) {
        const auto& message = state.messages.at(id);
        if (!open) said.push_back(hold(state, office, id, message.conversation, HeldBecause::missed_its_time, int(said.size())));
        else if (message.kind == Kind::acknowledgement && answer_is_due(state, message.conversation, clock.now)) said.push_back(withdraw(id, message.conversation));
        else said.push_back(release(office, id, message.conversation));
    }
    return said;
}

namespace {

void unhold(SendingWindow::State& state, const MessageId& id, SendingWindow::Message& message) {
    if (!message.until) return;
    state.held.erase({*message.until, id});
    if (auto of = state.held_of.find(message.conversation); of != state.held_of.end()) {
        of->second.erase(id);
        if (of->second.empty()) state.held_of.erase(of);
    }
    message.until.reset();
}

void forget(SendingWindow::State& state, const MessageId& id) {
    const auto found = state.messages.find(id);
    if (found == state.messages.end()) return;
    unhold(state, id, found->second);
    state.messages.erase(found);
}

}  // namespace

void SendingWindow::evolve(State& state, const AcknowledgementPrepared& e) {
    state.messages[e.message] = {.conversation = e.conversation, .kind = Kind::acknowledgement, .until = {}};
}
void SendingWindow::evolve(State& state, const ReplyWritten& e) {
    state.messages[e.message] = {.conversation = e.conversation, .kind = answers(e.kind) ? Kind::answer : Kind::news, .until = {}};
}
void SendingWindow::evolve(State& state, const NoticePrepared& e) {
    state.messages[e.message] = {.conversation = e.conversation, .kind = Kind::notice, .until = {}};
}

void SendingWindow::evolve(State& state, const AddressLetterPrepared& e) {
    state.messages[e.message] = {.conversation = e.conversation, .kind = Kind::notice, .until = {}};
}

void SendingWindow::evolve(State& state, const NewPersonTold& e) {
    if (!e.message.empty()) state.messages[e.message] = {.conversation = e.conversation, .kind = Kind::notice, .until = {}};
}

void SendingWindow::evolve(State& state, const ComplaintAcknowledged& e) {
    state.messages[e.message] = {.conversation = e.conversation, .kind = Kind::notice, .until = {}};
}

void SendingWindow::evolve(State& state, const StaffTold& e) {
    if (!e.message.empty()) state.messages[e.message] = {.conversation = e.conversation, .kind = Kind::notice, .until = {}};
}

void SendingWindow::evolve(State& state, const SendHeld& e) {
    auto& message = state.messages[e.message];
    unhold(state, e.message, message);
    message.conversation = e.conversation;
    message.until = e.until;
    message.released = message.missed = false;
    state.held.insert({e.until, e.message});
    state.held_of[e.conversation].insert(e.message);
    ++state.mornings[e.opening];
    while (state.mornings.size() > 8) state.mornings.erase(state.mornings.begin());
}

void SendingWindow::evolve(State& state, const SendReleased& e) {
    auto& message = state.messages[e.message];
    unhold(state, e.message, message);
    message.conversation = e.conversation;
    message.released = true;
    message.missed = false;
}

void SendingWindow::evolve(State& state, const SendCancelled& e) {
    auto& message = state.messages[e.message];
    unhold(state, e.message, message);
    message.conversation = e.conversation;
    message.stopped = true;
}

void SendingWindow::evolve(State& state, const SendWithdrawn& e) {
    auto& message = state.messages[e.message];
    unhold(state, e.message, message);
    message.stopped = true;
}

void SendingWindow::evolve(State& state, const MessageSent& e) { forget(state, e.message); }
void SendingWindow::evolve(State& state, const MessageReturned& e) { forget(state, e.message); }
void SendingWindow::evolve(State& state, const RenderingRefused& e) { forget(state, e.message); }

void SendingWindow::evolve(State& state, const AttemptUncertain& e) {
    if (!e.repeats) forget(state, e.message);
}

void SendingWindow::evolve(State& state, const ReleaseMissed& e) {
    if (const auto found = state.messages.find(e.message); found != state.messages.end() && found->second.released) {
        found->second.released = false;
        found->second.missed = true;
    }
}

std::optional<Instant> SendingWindow::due(const State& state) {
    if (state.held.empty()) return {};
    return state.held.begin()->first;
}

}  // namespace hearback
