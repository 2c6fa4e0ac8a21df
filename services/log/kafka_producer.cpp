#include "log/kafka_producer.hpp"

#include <condition_variable>
#include <mutex>

namespace hearback {

struct KafkaProducer::Report {
    Run* run = nullptr;
    rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR;
    Offset offset = -1;
    bool may_be_stored = false;
};

struct KafkaProducer::Run {
    std::mutex mutex;
    std::condition_variable settled;
    std::size_t open = 0;
    std::vector<Report> reports;
};

KafkaProducer::KafkaProducer(const KafkaLogSettings& settings)
    : settings_(settings),
      client_(settings, KafkaClient::Kind::producer,
              {{"enable.idempotence", "true"},
               {"acks", "all"},
               {"linger.ms", "0"},
               {"message.timeout.ms", std::to_string(settings.patience.count())}},
              settle),
      poller_([this](const std::stop_token& stop) { poll(stop); }) {}

// After a fatal error nothing moves any more, so those who wait are told at once.
void KafkaProducer::poll(const std::stop_token& stop) {
    std::array<char, 256> why{};
    while (!stop.stop_requested()) {
        rd_kafka_poll(client_.get(), 100);
        if (rd_kafka_fatal_error(client_.get(), why.data(), why.size()) == RD_KAFKA_RESP_ERR_NO_ERROR) continue;
        dead_ = true;
        rd_kafka_purge(client_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    }
}

void KafkaProducer::settle(rd_kafka_t*, const rd_kafka_message_t* message, void*) {
    auto& report = *static_cast<Report*>(message->_private);
    Run& run = *report.run;
    // Once nothing is open and the lock is free, the run is gone.
    const std::scoped_lock lock(run.mutex);
    report.error = message->err;
    report.offset = message->offset;
    // Acknowledged without an offset is inferred from a later acknowledgement: not proven, so it must be read back.
    if (!report.error && report.offset < 0) report.error = RD_KAFKA_RESP_ERR__TIMED_OUT;
    report.may_be_stored = rd_kafka_message_status(message) != RD_KAFKA_MSG_STATUS_NOT_PERSISTED;
    if (--run.open == 0) run.settled.notify_one();
}

std::vector<Offset> KafkaProducer::append(std::span<const Entry> entries) {
    const std::string topic = topic_name(settings_.authority, entries.front().topic);
    Run run;
    run.reports.resize(entries.size());
    run.open = entries.size();
    std::size_t unsent = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        Report& report = run.reports[i];
        report.run = &run;
        // What follows a record that was not sent must not be sent either.
        const auto error = unsent ? RD_KAFKA_RESP_ERR__PURGE_QUEUE : send(topic, entries[i].record, report);
        if (!error) continue;
        report.error = error;
        ++unsent;
    }
    std::unique_lock lock(run.mutex);
    run.open -= unsent;
    run.settled.wait(lock, [&] { return run.open == 0; });

    std::vector<Offset> offsets;
    for (const Report& report : run.reports) {
        if (report.error) fail(run, topic);
        offsets.push_back(report.offset);
    }
    return offsets;
}

rd_kafka_resp_err_t KafkaProducer::send(const std::string& topic, const Record& record, Report& report) {
    if (dead_) return RD_KAFKA_RESP_ERR__FATAL;
    rd_kafka_headers_t* headers = rd_kafka_headers_new(record.headers.size());
    for (const auto& each : record.headers)
        rd_kafka_header_add(headers, each.name.data(), ssize_t(each.name.size()), each.value.data(),
                            ssize_t(each.value.size()));
    const std::size_t size = record.value ? record.value->size() : 0;
    const char* bytes = record.value ? record.value->data() : nullptr;
    // A full queue makes the caller wait.
    const auto error =
        rd_kafka_producev(client_.get(), RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(0),
                          RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY | RD_KAFKA_MSG_F_BLOCK),
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
    if (!producer_ || producer_->dead()) producer_ = std::make_shared<KafkaProducer>(settings_);
    return producer_;
}

}  // namespace hearback
