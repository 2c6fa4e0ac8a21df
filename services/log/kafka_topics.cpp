#include "log/kafka_topics.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>

#include "log/kafka_client.hpp"
#include "log/kafka_events.hpp"
#include "runtime/deadline.hpp"

namespace hearback {

namespace {

constexpr std::chrono::milliseconds patience{6000};
constexpr int ask_ms = 1000;

/// What we rely on. Where `demand` allows it, a stronger setting is welcome.
struct TopicSetting {
    enum class Demand { exactly, at_least, at_most };
    const char* name;
    std::string value;
    Demand demand = Demand::exactly;
};

/// A topic of an authority, and how long it keeps what.
struct Wanted {
    enum class Keeps { a_month, for_ever, the_latest_of_each_key };
    std::string name;
    Keeps keeps;
};

std::vector<Wanted> topics_of(const std::string& authority) {
    using enum Wanted::Keeps;
    return {{topic_name(authority, Topic::inbox), a_month},
            {topic_name(authority, Topic::journal), for_ever},
            {topic_name(authority, Topic::keys), the_latest_of_each_key},
            // A reader that is written next year counts from the first day; and whoever writes it reads in its last record
            // where to go on, so it must not empty itself.
            {events_topic_name(authority), for_ever}};
}

std::vector<TopicSetting> settings_of(const Wanted& topic, int replication) {
    using enum TopicSetting::Demand;
    const std::string day_ms = "86400000", week_ms = "604800000", month_ms = "2592000000";
    std::vector<TopicSetting> settings = {
        {"flush.messages", "1"},  // or a power cut takes what one broker has acknowledged
        {"unclean.leader.election.enable", "false"},
        {"min.insync.replicas", replication >= 3 ? "2" : "1", at_least},
        {"max.message.bytes", "1048588", at_least},  // it counts a batch of records, which we do not make smaller
    };
    const auto add = [&](std::vector<TopicSetting> more) { settings.insert(settings.end(), more.begin(), more.end()); };
    switch (topic.keeps) {
        case Wanted::Keeps::a_month:
            add({{"cleanup.policy", "delete"}, {"retention.bytes", "-1"}, {"retention.ms", month_ms, at_least}});
            break;
        case Wanted::Keeps::for_ever:
            add({{"cleanup.policy", "delete"}, {"retention.bytes", "-1"}, {"retention.ms", "-1"}});
            break;
        // A destroyed key leaves the disk within about two days, and a reader may be a week behind.
        case Wanted::Keeps::the_latest_of_each_key:
            add({{"cleanup.policy", "compact"},
                 {"max.compaction.lag.ms", day_ms, at_most},
                 {"min.cleanable.dirty.ratio", "0.01", at_most},
                 {"delete.retention.ms", week_ms, at_least}});
            break;
    }
    return settings;
}

bool good_enough(const TopicSetting& wanted, const std::string& found) {
    if (found == wanted.value) return true;
    const bool for_ever = wanted.demand == TopicSetting::Demand::at_least && found == "-1";
    const double has = std::strtod(found.c_str(), nullptr), needs = std::strtod(wanted.value.c_str(), nullptr);
    switch (wanted.demand) {
        case TopicSetting::Demand::exactly:
            return false;
        case TopicSetting::Demand::at_least:
            return for_ever || has >= needs;
        case TopicSetting::Demand::at_most:
            return has <= needs;
    }
    return false;
}

class Admin {
  public:
    explicit Admin(const KafkaLogSettings& settings)
        : settings_(settings),
          wanted_(topics_of(settings.authority)),
          client_(settings, KafkaClient::Kind::consumer, {{"group.id", "hearback." + settings.authority + ".reader"}}),
          queue_(rd_kafka_queue_new(client_.get()), rd_kafka_queue_destroy) {}

    const std::vector<Wanted>& wanted() const { return wanted_; }
    /// Copies of each of them that there is, by name.
    std::map<std::string, int> topics();
    /// The sentence that says what is wrong with a topic, or nothing.
    std::string fault(const Wanted&, int replication);
    void create(const Wanted&, int replication);

  private:
    using Event = std::unique_ptr<rd_kafka_event_t, decltype(&rd_kafka_event_destroy)>;
    using Options = std::unique_ptr<rd_kafka_AdminOptions_t, decltype(&rd_kafka_AdminOptions_destroy)>;
    using Names = std::vector<std::unique_ptr<rd_kafka_topic_t, decltype(&rd_kafka_topic_destroy)>>;
    using Metadata = std::unique_ptr<const rd_kafka_metadata_t, decltype(&rd_kafka_metadata_destroy)>;

    Metadata metadata();
    int copies(const rd_kafka_metadata_topic&);
    Options options(rd_kafka_admin_op_t) const;
    Event answer(const std::string& about);
    std::map<std::string, std::string> found_settings(const std::string& topic);

