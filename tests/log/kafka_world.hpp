// A log on the shared test broker, and what a test does to a broker's topics behind the log's back.
#pragma once

#include <string>

#include "log/broker.hpp"
#include "log/world.hpp"

namespace hearback {

/// Started at first use, ended with the test program.
KafkaBroker& shared_broker();

/// An authority that no other test uses.
std::string fresh_authority();

void delete_topic(const std::string& brokers, const std::string& topic);
/// A topic of `partitions` partitions with the given settings and no others.
void make_topic(const std::string& brokers, const std::string& topic, int partitions,
                const std::vector<std::pair<std::string, std::string>>& settings);
void delete_records(const std::string& brokers, const std::string& topic, Offset before);

}  // namespace hearback
