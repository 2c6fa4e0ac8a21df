// What a broker may do to us: die, freeze, be away, lose or spoil its topics.
#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <set>
#include <thread>

#include "log/journal.hpp"
#include "log/kafka_producer.hpp"
#include "log/kafka_world.hpp"

namespace hearback {

using namespace std::chrono_literals;
using Kind = LogError::Kind;
using Clock = std::chrono::steady_clock;

class KafkaLogTest : public testing::Test {
  protected:
    KafkaLogSettings settings(std::chrono::milliseconds patience = 30s) const {
        return {.brokers = broker.bootstrap(),
                .authority = authority,
                .blob_folder = folder.path(),
                .extra = {},
                .patience = patience};
    }
    void TearDown() override {
        if (HasFailure()) std::puts(broker.output().c_str());
    }
    /// Just after its start a broker does not lead every topic yet; the more there are, the longer.
    static std::vector<Stored> read_when_led(Log& log) {
        for (int i = 0; i < 100; ++i) {
            try {
                return read_all(log, Topic::inbox);
            } catch (const LogError& error) {
                EXPECT_TRUE(error.retryable()) << error.what();
                std::this_thread::sleep_for(100ms);
            }
        }
        return read_all(log, Topic::inbox);
    }
    std::string topic(Topic which) const { return topic_name(authority, which); }

