// The chain rule: what counts, what is ignored, what stops a reader.
#include "log/journal.hpp"

#include <gtest/gtest.h>

#include "log/world.hpp"

namespace hearback {

using namespace std::chrono_literals;
using Kind = LogError::Kind;

class EveryJournal : public EveryLog {
  protected:
    Record chained(Head& head, const std::string& value) {
        Record record = small_record(value);
        chain(record, head, head.inbox_next + 1);
        return record;
    }
    void put(Head& head, const std::string& value) { append(*log, Topic::journal, chained(head, value)); }

    std::vector<std::string> advance(Journal& journal) {
        std::vector<std::string> counted;
        while (journal.advance(100, 0ms, [&](const Stored& stored) { counted.push_back(*stored.record.value); }) > 0) {
        }
        return counted;
    }
    Head start = genesis(world->authority());
};

using Words = std::vector<std::string>;

TEST(RecordHash, IsTheOneThatIsWrittenDown) {
    const Record record{.key = "", .value = "v", .headers = {{"ce_b", "2"}, {"ce_a", "1"}, {"ce_hash", "not hashed"}}};
    // printf '\0\0\0\2\0\0\0\4ce_a\0\0\0\0011\0\0\0\4ce_b\0\0\0\0012v' | sha256sum
    EXPECT_EQ(record_hash(record), "e52344e58e8eca90fce3fe487378a9d2e5943ba9c166c73b8d4ef19f6fa4f94e");
}

TEST(RecordHash, ChangesWithEveryPart) {
    const Record record{.key = "", .value = "value", .headers = {{"a", "1"}, {"b", "2"}}};
    const auto hash = record_hash(record);
    auto other = record;
    other.value = "Value";
    EXPECT_NE(record_hash(other), hash);
    other = record;
    other.headers[1] = {"b2", ""};
    EXPECT_NE(record_hash(other), hash);
    other = record;
    other.headers.pop_back();
    other.value = std::string(
        "\0\0\0\1b\0\0\0\1"
        "2value",
        15);
    EXPECT_NE(record_hash(other), hash) << "a header is not a part of the value";
    other = record;
    std::swap(other.headers[0], other.headers[1]);
    EXPECT_EQ(record_hash(other), hash) << "the order of headers does not matter";
}

TEST(Genesis, IsTheHashOfTheTopicsName) {
    EXPECT_EQ(genesis("E08000002").hash, "ea9b985428d3ee90f861092bb50b2ebaac0d4c9e3b5fef2835b194fbb4dfdc68");
    EXPECT_NE(genesis("E08000002").hash, genesis("E08000003").hash);
}

TEST_P(EveryJournal, CountsWhatIsChainedAndKeepsTheHead) {
    Head head = start;
    for (const char* value : {"a", "b", "c"}) put(head, value);
    Journal journal(*log, start);
    EXPECT_EQ(advance(journal), (Words{"a", "b", "c"}));
    EXPECT_EQ(journal.head(), (Head{.sequence = 3, .hash = head.hash, .next = 3, .inbox_next = 3}));
    EXPECT_EQ(journal.ignored(), 0U);
}

TEST_P(EveryJournal, IgnoresTheLoserAndWhatItChainedToItself) {
    Head mine = start, theirs = start;
    put(mine, "won");
    put(theirs, "lost");
    put(theirs, "lost with it");
    put(mine, "won too");
    Journal journal(*log, start);
    EXPECT_EQ(advance(journal), (Words{"won", "won too"}));
    EXPECT_EQ(journal.ignored(), 2U);
}

TEST_P(EveryJournal, GoesOnFromAKeptHeadWithLosersAtItsEnd) {
    Head mine = start, theirs = start;
    put(mine, "a");
    for (int i = 0; i < 20; ++i) put(theirs, "lost");
    Journal first(*log, start);
    EXPECT_EQ(advance(first), Words{"a"});
    put(mine, "b");
    Journal second(*log, first.head());
    EXPECT_EQ(advance(second), Words{"b"});
}

TEST_P(EveryJournal, ARecordSentTwiceCountsOnce) {
    Head head = start;
    const Record record = chained(head, "a");
    append(*log, Topic::journal, record);
    append(*log, Topic::journal, record);
    Journal journal(*log, start);
    EXPECT_EQ(advance(journal), Words{"a"});
    EXPECT_EQ(journal.ignored(), 1U);
}

TEST_P(EveryJournal, ChainingAgainReplacesTheEarlierChain) {
    Head lost = start, head = start;
    Record record = chained(lost, "a");
    put(head, "first");
    chain(record, head, 2);
    append(*log, Topic::journal, record);
    Journal journal(*log, start);
    EXPECT_EQ(advance(journal), (Words{"first", "a"}));
}

TEST_P(EveryJournal, HeadCoversTheRecordThatIsCounted) {
    Head head = start;
    put(head, "a");
    Journal journal(*log, start);
    journal.advance(10, 5s, [&](const Stored&) { EXPECT_EQ(journal.head().sequence, 1U); });
}

TEST_P(EveryJournal, StopsAtARewrittenRecord) {
    Head head = start;
    put(head, "a");
    Record changed = chained(head, "b");
    changed.value = "B";
    append(*log, Topic::journal, changed);
    Journal journal(*log, start);
    std::string words;
    EXPECT_EQ(error_of([&] { advance(journal); }, &words), Kind::refused);
    EXPECT_NE(words.find("record 1"), std::string::npos) << words;
}

TEST_P(EveryJournal, StopsAtARecordThatSkipsASequence) {
    Head head = start;
    put(head, "a");
    head.sequence += 1;
    put(head, "b");
    Journal journal(*log, start);
    EXPECT_EQ(error_of([&] { advance(journal); }), Kind::refused);
}

TEST_P(EveryJournal, RaisesTheAlarmWhenTheTailWasLost) {
    Head head = start;
    for (const char* value : {"a", "b", "c"}) put(head, value);
    Journal reader(*log, start);
    advance(reader);
    world->lose_tail(Topic::journal, 2);
    log = world->open();
    Journal again(*log, reader.head());
    EXPECT_THROW(advance(again), LogError);
}

TEST_P(EveryJournal, SeesAtItsStartThatTheTailWasWrittenAnew) {
    Head head = start;
    for (const char* value : {"a", "b"}) put(head, value);
    Head other = head;
    for (const char* value : {"c", "d"}) put(head, value);
    Journal reader(*log, start);
    advance(reader);
    world->lose_tail(Topic::journal, 2);
    log = world->open();
    for (int i = 0; i < 2; ++i) put(other, "another history");
    Journal again(*log, reader.head());
    EXPECT_EQ(error_of([&] { advance(again); }), Kind::refused);
}

TEST_P(EveryJournal, SeesWhileItRunsThatTheTailWasWrittenAnew) {
    Head head = start;
    for (const char* value : {"a", "b"}) put(head, value);
    Head other = head;
    put(head, "c");
    Journal reader(*log, start);
    advance(reader);
    world->lose_tail(Topic::journal, 2);
    const auto elsewhere = world->open();
    for (int i = 0; i < 5; ++i) append(*elsewhere, Topic::journal, chained(other, "another history"));
    const Kind kind = error_of([&] { advance(reader); });
    EXPECT_TRUE(kind == Kind::refused || kind == Kind::out_of_range) << "an alarm, not something to try again";
}

INSTANTIATE_TEST_SUITE_P(Sqlite, EveryJournal, testing::Values(make_sqlite_world));
INSTANTIATE_TEST_SUITE_P(Kafka, EveryJournal, testing::Values(make_kafka_world));

}  // namespace hearback
