// One idempotent producer that many threads share. After a fatal error it is dead and another must be made.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "log/kafka_client.hpp"
#include "log/log.hpp"

namespace hearback {

class KafkaProducer {
  public:
    /// For these topics and no others.
    KafkaProducer(const KafkaLogSettings&, std::vector<std::string> topics);

    /// Records of one of the topics, by its place among them. Returns their offsets when all are acknowledged, or throws
    /// LogError after the outcome of each is settled as far as it can be.
    std::vector<Offset> append(std::size_t topic, std::span<const Record* const>);

    /// Whoever waits is told within a tenth of a second, and nothing is taken any more. Any thread.
    void give_up() { dead_ = true; }
    bool dead() const { return dead_; }
    const KafkaClient& client() const { return client_; }

  private:
    struct Run;
    struct Report;
    struct ForgetTopic {
        void operator()(rd_kafka_topic_t* topic) const { rd_kafka_topic_destroy(topic); }
    };
    /// One group of records of a topic is under way; who comes meanwhile waits and goes with the next, all together.
    struct Lane {
        std::unique_ptr<rd_kafka_topic_t, ForgetTopic> topic;
        std::mutex mutex;
        std::size_t in_flight = 0;
        std::vector<Run*> waiting;
    };

    static void settle(rd_kafka_t*, const rd_kafka_message_t*, void*);
    void begin(Run&);
    rd_kafka_resp_err_t send(rd_kafka_topic_t*, const Record&, Report&);
    void poll(const std::stop_token&);
    [[noreturn]] void fail(const Run&, const std::string& topic);

    KafkaLogSettings settings_;
    KafkaClient client_;
    std::vector<std::string> topics_;
    std::vector<Lane> lanes_;
    std::atomic<bool> dead_ = false;
    std::jthread poller_;
};

/// The producer of a log: another one after a fatal error, which is an ordinary event. Any thread.
class LivingProducer {
  public:
    LivingProducer(const KafkaLogSettings& settings, std::vector<std::string> topics)
        : settings_(settings), topics_(std::move(topics)) {}
    std::shared_ptr<KafkaProducer> get();

  private:
    KafkaLogSettings settings_;
    std::vector<std::string> topics_;
    std::mutex mutex_;
    std::shared_ptr<KafkaProducer> producer_;
};

}  // namespace hearback
