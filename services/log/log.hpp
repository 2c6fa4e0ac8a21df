// The log: what the world said to us, what we concluded, and the keys that open it. It can append and it can read.
// Two adapters keep this promise and pass one suite (tests/log): SQLite in one folder, and Apache Kafka.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace hearback {

enum class Topic { inbox, journal, keys };
inline constexpr Topic all_topics[] = {Topic::inbox, Topic::journal, Topic::keys};

/// `hearback.<authority>.<topic>.v1`
std::string topic_name(std::string_view authority, Topic);

/// A record stays under this, headers and key included; larger things are blobs.
inline constexpr std::size_t record_bytes_max = 64 * 1024;

struct Header {
    std::string name, value;  // UTF-8
    bool operator==(const Header&) const = default;
};

/// One record: a CloudEvents 1.0 message in binary mode (`ce_*` headers, data in the value).
struct Record {
    std::string key;                   ///< the key of compaction: never empty in the keys topic
    std::optional<std::string> value;  ///< nothing is a tombstone, and not the same as empty
    std::vector<Header> headers;       ///< order is kept
    bool operator==(const Record&) const = default;
    /// The value of the first header of that name, or empty.
    std::string_view header(std::string_view name) const;
    /// What counts towards `record_bytes_max`.
    std::size_t bytes() const;
};

/// Strictly increasing inside one topic, not dense, never an identity of the business.
using Offset = std::int64_t;

struct Stored {
    Offset offset = 0;
    Record record;
};

struct Entry {
    Topic topic = Topic::inbox;
    Record record;
};

/// A sealed big thing. Its name is the SHA-256 (lower-case hex) of its bytes, so storing it twice is storing it once.
struct Blob {
    std::string name, bytes;
};

/// The world broke. `what()` is one sentence for an operator: what is wrong and what to do.
class LogError : public std::runtime_error {
  public:
    enum class Kind {
        unknown_outcome,  ///< may or may not be in the log: read it back before deciding anything
        too_large,        ///< over record_bytes_max: nothing of the call was stored
        out_of_range,     ///< asked for an offset below the first kept one, or beyond the end: records are missing. An
                          ///< alarm
        unavailable,      ///< disk full, broker away: nothing of the call was stored; later it may work
        refused,          ///< wrong settings, foreign or damaged log: it will not work by itself
    };
    LogError(Kind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
    Kind kind() const { return kind_; }
    bool retryable() const { return kind_ == Kind::unavailable || kind_ == Kind::unknown_outcome; }

  private:
    Kind kind_;
};

/// Thread-safe: any thread may append and read at any time; appends of many threads share one commit.
class Log {
  public:
    virtual ~Log() = default;

    /// Returns the entries' offsets when all blobs and entries are durable (they survive kill -9 and a power cut).
    /// Blobs are durable before the first entry; an entry is never durable before one given earlier in the same call.
    /// Throws LogError. A single call never interleaves with another's entries in the embedded log; on Kafka it may.
    virtual std::vector<Offset> append(std::span<const Entry> entries, std::span<const Blob> blobs = {}) = 0;

    /// Records of one topic from `from` on, at most `most`; waits up to `wait` for the first and then returns what is
    /// there, or nothing. Nothing is true: whatever any program had appended before the call is found. `from` may be the
    /// end. A topic begins at offset 0 until records expire.
    virtual std::vector<Stored> read(Topic, Offset from, std::size_t most, std::chrono::milliseconds wait) = 0;

    /// The bytes of a blob, checked against its name; nothing when there is none. Throws LogError when damaged.
    virtual std::optional<std::string> blob(std::string_view name) = 0;
};

struct SqliteLogSettings {
    std::string folder;                           ///< holds log.sqlite and blobs/; must exist
    std::string authority;                        ///< E08000002
    std::size_t blob_row_bytes_max = 256 * 1024;  ///< bigger blobs are files
};
/// Makes the log when the folder has none. Throws LogError{refused} for a foreign, damaged or newer file.
std::unique_ptr<Log> open_sqlite_log(const SqliteLogSettings&);

struct KafkaLogSettings {
    std::string brokers;  ///< host:port[,host:port]
    std::string authority;
    std::string blob_folder;  ///< reached by every role; must exist
    std::vector<std::pair<std::string, std::string>>
        extra;                                  ///< librdkafka settings for security (ssl.ca.location, ...)
    std::chrono::milliseconds patience{30000};  ///< how long an append may wait for the broker
};
/// Checks broker and topics (metadata, DescribeConfigs) first and throws LogError{refused or unavailable} with one
/// sentence within 10 s. Never makes a topic.
std::unique_ptr<Log> open_kafka_log(const KafkaLogSettings&);

/// `hearback log create`: makes the topics that are missing, with the settings that we rely on; says what it did.
std::string create_kafka_topics(const KafkaLogSettings&, int replication);

}  // namespace hearback
