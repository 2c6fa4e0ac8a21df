// The print room on a real disk, killed where it hurts: this program's own rename() can end it before or after a rename,
// and its fsync() can say that the disk is unwell.
#include "edges/print_room/print_folder.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <functional>
#include <random>
#include <sstream>
#include <thread>

#include "log/sha256.hpp"
#include "log/temp_folder.hpp"

namespace {

/// The rename at which the process dies; negative after it, positive before it, 0 never.
std::atomic<int> die_at_rename{0};
std::atomic<int> renames{0};
/// The fsync that fails.
std::atomic<int> fail_at_sync{0};
std::atomic<int> syncs{0};

}  // namespace

extern "C" int fsync(int file) {
    if (++syncs != fail_at_sync) return int(syscall(SYS_fsync, file));
    errno = EIO;
    return -1;
}

extern "C" int rename(const char* from, const char* to) {
    const int number = ++renames;
    if (number == die_at_rename) _exit(9);
    const int result = renameat(AT_FDCWD, from, AT_FDCWD, to);
    if (number == -die_at_rename) _exit(9);
    return result;
}

using namespace hearback;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

constexpr Date friday{std::chrono::year{2024} / 2 / 16}, monday{std::chrono::year{2024} / 2 / 19};
const Instant friday_noon = at_london(friday, 12h);
const MessageId first{"r-aaa"}, second{"r-bbb"};

std::string read(const fs::path& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
}

int files_in(const fs::path& folder, const std::string& ending) {
    int count = 0;
    for (const auto& entry : fs::directory_iterator(folder)) count += entry.path().string().ends_with(ending);
    return count;
}

