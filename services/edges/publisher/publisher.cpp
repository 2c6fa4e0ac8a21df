#include "edges/publisher/publisher.hpp"

#include <cstdio>
#include <utility>
#include <vector>

#include "log/journal.hpp"
#include "runtime/clock.hpp"

namespace hearback {

namespace {

constexpr std::size_t decisions_at_once = 100;  // and their events are one append; far below what the library queues

/// What is personal comes back erased.
class NoKeys : public Seal {
  public:
    Closed close(std::string_view, std::string_view, std::string_view) override { return {}; }
    std::optional<std::string> open(std::string_view, std::string_view, std::string_view) override { return {}; }
};

/// Where the topic ends: after this event, and what is not above it has been published.
struct Place {
    std::string sequence, id;

    explicit Place(const std::optional<Record>& last) {
        if (!last) return;
        sequence = last->header("ce_sequence");
        id = last->header("ce_id");
        if (sequence.size() != public_sequence(0, 0).size()) refuse("was not written by a publisher");
    }
    bool is_after(std::uint64_t decision) const { return sequence > public_sequence(decision, 999); }
    bool is_within(std::uint64_t decision) const { return sequence > public_sequence(decision, 0) && !is_after(decision); }

    /// The end of one journal says nothing about another.
    void compare(const Decision& decision, std::uint64_t counted) const {
        for (std::size_t number = 1; number <= decision.events.size(); ++number)
            if (public_sequence(counted, number) == sequence && decision.events[number - 1].id.value == id) return;
        refuse("is not in the journal at its place");
    }
    [[noreturn]] void refuse(const std::string& what) const {
        throw LogError(LogError::Kind::refused, "The last record of the events topic (" + sequence + ") " + what +
                                                    ". Find out which of the two was changed. If it is the topic, delete it and run `hearback log create`: "
                                                    "everything is published again, with the same ids.");
    }
};

}  // namespace

std::string public_sequence(std::uint64_t decision, std::size_t number) {
    char text[32];
    std::snprintf(text, sizeof text, "%020llu.%03zu", static_cast<unsigned long long>(decision), number);
    return text;
}

Record public_record(const Decision& decision, std::size_t number, std::string_view authority, std::uint64_t sequence) {
    const auto& [id, event] = decision.events[number - 1];
    const auto subject = subject_of(event);
    Record record{.key = subject, .value = public_json(event), .headers = {
        {"ce_specversion", "1.0"}, {"ce_id", id.value},
        {"ce_source", "/authority/" + std::string(authority) + "/" + std::string(speaker_of(event))},
        {"ce_type", std::string(type_of(event))}, {"ce_time", to_iso(decision.time)},
        {"ce_sequence", public_sequence(sequence, number)}, {"ce_decision", decision.id},
        {"content-type", "application/json"}}};
    if (!subject.empty()) record.headers.push_back({"ce_subject", subject});  // an empty one is no CloudEvent
    return record;
}

Publisher::Publisher(Log& log, const KafkaLogSettings& settings) : log_(log), settings_(settings) {}

void Publisher::run(std::stop_token stop, const std::function<void(std::string_view)>& told) {
    while (!stop.stop_requested()) {
        try {
            KafkaEvents topic(settings_);
            const std::stop_callback interrupt(stop, [&] { topic.stop(); });
            publish(topic, stop);
        } catch (const LogError& e) {
            if (stop.stop_requested()) return;
            told(e.what());
            note(e.what());
            pause(Millis{1000});
        }
    }
}

/// The journal from its beginning; what the topic has already is passed over without a look inside.
void Publisher::publish(KafkaEvents& topic, const std::stop_token& stop) {
    const Place last(topic.last());
    Journal journal(log_, genesis(settings_.authority));
    NoKeys no_keys;
    std::vector<Record> records;
    const auto add = [&](const Stored& stored) {
        const auto counted = journal.head().sequence;
        if (last.is_after(counted)) return;
        const auto decision = decode_decision(stored.record, no_keys);
        if (last.is_within(counted)) last.compare(decision, counted);
        for (std::size_t number = 1; number <= decision.events.size(); ++number)
            if (public_sequence(counted, number) > last.sequence) records.push_back(public_record(decision, number, settings_.authority, counted));
    };
    bool behind = true;
    while (!stop.stop_requested()) {
        const auto seen = journal.advance(decisions_at_once, Millis{behind ? 0 : 100}, add);
        if (seen == 0 && last.is_after(journal.head().sequence)) last.refuse("is not in the journal yet");
        topic.append(std::exchange(records, {}));
        sequence_ = journal.head().sequence;
        behind = seen > 0;
        if (!behind) note({});
    }
}

void Publisher::note(std::optional<std::string> trouble) {
    const std::scoped_lock lock(mutex_);
    trouble_ = std::move(trouble);
}

std::optional<std::string> Publisher::trouble() const {
    const std::scoped_lock lock(mutex_);
    return trouble_;
}

}  // namespace hearback
