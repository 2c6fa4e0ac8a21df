// Tells others what was concluded: writes every event that counted to hearback.<authority>.events.v1, one CloudEvents 1.0
// message a record in binary mode, in the journal's order, without anything personal. Kafka only.
//
// It has no position of its own: it goes on behind the last record of the topic (log/kafka_events.hpp says why that is sound).
// It holds no key, so what is personal never comes into its hands, sealed or open.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "events/codec.hpp"
#include "log/kafka_events.hpp"

namespace hearback {

/// Where an event stands among all that counted: compares as text, and so do the records' `ce_sequence` headers. `number`
/// begins at 1 in each decision. `00000000000000000042.003`: the third event of the 42nd decision.
std::string public_sequence(std::uint64_t decision, std::size_t number);

/// The record that others read. Its id is the event's own, so a repeat is known as one.
Record public_record(const Decision&, std::size_t number, std::string_view authority, std::uint64_t sequence);

class Publisher {
  public:
    /// The log is read only.
    Publisher(Log&, const KafkaLogSettings&);

    /// Until it is stopped, on a thread of its own: nobody waits for it. Whatever is wrong with the log or the topic is told in
    /// words, and it begins again behind the last record. Throws for a record that cannot be understood.
    void run(std::stop_token, const std::function<void(std::string_view)>& trouble);

    /// How many decisions others can read the events of, as far as it has looked since its start.
    std::uint64_t sequence() const { return sequence_; }
    /// What keeps it from going on, in words.
    std::optional<std::string> trouble() const;

  private:
    void publish(KafkaEvents&, const std::stop_token&);
    void note(std::optional<std::string>);

    Log& log_;
    KafkaLogSettings settings_;
    std::atomic<std::uint64_t> sequence_ = 0;
    mutable std::mutex mutex_;
    std::optional<std::string> trouble_;
};

}  // namespace hearback
