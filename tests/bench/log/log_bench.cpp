// How many entries a second a log takes, and how long one append waits, with 1 to 50 threads.
//   log_bench sqlite FOLDER [SECONDS]        log_bench kafka HOST:PORT BLOB_FOLDER [SECONDS]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "log/log.hpp"

using namespace hearback;
using Clock = std::chrono::steady_clock;

static double milliseconds_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

static Entry small_entry() {
    return {Topic::inbox,
            {"",
             std::string(400, 'x'),
             {{"ce_specversion", "1.0"},
              {"ce_type", "MailReceived"},
              {"ce_id", std::string(64, 'a')},
              {"ce_source", "/bench"}}}};
}

static void measure(Log& log, const char* what, int threads, double seconds) {
    std::vector<std::vector<double>> waits(std::size_t(threads), std::vector<double>{});
    const auto start = Clock::now();
    std::vector<std::jthread> running;
    for (auto& mine : waits)
        running.emplace_back([&log, &mine, start, seconds] {
            const Entry entry = small_entry();
            while (milliseconds_since(start) < seconds * 1000) {
                const auto begin = Clock::now();
                log.append(std::span(&entry, 1));
                mine.push_back(milliseconds_since(begin));
            }
        });
    running.clear();
    const double took = milliseconds_since(start) / 1000;
    std::vector<double> all;
    for (const auto& mine : waits) all.insert(all.end(), mine.begin(), mine.end());
    std::ranges::sort(all);
    std::printf("%-8s %3d threads  %8.0f entries/s   p50 %6.2f ms   p99 %6.2f ms   max %6.1f ms\n", what, threads,
                double(all.size()) / took, all[all.size() / 2], all[all.size() * 99 / 100], all.back());
    std::fflush(stdout);
}

int main(int count, char** arguments) try {
    const std::string kind = count > 2 ? arguments[1] : "";
    if (kind != "sqlite" && !(kind == "kafka" && count > 3)) {
        std::puts("log_bench sqlite FOLDER [SECONDS] | log_bench kafka HOST:PORT BLOB_FOLDER [SECONDS]");
        return 2;
    }
    const int seconds_at = kind == "sqlite" ? 3 : 4;
    const double seconds = count > seconds_at ? std::atof(arguments[seconds_at]) : 5;
    std::unique_ptr<Log> log;
    if (kind == "sqlite") {
        std::filesystem::create_directories(arguments[2]);
        log = open_sqlite_log({.folder = arguments[2], .authority = "E08000002"});
    } else {
        std::filesystem::create_directories(arguments[3]);
        const KafkaLogSettings settings{
            .brokers = arguments[2], .authority = "E08000002", .blob_folder = arguments[3], .extra = {}};
        std::puts(create_kafka_topics(settings, 1).c_str());
        log = open_kafka_log(settings);
    }
    for (const int threads : {1, 10, 16, 50}) measure(*log, kind.c_str(), threads, seconds);
} catch (const LogError& error) {
    std::fprintf(stderr, "log_bench: %s\n", error.what());
    return 1;
}
