#include "edges/mailer/relay.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "fake_relay.hpp"

namespace hearback {
namespace {

using Kind = RelayOutcome::Kind;

const std::string mail = "Subject: x\r\n\r\n.dot\r\nbye\r\n";
const RelayEnvelope envelope{"send-team@council.example", "sam@family.example"};

RelaySettings settings(const FakeRelay& relay) {
    RelaySettings chosen;
    chosen.port = relay.port;
    chosen.tls = RelaySettings::Tls::none;
    chosen.hello_name = "mx.council.example";
    chosen.connect_timeout = chosen.reply_timeout = std::chrono::milliseconds{1000};
    chosen.total_timeout = std::chrono::milliseconds{3000};
    return chosen;
}

struct Sent {
    RelayOutcome outcome;
    int asked = 0, marked = 0;
};

Sent send(Relay& relay, std::string_view bytes = mail) {
    Sent sent;
    sent.outcome = relay.send(
        envelope, bytes, [&] { return ++sent.asked > 0; }, [&] { ++sent.marked; });
    return sent;
}

/// What becomes of a mail when the relay does `what` at `stage`.
Sent when(const std::string& stage, const std::string& what, bool auth = false) {
    FakeRelay peer({{stage, what}}, auth);
    auto chosen = settings(peer);
    if (auth) chosen.user = "council", chosen.password = "secret";
    Relay relay(chosen);
    return send(relay);
}

TEST(Relay, HandsAMailOverOnceMarkedBeforeTheDot) {
    FakeRelay peer;
    Relay relay(settings(peer));
    int heard_at_mark = 0;
    const auto outcome = relay.send(
        envelope, mail, [] { return true; }, [&] { heard_at_mark = int(peer.taken().size()); });
    EXPECT_EQ(outcome.kind, Kind::sent) << outcome.words;
    EXPECT_EQ(outcome.code, 250);
    EXPECT_EQ(outcome.words, "250 2.0.0 taken as 42");
    EXPECT_EQ(heard_at_mark, 0);
    EXPECT_EQ(peer.taken(), std::vector<std::string>{"Subject: x\r\n\r\n..dot\r\nbye\r\n"});
    EXPECT_EQ(peer.heard().at(0), "EHLO mx.council.example");
    EXPECT_EQ(peer.heard().at(1).substr(0, 37), "MAIL FROM:<send-team@council.example>");
    EXPECT_EQ(peer.heard().at(2), "RCPT TO:<sam@family.example>");
}

TEST(Relay, KeepsTheConnectionForTheNextMail) {
    FakeRelay peer;
    Relay relay(settings(peer));
    for (int i = 0; i < 5; ++i) EXPECT_EQ(send(relay).outcome.kind, Kind::sent);
    EXPECT_EQ(peer.connections, 1);
    EXPECT_EQ(peer.taken().size(), 5u);
}

TEST(Relay, ConnectsAgainWhenTheKeptConnectionHasGone) {
    FakeRelay peer;
    Relay relay(settings(peer));
    EXPECT_EQ(send(relay).outcome.kind, Kind::sent);
    peer.behave({{"mail", "drop"}});
    EXPECT_EQ(send(relay).outcome.kind, Kind::try_later);
    peer.behave({});
    EXPECT_EQ(send(relay).outcome.kind, Kind::sent);
    EXPECT_EQ(peer.taken().size(), 2u);
}

TEST(Relay, SaysWhatIsKnownWhereverThePeerFails) {
    struct Row {
        const char *stage, *what;
        Kind kind;
        int code;
        bool unwell, marked;
    };
    const Row rows[] = {
        {"banner", "450 later", Kind::try_later, 450, false, false},
        {"banner", "554 no", Kind::try_later, 554, true, false},
        {"banner", "drop", Kind::try_later, 0, false, false},
        {"banner", "silence", Kind::try_later, 0, false, false},
        {"ehlo", "421 closing", Kind::try_later, 421, false, false},
        {"ehlo", "reset", Kind::try_later, 220, false, false},
        {"mail", "451 later", Kind::try_later, 451, false, false},
        {"mail", "550 not you", Kind::try_later, 550, true, false},
        {"mail", "silence", Kind::try_later, 0, false, false},
        {"rcpt", "451 greylisted", Kind::try_later, 451, false, false},
        {"rcpt", "550 5.1.1 no such user", Kind::refused, 550, false, false},
        {"rcpt", "552 5.2.2 mailbox full", Kind::refused, 552, false, false},
        {"rcpt", "drop", Kind::try_later, 250, false, false},
        {"rcpt", "flood", Kind::try_later, 250, false, false},
        {"data", "451 later", Kind::try_later, 451, false, false},
        {"data", "250 what", Kind::try_later, 250, false, false},
        {"data", "554 no", Kind::refused, 554, false, false},
        {"data", "drop", Kind::try_later, 250, false, false},
        {"dot", "451 disk full", Kind::try_later, 451, false, true},
        {"dot", "554 spam", Kind::refused, 554, false, true},
        {"dot", "drop", Kind::uncertain, 0, false, true},
        {"dot", "reset", Kind::uncertain, 0, false, true},
        {"dot", "silence", Kind::uncertain, 0, false, true},
        {"dot", "HTTP/1.1 200", Kind::uncertain, 0, false, true},
        {"body-reset", "x", Kind::uncertain, 0, false, true},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(std::string(row.stage) + ": " + row.what);
        const auto sent = when(row.stage, row.what);
        EXPECT_EQ(sent.outcome.kind, row.kind) << sent.outcome.words;
        EXPECT_EQ(sent.outcome.code, row.code);
        EXPECT_EQ(sent.outcome.relay_unwell, row.unwell);
        EXPECT_EQ(sent.marked, row.marked);
        EXPECT_FALSE(sent.outcome.words.empty());
    }
}

TEST(Relay, TakesARefusedLogInForTheRelaysFault) {
    const auto sent = when("auth", "535 who are you", true);
    EXPECT_EQ(sent.outcome.kind, Kind::try_later);
    EXPECT_TRUE(sent.outcome.relay_unwell);
    EXPECT_EQ(sent.marked, 0);
    EXPECT_EQ(when("none", "", true).outcome.kind, Kind::sent);
}

TEST(Relay, TriesLaterWhenNoOneListens) {
    RelaySettings chosen;
    {
        FakeRelay gone;
        chosen = settings(gone);
    }
    Relay relay(chosen);
    const auto sent = send(relay);
    EXPECT_EQ(sent.outcome.kind, Kind::try_later);
    EXPECT_EQ(sent.marked, 0);
}

TEST(Relay, NeverSpeaksInClearWhenTlsIsRequired) {
    FakeRelay peer;
    auto chosen = settings(peer);
    chosen.tls = RelaySettings::Tls::required;
    Relay relay(chosen);
    EXPECT_EQ(send(relay).outcome.kind, Kind::try_later);
    for (const auto& command : peer.heard()) EXPECT_NE(command.substr(0, 4), "MAIL");
}

TEST(Relay, AsksRightBeforeItSpeaks) {
    FakeRelay peer;
    Relay relay(settings(peer));
    int asked = 0;
    const auto late = [&] { return ++asked < 2; };  // time runs out while the connection is made
    const auto outcome = relay.send(envelope, mail, late, [] { FAIL(); });
    EXPECT_EQ(outcome.kind, Kind::not_sent);
    for (const auto& command : peer.heard()) EXPECT_NE(command.substr(0, 4), "MAIL");
    EXPECT_EQ(relay
                  .send(
                      envelope, mail, [] { return false; }, [] { FAIL(); })
                  .kind,
              Kind::not_sent);
    EXPECT_EQ(send(relay).outcome.kind, Kind::sent);
}

TEST(Relay, SendsNoLastByteWhenTheMarkFails) {
    FakeRelay peer;
    Relay relay(settings(peer));
    const auto outcome = relay.send(
        envelope, mail, [] { return true; }, [] { throw std::runtime_error("disk full"); });
    EXPECT_EQ(outcome.kind, Kind::try_later);
    EXPECT_EQ(outcome.words, "disk full");
    EXPECT_TRUE(peer.taken().empty());
    EXPECT_EQ(send(relay).outcome.kind, Kind::sent);
}

TEST(Relay, LetsNoAddressBecomeACommand) {
    FakeRelay peer;
    Relay relay(settings(peer));
    for (const auto* address :
         {"", "sam", "a@b.example>\r\nRCPT TO:<x@y.example", "a@b\r\n.example", "<a@b.example>", "a b@c.example"}) {
        EXPECT_EQ(relay
                      .send(
                          {envelope.sender, address}, mail, [] { return true; }, [] {})
                      .kind,
                  Kind::not_sent)
            << address;
        if (*address == 0) continue;
        EXPECT_EQ(relay
                      .send(
                          {address, envelope.recipient}, mail, [] { return true; }, [] {})
                      .kind,
                  Kind::not_sent)
            << address;
    }
    EXPECT_EQ(relay
                  .send(
                      {"", envelope.recipient}, mail, [] { return true; }, [] {})
                  .kind,
              Kind::sent);
}

TEST(Relay, HandsBigMailsOverWhole) {
    FakeRelay peer;
    Relay relay(settings(peer));
    std::string big = "Subject: big\r\n\r\n";
    for (int i = 0; i < 40'000; ++i) big += "a line of text number " + std::to_string(i) + "\r\n";
    const auto sent = send(relay, big);
    EXPECT_EQ(sent.outcome.kind, Kind::sent);
    EXPECT_EQ(sent.marked, 1);
    EXPECT_TRUE(peer.taken().at(0) == big);
}

TEST(Relay, RefusesToSendAPasswordInClear) {
    RelaySettings chosen;
    chosen.host = "relay.example";
    chosen.user = "u";
    for (const auto tls : {RelaySettings::Tls::none, RelaySettings::Tls::opportunistic}) {
        chosen.tls = tls;
        EXPECT_THROW(Relay{chosen}, std::invalid_argument);
    }
}

}  // namespace
}  // namespace hearback
