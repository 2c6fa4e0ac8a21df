// The topics of the log: checked before use, made by `hearback log create` alone.
#pragma once

#include "log/log.hpp"

namespace hearback {

/// Throws LogError{refused} when a topic is missing or is set otherwise than we rely on, {unavailable} when no broker
/// answers; within 10 s.
void check_kafka_topics(const KafkaLogSettings&);

}  // namespace hearback
