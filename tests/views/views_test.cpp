// Views are made anew from the log at any time, say the same then, and know when they are of another log.
#include <gtest/gtest.h>

#include <sys/resource.h>

#include <csignal>
#include <filesystem>

#include "clerk/clerk.hpp"
#include "deciders/northmere.hpp"
#include "log/temp_folder.hpp"
#include "views/reading.hpp"

namespace hearback {

class ViewsOfALog : public testing::Test {
  protected:
    void tell(Views& views) {
        Journal reader(*log, genesis("E1"));
        while (reader.advance(1000, Millis{0}, [&](const Stored& stored) { views.hear(std::make_shared<const Decision>(decode_decision(stored.record, vault)), reader.head()); }) > 0) {
        }
        views.caught_up();
    }
    void live(int mails) {
        for (int n = 0; n < mails; ++n) {
            const auto id = "mail-" + std::to_string(++heard);
            const Entry entry{Topic::inbox, encode_input({id, clock.now(), mail_from("a" + std::to_string(n % 3) + "@example.org", "2024-02-14T20:00")}, "E1", vault)};
            log->append({&entry, 1});
            clerk.work(Millis{0});
        }
    }
    static std::string seen(const Views& views) {
        Reading reading(views);
        std::string text;
        for (const auto& row : reading.rows({})) {
            text += row.conversation + "|" + row.subject + "|" + row.writer + "|" + row.standing + "|" + row.told_day + "|" + std::to_string(row.asks_again) + "\n";
            const auto file = reading.casefile(row.conversation);
            for (const auto& item : file->timeline) text += "  " + item.title + "|" + item.because + "|" + item.badge + "|" + item.standing + "\n";
        }
        for (const auto& [name, count] : reading.figures().totals) text += name + "=" + std::to_string(count) + "\n";
        return text;
    }
    std::string folder_of(const std::string& name) {
        const auto path = folder.path() + "/" + name;
        std::filesystem::create_directory(path);
        return path;
    }

    TempFolder folder;
    std::unique_ptr<Log> log = open_sqlite_log({.folder = folder.path(), .authority = "E1"});
    SetClock clock{at("2024-02-14T20:00")};
    Vault vault{*log, MasterKey::from_bytes({1}), [this] { return clock.now(); }};
    Clerk clerk{*log, vault, clock, {.authority = "E1", .settled = ordinary_council()}};
    int heard = 0;
};

TEST_F(ViewsOfALog, MadeAnewSayWhatTheLiveOnesSay) {
    Views views(folder_of("live"));
    for (int part = 0; part < 3; ++part) {
        live(4);
        tell(views);
    }
    Views anew(folder_of("anew"));
    tell(anew);
    EXPECT_EQ(seen(views), seen(anew));
    EXPECT_NE(seen(views).find("received=12"), std::string::npos) << seen(views);
}

TEST_F(ViewsOfALog, BeingToldTwiceIsBeingToldOnce) {
    const auto path = folder_of("views");
    std::string before;
    live(5);
    {
        Views views(path);
        tell(views);
        before = seen(views);
    }
    Views views(path);
    tell(views);
    EXPECT_EQ(seen(views), before);
}

TEST_F(ViewsOfALog, LoseNothingWhenTheDiskIsFullForAWhile) {
    const auto path = folder_of("views");
    Views views(path);
    live(3);
    tell(views);
    live(20);
    signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit full{std::filesystem::file_size(path + "/views.sqlite-wal") + 8192, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &full);
    EXPECT_THROW(tell(views), LogError);
    setrlimit(RLIMIT_FSIZE, &before);
    views.caught_up();
    Views anew(folder_of("anew"));
    tell(anew);
    EXPECT_EQ(seen(views), seen(anew));
}

TEST_F(ViewsOfALog, AreRefusedWhenTheyAreOfAnotherLogOrAheadOfIt) {
    const auto path = folder_of("views");
    live(5);
    { Views views(path); tell(views); }
    Views views(path);
    const auto other = std::make_shared<const Decision>(Decision{.id = "x", .cause = "", .time = clock.now(), .events = {}});
    Head head = genesis("E1");
    head.sequence = 1;
    views.hear(other, head);
    EXPECT_THROW(views.caught_up(), LogError) << "ahead";
    head.sequence = 5;
    EXPECT_THROW(views.hear(other, head), LogError) << "another log";
}

}  // namespace hearback