    const TempFolder folder;
    KafkaBroker& broker = shared_broker();
    const std::string authority = fresh_authority();
};

TEST_F(KafkaLogTest, CreatingTheTopicsTwiceLeavesThemAlone) {
    EXPECT_NE(create_kafka_topics(settings(), 1).find("inbox.v1 was made"), std::string::npos);
    append(*open_kafka_log(settings()), Topic::inbox, small_record("kept"));
    EXPECT_NE(create_kafka_topics(settings(), 1).find("inbox.v1 is there already"), std::string::npos);
    EXPECT_EQ(read_all(*open_kafka_log(settings()), Topic::inbox).size(), 1U);
}

TEST_F(KafkaLogTest, AMissingTopicIsASentenceAndIsNotMadeInSilence) {
    create_kafka_topics(settings(), 1);
    delete_topic(broker.bootstrap(), topic(Topic::journal));
    for (int i = 0; i < 2; ++i) {
        const auto start = Clock::now();
        std::string words;
        EXPECT_EQ(error_of([&] { open_kafka_log(settings()); }, &words), Kind::refused);
        EXPECT_NE(words.find(topic(Topic::journal)), std::string::npos) << words;
        EXPECT_NE(words.find("hearback log create"), std::string::npos) << words;
        EXPECT_LT(Clock::now() - start, 10s);
    }
}

TEST_F(KafkaLogTest, AWronglySetTopicIsRefusedByName) {
    create_kafka_topics(settings(), 1);
    delete_topic(broker.bootstrap(), topic(Topic::journal));
    make_topic(broker.bootstrap(), topic(Topic::journal), 1, {{"retention.ms", "-1"}, {"retention.bytes", "-1"}});
    std::string words;
    EXPECT_EQ(error_of([&] { open_kafka_log(settings()); }, &words), Kind::refused);
    EXPECT_NE(words.find("flush.messages"), std::string::npos) << words;
    delete_topic(broker.bootstrap(), topic(Topic::journal));
    make_topic(broker.bootstrap(), topic(Topic::journal), 2, {});
    EXPECT_EQ(error_of([&] { open_kafka_log(settings()); }, &words), Kind::refused);
    EXPECT_NE(words.find("partitions"), std::string::npos) << words;
}

TEST_F(KafkaLogTest, AnUnknownNameIsASentence) {
    auto elsewhere = settings();
    elsewhere.brokers = "no-such-host.invalid:9092";
    const auto start = Clock::now();
    std::string words;
    EXPECT_EQ(error_of([&] { open_kafka_log(elsewhere); }, &words), Kind::refused);
    EXPECT_NE(words.find("no-such-host.invalid"), std::string::npos) << words;
    EXPECT_LT(Clock::now() - start, 10s);
}

TEST_F(KafkaLogTest, AWrongSettingOfTheLibraryIsASentence) {
    auto wrong = settings();
    wrong.extra = {{"ssl.ca.lokation", "x"}};
    std::string words;
    EXPECT_EQ(error_of([&] { open_kafka_log(wrong); }, &words), Kind::refused);
    EXPECT_NE(words.find("ssl.ca.lokation"), std::string::npos) << words;
}

TEST_F(KafkaLogTest, ADeletedTopicIsASentenceToThoseWhoUseIt) {
    create_kafka_topics(settings(), 1);
    const auto log = open_kafka_log(settings(5s));
    append(*log, Topic::inbox, small_record("before"));
    EXPECT_EQ(read_all(*log, Topic::inbox).size(), 1U);
    delete_topic(broker.bootstrap(), topic(Topic::inbox));
    std::this_thread::sleep_for(1s);
    EXPECT_EQ(error_of([&] { log->read(Topic::inbox, 1, 1, 500ms); }), Kind::refused);
    EXPECT_THROW(append(*log, Topic::inbox, small_record("after")), LogError);
}

TEST_F(KafkaLogTest, WhatWasAcknowledgedSurvivesAKilledBrokerAndTheLogGoesOn) {
    create_kafka_topics(settings(), 1);
    const auto log = open_kafka_log(settings());
    std::vector<std::vector<std::string>> acknowledged(3);
    std::vector<std::jthread> writers;  // they end with the test, whatever ends it
    for (std::size_t w = 0; w < acknowledged.size(); ++w)
        writers.emplace_back([&, w](std::stop_token stop) {
            for (int i = 0; !stop.stop_requested(); ++i) {
                const std::string value = std::to_string(w) + "." + std::to_string(i);
                try {
                    append(*log, Topic::inbox, small_record(value));
                    acknowledged[w].push_back(value);
                } catch (const LogError&) {
                    // Not acknowledged: on a busy machine the broker may be away for longer than we have patience.
                }
                std::this_thread::sleep_for(1ms);
            }
        });
    std::this_thread::sleep_for(300ms);
    broker.kill();
    broker.restart();
    const auto before = read_when_led(*log).size();
    for (int i = 0; i < 200 && read_all(*log, Topic::inbox, Offset(before)).size() < 20; ++i)
        std::this_thread::sleep_for(50ms);
    writers.clear();
    std::multiset<std::string> found;
    for (const auto& stored : read_all(*log, Topic::inbox)) found.insert(*stored.record.value);
    for (const auto& each : acknowledged) {
        EXPECT_GT(each.size(), 2U);
        for (const auto& value : each) ASSERT_EQ(found.count(value), 1U) << value;
    }
}

TEST_F(KafkaLogTest, AnUnknownOutcomeIsReadBackAndTheChainCountsItOnce) {
    create_kafka_topics(settings(), 1);
    const auto log = open_kafka_log(settings(1500ms));
    Head head = genesis(authority);
    Record first = small_record("first"), second = small_record("second");
    chain(first, head, 1);
    chain(second, head, 2);
    append(*log, Topic::journal, first);
    broker.freeze();
    const auto start = Clock::now();
    const Kind kind = error_of([&] { append(*log, Topic::journal, second); });
    EXPECT_LT(Clock::now() - start, 8s);
    broker.thaw();
    EXPECT_EQ(kind, Kind::unknown_outcome);

    const auto again = open_kafka_log(settings());
    for (int i = 0; i < 100 && read_all(*again, Topic::journal).size() < 2; ++i) std::this_thread::sleep_for(50ms);
    EXPECT_EQ(read_all(*again, Topic::journal).size(), 2U) << "the frozen broker had taken it";
    append(*log, Topic::journal, second);
    Journal journal(*log, genesis(authority));
    while (journal.advance(10, 0ms, [](const Stored&) {}) > 0) {
    }
    EXPECT_EQ(journal.head().sequence, 2U);
    EXPECT_EQ(journal.ignored(), 1U);
}

TEST_F(KafkaLogTest, ABrokerThatIsAwayStoresNothingAndIsUsedAgainWhenItComesBack) {
    create_kafka_topics(settings(), 1);
    const auto log = open_kafka_log(settings(1500ms));
    append(*log, Topic::inbox, small_record("before"));
    EXPECT_EQ(read_all(*log, Topic::inbox).size(), 1U);
    broker.stop();
    EXPECT_EQ(error_of([&] { append(*log, Topic::inbox, small_record("lost")); }), Kind::unavailable);
    EXPECT_EQ(error_of([&] { log->read(Topic::inbox, 1, 1, 100ms); }), Kind::unavailable);
    const auto start = Clock::now();
    std::string words;
    EXPECT_EQ(error_of([&] { open_kafka_log(settings()); }, &words), Kind::unavailable);
    EXPECT_LT(Clock::now() - start, 10s);
    EXPECT_NE(words.find(broker.bootstrap()), std::string::npos) << words;
    broker.restart();
    EXPECT_EQ(append(*open_kafka_log(settings()), Topic::inbox, small_record("opened after")), 1);
    for (int i = 0; i < 50; ++i) {
        try {
            append(*log, Topic::inbox, small_record("used again"));
            break;
        } catch (const LogError& error) {
            ASSERT_TRUE(error.retryable()) << error.what();
        }
    }
    EXPECT_EQ(read_all(*log, Topic::inbox).back().record.value, "used again");
}

TEST_F(KafkaLogTest, AfterAFatalErrorAnotherProducerGoesOn) {
    create_kafka_topics(settings(), 1);
    LivingProducer living(settings(), {topic(Topic::inbox)});
    const auto first = living.get();
    const Record record = small_record("one");
    const Record* const records[] = {&record};
    EXPECT_EQ(first->append(0, records), std::vector<Offset>{0});
    rd_kafka_test_fatal_error(first->client().get(), RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER, "made up");
    EXPECT_TRUE(error_of([&] { first->append(0, records); }) == Kind::unavailable);
    for (int i = 0; i < 100 && !first->dead(); ++i) std::this_thread::sleep_for(10ms);
    const auto second = living.get();
    EXPECT_NE(first, second);
    EXPECT_EQ(second->append(0, records), std::vector<Offset>{1});
}

// The library's own mock stands in where a real broker cannot be made to err: it refuses a batch as out of order.
TEST_F(KafkaLogTest, ThoseWhoWaitAreToldWhenTheProducerDies) {
    const KafkaClient host(settings(), KafkaClient::Kind::producer, {});
    rd_kafka_mock_cluster_t* mock = rd_kafka_mock_cluster_new(host.get(), 1);
    auto mocked = settings(20s);
    mocked.brokers = rd_kafka_mock_cluster_bootstraps(mock);
    {
        LivingProducer living(mocked, {topic(Topic::inbox)});
        const Record record = small_record("x");
        const std::vector<const Record*> records(5, &record);
        living.get()->append(0, records);
        constexpr auto out_of_order = RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER;
        rd_kafka_mock_push_request_errors(mock, 0, 3, out_of_order, out_of_order, out_of_order);
        const auto producer = living.get();
        std::vector<std::jthread> threads;
        std::atomic<int> told = 0;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                try {
                    producer->append(0, records);
                } catch (const LogError& error) {
                    told += error.retryable();
                }
            });
        threads.clear();
        EXPECT_GE(told, 1);
        rd_kafka_mock_clear_request_errors(mock, 0);
        EXPECT_EQ(living.get()->append(0, records).size(), records.size());
    }
    rd_kafka_mock_cluster_destroy(mock);
}

TEST(BrokerScript, RefusesAPortThatSomebodyElseHolds) {
    const TempFolder folder;
    const std::string taken = shared_broker().bootstrap().substr(shared_broker().bootstrap().find(':') + 1);
    const std::string command = std::string(HEARBACK_SOURCE) + "/infra/kafka/broker start " + folder.path() + "/b " +
                                taken + " 2> " + folder.path() + "/words";
    EXPECT_NE(std::system(command.c_str()), 0);
    std::ifstream file(folder.path() + "/words");
    std::string words;
    std::getline(file, words);
    EXPECT_NE(words.find("port " + taken + " is held by another program"), std::string::npos) << words;
}

}  // namespace hearback
