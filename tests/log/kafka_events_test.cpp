// The topic that others read: nothing is ever behind a gap, whatever the broker does, and its last record is where to go on.
#include "log/kafka_events.hpp"

#include <gtest/gtest.h>

#include <future>

#include "log/kafka_client.hpp"
#include "log/kafka_reader.hpp"
#include "log/kafka_world.hpp"

namespace hearback {

using namespace std::chrono_literals;

class KafkaEventsTest : public testing::Test {
  protected:
    KafkaLogSettings settings() const {
        return {.brokers = broker.bootstrap(), .authority = authority, .blob_folder = {}, .extra = {}};
    }
    static std::vector<Record> numbered(int from, int to) {
        std::vector<Record> records;
        for (int n = from; n <= to; ++n) records.push_back({.key = "k", .value = std::to_string(n), .headers = {{"ce_sequence", std::to_string(n)}}});
        return records;
    }
    std::vector<std::string> published() const {
        const KafkaClient asker(settings(), KafkaClient::Kind::consumer, {{"group.id", "test"}});
        KafkaReader reader(settings(), events_topic_name(authority), asker);
        std::vector<std::string> values;
        for (const auto& stored : reader.read(0, 10000, 2s)) values.push_back(*stored.record.value);
        return values;
    }
    static std::vector<std::string> values(int from, int to) {
        std::vector<std::string> found;
        for (const auto& record : numbered(from, to)) found.push_back(*record.value);
        return found;
    }

    KafkaBroker& broker = shared_broker();
    const std::string authority = fresh_authority();
};

TEST_F(KafkaEventsTest, TheLastRecordIsWhereToGoOn) {
    create_kafka_topics(settings(), 1);
    KafkaEvents events(settings());
    EXPECT_EQ(events.last(), std::nullopt);
    events.append({});
    events.append(numbered(1, 3));
    EXPECT_EQ(events.last(), numbered(3, 3).front());
    KafkaEvents(settings()).append(numbered(4, 4));
    EXPECT_EQ(events.last(), numbered(4, 4).front());
    EXPECT_EQ(published(), values(1, 4));
    delete_records(broker.bootstrap(), events_topic_name(authority), 4);
    EXPECT_EQ(events.last(), std::nullopt) << "all have expired";
}

TEST_F(KafkaEventsTest, WaitsForABrokerThatIsAwayAndLosesNothing) {
    create_kafka_topics(settings(), 1);
    KafkaEvents events(settings());
    events.append(numbered(1, 5));
    broker.stop();
    auto appended = std::async(std::launch::async, [&] { events.append(numbered(6, 2000)); });
    EXPECT_EQ(appended.wait_for(1s), std::future_status::timeout);
    broker.restart();
    appended.get();
    EXPECT_EQ(published(), values(1, 2000));
}

TEST_F(KafkaEventsTest, WhoWaitsIsToldWhenItIsStopped) {
    create_kafka_topics(settings(), 1);
    KafkaEvents events(settings());
    events.append(numbered(1, 1));
    broker.freeze();
    auto appended = std::async(std::launch::async, [&] { events.append(numbered(2, 3)); });
    EXPECT_EQ(appended.wait_for(300ms), std::future_status::timeout);
    events.stop();
    EXPECT_EQ(appended.wait_for(2s), std::future_status::ready);
    broker.thaw();
    EXPECT_THROW(appended.get(), LogError);
    EXPECT_THROW(events.append(numbered(2, 3)), LogError) << "another one must be made, which looks where to go on";
}

// Each record is a request of its own here, many of them under way, and the broker refuses the one that is larger than the
// topic takes. An ordinary producer would go on with those behind it.
TEST_F(KafkaEventsTest, BehindARefusedRecordNothingGetsThrough) {
    make_topic(broker.bootstrap(), events_topic_name(authority), 1, {{"max.message.bytes", "2000"}});
    auto one_by_one = settings();
    one_by_one.extra = {{"batch.num.messages", "1"}};
    auto records = numbered(1, 200);
    records[99].value = std::string(3000, 'x');
    {
        KafkaEvents events(one_by_one);
        EXPECT_THROW(events.append(records), LogError);
        EXPECT_THROW(events.append(numbered(101, 200)), LogError);
    }
    const auto there = published();
    EXPECT_LE(there.size(), 99U);
    EXPECT_EQ(there, values(1, int(there.size())));
}

}  // namespace hearback
