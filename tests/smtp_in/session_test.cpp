#include "edges/smtp_in/session.hpp"

#include <gtest/gtest.h>

#include "dialogue.hpp"
#include "edges/smtp_in/address.hpp"

namespace hearback {
namespace {

using namespace dialogue;

/// The session alone, fed with pieces of a given size.
class PureLine : public Line {
  public:
    PureLine(Desk& desk, std::size_t piece)
        : desk_(desk), piece_(piece), session_(settings_, "192.0.2.1", [&desk] { return desk.health; }) {
        replies_ = session_.greeting();
    }

    void send(std::string_view bytes) override {
        while (!bytes.empty() && !closed_) {
            auto input = bytes.substr(0, piece_);
            bytes.remove_prefix(input.size());
            while (!input.empty() && !closed_) obey(session_.take(input, replies_), input);
        }
    }
    std::string reply() override {
        if (replies_.empty()) return closed_ ? "closed" : "silence";
        std::string line;
        do {
            const auto end = replies_.find("\r\n");
            line = replies_.substr(0, end);
            replies_.erase(0, end + 2);
        } while (line.size() > 3 && line[3] == '-');
        return line.substr(0, 3);
    }
    void start_tls() override { session_.tls_started(); }

  private:
    void obey(SmtpSession::Act act, std::string_view& input) {
        if (act == SmtpSession::Act::deliver)
            session_.delivered(desk_.deliver(session_.envelope(), session_.message()), replies_);
        if (act == SmtpSession::Act::close) closed_ = true;
        if (act == SmtpSession::Act::start_tls) input = {};
    }

    Desk& desk_;
    std::size_t piece_;
    const SmtpSettings settings_ = settings();
    SmtpSession session_;
    std::string replies_;
    bool closed_ = false;
};

TEST(SmtpSession, AnswersEveryDialogueAsWritten) {
    for (const auto& one : all()) {
        for (const std::size_t piece : {std::size_t(1) << 20, std::size_t(1), std::size_t(3)}) {
            if (one.whole && piece < 100) continue;
            Desk desk;
            PureLine line(desk, piece);
            play(one, line, desk);
        }
    }
}

TEST(SmtpSession, ClosesOnALineWithoutEnd) {
    Desk desk;
    PureLine line(desk, 4096);
    EXPECT_EQ(line.reply(), "220");
    line.send(std::string(100'000, 'a'));
    EXPECT_EQ(line.reply(), "500");
    EXPECT_EQ(line.reply(), "closed");
}

TEST(SmtpSession, KeepsNothingOfAMessageThatIsTooBig) {
    const auto chosen = settings();
    SmtpSession session(chosen, "192.0.2.1");
    std::string replies;
    std::string_view start = "EHLO a\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<send-team@council.example>\r\nDATA\r\n";
    session.take(start, replies);
    for (int i = 0; i < 1000; ++i) {
        std::string_view line = "twenty bytes of text\r\n";
        session.take(line, replies);
        EXPECT_LE(session.message().size(), chosen.limits.message_bytes);
    }
    std::string_view end = ".\r\n";
    replies.clear();
    EXPECT_EQ(session.take(end, replies), SmtpSession::Act::read);
    EXPECT_TRUE(replies.starts_with("552"));
}

TEST(SmtpSession, TakesMailForItsOwnMailboxesAlone) {
    const std::vector<std::string> ours{"send-team@council.example"};
    for (const auto* address : {"send-team@council.example", "SEND-Team@Council.Example",
                                "send-team+abc.9@council.example", "postmaster@council.example", "Postmaster"})
        EXPECT_TRUE(is_mailbox_of(address, ours)) << address;
    for (const auto* address :
         {"victim@example.net", "send-team@council.example@example.net", "@council.example:a@b.example",
          "victim%example.net@council.example", "\"send-team\"@council.example", "send-team", "",
          "send-team+x@example.net", "example.net!victim@council.example", "send-team@",
          "send-team+a%b.example@council.example"})
        EXPECT_FALSE(is_mailbox_of(address, ours)) << address;
}

TEST(SmtpSession, TakesASendersSourceRouteAndPassesItOver) {
    EXPECT_EQ(without_route("@relay.example:jo@family.example"), "jo@family.example");
    EXPECT_EQ(without_route("@a.example,@b.example:jo@family.example"), "jo@family.example");
    EXPECT_EQ(without_route("jo@family.example"), "jo@family.example");
    EXPECT_EQ(without_route(""), "");
    for (const auto* nobody : {"@relay.example:", "@relay.example", "@"}) {
        EXPECT_EQ(without_route(nobody), nobody) << "must not become the null sender";
        EXPECT_FALSE(is_sender(nobody, false)) << nobody;
    }
}

}  // namespace
}  // namespace hearback
