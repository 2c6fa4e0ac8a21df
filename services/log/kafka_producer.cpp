#include "log/kafka_producer.hpp"

#include <condition_variable>
#include <mutex>

namespace hearback {

namespace {

constexpr int ask_ms = 1000;

}  // namespace

struct KafkaProducer::Report {
    Run* run = nullptr;
    rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR;
    Offset offset = -1;
    bool may_be_stored = false;
};

/// What one caller appends. Everything in it is under its lane's mutex.
struct KafkaProducer::Run {
    KafkaProducer& producer;
    Lane& lane;
    std::span<const Record* const> records;
    std::vector<Report> reports{records.size(), Report{.run = this}};
    std::size_t open = records.size();
    std::condition_variable settled{};

    void give_up(std::size_t from, rd_kafka_resp_err_t error) {
        for (auto i = from; i < reports.size(); ++i) reports[i].error = error;
        open -= reports.size() - from;
        if (open == 0) settled.notify_one();
    }
};

KafkaProducer::KafkaProducer(const KafkaLogSettings& settings, std::vector<std::string> topics)
    : settings_(settings),
      client_(settings, KafkaClient::Kind::producer,
              {{"enable.idempotence", "true"},
               {"acks", "all"},
               {"linger.ms", "0"},
               {"message.timeout.ms", std::to_string(settings.patience.count())}},
              settle),
      topics_(std::move(topics)),
      lanes_(topics_.size()) {
    // Connections are made when they are needed. Asking for the topics makes them now, and with them the producer is
    // given its number, which takes half a second that the first append should not wait for.
    for (std::size_t topic = 0; topic < topics_.size(); ++topic) {
        auto& handle = lanes_[topic].topic;
        handle.reset(rd_kafka_topic_new(client_.get(), topics_[topic].c_str(), nullptr));
        const rd_kafka_metadata_t* about = nullptr;
        if (rd_kafka_metadata(client_.get(), 0, handle.get(), &about, ask_ms) != RD_KAFKA_RESP_ERR_NO_ERROR) continue;
        rd_kafka_metadata_destroy(about);
    }
    poller_ = std::jthread([this](const std::stop_token& stop) { poll(stop); });
}

// After a fatal error nothing moves any more, so those who wait are told at once. Again each time: one may have come just
// before it was known.
void KafkaProducer::poll(const std::stop_token& stop) {
    std::array<char, 256> why{};
    while (!stop.stop_requested()) {
        rd_kafka_poll(client_.get(), 100);
        if (rd_kafka_fatal_error(client_.get(), why.data(), why.size()) != RD_KAFKA_RESP_ERR_NO_ERROR) dead_ = true;
        if (dead_) rd_kafka_purge(client_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    }
}

void KafkaProducer::settle(rd_kafka_t*, const rd_kafka_message_t* message, void*) {
    auto& report = *static_cast<Report*>(message->_private);
    Run& run = *report.run;
    Lane& lane = run.lane;
    KafkaProducer& producer = run.producer;
    // Once nothing is open and the lock is free, the run is gone.
    const std::scoped_lock lock(lane.mutex);
    report.error = message->err;
    report.offset = message->offset;
    // Acknowledged without an offset is inferred from a later acknowledgement: not proven, so it must be read back.
    if (!report.error && report.offset < 0) report.error = RD_KAFKA_RESP_ERR__TIMED_OUT;
    report.may_be_stored = rd_kafka_message_status(message) != RD_KAFKA_MSG_STATUS_NOT_PERSISTED;
    if (--run.open == 0) run.settled.notify_one();
    if (--lane.in_flight > 0) return;
    // Who waited behind a record that the broker did not take in time need not wait that long again.
    const bool away = message->err == RD_KAFKA_RESP_ERR__MSG_TIMED_OUT;
    for (Run* next : std::exchange(lane.waiting, {})) away ? next->give_up(0, message->err) : producer.begin(*next);
}

std::vector<Offset> KafkaProducer::append(std::size_t topic, std::span<const Record* const> records) {
    Lane& lane = lanes_[topic];
    Run run{.producer = *this, .lane = lane, .records = records};
    std::unique_lock lock(lane.mutex);
    // The library would take it at once, too; but with records that wait behind those under way it asks the network
    // without a pause (librdkafka 2.0.2), and a third of the processor's time went there.
    if (lane.in_flight > 0) lane.waiting.push_back(&run);
    else begin(run);
    run.settled.wait(lock, [&] { return run.open == 0; });

    std::vector<Offset> offsets;
    for (const Report& report : run.reports) {
        if (report.error) fail(run, topics_[topic]);
        offsets.push_back(report.offset);
    }
    return offsets;
}

void KafkaProducer::begin(Run& run) {
    for (std::size_t i = 0; i < run.records.size(); ++i) {
        // What follows a record that was not sent must not be sent either.
        if (const auto error = send(run.lane.topic.get(), *run.records[i], run.reports[i])) return run.give_up(i, error);
        ++run.lane.in_flight;
    }
}

rd_kafka_resp_err_t KafkaProducer::send(rd_kafka_topic_t* topic, const Record& record, Report& report) {
    if (dead_) return RD_KAFKA_RESP_ERR__FATAL;
    rd_kafka_headers_t* headers = rd_kafka_headers_new(record.headers.size());
    for (const auto& each : record.headers)
        rd_kafka_header_add(headers, each.name.data(), ssize_t(each.name.size()), each.value.data(),
                            ssize_t(each.value.size()));
    const std::size_t size = record.value ? record.value->size() : 0;
    const char* bytes = record.value ? record.value->data() : nullptr;
    const auto error =
        rd_kafka_producev(client_.get(), RD_KAFKA_V_RKT(topic), RD_KAFKA_V_PARTITION(0),
                          RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                          RD_KAFKA_V_VALUE(const_cast<char*>(bytes), size),
                          RD_KAFKA_V_KEY(record.key.empty() ? nullptr : record.key.data(), record.key.size()),
                          RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_OPAQUE(&report), RD_KAFKA_V_END);
    if (error) rd_kafka_headers_destroy(headers);
    return error;
}

void KafkaProducer::fail(const Run& run, const std::string& topic) {
    rd_kafka_resp_err_t first = RD_KAFKA_RESP_ERR_NO_ERROR;
    bool may_be_stored = false;
    for (const Report& report : run.reports) {
        if (report.error && !first) first = report.error;
        may_be_stored |= report.may_be_stored;
    }
    if (may_be_stored)
        throw LogError(LogError::Kind::unknown_outcome, "Kafka at " + settings_.brokers +
                                                            " did not say whether it has kept records for " + topic +
                                                            " (" + rd_kafka_err2name(first) + "): read them back.");
    if (first == RD_KAFKA_RESP_ERR__MSG_TIMED_OUT)
        if (const auto trouble = client_.trouble(); trouble && KafkaClient::hopeless(*trouble))
            throw kafka_error(*trouble, settings_, topic);
    throw kafka_error(first, settings_, topic);
}

std::shared_ptr<KafkaProducer> LivingProducer::get() {
    const std::scoped_lock lock(mutex_);
    if (!producer_ || producer_->dead()) producer_ = std::make_shared<KafkaProducer>(settings_, topics_);
    return producer_;
}

}  // namespace hearback
