// A program to be killed and paused by the tests of the log.
//   log_clerk append LOG...               appends 0, 1, 2, ... to the inbox and prints each once it is acknowledged
//   log_clerk decide COUNT LOG...         decides every inbox record on exactly the state before it; ends when COUNT
//   are LOG is: sqlite FOLDER AUTHORITY       or: kafka HOST:PORT AUTHORITY BLOB_FOLDER
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "log/clerk/decision.hpp"
#include "log/journal.hpp"

using namespace hearback;
using namespace std::chrono_literals;

static std::unique_ptr<Log> open(const std::vector<std::string>& log) {
    if (log.at(0) == "sqlite") return open_sqlite_log({.folder = log.at(1), .authority = log.at(2)});
    return open_kafka_log(
        {.brokers = log.at(1), .authority = log.at(2), .blob_folder = log.at(3), .extra = {}, .patience = 15s});
}

static void append_for_ever(Log& log) {
    for (int i = 0;; ++i) {
        const Entry entry{Topic::inbox, {"", std::to_string(i), {}}};
        log.append(std::span(&entry, 1));
        std::printf("%d\n", i);
        std::fflush(stdout);
    }
}

// Several decisions at once, each chained to the one before, none of them acknowledged yet.
static void decide_some(Log& log, const Journal& journal, Decisions decisions) {
    Head tail = journal.head();
    std::vector<Entry> entries;
    for (const auto& input : log.read(Topic::inbox, tail.inbox_next, 4, 100ms)) {
        Record record{.key = "", .value = decisions.next(input.offset), .headers = {{"ce_type", "Decision"}}};
        chain(record, tail, input.offset + 1);
        entries.push_back({Topic::journal, std::move(record)});
    }
    std::this_thread::sleep_for(5ms);
    if (!entries.empty()) log.append(entries);
}

static void decide_all(Log& log, Offset count, const std::string& authority) {
    Journal journal(log, genesis(authority));
    Decisions decisions;
    while (journal.head().inbox_next < count) {
        try {
            while (journal.advance(1000, 0ms, [&](const Stored& stored) { decisions.hear(*stored.record.value); }) >
                   0) {
            }
            decide_some(log, journal, decisions);
        } catch (const LogError& error) {
            if (!error.retryable()) throw;
        }
    }
}

int main(int count, char** arguments) {
    const std::vector<std::string> words(arguments + 1, arguments + count);
    try {
        const bool decides = words.at(0) == "decide";
        const std::vector<std::string> where(words.begin() + (decides ? 2 : 1), words.end());
        const auto log = open(where);
        if (!decides) append_for_ever(*log);
        decide_all(*log, std::atoll(words.at(1).c_str()), where.at(2));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "log_clerk: %s\n", error.what());
        return 1;
    }
}
