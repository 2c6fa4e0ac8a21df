// What every log promises. Each test runs against SQLite and against a real Kafka broker.
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "log/world.hpp"

namespace hearback {

using namespace std::chrono_literals;
using Kind = LogError::Kind;

TEST_P(EveryLog, BeginsEmptyAtOffsetZero) {
    for (const Topic topic : all_topics) {
        EXPECT_TRUE(log->read(topic, 0, 10, 0ms).empty());
        EXPECT_EQ(append(*log, topic, {"key", "first", {}}), 0);
    }
}

TEST_P(EveryLog, GivesBackEveryByteInOrder) {
    std::string every_byte;
    for (int i = 0; i < 256; ++i) every_byte += char(i);
    const std::vector<Record> records = {
        {.key = "k",
         .value = every_byte,
         .headers = {{"ce_b", "2"}, {"ce_a", "1"}, {"ce_b", "again"}, {"ce_empty", ""}}},
        {.key = "", .value = "", .headers = {}},
        {.key = "gone", .value = std::nullopt, .headers = {{"ce_type", "Tombstone"}}},
        {.key = "", .value = "später", .headers = {{"ce_subject", "Zoë"}}},
    };
    std::vector<Entry> entries;
    for (const auto& record : records) entries.push_back({Topic::inbox, record});
    EXPECT_EQ(log->append(entries), (std::vector<Offset>{0, 1, 2, 3}));
    const auto found = read_all(*world->open(), Topic::inbox);
    ASSERT_EQ(found.size(), records.size());
    for (std::size_t i = 0; i < records.size(); ++i) EXPECT_EQ(found[i].record, records[i]) << i;
}

TEST_P(EveryLog, ReadsFromAnyOffsetAndAtMostWhatWasAskedFor) {
    for (int i = 0; i < 10; ++i) append(*log, Topic::inbox, small_record(std::to_string(i)));
    const auto found = log->read(Topic::inbox, 4, 3, 5s);
    ASSERT_FALSE(found.empty());
    EXPECT_LE(found.size(), 3U);
    EXPECT_EQ(found.front().offset, 4);
    EXPECT_EQ(found.front().record.value, "4");
    EXPECT_EQ(log->read(Topic::inbox, 2, 1, 5s).at(0).record.value, "2");
    EXPECT_EQ(log->read(Topic::inbox, 9, 5, 5s).size(), 1U);
    EXPECT_TRUE(log->read(Topic::inbox, 10, 5, 20ms).empty());
}

TEST_P(EveryLog, KeepsTopicsApart) {
    const std::vector<Entry> entries = {{Topic::keys, {"k1", "wrapped", {}}},
                                        {Topic::journal, small_record("decision")},
                                        {Topic::keys, {"k2", "wrapped", {}}}};
    EXPECT_EQ(log->append(entries), (std::vector<Offset>{0, 0, 1}));
    EXPECT_EQ(read_all(*log, Topic::keys).size(), 2U);
    EXPECT_EQ(read_all(*log, Topic::journal).size(), 1U);
    EXPECT_TRUE(read_all(*log, Topic::inbox).empty());
}

TEST_P(EveryLog, RefusesAnOffsetBeyondTheEnd) {
    append(*log, Topic::inbox, small_record("only"));
    EXPECT_EQ(error_of([&] { log->read(Topic::inbox, 5, 1, 2s); }), Kind::out_of_range);
    EXPECT_EQ(error_of([&] { log->read(Topic::inbox, 5, 1, 0s); }), Kind::out_of_range);
    EXPECT_EQ(log->read(Topic::inbox, 0, 1, 2s).size(), 1U) << "and works on";
}

TEST_P(EveryLog, RaisesTheAlarmWhenRecordsHaveExpired) {
    for (int i = 0; i < 6; ++i) append(*log, Topic::inbox, small_record(std::to_string(i)));
    world->expire(Topic::inbox, 3);
    const auto again = world->open();
    EXPECT_EQ(error_of([&] { again->read(Topic::inbox, 0, 10, 2s); }), Kind::out_of_range);
    EXPECT_EQ(error_of([&] { log->read(Topic::inbox, 2, 10, 2s); }), Kind::out_of_range);
    EXPECT_EQ(again->read(Topic::inbox, 3, 1, 5s).at(0).record.value, "3");
    EXPECT_EQ(append(*log, Topic::inbox, small_record("6")), 6) << "a number is never given twice";
}

TEST_P(EveryLog, RaisesTheAlarmWhenTheTailWasLost) {
    for (int i = 0; i < 6; ++i) append(*log, Topic::inbox, small_record(std::to_string(i)));
    world->lose_tail(Topic::inbox, 4);
    const auto again = world->open();
    EXPECT_EQ(error_of([&] { again->read(Topic::inbox, 6, 10, 2s); }), Kind::out_of_range);
    EXPECT_EQ(read_all(*again, Topic::inbox).size(), 4U);
}

TEST_P(EveryLog, RefusesARecordThatIsTooLargeAndStoresNothingOfTheCall) {
    const std::vector<Entry> entries = {{Topic::inbox, small_record("fits")},
                                        {Topic::inbox, small_record(std::string(record_bytes_max, 'x'))}};
    std::string words;
    EXPECT_EQ(error_of([&] { log->append(entries); }, &words), Kind::too_large);
    EXPECT_NE(words.find("65536"), std::string::npos) << words;
    EXPECT_TRUE(read_all(*log, Topic::inbox).empty());
    EXPECT_EQ(append(*log, Topic::inbox, {"", std::string(record_bytes_max - 1, 'x'), {}}), 0)
        << "the largest one fits";
}

TEST_P(EveryLog, RefusesAKeyWithoutAName) {
    EXPECT_EQ(error_of([&] { append(*log, Topic::keys, small_record("wrapped")); }), Kind::refused);
}

TEST_P(EveryLog, ManyLargeRecordsOfOneCallFit) {
    std::vector<Entry> entries(40, {Topic::inbox, {"", std::string(60000, 'y'), {}}});
    EXPECT_EQ(log->append(entries).back(), 39);
    EXPECT_EQ(read_all(*log, Topic::inbox).size(), 40U);
}

TEST_P(EveryLog, KeepsBlobsSmallAndBig) {
    const std::vector<Blob> blobs = {make_blob("small"), make_blob(std::string(300 * 1024, 'b')), make_blob("")};
    const Entry entry{Topic::inbox, small_record("names them")};
    log->append(std::span(&entry, 1), blobs);
    log->append({}, blobs);
    const auto again = world->open();
    for (const auto& blob : blobs) EXPECT_EQ(again->blob(blob.name), blob.bytes);
    EXPECT_FALSE(again->blob(make_blob("never stored").name));
    EXPECT_FALSE(again->blob("../../etc/passwd"));
}

TEST_P(EveryLog, RefusesABlobThatIsNotNamedByItsBytes) {
    const Blob wrong{make_blob("one").name, "other"};
    const Entry entry{Topic::inbox, small_record("names it")};
    EXPECT_EQ(error_of([&] { log->append(std::span(&entry, 1), std::span(&wrong, 1)); }), Kind::refused);
    EXPECT_TRUE(read_all(*log, Topic::inbox).empty()) << "no record without its blob";
}

TEST_P(EveryLog, WakesAReaderThatWaits) {
    std::jthread writer([this] {
        std::this_thread::sleep_for(150ms);
        append(*log, Topic::journal, small_record("at last"));
    });
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(log->read(Topic::journal, 0, 10, 20s).size(), 1U);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);
}

