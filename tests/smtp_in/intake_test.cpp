// From the bytes after DATA to what stands in the inbox: who wrote, what kind of mail it is, and that nothing is passed
// over in silence.
#include "edges/smtp_in/intake.hpp"

#include <gtest/gtest.h>

#include "events/codec.hpp"
#include "log/temp_folder.hpp"
#include "runtime/clock.hpp"
#include "vault/vault.hpp"

namespace hearback {
namespace {

class Intake : public testing::Test {
  protected:
    SmtpVerdict deliver(const std::string& raw, std::vector<std::string> to = {"send-team@council.example"}) {
        return intake.deliver({.sender = "sam@family.example", .recipients = std::move(to), .client_name = {}, .client_address = {}}, raw);
    }
    MailArrived arrived(const std::string& raw, std::vector<std::string> to = {"send-team@council.example"}) {
        EXPECT_EQ(deliver(raw, std::move(to)).kind, SmtpVerdict::taken);
        const auto inbox = log->read(Topic::inbox, 0, 100, Millis{0});
        return std::get<MailArrived>(decode_input(inbox.back().record, vault).event);
    }

    TempFolder folder;
    std::unique_ptr<Log> log = open_sqlite_log({.folder = folder.path(), .authority = "E1"});
    SetClock clock{Instant{std::chrono::sys_days{std::chrono::year{2024} / 2 / 15}}};
    Vault vault{*log, MasterKey::from_bytes({1}), [this] { return clock.now(); }};
    ReaderPool readers{ReaderSettings{.program = HEARBACK_BUILD "/hearback-reader", .readers = 1}};
    ReplyTokens tokens{ReplyTokens::Secret{7}};
    MailIntake intake{*log, vault, readers, tokens, clock, {.authority = "E1", .mailboxes = {"send-team@council.example"}}};
};

const std::string plain = "From: Sam <sam@family.example>\r\nTo: send-team@council.example\r\nSubject: Taxi\r\n\r\nWhere is it?\r\n";

TEST_F(Intake, KeepsWhoWroteWhatTheyWroteAndTheBytesAsTheyCame) {
    const auto mail = arrived(plain);
    EXPECT_EQ(mail.mail_kind, MessageKind::person);
    EXPECT_EQ(mail.from_address.or_empty(), "sam@family.example");
    EXPECT_EQ(mail.text.or_empty(), "Where is it?");
    const auto bytes = log->blob(mail.raw.or_empty().name);
    ASSERT_TRUE(bytes);
    EXPECT_EQ(bytes->find("Where is it?"), std::string::npos) << "the mail lies in the log in clear";
}

TEST_F(Intake, AMailThatHadBeenDeliveredToUsBeforeIsALoopAndGetsNoAutomaticAnswer) {
    const auto mail = arrived("Delivered-To: <Send-Team+abc@council.example>\r\n" + plain);
    EXPECT_EQ(mail.mail_kind, MessageKind::loop);
    EXPECT_TRUE(mail.no_automatic_answer);
    EXPECT_FALSE(mail.kind_because.empty());
    EXPECT_EQ(arrived("Delivered-To: sam@family.example\r\n" + plain).mail_kind, MessageKind::person);
}

TEST_F(Intake, AReplyAddressNamesItsConversationAndAForgedOneDoesNot) {
    const auto address = tokens.address("send-team@council.example", "0123456789abcdef01234567");
    const auto mail = arrived(plain, {address});
    EXPECT_EQ(mail.token_conversation.value, "c-0123456789abcdef01234567");
    EXPECT_EQ(mail.mailbox, "send-team@council.example");
    auto forged = address;
    forged[address.find('@') - 1] = forged[address.find('@') - 1] == 'a' ? 'b' : 'a';
    EXPECT_EQ(arrived(plain, {forged}).token_conversation.value, "");
}

TEST_F(Intake, WhatIsNoEmailIsShownAllTheSame) {
    const auto mail = arrived("\x01\x02 not an email at all");
    EXPECT_FALSE(mail.text.or_empty().empty());
    EXPECT_EQ(arrived("From: sam@family.example\r\n\r\n").text.or_empty(), "This email has no words.");
}

TEST_F(Intake, TheSameBytesFromTheSameSenderAreTheSameMail) {
    const SmtpEnvelope one{.sender = "a@b.example", .recipients = {"x@c.example", "y@c.example"}, .client_name = {}, .client_address = {}};
    auto other = one;
    std::swap(other.recipients[0], other.recipients[1]);
    EXPECT_EQ(inbox_id(one, plain), inbox_id(other, plain));
    other.sender = "b@b.example";
    EXPECT_NE(inbox_id(one, plain), inbox_id(other, plain));
}

}  // namespace
}  // namespace hearback
