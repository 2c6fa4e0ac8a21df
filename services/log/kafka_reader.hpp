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
    /// `asker` is asked where the end is. A connection of its own: on the reader's the broker answers nothing else while it
    /// waits for records to come, a tenth of a second.
    KafkaReader(const KafkaLogSettings&, std::string topic, const KafkaClient& asker);
    ~KafkaReader();
    KafkaReader(const KafkaReader&) = delete;
    KafkaReader& operator=(const KafkaReader&) = delete;

    Offset next() const { return next_; }  ///< what it can read without moving, or -1

    /// The first offset that is kept, and the one behind the last; asked of the broker each time.
    Offset begin();
    Offset end();
    /// As `Log::read`.
    std::vector<Stored> read(Offset from, std::size_t most, std::chrono::milliseconds wait);

  private:
    using Places = std::unique_ptr<rd_kafka_topic_partition_list_t, decltype(&rd_kafka_topic_partition_list_destroy)>;
    Places places(Offset) const;  ///< our one partition, at that offset
    void move_to(Offset);
    std::optional<Stored> poll(std::chrono::milliseconds wait);
    Offset ask(std::int64_t logical, Offset from);  ///< where the beginning or the end is
    [[noreturn]] void fail(rd_kafka_resp_err_t, Offset from);
    [[noreturn]] void out_of_range(Offset from);

    KafkaLogSettings settings_;
    std::string topic_;
    KafkaClient client_;
    const KafkaClient& asker_;
    Offset next_ = -1;
    bool gone_ = false;
};

}  // namespace hearback
