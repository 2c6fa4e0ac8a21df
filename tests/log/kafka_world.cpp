#include "log/kafka_world.hpp"

#include <librdkafka/rdkafka.h>

#include <array>
#include <functional>
#include <thread>

namespace hearback {

namespace {

// One admin request, and its failure as a failure of the test.
void administer(const std::string& brokers, const std::function<void(rd_kafka_t*, rd_kafka_queue_t*)>& ask) {
    std::array<char, 256> why{};
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    rd_kafka_conf_set(conf, "bootstrap.servers", brokers.c_str(), why.data(), why.size());
    rd_kafka_t* client = rd_kafka_new(RD_KAFKA_PRODUCER, conf, why.data(), why.size());
    rd_kafka_queue_t* queue = rd_kafka_queue_new(client);
    ask(client, queue);
    rd_kafka_event_t* event = rd_kafka_queue_poll(queue, 20000);
    EXPECT_TRUE(event);
    EXPECT_STREQ(event ? rd_kafka_event_error_string(event) : "", "Success");
    rd_kafka_event_destroy(event);
    rd_kafka_queue_destroy(queue);
    rd_kafka_destroy(client);
}

/// A broker answers before every listener knows a new topic.
bool is_known(rd_kafka_t* client, const std::string& topic) {
    rd_kafka_topic_t* handle = rd_kafka_topic_new(client, topic.c_str(), nullptr);
    const rd_kafka_metadata_t* found = nullptr;
    const bool known = rd_kafka_metadata(client, 0, handle, &found, 5000) == RD_KAFKA_RESP_ERR_NO_ERROR &&
                       found->topics[0].err == RD_KAFKA_RESP_ERR_NO_ERROR && found->topics[0].partitions[0].leader >= 0;
    if (found) rd_kafka_metadata_destroy(found);
    rd_kafka_topic_destroy(handle);
    return known;
}

class KafkaWorld final : public World {
  public:
    KafkaWorld() { create_kafka_topics(settings(), 1); }

    std::unique_ptr<Log> open() override { return open_kafka_log(settings()); }

    // A broker that comes back without its tail: the same topic, the same first records, and no more.
    void lose_tail(Topic topic, Offset end) override {
        std::vector<Entry> kept;
        for (auto& stored : read_all(*open(), topic))
            if (stored.offset < end) kept.push_back({topic, std::move(stored.record)});
        delete_topic(shared_broker().bootstrap(), topic_name(authority_, topic));
        create_kafka_topics(settings(), 1);
        open()->append(kept);
    }

    void expire(Topic topic, Offset begin) override {
        delete_records(shared_broker().bootstrap(), topic_name(authority_, topic), begin);
    }

    std::vector<std::string> arguments() const override {
        return {"kafka", shared_broker().bootstrap(), authority_, folder_.path()};
    }
    std::string authority() const override { return authority_; }

  private:
    KafkaLogSettings settings() const {
        return {.brokers = shared_broker().bootstrap(),
                .authority = authority_,
                .blob_folder = folder_.path(),
                .extra = {}};
    }

    TempFolder folder_;
    std::string authority_ = fresh_authority();
};

}  // namespace

KafkaBroker& shared_broker() {
    static KafkaBroker broker;
    return broker;
}

std::string fresh_authority() {
    static int count = 0;
    return "T" + std::to_string(++count);
}

void delete_topic(const std::string& brokers, const std::string& topic) {
    administer(brokers, [&](rd_kafka_t* client, rd_kafka_queue_t* queue) {
        rd_kafka_DeleteTopic_t* asked = rd_kafka_DeleteTopic_new(topic.c_str());
        rd_kafka_DeleteTopics(client, &asked, 1, nullptr, queue);
        rd_kafka_DeleteTopic_destroy(asked);
    });
}

void make_topic(const std::string& brokers, const std::string& topic, int partitions,
                const std::vector<std::pair<std::string, std::string>>& settings) {
    administer(brokers, [&](rd_kafka_t* client, rd_kafka_queue_t* queue) {
        rd_kafka_NewTopic_t* asked = rd_kafka_NewTopic_new(topic.c_str(), partitions, 1, nullptr, 0);
        for (const auto& [name, value] : settings) rd_kafka_NewTopic_set_config(asked, name.c_str(), value.c_str());
        rd_kafka_CreateTopics(client, &asked, 1, nullptr, queue);
        rd_kafka_NewTopic_destroy(asked);
        for (int i = 0; i < 200 && !is_known(client, topic); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(25));
    });
}

void delete_records(const std::string& brokers, const std::string& topic, Offset before) {
    administer(brokers, [&](rd_kafka_t* client, rd_kafka_queue_t* queue) {
        rd_kafka_topic_partition_list_t* until = rd_kafka_topic_partition_list_new(1);
        rd_kafka_topic_partition_list_add(until, topic.c_str(), 0)->offset = before;
        rd_kafka_DeleteRecords_t* asked = rd_kafka_DeleteRecords_new(until);
        rd_kafka_DeleteRecords(client, &asked, 1, nullptr, queue);
        rd_kafka_DeleteRecords_destroy(asked);
        rd_kafka_topic_partition_list_destroy(until);
    });
}

std::unique_ptr<World> make_kafka_world() { return std::make_unique<KafkaWorld>(); }

}  // namespace hearback
