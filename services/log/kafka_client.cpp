#include "log/kafka_client.hpp"

#include <array>

namespace hearback {

LogError kafka_error(rd_kafka_resp_err_t error, const KafkaLogSettings& settings, const std::string& about) {
    using enum LogError::Kind;
    const std::string at = "Kafka at " + settings.brokers;
    const std::string name = rd_kafka_err2name(error);
    switch (error) {
        case RD_KAFKA_RESP_ERR__AUTHENTICATION:
        case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
            return {refused, at + " does not accept our certificate or password: correct the security settings."};
        case RD_KAFKA_RESP_ERR__SSL:
            return {refused, at + " shows a certificate that we do not trust or that has another name: check "
                                  "ssl.ca.location and the broker's name."};
        case RD_KAFKA_RESP_ERR__RESOLVE:
            return {refused, "The name in " + settings.brokers + " is unknown: correct the address of the log."};
        case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
            return {refused, at + " does not let us use " + about + ": give our user the rights for it."};
        case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
        case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
        case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
            return {refused, at + " has no " + about +
                                 ". For a new log run `hearback log create`; if there has been one, "
                                 "find out who deleted it before you do."};
        case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
            return {too_large,
                    at + " finds a record of " + about + " too large: leave its max.message.bytes at 1048588."};
        default:
            return {unavailable, at + " does not answer for " + about + " (" + name +
                                     "): see that the broker runs and can "
                                     "be reached."};
    }
}

bool KafkaClient::hopeless(rd_kafka_resp_err_t error) {
    return error == RD_KAFKA_RESP_ERR__AUTHENTICATION || error == RD_KAFKA_RESP_ERR__SSL ||
           error == RD_KAFKA_RESP_ERR__RESOLVE || error == RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED;
}

KafkaClient::KafkaClient(const KafkaLogSettings& settings, Kind kind,
                         const std::vector<std::pair<std::string, std::string>>& own, Report report) {
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    std::array<char, 512> why{};
    const auto set = [&](const std::string& name, const std::string& value) {
        if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), why.data(), why.size()) == RD_KAFKA_CONF_OK) return;
        rd_kafka_conf_destroy(conf);
        throw LogError(LogError::Kind::refused, "The setting " + name + " of the log is wrong: " + why.data() + ".");
    };
    set("bootstrap.servers", settings.brokers);
    set("client.id", "hearback");
    set("socket.timeout.ms", "10000");  // a frozen leader is noticed by nothing else
    set("reconnect.backoff.max.ms", "1000");
    set("socket.nagle.disable", "true");
    for (const auto& [name, value] : own) set(name, value);
    for (const auto& [name, value] : settings.extra) set(name, value);
    rd_kafka_conf_set_opaque(conf, this);
    rd_kafka_conf_set_error_cb(conf, hear);
    // Without it the library writes to standard error, which is ours.
    rd_kafka_conf_set_log_cb(conf, [](const rd_kafka_t*, int, const char*, const char*) {});
    if (report) rd_kafka_conf_set_dr_msg_cb(conf, report);
    handle_.reset(
        rd_kafka_new(kind == Kind::producer ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER, conf, why.data(), why.size()));
    if (!handle_) {
        rd_kafka_conf_destroy(conf);
        throw LogError(LogError::Kind::refused,
                       std::string("The settings of the log do not fit together: ") + why.data() + ".");
    }
}

void KafkaClient::hear(rd_kafka_t*, int code, const char*, void* opaque) {
    auto* client = static_cast<KafkaClient*>(opaque);
    const auto error = rd_kafka_resp_err_t(code);
    const std::scoped_lock lock(client->mutex_);
    if (!client->trouble_ || !hopeless(*client->trouble_)) client->trouble_ = error;
}

std::optional<rd_kafka_resp_err_t> KafkaClient::trouble() const {
    const std::scoped_lock lock(mutex_);
    return trouble_;
}

void KafkaClient::forget_trouble() {
    const std::scoped_lock lock(mutex_);
    trouble_.reset();
}

}  // namespace hearback
