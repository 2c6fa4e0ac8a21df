// Programs are killed and paused at random moments. The seed is printed; HEARBACK_SEED gives one again.
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <fstream>
#include <random>
#include <thread>

#include "log/child.hpp"
#include "log/clerk/decision.hpp"
#include "log/journal.hpp"
#include "log/world.hpp"

namespace hearback {

using namespace std::chrono_literals;

class EveryLogUnderKills : public EveryLog {
  protected:
    EveryLogUnderKills() { RecordProperty("seed", std::to_string(seed)); }

    std::vector<std::string> command(std::vector<std::string> words) const {
        for (const auto& each : world->arguments()) words.push_back(each);
        return words;
    }
    std::chrono::milliseconds random_time(int least, int most) {
        return std::chrono::milliseconds(std::uniform_int_distribution(least, most)(random));
    }
    bool toss() { return random() % 2 == 0; }

    const unsigned seed =
        std::getenv("HEARBACK_SEED") ? unsigned(std::atoi(std::getenv("HEARBACK_SEED"))) : std::random_device()();
    testing::ScopedTrace shown{__FILE__, __LINE__, "seed " + std::to_string(seed)};
    std::mt19937 random{seed};
};

TEST_P(EveryLogUnderKills, WhatWasAcknowledgedIsThereAfterKillNine) {
    const TempFolder folder;
    for (int round = 0; round < 3; ++round) {
        const std::string acknowledged = folder.path() + "/" + std::to_string(round);
        const Offset begin = Offset(read_all(*log, Topic::inbox).size());
        Child child(command({"append"}), acknowledged);
        const auto start = std::chrono::steady_clock::now();
        while (read_all(*log, Topic::inbox, begin).size() < 20 && std::chrono::steady_clock::now() - start < 20s)
            std::this_thread::sleep_for(20ms);
        std::this_thread::sleep_for(random_time(0, 80));
        child.kill();
        std::this_thread::sleep_for(100ms);  // a broker may still hold what the child has sent

        const auto found = read_all(*log, Topic::inbox, begin);
        std::ifstream lines(acknowledged);
        std::size_t count = 0;
        for (std::string line; std::getline(lines, line) && !lines.eof(); ++count) {
            ASSERT_LT(count, found.size()) << "lost";
            ASSERT_EQ(found[count].record.value, line) << "out of order or twice";
        }
        EXPECT_GT(count, 10U);
    }
}

TEST_P(EveryLogUnderKills, TwoClerksDecideEveryInputOnce) {
    constexpr int inputs = 1000;
    std::vector<Entry> entries;
    for (int i = 0; i < inputs; ++i) entries.push_back({Topic::inbox, small_record(std::to_string(i))});
    log->append(entries);

    const auto start_one = [&] { return Child(command({"decide", std::to_string(inputs)})); };
    std::vector<Child> clerks;
    clerks.push_back(start_one());
    clerks.push_back(start_one());
    int kills = 0, pauses = 0;
    const auto start = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - start < 60s) {
        std::this_thread::sleep_for(random_time(100, 500));
        Child& clerk = clerks[toss()];
        if (toss()) {
            clerk.kill();
            clerk = start_one();
            ++kills;
        } else {
            clerk.send(SIGSTOP);
            std::this_thread::sleep_for(random_time(50, 300));
            clerk.send(SIGCONT);
            ++pauses;
        }
        if (!clerks[0].running() || !clerks[1].running()) break;
    }
    for (Child& clerk : clerks) EXPECT_TRUE(clerk.running() || clerk.exit_code() == 0) << "a clerk gave up";
    Journal journal(*log, genesis(world->authority()));
    Decisions decisions;
    const auto check = [&](const Stored& stored) {
        Decisions before = decisions;
        EXPECT_EQ(*stored.record.value, before.next(Offset(journal.head().sequence) - 1))
            << "twice, left out, or on a stale state";
        decisions.hear(*stored.record.value);
    };
    while (journal.advance(1000, 0ms, check) > 0) {
    }
    EXPECT_EQ(journal.head().sequence, std::uint64_t(inputs)) << kills << " kills, " << pauses << " pauses";
    EXPECT_EQ(journal.head().inbox_next, inputs);
    RecordProperty("kills", kills);
    RecordProperty("pauses", pauses);
    std::printf("%d kills, %d pauses, %d lost races\n", kills, pauses, int(journal.ignored()));
}

INSTANTIATE_TEST_SUITE_P(Sqlite, EveryLogUnderKills, testing::Values(make_sqlite_world));
INSTANTIATE_TEST_SUITE_P(Kafka, EveryLogUnderKills, testing::Values(make_kafka_world));

}  // namespace hearback