TEST_P(EveryLog, WakesAReaderThroughAnotherHold) {
    const auto other = world->open();
    std::jthread writer([&] {
        std::this_thread::sleep_for(150ms);
        append(*other, Topic::journal, small_record("from elsewhere"));
    });
    EXPECT_EQ(log->read(Topic::journal, 0, 10, 20s).size(), 1U);
}

TEST_P(EveryLog, FindsAtOnceWhatAnotherHoldHasAppended) {
    const auto other = world->open();
    ASSERT_TRUE(log->read(Topic::keys, 0, 10, 0ms).empty());
    for (int n = 0; n < 100; ++n) {
        Record record = small_record(std::to_string(n));
        record.key = std::to_string(n);
        const Offset at = append(*other, Topic::keys, record);
        const auto found = log->read(Topic::keys, at, 10, 0ms);
        ASSERT_EQ(found.size(), 1U) << "a program that misses a key takes what it seals for erased";
    }
}

TEST_P(EveryLog, OrdersTheAppendsOfManyThreads) {
    constexpr int threads = 8, each = 25;
    const auto other = world->open();
    {
        std::vector<std::jthread> writers;
        for (int t = 0; t < threads; ++t)
            writers.emplace_back([&, t] {
                Offset last = -1;
                for (int i = 0; i < each; ++i) {
                    const Offset now = append(t % 2 ? *log : *other, Topic::inbox,
                                              small_record(std::to_string(t) + "." + std::to_string(i)));
                    EXPECT_GT(now, last);
                    last = now;
                }
            });
    }
    const auto found = read_all(*log, Topic::inbox);
    ASSERT_EQ(found.size(), std::size_t(threads * each));
    std::vector<std::string> values;
    for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_EQ(found[i].offset, Offset(i));
        values.push_back(*found[i].record.value);
    }
    std::ranges::sort(values);
    EXPECT_EQ(std::ranges::unique(values).size(), 0U);
}

TEST_P(EveryLog, ServesManyReadersAtOnce) {
    for (int i = 0; i < 200; ++i) append(*log, Topic::inbox, small_record(std::to_string(i)));
    std::vector<std::jthread> readers;
    for (int r = 0; r < 6; ++r)
        readers.emplace_back([&, r] {
            Offset next = r * 10;
            while (next < 200)
                for (const auto& stored : log->read(Topic::inbox, next, 7, 5s)) {
                    EXPECT_EQ(stored.record.value, std::to_string(next));
                    EXPECT_EQ(stored.offset, next++);
                }
        });
}

INSTANTIATE_TEST_SUITE_P(Sqlite, EveryLog, testing::Values(make_sqlite_world));
INSTANTIATE_TEST_SUITE_P(Kafka, EveryLog, testing::Values(make_kafka_world));

}  // namespace hearback
