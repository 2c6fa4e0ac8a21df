#include "clerk/clerk.hpp"

#include <algorithm>

#include "vault/aead.hpp"

namespace hearback {

namespace {

constexpr std::string_view clock_prefix = "clock/";
/// Of the headers of a record that nobody understands; a decision about it must fit a record itself.
constexpr std::size_t header_shown_max = 128;

}  // namespace

Clerk::Clerk(Log& log, Vault& vault, const Clock& clock, ClerkSettings settings)
    : log_(log), vault_(vault), clock_(clock), settings_(std::move(settings)), head_(genesis(settings_.authority)) {}

void Clerk::fold() {
    deciders_ = Deciders();
    decided_.clear();
    pending_keys_.clear();
    pending_.clear();
    vault_.forget_unwritten_keys();
    last_time_ = {};
    stroke_was_silent_ = must_fold_ = false;
    Journal journal(log_, genesis(settings_.authority));
    const auto remember = [&](const Stored& stored) {
        const std::string id(stored.record.header("ce_id"));
        if (!id.starts_with(clock_prefix)) decided_.insert(id);
        const auto decision = decode_decision(stored.record, vault_, &Deciders::heard_types());
        last_time_ = std::max(last_time_, decision.time);
        for (const auto& said : decision.events) deciders_.evolve(said.event);
    };
    while (journal.advance(1000, Millis{0}, remember) > 0) {
    }
    head_ = journal.head();
    inbox_next_ = head_.inbox_next;
    beat(false);
}

void Clerk::work(Millis wait) {
    strike();
    take_inbox(pending_.empty() ? wait : Millis{0});
    commit();
}

void Clerk::run(std::stop_token stop, const std::function<void(std::string_view)>& trouble) {
    bool folded = false;
    while (!stop.stop_requested()) {
        try {
            if (!folded) fold();
            folded = true;
            work(settings_.look_again);
        } catch (const LogError& e) {
            if (!e.retryable()) throw;
            trouble(e.what());
            folded = false;
            pause(settings_.look_again);
        }
    }
}

void Clerk::take_inbox(Millis wait) {
    const auto records = log_.read(Topic::inbox, inbox_next_, settings_.batch_max, wait);
    for (const auto& stored : records) {
        inbox_next_ = stored.offset + 1;
        if (!decided_.contains(std::string(stored.record.header("ce_id"))) && !conclude(stored)) break;
    }
    beat(records.empty() && pending_.empty());
}

/// False when it had to be parked: the states are folded again before anything else is decided.
bool Clerk::conclude(const Stored& stored) {
    try {
        auto heard = decode_input(stored.record, vault_);
        Decision decision{.id = heard.id, .cause = std::string(type_of(heard.event)), .time = std::max(clock_.now(), last_time_), .events = {}};
        for (auto& event : deciders_.decide(std::move(heard.event), settings_.settled, decision.time, decision.id))
            decision.events.push_back({{}, std::move(event)});
        keep(std::move(decision));
        return true;
    } catch (const LogError&) {
        throw;
    } catch (const std::exception& e) {
        park(stored, e.what());
        must_fold_ = true;
        return false;
    }
}

/// What cannot be understood is concluded all the same, and carries its input, so that it outlives the inbox.
void Clerk::park(const Stored& stored, const std::string& because) {
    std::string id(stored.record.header("ce_id"));
    if (id.empty() || id.size() > header_shown_max) id = "offset-" + std::to_string(stored.offset);
    InputParked parked{.conversation = {composed("p-", id)}, .offset = stored.offset, .input_type = std::string(stored.record.header("ce_type").substr(0, header_shown_max)),
                       .because = because.substr(0, 2 * header_shown_max), .input = to_base64(stored.record.value.value_or("").substr(0, 32 * 1024))};
    keep({.id = id, .cause = parked.input_type, .time = std::max(clock_.now(), last_time_), .events = {{{}, std::move(parked)}}});
    const std::lock_guard lock(pulse_mutex_);
    ++pulse_.parked;
}

void Clerk::strike() {
    const auto due = deciders_.due();
    const Instant now = std::max(clock_.now(), last_time_);
    if (!due || *due > now || stroke_was_silent_) return;
    const auto at = to_iso(now);
    strokes_ = at == last_stroke_ ? strokes_ + 1 : 0;
    last_stroke_ = at;
    Decision decision{.id = std::string(clock_prefix) + at + "/" + std::to_string(strokes_), .cause = std::string(ClockStruck::type), .time = now, .events = {}};
    for (auto& event : deciders_.decide(ClockStruck{now}, settings_.settled, now, decision.id)) decision.events.push_back({{}, std::move(event)});
    // Due and yet nothing to say would be struck for ever; it is said again only after something has been heard.
    stroke_was_silent_ = decision.events.empty();
    keep(std::move(decision));
}

void Clerk::keep(Decision decision) {
    if (!decision.id.starts_with(clock_prefix)) decided_.insert(decision.id);
    if (decision.events.empty()) return;
    if (decision.events.size() > decision_events_max) throw std::length_error("more was concluded from it than one decision may hold");
    if (decision.cause != ClockStruck::type) stroke_was_silent_ = false;
    for (std::size_t n = 0; n < decision.events.size(); ++n) decision.events[n].id = {decision.id + "." + std::to_string(n + 1)};
    last_time_ = decision.time;
    auto record = encode_decision(decision, settings_.authority, vault_);
    if (record.value->size() > record_bytes_max - 4096) throw std::length_error("what was concluded from it is too long for one record");
    chain(record, head_, inbox_next_);
    for (auto& key : vault_.new_keys()) pending_keys_.push_back(std::move(key));
    pending_.push_back({Topic::journal, std::move(record)});
}

/// Keys first, then the decisions, each chained to the one before. Ours counted if they stand where we expected them;
/// else somebody was faster, and what we thought is thrown away and folded again.
void Clerk::commit() {
    if (pending_.empty()) return;
    auto entries = std::exchange(pending_keys_, {});
    std::ranges::move(std::exchange(pending_, {}), std::back_inserter(entries));
    const auto offsets = log_.append(entries);
    vault_.keys_written();
    Offset expected = head_.next;
    bool won = true;
    for (std::size_t n = 0; n < entries.size(); ++n)
        if (entries[n].topic == Topic::journal) won = won && offsets[n] == expected++;
    if (won && !std::exchange(must_fold_, false)) {
        head_.next = expected;
        beat(false);
        return;
    }
    if (!won) {
        const std::lock_guard lock(pulse_mutex_);
        ++pulse_.refolds;
    }
    fold();
}

void Clerk::beat(bool idle) {
    const std::lock_guard lock(pulse_mutex_);
    const auto due = deciders_.due();
    const bool nothing_due = !due || *due > clock_.now() || stroke_was_silent_;
    pulse_.idle_passes += idle && nothing_due;
    if (idle) pulse_.in_flight = deciders_.in_flight();  // a count over all of them: only when there is time
    pulse_.due = stroke_was_silent_ && !nothing_due ? std::nullopt : due;
    pulse_.head = head_;
}

Pulse Clerk::pulse() const {
    const std::lock_guard lock(pulse_mutex_);
    return pulse_;
}

}  // namespace hearback
