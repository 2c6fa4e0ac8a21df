#include "edges/mailer/ledger.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <vector>

namespace hearback {
namespace {

struct Folder {
    Folder() : path(std::filesystem::temp_directory_path() / ("ledger-" + std::to_string(::getpid()))) {
        std::filesystem::remove_all(path);
        std::filesystem::create_directories(path);
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::filesystem::path file() const { return path / "mailer.db"; }
    std::filesystem::path path;
};

TEST(Ledger, TellsAfterAStartWhatHadBeenDone) {
    const Folder folder;
    {
        Ledger ledger(folder.file(), {"one"});
        for (const auto* attempt : {"a", "b", "c"}) ledger.begin({attempt});
        ledger.mark({"b"});
        ledger.mark({"c"});
        ledger.outcome({{"c"}, AttemptState::sent, 250, "250 taken"});
    }
    Ledger ledger(folder.file(), {"two"});
    EXPECT_EQ(ledger.instance(), InstanceId{"one"});
    EXPECT_EQ(ledger.open(), (std::vector<LedgerEntry>{{{"b"}, AttemptState::marked, 0, ""}}));
    EXPECT_EQ(ledger.state({"c"}), (LedgerEntry{{"c"}, AttemptState::sent, 250, "250 taken"}));
    EXPECT_FALSE(ledger.state({"a"}));  // begun and no more: nothing was handed over
    ledger.begin({"d"});
    EXPECT_EQ(ledger.state({"d"}), (LedgerEntry{{"d"}, AttemptState::begun, 0, ""}));
}

TEST(Ledger, IsAnotherInstanceWhenItsFileWasDeleted) {
    const Folder folder;
    { Ledger(folder.file(), {"one"}).mark({"a"}); }
    for (const auto& file : std::filesystem::directory_iterator(folder.path)) std::filesystem::remove(file);
    EXPECT_EQ(Ledger(folder.file(), {"two"}).instance(), InstanceId{"two"});
}

TEST(Ledger, KeepsMarksOfManyThreads) {
    const Folder folder;
    {
        Ledger ledger(folder.file(), {"one"});
        std::vector<std::thread> threads;
        for (int t = 0; t < 8; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i < 50; ++i) ledger.mark({std::to_string(t) + "/" + std::to_string(i)});
            });
        for (auto& thread : threads) thread.join();
    }
    EXPECT_EQ(Ledger(folder.file(), {"x"}).open().size(), 400u);
}

TEST(Ledger, ForgetsOldOutcomesButNothingOpen) {
    const Folder folder;
    Ledger ledger(folder.file(), {"one"}, 100);
    ledger.mark({"open"});
    for (int i = 0; i < 2000; ++i) ledger.outcome({{std::to_string(i)}, AttemptState::sent, 250, ""});
    EXPECT_FALSE(ledger.state({"0"}));
    EXPECT_TRUE(ledger.state({"1999"}));
    EXPECT_TRUE(ledger.state({"open"}));
}

TEST(Ledger, SaysWhichFileCannotBeUsed) {
    const Folder folder;
    EXPECT_THROW(Ledger("/no/such/folder/mailer.db", {"one"}), std::runtime_error);
    std::ofstream(folder.file())
        << "this is no database, but text that somebody has put there by mistake; long enough to be read";
    EXPECT_THROW(Ledger(folder.file(), {"one"}), std::runtime_error);
}

}  // namespace
}  // namespace hearback
