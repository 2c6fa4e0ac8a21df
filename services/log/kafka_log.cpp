// The log on Apache Kafka: three topics of one partition, and a folder of blobs.
#include <algorithm>
#include <filesystem>
#include <mutex>

#include "log/adapter.hpp"
#include "log/blob_folder.hpp"
#include "log/kafka_producer.hpp"
#include "log/kafka_reader.hpp"
#include "log/kafka_topics.hpp"
#include "log/log.hpp"

namespace hearback {

namespace {

// So many may read one topic in different places without moving each other's reader.
constexpr std::size_t idle_readers_max = 16;

class KafkaLog final : public Log {
  public:
    explicit KafkaLog(const KafkaLogSettings& settings)
        : settings_(settings), blobs_(settings.blob_folder), producer_(settings, topics_of(settings.authority)), asker_(settings, KafkaClient::Kind::consumer, {{"group.id", "hearback." + settings.authority + ".reader"}}) {
        // An idempotent producer needs half a second to be given its number: better now than in the first append.
        producer_.get();
    }

    std::vector<Offset> append(std::span<const Entry> entries, std::span<const Blob> blobs) override {
        check_entries(entries);
        std::vector<const Blob*> files;
        for (const auto& blob : blobs) check_name(blob), files.push_back(&blob);
        blobs_.store(files);
        std::vector<Offset> offsets;
        each_topic_run(entries, [&](std::span<const Entry> run) { append_run(run, offsets); });
        return offsets;
    }

    std::vector<Stored> read(Topic topic, Offset from, std::size_t most, std::chrono::milliseconds wait) override {
        if (most == 0) return {};
        auto reader = take(topic, from);
        auto found = reader->read(from, most, wait);
        const std::scoped_lock lock(mutex_);
        auto& idle = idle_[std::size_t(topic)];
        if (idle.size() < idle_readers_max) idle.push_back(std::move(reader));
        return found;
    }

    std::optional<std::string> blob(std::string_view name) override { return blobs_.find(name); }

  private:
    static std::vector<std::string> topics_of(std::string_view authority) {
        std::vector<std::string> names;
        for (const Topic topic : all_topics) names.push_back(topic_name(authority, topic));
        return names;
    }

    void append_run(std::span<const Entry> run, std::vector<Offset>& offsets) {
        std::vector<const Record*> records;
        for (const Entry& entry : run) records.push_back(&entry.record);
        try {
            const auto more = producer_.get()->append(std::size_t(run.front().topic), records);
            offsets.insert(offsets.end(), more.begin(), more.end());
        } catch (const LogError& error) {
            if (offsets.empty()) throw;
            throw LogError(LogError::Kind::unknown_outcome,
                           std::string(error.what()) + " The records before it are stored.");
        }
    }

    /// The reader that stands there already, else a new one, else the one that has been idle for longest.
    std::unique_ptr<KafkaReader> take(Topic topic, Offset from) {
        const std::scoped_lock lock(mutex_);
        auto& idle = idle_[std::size_t(topic)];
        auto best = std::ranges::find_if(idle, [&](const auto& reader) { return reader->next() == from; });
        if (best == idle.end() && idle.size() < idle_readers_max)
            return std::make_unique<KafkaReader>(settings_, topic_name(settings_.authority, topic), asker_);
        if (best == idle.end()) best = idle.begin();
        auto reader = std::move(*best);
        idle.erase(best);
        return reader;
    }

    KafkaLogSettings settings_;
    BlobFolder blobs_;
    LivingProducer producer_;
    KafkaClient asker_;  // outlives the readers
    std::mutex mutex_;
    std::vector<std::unique_ptr<KafkaReader>> idle_[std::size(all_topics)];  // longest idle first
};

}  // namespace

std::unique_ptr<Log> open_kafka_log(const KafkaLogSettings& settings) {
    check_kafka_topics(settings);
    return std::make_unique<KafkaLog>(settings);
}

}  // namespace hearback
