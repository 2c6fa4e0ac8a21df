#include "edges/mailer/mailer.hpp"

#include "events/inbox.hpp"
#include "kernel/decider.hpp"
#include "vault/aead.hpp"

namespace hearback {

namespace {

constexpr std::size_t reports_at_once_max = 200;

/// The inbox id of a report: the same attempt with the same outcome is the same report.
std::string report_id(const AnyEvent& event) {
    return std::visit(match{
        [](const AttemptReported& e) { return "attempt-" + e.attempt.value + "-" + std::string(to_word(e.outcome)); },
        // A carrier asks again after each start; that it asked before in this life is no reason to drop it.
        [](const AttemptAsked& e) { return "ask-" + e.message.value + "-" + e.instance.value + "-" + to_hex(random_bytes(6)); },
        [](const auto&) { return std::string(); }}, event);
}

AttemptOutcome outcome_of(RelayOutcome::Kind kind) {
    switch (kind) {
        case RelayOutcome::Kind::sent: return AttemptOutcome::sent;
        case RelayOutcome::Kind::refused: return AttemptOutcome::refused;
        case RelayOutcome::Kind::try_later: return AttemptOutcome::try_later;
        case RelayOutcome::Kind::uncertain: return AttemptOutcome::uncertain;
        case RelayOutcome::Kind::not_sent: return AttemptOutcome::missed;
    }
    return AttemptOutcome::try_later;
}

AttemptState state_of(AttemptOutcome outcome) {
    switch (outcome) {
        case AttemptOutcome::sent: return AttemptState::sent;
        case AttemptOutcome::refused: return AttemptState::refused;
        case AttemptOutcome::uncertain: return AttemptState::uncertain;
        case AttemptOutcome::try_later:
        case AttemptOutcome::missed: break;
    }
    return AttemptState::try_later;
}

}  // namespace

Mailer::Mailer(Log& log, Vault& vault, const Clock& clock, Ledger& ledger, MailerSettings settings)
    : log_(log), vault_(vault), clock_(clock), ledger_(ledger), settings_(std::move(settings)) {
    for (std::size_t n = 0; n < settings_.connections; ++n)
        carriers_.emplace_back([this](std::stop_token stop) {
            Relay relay(settings_.relay);
            carry(stop, relay);
        });
    reporter_ = std::jthread([this](std::stop_token stop) { send_reports(stop); });
}

Mailer::~Mailer() {
    for (auto& carrier : carriers_) carrier.request_stop();
    carriers_.clear();  // waits for the mail under way, whose report is then still sent
    reporter_.request_stop();
}

const Types& Mailer::hears() const {
    static const Types types{"MessageRendered", "AttemptGranted", "MessageSent", "AttemptFailed", "AttemptUncertain", "MessageReturned", "ReleaseMissed"};
    return types;
}

void Mailer::hear(const Told& decision, const Head&) {
    const auto settle = [&](const MessageId& message, bool for_good) {
        open_.erase(message);
        ungranted_.erase(message);
        if (for_good) letters_.erase(message);
    };
    for (const auto& said : decision->events)
        std::visit(match{
            [&](const MessageRendered& e) {
                if (e.by_post) return;  // the print room's
                letters_[e.message] = {e.to.or_empty(), e.bytes.or_empty()};
                ungranted_.insert(e.message);
            },
            [&](const AttemptGranted& e) {
                ungranted_.erase(e.message);
                open_[e.message] = e;
                if (began_) carry_out(e);
            },
            [&](const MessageSent& e) { settle(e.message, true); },
            [&](const AttemptFailed& e) { settle(e.message, false); },
            [&](const AttemptUncertain& e) { settle(e.message, !e.repeats); },
            [&](const MessageReturned& e) { settle(e.message, true); },
            [&](const ReleaseMissed& e) { settle(e.message, true); },
            [](const auto&) {}}, said.event);
    if (!began_) return;
    for (const auto& message : std::exchange(ungranted_, {})) ask(message);
}

void Mailer::caught_up() {
    if (std::exchange(began_, true)) return;
    for (const auto& [message, grant] : std::map(open_)) take_up(grant);
    for (const auto& message : std::exchange(ungranted_, {})) ask(message);
}

void Mailer::ask(const MessageId& message) { reports_.put(AttemptAsked{.message = message, .instance = ledger_.instance()}); }

/// After a start: a grant is carried out unless an earlier life may have done so: the ledger knows, and another ledger's grant is uncertain.
void Mailer::take_up(const AttemptGranted& grant) {
    const auto known = ledger_.state(grant.attempt);
    AttemptReported answer{.message = grant.message, .attempt = grant.attempt, .outcome = AttemptOutcome::uncertain, .at = clock_.now(), .code = 0, .words = {}};
    if (grant.instance != ledger_.instance()) {
        answer.words = "It was given to a carrier whose record is gone. It may have been sent.";
        return report(answer);
    }
    if (!known || known->state == AttemptState::begun) return carry_out(grant);
    answer.code = known->code;
    answer.words = known->words;
    if (known->state == AttemptState::sent) answer.outcome = AttemptOutcome::sent;
    if (known->state == AttemptState::refused) answer.outcome = AttemptOutcome::refused;
    if (known->state == AttemptState::try_later) answer.outcome = AttemptOutcome::try_later;
    if (known->state == AttemptState::marked) answer.words = "We stopped while it was being sent. It may have been sent.";
    report(answer);
}

void Mailer::carry_out(const AttemptGranted& grant) {
    const auto letter = letters_.find(grant.message);
    if (letter != letters_.end() && grant.instance == ledger_.instance()) jobs_.put({grant.message, grant, letter->second});
}

void Mailer::carry(std::stop_token stop, Relay& relay) {
    name_thread("carrier");
    while (!stop.stop_requested())
        for (const auto& job : jobs_.take(1, stop)) report(attempt(job, relay));
}

AttemptReported Mailer::attempt(const Job& job, Relay& relay) {
    AttemptReported answer{.message = job.message, .attempt = job.grant.attempt, .outcome = AttemptOutcome::try_later, .at = clock_.now(), .code = 0, .words = {}};
    const auto in_time = [&] { return clock_.now() <= job.grant.not_after && settings_.window.is_open(clock_.now()); };
    try {
        const auto bytes = vault_.open_blob(job.letter.bytes);
        if (!bytes) {
            answer.words = "The bytes of this message are not in the store.";
            return answer;
        }
        ledger_.begin(job.grant.attempt);
        const auto outcome = relay.send({settings_.sender, job.letter.to}, *bytes, in_time, [&] { ledger_.mark(job.grant.attempt); });
        answer.outcome = outcome.kind == RelayOutcome::Kind::not_sent && in_time() ? AttemptOutcome::refused : outcome_of(outcome.kind);
        answer.code = outcome.code;
        answer.words = outcome.words.substr(0, 500);
        answer.at = clock_.now();
        ledger_.outcome({job.grant.attempt, state_of(answer.outcome), outcome.code, outcome.words.substr(0, 500)});
    } catch (const std::exception& e) {
        answer.words = std::string(e.what());
    }
    sent_ += answer.outcome == AttemptOutcome::sent;
    return answer;
}

void Mailer::report(AttemptReported answer) { reports_.put(std::move(answer)); }

/// Reports of all carriers share one append.
void Mailer::send_reports(std::stop_token stop) {
    name_thread("reports");
    for (;;) {
        const auto batch = reports_.take(reports_at_once_max, stop);
        if (batch.empty()) return;
        std::vector<Heard> heard;
        for (const auto& event : batch) heard.push_back({.id = report_id(event), .time = clock_.now(), .event = event});
        // What is not told now, the ledger remembers and tells after a start.
        if (!append_until_kept(log_, settings_.authority, vault_, heard, {}, stop)) return;
    }
}

}  // namespace hearback
