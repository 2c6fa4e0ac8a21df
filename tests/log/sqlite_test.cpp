// What is true of the embedded log alone: its file, its disk, its erased keys.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "log/journal.hpp"
#include "log/temp_folder.hpp"
#include "log/world.hpp"

namespace hearback {

using namespace std::chrono_literals;
using Kind = LogError::Kind;

class SqliteLogFile : public testing::Test {
  protected:
    std::unique_ptr<Log> open(const std::string& authority = "E08000002") {
        return open_sqlite_log({.folder = folder.path(), .authority = authority});
    }
    Kind refusal(const std::string& expected_words) {
        std::string words;
        const Kind kind = error_of([&] { open(); }, &words);
        EXPECT_NE(words.find(expected_words), std::string::npos) << words;
        return kind;
    }
    void run(const std::string& sql) {
        sqlite3* connection = nullptr;
        sqlite3_open(path.c_str(), &connection);
        EXPECT_EQ(sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(connection);
        sqlite3_close(connection);
    }
    std::string bytes_of_all_files() {
        std::string all;
        for (const auto& each : std::filesystem::recursive_directory_iterator(folder.path())) {
            if (!each.is_regular_file()) continue;
            std::ifstream file(each.path(), std::ios::binary);
            all.append(std::istreambuf_iterator<char>(file), {});
        }
        return all;
    }

    TempFolder folder;
    std::string path = folder.path() + "/log.sqlite";
};

TEST_F(SqliteLogFile, RefusesAFolderThatIsNotThere) {
    std::string words;
    EXPECT_EQ(error_of([] { open_sqlite_log({.folder = "/nowhere/at/all", .authority = "E1"}); }, &words),
              Kind::refused);
    EXPECT_NE(words.find("/nowhere/at/all"), std::string::npos);
}

TEST_F(SqliteLogFile, RefusesTheFileOfAnotherProgram) {
    run("CREATE TABLE theirs(x)");
    EXPECT_EQ(refusal("is not a Hearback log"), Kind::refused);
}

TEST_F(SqliteLogFile, RefusesWhatIsNoDatabase) {
    std::ofstream(path) << std::string(8192, 'z');
    EXPECT_EQ(refusal("damaged at its beginning"), Kind::refused);
}

TEST_F(SqliteLogFile, RefusesANewerFormat) {
    open();
    run("PRAGMA user_version=2");
    EXPECT_EQ(refusal("format 2"), Kind::refused);
}

TEST_F(SqliteLogFile, RefusesTheLogOfAnotherAuthority) {
    open("E08000003");
    EXPECT_EQ(refusal("E08000003"), Kind::refused);
}

TEST_F(SqliteLogFile, FindsADamagedPage) {
    Head head = genesis("E08000002");
    {
        const auto log = open();
        for (int i = 0; i < 200; ++i) {
            Record record = small_record(std::string(500, 'v'));
            chain(record, head, i);
            append(*log, Topic::journal, record);
        }
    }
    run("PRAGMA wal_checkpoint(TRUNCATE)");
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    file.clear();
    file.seekp(std::streamoff(bytes.find("vvvvvvvvvvvvvvvv", bytes.size() / 2)));
    file << "damaged";
    file.close();
    const auto log = open();
    Journal journal(*log, genesis("E08000002"));
    const auto read_it = [&] {
        while (journal.advance(50, 0ms, [](const Stored&) {}) > 0) {
        }
    };
    EXPECT_EQ(error_of(read_it), Kind::refused);
}

TEST_F(SqliteLogFile, TheChainSeesRowsThatWereRemovedOrSwapped) {
    Head head = genesis("E08000002");
    const auto log = open();
    for (int i = 0; i < 6; ++i) {
        Record record = small_record(std::to_string(i));
        chain(record, head, i);
        append(*log, Topic::journal, record);
    }
    head.next = 6;
    const auto prove = [&] { prove_chain(*log, "E08000002", head); };
    prove();
    run("UPDATE journal SET offset=100 WHERE offset=2; UPDATE journal SET offset=2 WHERE offset=3;"
        "UPDATE journal SET offset=3 WHERE offset=100");
    EXPECT_EQ(error_of(prove), Kind::refused);
    run("DELETE FROM journal WHERE offset=3");
    EXPECT_EQ(error_of(prove), Kind::refused);
    std::string words;
    const auto go_on = [&] { Journal(*log, genesis("E08000002")).advance(50, 0ms, [](const Stored&) {}); };
    EXPECT_EQ(error_of(go_on, &words), Kind::refused) << "a hole stops every reader";
    EXPECT_NE(words.find("record 3 is missing"), std::string::npos) << words;
}

TEST_F(SqliteLogFile, ADestroyedKeyIsInNoFileAnyMore) {
    const auto log = open();
    const std::string secret = "the-wrapped-key-of-ada";
    append(*log, Topic::keys, {"conversation-1", secret, {}});
    append(*log, Topic::keys, {"conversation-1", secret + "-again", {}});
    append(*log, Topic::keys, {"conversation-2", "another", {}});
    ASSERT_NE(bytes_of_all_files().find(secret), std::string::npos);
    append(*log, Topic::keys, {"conversation-1", std::nullopt, {}});
    EXPECT_EQ(bytes_of_all_files().find(secret), std::string::npos);
    const auto left = read_all(*log, Topic::keys);
    ASSERT_EQ(left.size(), 2U);
    EXPECT_EQ(left[0].record.value, "another");
    EXPECT_EQ(left[1].offset, 3);
    EXPECT_FALSE(left[1].record.value);
}

TEST_F(SqliteLogFile, ADamagedBlobIsRefused) {
    const auto log = open();
    const std::vector<Blob> blobs = {make_blob("in a row"), make_blob(std::string(300000, 'f'))};
    log->append({}, blobs);
    run("UPDATE blob SET bytes='other'");
    std::ofstream(folder.path() + "/blobs/" + blobs[1].name.substr(0, 2) + "/" + blobs[1].name) << "short";
    for (const auto& blob : blobs) EXPECT_EQ(error_of([&] { log->blob(blob.name); }), Kind::refused);
}

TEST_F(SqliteLogFile, ABlobOfAnySizeIsStoredBeforeTheRecordThatNamesIt) {
    const auto log = open();
    const std::vector<Blob> blobs = {make_blob(std::string(300000, 'f'))};
    std::filesystem::remove_all(folder.path() + "/blobs");
    std::ofstream(folder.path() + "/blobs") << "in the way";
    const Entry entry{Topic::inbox, small_record("names it")};
    EXPECT_EQ(error_of([&] { log->append(std::span(&entry, 1), blobs); }), Kind::unavailable);
    EXPECT_TRUE(read_all(*log, Topic::inbox).empty());
}

TEST_F(SqliteLogFile, AWriteThatFailsStoresNothingAndTheLogWorksAgain) {
    const auto log = open();
    append(*log, Topic::inbox, small_record("before"));
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit usual{};
    getrlimit(RLIMIT_FSIZE, &usual);
    const rlimit small{64 * 1024, usual.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    std::vector<Entry> big(4, {Topic::inbox, small_record(std::string(60000, 'x'))});
    EXPECT_EQ(error_of([&] { log->append(big); }), Kind::unavailable);
    setrlimit(RLIMIT_FSIZE, &usual);
    EXPECT_EQ(append(*log, Topic::inbox, small_record("after")), 1);
    EXPECT_EQ(read_all(*log, Topic::inbox).size(), 2U);
}

// In a child, which may mount a disk of its own: 0 when all went well, 77 when it may not, else the line that failed.
static int fill_a_small_disk(const std::string& folder) {
    if (unshare(geteuid() == 0 ? CLONE_NEWNS : CLONE_NEWNS | CLONE_NEWUSER) != 0) return 77;
    mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
    if (mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=2m") != 0) return 77;
    const auto log = open_sqlite_log({.folder = folder, .authority = "E1"});
    Offset stored = 0;
    try {
        for (;; ++stored) append(*log, Topic::inbox, small_record(std::string(20000, 'x')));
    } catch (const LogError& error) {
        if (error.kind() != Kind::unavailable || std::string(error.what()).find("free some space") == std::string::npos)
            return 1;
    }
    if (stored < 20 || read_all(*log, Topic::inbox).size() != std::size_t(stored)) return 2;
    const Blob blob = make_blob(std::string(1000000, 'b'));
    if (error_of([&] { log->append({}, std::span(&blob, 1)); }) != Kind::unavailable) return 3;
    if (mount("tmpfs", folder.c_str(), "tmpfs", MS_REMOUNT, "size=16m") != 0) return 4;
    if (append(*log, Topic::inbox, small_record("there is room again")) != stored) return 5;
    log->append({}, std::span(&blob, 1));
    return 0;
}

TEST_F(SqliteLogFile, AFullDiskStoresNothingAndTheLogWorksAgainWhenThereIsRoom) {
    const pid_t child = fork();
    if (child == 0) {
        try {
            _exit(fill_a_small_disk(folder.path()));
        } catch (const std::exception&) {
            _exit(6);
        }
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77) GTEST_SKIP() << "this machine lets no test mount a small disk";
    EXPECT_EQ(status, 0);
}

TEST_F(SqliteLogFile, WaitsForAnotherProgramThatWrites) {
    const auto log = open();
    sqlite3* other = nullptr;
    sqlite3_open(path.c_str(), &other);
    ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
    std::jthread release([other] {
        std::this_thread::sleep_for(200ms);
        sqlite3_exec(other, "COMMIT", nullptr, nullptr, nullptr);
        sqlite3_close(other);
    });
    EXPECT_EQ(append(*log, Topic::inbox, small_record("after it")), 0);
}

}  // namespace hearback
