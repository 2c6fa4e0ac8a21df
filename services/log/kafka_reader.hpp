// One consumer of one topic. Reading on from where it stands is fast; elsewhere it has to move first. One thread at a
// time.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "log/kafka_client.hpp"
#include "log/log.hpp"

namespace hearback {

class KafkaReader {
  public:
    KafkaReader(const KafkaLogSettings&, Topic);
    ~KafkaReader();
    KafkaReader(const KafkaReader&) = delete;
    KafkaReader& operator=(const KafkaReader&) = delete;

    Offset next() const { return next_; }  ///< what it can read without moving, or -1

    /// As `Log::read`. Records below `known_end` are surely there and are waited for.
    std::vector<Stored> read(Offset from, std::size_t most, std::chrono::milliseconds wait, Offset known_end);

  private:
    using Places = std::unique_ptr<rd_kafka_topic_partition_list_t, decltype(&rd_kafka_topic_partition_list_destroy)>;
    Places places(Offset) const;  ///< our one partition, at that offset
    void move_to(Offset);
    std::optional<Stored> poll(std::chrono::milliseconds wait);
    bool is_end(Offset from, Offset known_end);
    [[noreturn]] void fail(rd_kafka_resp_err_t, Offset from);
    [[noreturn]] void out_of_range(Offset from);

    KafkaLogSettings settings_;
    std::string topic_;
    KafkaClient client_;
    Offset next_ = -1;
    bool gone_ = false;
};

}  // namespace hearback
