#include <Poco/Exception.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "dialogue.hpp"
#include "edges/smtp_in/smtp_in.hpp"

namespace hearback {
namespace {

using namespace dialogue;
using Poco::Net::Context;

class SocketLine : public Line {
  public:
    explicit SocketLine(std::uint16_t port) : wire_(Poco::Net::SocketAddress("127.0.0.1", port)) {
        wire_.setReceiveTimeout(Poco::Timespan(5, 0));
    }
    void send(std::string_view bytes) override {
        try {
            while (!bytes.empty()) bytes.remove_prefix(std::size_t(wire_.sendBytes(bytes.data(), int(bytes.size()))));
        } catch (const Poco::Exception&) {
            // Closed already; the next reply tells.
        }
    }
    std::string reply() override {
        std::string line;
        do {
            while (held_.find("\r\n") == held_.npos)
                if (!receive()) return "closed";
            const auto end = held_.find("\r\n");
            line = held_.substr(0, end);
            held_.erase(0, end + 2);
        } while (line.size() > 3 && line[3] == '-');
        return line.substr(0, 3);
    }
    void start_tls() override {
        EXPECT_EQ(held_, "");
        const Context::Ptr context(new Context(Context::TLS_CLIENT_USE, "", Context::VERIFY_NONE));
        auto secure = Poco::Net::SecureStreamSocket::attach(wire_, context);
        secure.setReceiveTimeout(Poco::Timespan(5, 0));
        wire_ = secure;
    }

  private:
    bool receive() {
        char buffer[4096];
        try {
            const int got = wire_.receiveBytes(buffer, sizeof buffer);
            if (got > 0) held_.append(buffer, std::size_t(got));
            return got > 0;
        } catch (const Poco::Exception&) {
            return false;
        }
    }

    Poco::Net::StreamSocket wire_;
    std::string held_;
};

struct Listening {
    explicit Listening(SmtpSettings chosen = settings())
        : in(
              {"127.0.0.1", 0, "", ""}, std::move(chosen),
              [this](const SmtpEnvelope& envelope, std::string_view raw) { return deliver(envelope, raw); },
              [this] { return desk.health; }) {
        in.start();
    }
    SmtpVerdict deliver(const SmtpEnvelope& envelope, std::string_view raw) {
        if (slow) std::this_thread::sleep_for(std::chrono::milliseconds{300});
        const std::lock_guard lock(mutex);
        if (breaks) throw std::runtime_error("the log is gone");
        return desk.deliver(envelope, raw);
    }

    std::mutex mutex;
    Desk desk;
    std::atomic<bool> slow = false, breaks = false;
    SmtpIn in;
};

const std::string transaction = "MAIL FROM:<a@b.example>\r\nRCPT TO:<send-team@council.example>\r\nDATA\r\n";

/// A whole small mail; the code of the reply to its dot.
std::string send_mail(Line& line) {
    line.send("EHLO me\r\n" + transaction);
    for (const auto* code : {"250", "250", "250", "354"})
        if (const auto got = line.reply(); got != code) return got;
    line.send("Subject: x\r\n\r\nhi\r\n.\r\n");
    return line.reply();
}

TEST(SmtpIn, AnswersEveryDialogueAsWritten) {
    Listening listening;
    for (const auto& one : all()) {
        listening.desk = {};
        SocketLine line(listening.in.port());
        play(one, line, listening.desk);
    }
}

TEST(SmtpIn, ServesFiftyAtOnce) {
    Listening listening;
    std::atomic<int> good = 0;
    std::vector<std::thread> clients;
    for (int c = 0; c < 50; ++c)
        clients.emplace_back([&] {
            SocketLine line(listening.in.port());
            good += line.reply() == "220" && send_mail(line) == "250";
        });
    for (auto& client : clients) client.join();
    EXPECT_EQ(good, 50);
    EXPECT_EQ(listening.desk.taken, 50);
}

TEST(SmtpIn, AnswersTryLaterWhenTheLogBreaks) {
    Listening listening;
    listening.breaks = true;
    SocketLine line(listening.in.port());
    EXPECT_EQ(line.reply(), "220");
    EXPECT_EQ(send_mail(line), "451");
    listening.breaks = false;
    EXPECT_EQ(send_mail(line), "250");
}

TEST(SmtpIn, TurnsAwayWhoExceedsTheConnections) {
    auto chosen = settings();
    chosen.limits.connections_per_address = 2;
    Listening listening(chosen);
    SocketLine one(listening.in.port()), two(listening.in.port());
    EXPECT_EQ(one.reply() + two.reply(), "220220");
    SocketLine three(listening.in.port());
    EXPECT_EQ(three.reply(), "421");
    EXPECT_EQ(send_mail(one), "250");
}

TEST(SmtpIn, ClosesOnWhoSaysNothing) {
    auto chosen = settings();
    chosen.limits.idle = std::chrono::seconds{1};
    Listening listening(chosen);
    SocketLine line(listening.in.port());
    EXPECT_EQ(line.reply(), "220");
    EXPECT_EQ(line.reply(), "421");
    EXPECT_EQ(line.reply(), "closed");
}

TEST(SmtpIn, ClosesOnWhoDripsAMessage) {
    auto chosen = settings();
    chosen.limits.data = std::chrono::seconds{1};
    Listening listening(chosen);
    SocketLine line(listening.in.port());
    line.reply();
    line.send("EHLO me\r\n" + transaction);
    for (int i = 0; i < 4; ++i) line.reply();
    for (int i = 0; i < 14; ++i) {
        line.send("x\r\n");
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
    EXPECT_EQ(line.reply(), "421");
    EXPECT_EQ(listening.desk.taken, 0);
}

TEST(SmtpIn, LetsAMailUnderWayEndWhenItStops) {
    Listening listening;
    listening.slow = true;
    SocketLine busy(listening.in.port()), idle(listening.in.port());
    busy.reply();
    idle.reply();
    busy.send("EHLO me\r\n" + transaction);
    for (int i = 0; i < 4; ++i) busy.reply();
    busy.send("Subject: x\r\n\r\nhi\r\n.\r\n");
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
    listening.in.stop();
    EXPECT_EQ(busy.reply(), "250");
    EXPECT_EQ(idle.reply(), "421");
    EXPECT_EQ(idle.reply(), "closed");
    EXPECT_EQ(listening.desk.taken, 1);
}

TEST(SmtpIn, StopsThoughAClientHangsInTheMiddleOfAMail) {
    auto chosen = settings();
    chosen.limits.stop_grace = std::chrono::seconds{1};
    Listening listening(chosen);
    SocketLine line(listening.in.port());
    line.reply();
    line.send("EHLO me\r\n" + transaction + "half");
    for (int i = 0; i < 3; ++i) line.reply();
    listening.in.stop();
    EXPECT_EQ(listening.in.connections(), 0u);
    EXPECT_EQ(listening.desk.taken, 0);
}

TEST(SmtpIn, RefusesACertificateThatIsNotThere) {
    EXPECT_THROW(SmtpIn({"127.0.0.1", 0, "/no/such.pem", "/no/such.key"}, settings(), {}), std::exception);
}

}  // namespace
}  // namespace hearback