    const KafkaLogSettings& settings_;
    const std::vector<Wanted> wanted_;
    KafkaClient client_;
    std::unique_ptr<rd_kafka_queue_t, decltype(&rd_kafka_queue_destroy)> queue_;
};

Admin::Metadata Admin::metadata() {
    Names names;
    for (const Wanted& topic : wanted_)
        names.emplace_back(rd_kafka_topic_new(client_.get(), topic.name.c_str(), nullptr), rd_kafka_topic_destroy);
    const Deadline deadline(patience);
    for (;;) {
        rd_kafka_poll(client_.get(), 0);
        const rd_kafka_metadata_t* found = nullptr;
        const auto error = rd_kafka_metadata(client_.get(), 0, nullptr, &found, ask_ms);
        if (!error) return {found, rd_kafka_metadata_destroy};
        rd_kafka_poll(client_.get(), 0);
        const auto trouble = client_.trouble();
        if ((trouble && KafkaClient::hopeless(*trouble)) || deadline.passed())
            throw kafka_error(trouble.value_or(error), settings_, "authority " + settings_.authority);
    }
}

std::map<std::string, int> Admin::topics() {
    const Metadata found = metadata();
    std::map<std::string, int> result;
    for (const auto& topic : std::span(found->topics, std::size_t(found->topic_cnt)))
        for (const Wanted& ours : wanted_)
            if (ours.name == topic.topic && topic.err != RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
                result[ours.name] = copies(topic);
    return result;
}

int Admin::copies(const rd_kafka_metadata_topic& topic) {
    if (topic.err == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED) throw kafka_error(topic.err, settings_, topic.topic);
    if (topic.partition_cnt > 1)
        throw LogError(LogError::Kind::refused,
                       std::string(topic.topic) + " has " + std::to_string(topic.partition_cnt) +
                           " partitions and must have one: its order cannot be trusted. Delete it if it "
                           "is empty and run `hearback log create`.");
    return topic.partition_cnt == 1 ? topic.partitions[0].replica_cnt : 1;
}

Admin::Options Admin::options(rd_kafka_admin_op_t operation) const {
    Options result(rd_kafka_AdminOptions_new(client_.get(), operation), rd_kafka_AdminOptions_destroy);
    std::array<char, 256> why{};
    rd_kafka_AdminOptions_set_request_timeout(result.get(), int(patience.count()), why.data(), why.size());
    return result;
}

Admin::Event Admin::answer(const std::string& about) {
    Event event(rd_kafka_queue_poll(queue_.get(), int(patience.count()) + ask_ms), rd_kafka_event_destroy);
    const auto error = event ? rd_kafka_event_error(event.get()) : RD_KAFKA_RESP_ERR__TIMED_OUT;
    if (error) throw kafka_error(error, settings_, about);
    return event;
}

std::map<std::string, std::string> Admin::found_settings(const std::string& topic) {
    rd_kafka_ConfigResource_t* asked = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str());
    const Options how = options(RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);
    rd_kafka_DescribeConfigs(client_.get(), &asked, 1, how.get(), queue_.get());
    rd_kafka_ConfigResource_destroy(asked);
    const Event event = answer(topic);
    std::size_t count = 0;
    const auto* resources =
        rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(event.get()), &count);
    if (const auto error = rd_kafka_ConfigResource_error(resources[0]))
        throw kafka_error(error, settings_, topic);
    const auto* entries = rd_kafka_ConfigResource_configs(resources[0], &count);
    std::map<std::string, std::string> found;
    for (const auto* entry : std::span(entries, count))
        if (const char* value = rd_kafka_ConfigEntry_value(entry)) found[rd_kafka_ConfigEntry_name(entry)] = value;
    return found;
}

std::string Admin::fault(const Wanted& topic, int replication) {
    const auto found = found_settings(topic.name);
    for (const auto& wanted : settings_of(topic, replication)) {
        const auto at = found.find(wanted.name);
        const std::string value = at == found.end() ? "nothing" : at->second;
        if (!good_enough(wanted, value))
            return topic.name + " has " + wanted.name + "=" + value + " and must have " + wanted.value +
                   ", or the log cannot keep its promises: set it with your broker's tools.";
    }
    return {};
}

void Admin::create(const Wanted& topic, int replication) {
    std::array<char, 256> why{};
    rd_kafka_NewTopic_t* made = rd_kafka_NewTopic_new(topic.name.c_str(), 1, replication, why.data(), why.size());
    for (const auto& each : settings_of(topic, replication))
        rd_kafka_NewTopic_set_config(made, each.name, each.value.c_str());
    const Options how = options(RD_KAFKA_ADMIN_OP_CREATETOPICS);
    rd_kafka_CreateTopics(client_.get(), &made, 1, how.get(), queue_.get());
    rd_kafka_NewTopic_destroy(made);
    const Event event = answer(topic.name);
    std::size_t count = 0;
    const auto* results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event.get()), &count);
    const auto error = rd_kafka_topic_result_error(results[0]);
    if (error && error != RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
        throw LogError(LogError::Kind::refused, "Kafka at " + settings_.brokers + " does not make " + topic.name +
                                                    ": " + rd_kafka_topic_result_error_string(results[0]));
}

}  // namespace

void check_kafka_topics(const KafkaLogSettings& settings) {
    Admin admin(settings);
    const auto found = admin.topics();
    for (const Wanted& topic : admin.wanted()) {
        const auto at = found.find(topic.name);
        if (at == found.end()) throw kafka_error(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, settings, topic.name);
        if (const auto fault = admin.fault(topic, at->second); !fault.empty())
            throw LogError(LogError::Kind::refused, fault);
    }
}

std::string create_kafka_topics(const KafkaLogSettings& settings, int replication) {
    std::string said;
    Admin admin(settings);
    auto found = admin.topics();
    for (const Wanted& topic : admin.wanted()) {
        const bool missing = !found.contains(topic.name);
        if (missing) admin.create(topic, replication);
        said += topic.name + (missing ? " was made.\n" : " is there already.\n");
    }
    // A broker answers before every listener knows the new topics.
    const Deadline deadline(patience);
    while (found.size() < admin.wanted().size() && !deadline.passed()) found = admin.topics();
    check_kafka_topics(settings);
    return said;
}

}  // namespace hearback
