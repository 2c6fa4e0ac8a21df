// Whoever listens is told every decision that counted, in order, also when a disk is full for a while.
#include "events/follower.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "log/temp_folder.hpp"
#include "runtime/clock.hpp"
#include "vault/vault.hpp"

namespace hearback {
namespace {

class Hearer : public Listener {
  public:
    const Types& hears() const override {
        static const Types types{"StopRefused"};
        return types;
    }
    void hear(const Told& decision, const Head& head) override {
        if (fails > 0 && head.sequence == 3) {
            --fails;
            throw LogError(LogError::Kind::unavailable, "no room is left");
        }
        told.push_back(decision->id);
    }
    void caught_up() override { caught = true; }

    int fails = 0;
    std::vector<std::string> told;
    std::atomic<bool> caught = false;
};

TEST(AFollower, TellsADecisionAgainWhenAListenerCouldNotTakeItAndSkipsNone) {
    TempFolder folder;
    const auto log = open_sqlite_log({.folder = folder.path(), .authority = "E1"});
    Vault vault(*log, MasterKey::from_bytes({1}), [] { return Instant{}; });
    Head head = genesis("E1");
    for (int n = 1; n <= 5; ++n) {
        const Decision decision{.id = "d-" + std::to_string(n), .cause = "ClockStruck", .time = Instant{},
                                .events = {{{"e"}, StopRefused{.message = {"m"}, .conversation = {"c-1"}, .staff = {"s"}, .because = StopRefusedBecause::not_found}}}};
        auto record = encode_decision(decision, "E1", vault);
        chain(record, head, 0);
        const Entry entry{Topic::journal, std::move(record)};
        head.next = log->append({&entry, 1}).front() + 1;
    }
    Hearer steady, shaky;
    shaky.fails = 1;
    Follower follower(*log, "E1", vault);
    follower.add(steady);
    follower.add(shaky);
    std::vector<std::string> troubles;
    std::jthread thread([&](std::stop_token stop) { follower.run(stop, [&](std::string_view words) { troubles.emplace_back(words); }); });
    for (int n = 0; n < 500 && !shaky.caught; ++n) pause(Millis{10});
    thread = {};
    EXPECT_EQ(shaky.told, (std::vector<std::string>{"d-1", "d-2", "d-3", "d-4", "d-5"}));
    EXPECT_EQ(steady.told, (std::vector<std::string>{"d-1", "d-2", "d-3", "d-3", "d-4", "d-5"})) << "who hears twice skips what it knows";
    EXPECT_EQ(troubles, std::vector<std::string>{"no room is left"});
    EXPECT_EQ(follower.sequence(), 5U);
}

}  // namespace
}  // namespace hearback
