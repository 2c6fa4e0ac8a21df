#include "mail/reader_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "mail/mail_frame.hpp"
#include "mail/read_mail.hpp"

namespace hearback {
namespace {

ReaderSettings settings() {
    ReaderSettings chosen;
    chosen.program = HEARBACK_BUILD "/hearback-reader";
    return chosen;
}

const std::string simple =
    "From: a@b.example\r\nSubject: hello\r\nDate: Thu, 15 Feb 2024 21:40:00 +0000\r\n\r\nbody\r\n";

TEST(MailFrame, CarriesEveryMember) {
    auto mail = read_mail(simple);
    mail.return_path = "";
    mail.deliveries.push_back({"a", "b", "failed", "5.1.1", "words", true});
    mail.warnings = {"one", "two"};
    EXPECT_EQ(from_frame(to_frame(mail)), mail);
}

TEST(MailFrame, RefusesEveryCutFrame) {
    const auto frame = to_frame(read_mail(simple));
    for (std::size_t i = 0; i < frame.size(); ++i) EXPECT_THROW(from_frame(frame.substr(0, i)), std::runtime_error);
    EXPECT_THROW(from_frame(frame + "x"), std::runtime_error);
}

TEST(ReaderPool, ReadsAsReadMailDoes) {
    ReaderPool pool(settings());
    EXPECT_EQ(pool.read(simple), read_mail(simple));
    const std::string big = simple + std::string(3u << 20, 'x');
    EXPECT_EQ(pool.read(big), read_mail(big));
    EXPECT_EQ(pool.replaced(), 0u);
}

TEST(ReaderPool, ServesManyAtOnce) {
    ReaderPool pool(settings());
    std::atomic<int> right = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 16; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 20; ++i) {
                const auto subject = std::to_string(t) + "-" + std::to_string(i);
                right += pool.read("Subject: " + subject + "\r\n\r\n").subject == subject;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(right, 320);
}

TEST(ReaderPool, GivesUpOnAReaderThatStallsAndGoesOn) {
    auto chosen = settings();
    chosen.program = "/bin/cat";  // sends the mail itself back, which is no answer
    ReaderPool pool(chosen);
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(pool.read(simple).unreadable.empty());

    chosen.program = HEARBACK_SOURCE "/tests/mail/stalled_reader.sh";
    chosen.mail_limit = std::chrono::milliseconds{100};
    ReaderPool stalled(chosen);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(stalled.read(simple).unreadable, "reading it took too long");
    EXPECT_EQ(stalled.replaced(), 3u);
}

TEST(ReaderPool, SaysWhenThereIsNoReader) {
    auto chosen = settings();
    chosen.program = "/no/such/reader";
    ReaderPool pool(chosen);
    EXPECT_NE(pool.read(simple).unreadable.find("could not be started"), std::string::npos);
    EXPECT_NE(pool.read(simple).unreadable.find("could not be started"), std::string::npos);
}

#if !defined(__SANITIZE_ADDRESS__)
TEST(ReaderPool, OutlivesAMailThatWantsTooMuchMemory) {
    auto chosen = settings();
    chosen.address_space = 200u << 20;
    ReaderPool pool(chosen);
    const auto mail = pool.read(simple + std::string(400u << 20, 'x'));
    EXPECT_FALSE(mail.unreadable.empty());
    EXPECT_EQ(pool.read(simple).subject, "hello");
}
#endif

TEST(ReaderPool, OutlivesTheThreadsThatUsedIt) {
    auto chosen = settings();
    chosen.readers = 1;
    ReaderPool pool(chosen);
    for (int i = 0; i < 3; ++i) {
        std::thread([&] { EXPECT_EQ(pool.read(simple).subject, "hello"); }).join();
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    EXPECT_EQ(pool.replaced(), 0u);
}

}  // namespace
}  // namespace hearback
