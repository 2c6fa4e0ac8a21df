// One librdkafka handle that closes itself, and the broker's errors as sentences. Only the Kafka adapter sees this.
#pragma once

#include <librdkafka/rdkafka.h>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "log/log.hpp"

namespace hearback {

/// The sentence for an error of the broker or the client. `about` names the topic or the like.
LogError kafka_error(rd_kafka_resp_err_t, const KafkaLogSettings&, const std::string& about);

class KafkaClient {
  public:
    enum class Kind { producer, consumer };
    using Report = void (*)(rd_kafka_t*, const rd_kafka_message_t*, void*);

    /// `own` are our settings; those of the operator stand over them. Does not connect yet.
    KafkaClient(const KafkaLogSettings&, Kind, const std::vector<std::pair<std::string, std::string>>& own,
                Report report = nullptr);

    rd_kafka_t* get() const { return handle_.get(); }

    /// What went wrong since `forget_trouble`: a security or name error if there was one, else the newest. A thread
    /// that polls nothing hears of nothing.
    std::optional<rd_kafka_resp_err_t> trouble() const;
    void forget_trouble();
    /// A consumer whose topic was deleted can never be closed (librdkafka issue 4362: it waits for itself). Such a
    /// handle is left to the end of the process.
    void abandon() { static_cast<void>(handle_.release()); }
    /// Security and name errors do not go away by themselves, though the client tries for ever.
    static bool hopeless(rd_kafka_resp_err_t);

  private:
    struct Destroy {
        // No group is ever joined, so there is none to leave, and leaving may wait for a broker that is away.
        void operator()(rd_kafka_t* handle) const {
            rd_kafka_destroy_flags(handle, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
        }
    };
    static void hear(rd_kafka_t*, int error, const char* reason, void* client);

    mutable std::mutex mutex_;
    std::optional<rd_kafka_resp_err_t> trouble_;
    std::unique_ptr<rd_kafka_t, Destroy> handle_;  // last: its threads may call back until it is gone
};

}  // namespace hearback
