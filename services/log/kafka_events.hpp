// hearback.<authority>.events.v1, which programs of others read. It stands beside the port and not in it: only Kafka has it.
//
// What makes its last record a position: nobody ever writes a record that does not stand behind the one before it in the
// journal. Whoever writes begins behind the last record that is there, whichever that is, and `append` leaves no gap;
// so whatever two writers, or one that was killed and its last request, do to each other, a record may come twice and
// none can be missing.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "log/log.hpp"

namespace hearback {

std::string events_topic_name(std::string_view authority);

class KafkaEvents {
  public:
    /// The topic must be there (`hearback log create` makes it). `settings.patience` is not looked at. Throws LogError.
    explicit KafkaEvents(const KafkaLogSettings& settings);
    ~KafkaEvents();

    /// The newest record; nothing when there is none. Throws LogError.
    std::optional<Record> last() const;

    /// Returns when all are durable, in this order. Waits for a broker that is away for as long as it takes. Throws LogError
    /// when that cannot be, or it was stopped: the first few may be there, and nothing can be appended any more. Make another
    /// one then, and go on behind its last().
    void append(std::span<const Record>);

    /// Whoever waits in append is told so within a tenth of a second. Any thread.
    void stop();

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace hearback
