#include "log/kafka_events.hpp"

#include <vector>

#include "log/kafka_producer.hpp"
#include "log/kafka_reader.hpp"

namespace hearback {

namespace {

constexpr std::chrono::milliseconds last_at_most{3000};

// A record that waits too long is dropped by the library, and the next one may still get through: that would be a gap. So
// none waits too long, and where one is refused the producer stops for good (that is what gapless means).
KafkaLogSettings without_gaps(KafkaLogSettings settings) {
    settings.patience = std::chrono::milliseconds(0);  // as long as it takes
    settings.extra.emplace_back("enable.gapless.guarantee", "true");
    return settings;
}

}  // namespace

std::string events_topic_name(std::string_view authority) { return "hearback." + std::string(authority) + ".events.v1"; }

struct KafkaEvents::Parts {
    KafkaLogSettings settings;
    std::string topic;
    KafkaProducer producer{without_gaps(settings), {topic}};
};

KafkaEvents::KafkaEvents(const KafkaLogSettings& settings)
    : parts_(new Parts{.settings = settings, .topic = events_topic_name(settings.authority)}) {}

KafkaEvents::~KafkaEvents() = default;

std::optional<Record> KafkaEvents::last() const {
    const KafkaClient asker(parts_->settings, KafkaClient::Kind::consumer, {{"group.id", "hearback." + parts_->settings.authority + ".reader"}});
    KafkaReader reader(parts_->settings, parts_->topic, asker);
    const Offset end = reader.end();
    if (end <= reader.begin()) return std::nullopt;
    auto found = reader.read(end - 1, 1, last_at_most);
    return std::move(found.at(0).record);  // it is not the end, so the reader waits until it is there or throws
}

void KafkaEvents::append(std::span<const Record> records) {
    if (records.empty()) return;
    std::vector<const Record*> each;
    for (const Record& record : records) each.push_back(&record);
    try {
        parts_->producer.append(0, each);
    } catch (const LogError&) {
        parts_->producer.give_up();
        throw;
    }
}

void KafkaEvents::stop() { parts_->producer.give_up(); }

}  // namespace hearback