/// Runs it in a process of its own: its exit code, -1 when it was killed.
int in_a_child(const std::function<void()>& work) {
    const pid_t child = fork();
    if (child == 0) {
        work();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string refusal(const std::function<void()>& work) {
    try {
        work();
    } catch (const std::exception& error) {
        return error.what();
    }
    return "accepted";
}

class PrintRoomTest : public testing::Test {
  protected:
    TempFolder temp_;
    const fs::path folder_ = fs::path(temp_.path()) / "print-room";
    PrintFolder room() const { return PrintFolder(folder_, WorkingDays()); }
};

}  // namespace

TEST_F(PrintRoomTest, LaysALetterAndItsRowIntoTheDaysFolder) {
    PrintFolder room(folder_, WorkingDays());
    const auto placed = room.put(first, friday_noon, "the letter", 2);
    EXPECT_EQ(placed.path, folder_ / "2024-02-16" / "001-r-aaa.pdf");
    EXPECT_EQ(placed.day, friday);
    EXPECT_EQ(read(placed.path), "the letter");
    EXPECT_EQ(room.put(second, friday_noon, "another", 1).path.filename(), "002-r-bbb.pdf");
    EXPECT_EQ(read(folder_ / "2024-02-16" / "manifest.csv"), "file,pages,sha256,message\r\n001-r-aaa.pdf,2," + sha256_hex("the letter") +
                                                                 ",r-aaa\r\n002-r-bbb.pdf,1," + sha256_hex("another") + ",r-bbb\r\n");
    const auto batch = room.batch(friday);
    ASSERT_EQ(batch.size(), 2u);
    EXPECT_EQ(batch[0], (PrintedLetter{"001-r-aaa.pdf", 2, sha256_hex("the letter"), first}));
    EXPECT_TRUE(room.batch(monday).empty());
    EXPECT_EQ(files_in(folder_ / "2024-02-16", ".new"), 0);
    EXPECT_EQ(fs::status(placed.path).permissions() & fs::perms::others_all, fs::perms::none);
}

TEST_F(PrintRoomTest, TheCutOffDecidesTheDayInLondonTime) {
    const std::set<Date> none;
    const Date good_friday{std::chrono::year{2024} / 3 / 29}, before{std::chrono::year{2024} / 3 / 28}, tuesday{std::chrono::year{2024} / 4 / 2};
    const Date in_summer{std::chrono::year{2024} / 6 / 5}, after{std::chrono::year{2024} / 6 / 6};
    PrintFolder room(folder_, WorkingDays({good_friday, Date{std::chrono::year{2024} / 4 / 1}}, none));
    int number = 0;
    const auto day_for = [&](Date date, std::chrono::milliseconds time) {
        return room.put({"m-" + std::to_string(++number)}, at_london(date, time), "x", 1).day;
    };
    EXPECT_EQ(day_for(friday, 0h), friday);
    EXPECT_EQ(day_for(friday, 17h + 15min - 1ms), friday);
    EXPECT_EQ(day_for(friday, 17h + 15min), monday);
    EXPECT_EQ(day_for(Date{std::chrono::year{2024} / 2 / 17}, 9h), monday);
    EXPECT_EQ(day_for(before, 17h + 20min), tuesday);  // over Easter and into summer time
    EXPECT_EQ(day_for(in_summer, 17h + 14min), in_summer);
    EXPECT_EQ(day_for(in_summer, 17h + 16min), after);
    PrintFolder early(fs::path(temp_.path()) / "early", WorkingDays(), 12h);
    EXPECT_EQ(early.put(first, friday_noon, "x", 1).day, monday);
}

TEST_F(PrintRoomTest, AMessageHasOnePaperWhateverIsTriedAgain) {
    const auto once = room().put(first, friday_noon, "the letter", 2);
    PrintFolder after_a_start = room();
    for (const Instant at : {friday_noon, friday_noon + 30h, friday_noon + 9 * 24h}) {
        const auto again = after_a_start.put(first, at, "the letter", 2);
        EXPECT_EQ(again.path, once.path);
        EXPECT_EQ(again.day, friday);
    }
    EXPECT_EQ(after_a_start.batch(friday).size(), 1u);
    EXPECT_EQ(files_in(folder_, ""), 1) << "a second day's folder";
    // Printed and taken away, it has been printed all the same.
    fs::remove(once.path);
    room().put(first, friday_noon, "the letter", 2);
    EXPECT_FALSE(fs::exists(once.path));
}

TEST_F(PrintRoomTest, AnotherLetterUnderTheSameMessageIsRefused) {
    PrintFolder ours = room();
    const auto placed = ours.put(first, friday_noon, "the letter", 1);
    const std::string words = refusal([&] { ours.put(first, friday_noon, "another letter", 1); });
    EXPECT_NE(words.find("paper is not made twice"), words.npos) << words;
    EXPECT_EQ(read(placed.path), "the letter");
}

TEST_F(PrintRoomTest, AnIdThatCannotBeAFilesNameIsRefused) {
    PrintFolder ours = room();
    for (const char* id : {"", "../../etc/x", "a,b", "a\r\nb", "Sam Okafor"})
        EXPECT_THROW(ours.put({id}, friday_noon, "x", 1), std::invalid_argument) << id;
    EXPECT_EQ(files_in(folder_, ""), 0);
}

TEST_F(PrintRoomTest, DeathAtEachRenameLosesNothingAndMakesNoSecondPaper) {
    // Renames 1 and 2 are the first letter and its row, 3 and 4 the second's; negative: just after.
    for (const int point : {1, -1, 2, -2, 3, -3, 4, -4}) {
        const fs::path folder = fs::path(temp_.path()) / ("at" + std::to_string(point));
        const auto put_both = [&] {
            PrintFolder ours(folder, WorkingDays());
            ours.put(first, friday_noon, "the letter", 1);
            ours.put(second, friday_noon, "another", 1);
        };
        ASSERT_EQ(in_a_child([&] {
                      renames = 0;
                      die_at_rename = point;
                      put_both();
                  }),
                  9)
            << point;
        const fs::path day = folder / "2024-02-16";
        for (const auto& entry : fs::directory_iterator(day)) {
            if (!entry.path().string().ends_with(".pdf")) continue;
            EXPECT_TRUE(read(entry.path()) == "the letter" || read(entry.path()) == "another") << point << ": half a letter";
        }
        put_both();
        put_both();
        EXPECT_EQ(files_in(day, ".pdf"), 2) << point;
        EXPECT_EQ(files_in(day, ".new"), 0) << point;
        const auto batch = PrintFolder(folder, WorkingDays()).batch(friday);
        ASSERT_EQ(batch.size(), 2u) << point;
        for (const auto& letter : batch) EXPECT_EQ(sha256_hex(read(day / letter.file)), letter.sha256) << point;
        EXPECT_NE(batch[0].file.substr(0, 3), batch[1].file.substr(0, 3)) << point;
    }
}

TEST_F(PrintRoomTest, ALetterLeftWithoutItsRowDoesNotBecomeAnother) {
    in_a_child([&] {
        die_at_rename = -(renames + 1);  // right after the letter's, before its row's
        room().put(first, friday_noon, "the letter", 1);
    });
    PrintFolder ours = room();
    EXPECT_TRUE(ours.batch(friday).empty());
    EXPECT_NE(refusal([&] { ours.put(first, friday_noon, "another letter", 1); }), "accepted");
    EXPECT_EQ(ours.put(second, friday_noon, "another", 1).path.filename(), "002-r-bbb.pdf");
    EXPECT_EQ(ours.put(first, friday_noon + 72h, "the letter", 1).path, folder_ / "2024-02-16" / "001-r-aaa.pdf");
}

TEST_F(PrintRoomTest, KilledAtAnyTimeItKeepsWhatItAcknowledged) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    constexpr int letters = 60;
    const auto id = [](int i) { return MessageId{"m-" + std::to_string(i)}; };
    const auto bytes = [](int i) { return std::string(20'000, char('a' + i % 26)) + std::to_string(i); };
    int acknowledged = 0;
    for (int round = 0; round < 10; ++round) {
        int pipe_ends[2];
        ASSERT_EQ(pipe(pipe_ends), 0);
        const pid_t child = fork();
        if (child == 0) {
            PrintFolder ours = room();
            for (int i = 0; i < letters; ++i) {
                ours.put(id(i), friday_noon, bytes(i), 1);
                if (write(pipe_ends[1], &i, sizeof i) != sizeof i) _exit(1);
            }
            _exit(0);
        }
        close(pipe_ends[1]);
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 40'000));
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        for (int i = 0; ::read(pipe_ends[0], &i, sizeof i) == sizeof i;) acknowledged = std::max(acknowledged, i + 1);
        close(pipe_ends[0]);

        const auto batch = room().batch(friday);
        ASSERT_GE(int(batch.size()), acknowledged);
        for (const auto& letter : batch) ASSERT_EQ(sha256_hex(read(folder_ / "2024-02-16" / letter.file)), letter.sha256);
    }
    PrintFolder ours = room();
    for (int i = 0; i < letters; ++i) ours.put(id(i), friday_noon, bytes(i), 1);
    EXPECT_EQ(ours.batch(friday).size(), std::size_t(letters));
    EXPECT_EQ(files_in(folder_ / "2024-02-16", ".pdf"), letters);
    std::set<std::string> numbers;
    for (const auto& letter : ours.batch(friday)) numbers.insert(letter.file.substr(0, 3));
    EXPECT_EQ(numbers.size(), std::size_t(letters));
}

TEST_F(PrintRoomTest, AFullDiskIsSaidAndNothingIsHalfThere) {
    room().put(first, friday_noon, "the letter", 1);
    const int code = in_a_child([&] {
        signal(SIGXFSZ, SIG_IGN);
        const rlimit small{1000, 1000};
        setrlimit(RLIMIT_FSIZE, &small);
        const std::string words = refusal([&] { room().put(second, friday_noon, std::string(5000, 'x'), 1); });
        _exit(words.find("check the disk") == words.npos ? 1 : 0);
    });
    EXPECT_EQ(code, 0);
    EXPECT_EQ(files_in(folder_ / "2024-02-16", ".new"), 0);
    EXPECT_EQ(room().batch(friday).size(), 1u);
    EXPECT_EQ(room().put(second, friday_noon, std::string(5000, 'x'), 1).path.filename(), "002-r-bbb.pdf");
}

TEST_F(PrintRoomTest, WhatADiskRefusedMayBeTriedAgainAndIsStillOnePaper) {
    int refused = 0;
    for (int point = 1; point <= 8; ++point) {
        const fs::path folder = fs::path(temp_.path()) / ("sync" + std::to_string(point));
        PrintFolder ours(folder, WorkingDays());
        syncs = 0;
        fail_at_sync = point;
        refused += refusal([&] { ours.put(first, friday_noon, "the letter", 1); }) != "accepted";
        fail_at_sync = 0;
        ours.put(second, friday_noon, "another", 1);
        ours.put(first, friday_noon, "the letter", 1);
        EXPECT_EQ(files_in(folder / "2024-02-16", ".pdf"), 2) << point;
        EXPECT_EQ(ours.batch(friday).size(), 2u) << point;
        EXPECT_EQ(PrintFolder(folder, WorkingDays()).batch(friday), ours.batch(friday)) << point;
    }
    EXPECT_EQ(refused, 5);  // the day's folder, the letter, its place, the manifest, its place
}

TEST_F(PrintRoomTest, AManifestThatWasChangedIsNotBelieved) {
    room().put(first, friday_noon, "the letter", 1);
    const fs::path manifest = folder_ / "2024-02-16" / "manifest.csv";
    const std::string good = read(manifest);
    const auto with = [&](const std::string& text) {
        std::ofstream(manifest, std::ios::binary) << text;
        return refusal([&] { room(); });
    };
    EXPECT_EQ(with(good), "accepted");
    EXPECT_NE(with("file;pages\r\n").find("Line 1 of "), std::string::npos);
    EXPECT_NE(with(good + "002-r-bbb.pdf,x,abc,r-bbb\r\n").find("Line 3 of "), std::string::npos);
    EXPECT_NE(with(good.substr(0, good.size() - 1)).find("put the file back as it was"), std::string::npos);
    EXPECT_NE(with(good + "002-r-bbb.pdf,1,abc,r-ccc\r\n"), "accepted");
}

TEST_F(PrintRoomTest, AFolderThatCannotBeMadeIsSaid) {
    const std::string words = refusal([&] { PrintFolder(folder_ / "below", WorkingDays()); });
    EXPECT_NE(words.find("print-room/below (No such file or directory): check the disk and its rights."), words.npos) << words;
}

TEST_F(PrintRoomTest, ManyThreadsMayPutAtOnce) {
    PrintFolder ours(folder_, WorkingDays());
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 10; ++i) ours.put({"m-" + std::to_string(i)}, friday_noon, "letter " + std::to_string(i), 1);
        });
    threads.clear();
    EXPECT_EQ(ours.batch(friday).size(), 10u);
    EXPECT_EQ(files_in(folder_ / "2024-02-16", ".pdf"), 10);
}
