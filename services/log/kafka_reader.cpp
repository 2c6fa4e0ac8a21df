#include "log/kafka_reader.hpp"

#include <algorithm>

#include "runtime/deadline.hpp"

namespace hearback {

namespace {

constexpr int ask_ms = 3000;
constexpr std::chrono::milliseconds surely_there{15000};

struct DestroyMessage {
    void operator()(rd_kafka_message_t* message) const { rd_kafka_message_destroy(message); }
};
using Message = std::unique_ptr<rd_kafka_message_t, DestroyMessage>;

std::string text(const void* bytes, std::size_t size) {
    return size ? std::string(static_cast<const char*>(bytes), size) : std::string();
}

Stored stored(const rd_kafka_message_t& message) {
    Stored result{message.offset, {}};
    result.record.key = text(message.key, message.key_len);
    if (message.payload) result.record.value = text(message.payload, message.len);
    rd_kafka_headers_t* headers = nullptr;
    if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return result;
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0; rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
         ++i)
        result.record.headers.push_back({name, text(value, size)});
    return result;
}

bool is_gone(rd_kafka_resp_err_t error) {
    return error == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART || error == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION ||
           error == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC;
}

}  // namespace

KafkaReader::KafkaReader(const KafkaLogSettings& settings, std::string topic, const KafkaClient& asker)
    : settings_(settings),
      topic_(std::move(topic)),
      client_(settings, KafkaClient::Kind::consumer,
              {{"group.id", "hearback." + settings.authority + ".reader"},  // the library wants one; we never join it
               {"enable.auto.commit", "false"},
               {"enable.auto.offset.store", "false"},
               {"auto.offset.reset", "error"},  // any other setting skips lost records without a word
               {"allow.auto.create.topics", "false"},
               {"partition.assignment.strategy", "roundrobin"},
               {"fetch.wait.max.ms", "100"},
               {"fetch.error.backoff.ms", "100"},
               {"check.crcs", "true"},
               {"queued.max.messages.kbytes", "4096"}}),
      asker_(asker) {
    rd_kafka_poll_set_consumer(client_.get());
}

KafkaReader::~KafkaReader() {
    const Message last(rd_kafka_consumer_poll(client_.get(), 0));
    if (gone_ || is_gone(client_.trouble().value_or(RD_KAFKA_RESP_ERR_NO_ERROR))) client_.abandon();
}

std::vector<Stored> KafkaReader::read(Offset from, std::size_t most, std::chrono::milliseconds wait) {
    if (from != next_) move_to(from);
    std::vector<Stored> found;
    std::optional<Deadline> deadline(wait);
    bool sure = false;
    while (found.size() < most) {
        auto record = poll(found.empty() ? deadline->left() : std::chrono::milliseconds(0));
        if (record) {
            next_ = record->offset + 1;
            found.push_back(std::move(*record));
        } else if (!found.empty()) {
            break;
        } else if (deadline->passed()) {
            if (sure) fail(RD_KAFKA_RESP_ERR__TIMED_OUT, from);
            if (ask(RD_KAFKA_OFFSET_END, from) == from) break;
            // A first fetch takes its time, and what is there must not be passed over.
            sure = true;
            deadline.emplace(surely_there);
        }
    }
    return found;
}

void KafkaReader::move_to(Offset from) {
    next_ = -1;
    if (from < 0) out_of_range(from);
    if (const auto error = rd_kafka_assign(client_.get(), places(from).get())) fail(error, from);
    next_ = from;
}

std::optional<Stored> KafkaReader::poll(std::chrono::milliseconds wait) {
    const Message message(rd_kafka_consumer_poll(client_.get(), int(std::min<std::int64_t>(wait.count(), 1000))));
    if (!message) return std::nullopt;
    if (message->err) {
        const Offset from = next_;
        next_ = -1;
        fail(message->err, from);
    }
    client_.forget_trouble();
    return stored(*message);
}

Offset KafkaReader::begin() { return ask(RD_KAFKA_OFFSET_BEGINNING, next_); }
Offset KafkaReader::end() { return ask(RD_KAFKA_OFFSET_END, next_); }

// Asked each time: what the last fetch told may be older than what another program has appended since, and who is told
// of no key takes it for destroyed. An offset that is out of range is not the end, and then the next poll tells what it
// is.
Offset KafkaReader::ask(std::int64_t logical, Offset from) {
    // Asked for as "the offset at the time that stands for the end": the query made for it (of watermarks) does not
    // keep its time limit while the broker is away.
    const Places place = places(logical);
    auto error = rd_kafka_offsets_for_times(asker_.get(), place.get(), ask_ms);
    rd_kafka_poll(asker_.get(), 0);  // its reports are taken, or they would pile up
    if (!error) error = place->elems[0].err;
    if (error) fail(error, from);
    client_.forget_trouble();
    return place->elems[0].offset;
}

KafkaReader::Places KafkaReader::places(Offset offset) const {
    Places list(rd_kafka_topic_partition_list_new(1), rd_kafka_topic_partition_list_destroy);
    rd_kafka_topic_partition_list_add(list.get(), topic_.c_str(), 0)->offset = offset;
    return list;
}

void KafkaReader::fail(rd_kafka_resp_err_t error, Offset from) {
    gone_ = is_gone(error);
    if (error == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET || error == RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE)
        out_of_range(from);
    throw kafka_error(error, settings_, topic_);
}

void KafkaReader::out_of_range(Offset from) {
    throw LogError(LogError::Kind::out_of_range,
                   "Records are missing from " + topic_ + ": offset " + std::to_string(from) +
                       " was asked for and is not there. Find out what was lost before going on.");
}

}  // namespace hearback
