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
    explicit KafkaProducer(const KafkaLogSettings&);

    /// Entries of one topic. Returns their offsets when all are acknowledged, or throws LogError after the outcome of
    /// each is settled as far as it can be.
    std::vector<Offset> append(std::span<const Entry>);

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
    Lane lanes_[std::size(all_topics)];
    std::atomic<bool> dead_ = false;
    std::jthread poller_;
};

/// The producer of a log: another one after a fatal error, which is an ordinary event. Any thread.
class LivingProducer {
  public:
    explicit LivingProducer(const KafkaLogSettings& settings) : settings_(settings) {}
    std::shared_ptr<KafkaProducer> get();

  private:
    KafkaLogSettings settings_;
    std::mutex mutex_;
    std::shared_ptr<KafkaProducer> producer_;
};

}  // namespace hearback
