// The traps that were found in parsing real and hostile mail, one test each.
#include "mail/read_mail.hpp"

#include <gtest/gtest.h>

#include <string>
#include <tuple>

#include "mail/digest.hpp"

namespace hearback {
namespace {

const std::string head =
    "From: Sam Okafor <sam@family.example>\r\nTo: send-team@council.example\r\nSubject: Transport\r\n"
    "Message-ID: <a1@family.example>\r\nDate: Thu, 15 Feb 2024 21:40:00 +0000\r\nMIME-Version: 1.0\r\n";

Mail with_body(const std::string& type, const std::string& body, const std::string& encoding = "8bit") {
    return read_mail(head + "Content-Type: " + type + "\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n" + body);
}

TEST(ReadMail, TakesWhatAPlainMailSays) {
    const auto mail = with_body("text/plain; charset=utf-8", "Hello\r\n");
    EXPECT_EQ(mail.from, (std::vector<MailAddress>{{"Sam Okafor", "sam@family.example"}}));
    EXPECT_EQ(mail.subject, "Transport");
    EXPECT_EQ(mail.message_id, "a1@family.example");
    EXPECT_EQ(to_iso(mail.date.value()), "2024-02-15T21:40:00.000Z");
    EXPECT_EQ(mail.text, "Hello\n");
    EXPECT_EQ(mail.kind, MailKind::person);
    EXPECT_TRUE(mail.no_answer_because.empty());
    EXPECT_TRUE(mail.unreadable.empty());
}

TEST(ReadMail, KeepsAPoundSignThatIsWronglyLabelled) {
    EXPECT_EQ(with_body("text/plain; charset=utf-8",
                        "\xa3"
                        "25 caf\xc3\xa9")
                  .text,
              "£25 café");
    EXPECT_EQ(with_body("text/plain; charset=iso-8859-1", "\x93quoted\x94 \x80").text, "“quoted” €");
    EXPECT_EQ(with_body("text/plain; charset=no-such-thing",
                        "\xa3"
                        "25")
                  .text,
              "£25");
    EXPECT_EQ(with_body("text/plain; charset=iso-2022-jp", "\x1b$B$3$s\x1b(B").text, "こん");
}

TEST(ReadMail, DoesNotDecodeUtf7) {
    EXPECT_EQ(with_body("text/plain; charset=utf-7", "+ADw-script+AD4-").text, "+ADw-script+AD4-");
}

TEST(ReadMail, ShowsTheWordsOfAMultipartWithoutBoundary) {
    const auto mail = with_body("multipart/mixed", "The words are here\r\n");
    EXPECT_NE(mail.shown_text.find("The words are here"), std::string::npos);
}

TEST(ReadMail, KeepsBothPartsWhenTheClosingBoundaryIsMissing) {
    const auto mail = with_body(
        "multipart/mixed; boundary=b",
        "--b\r\nContent-Type: text/plain\r\n\r\none\r\n--b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF");
    EXPECT_EQ(mail.text, "one");
    ASSERT_EQ(mail.parts.size(), 2u);
    EXPECT_EQ(mail.parts[1].name, "a.pdf");
    EXPECT_EQ(mail.parts[1].bytes, 4u);
    EXPECT_EQ(mail.parts[1].sha256, content_digest("%PDF"));
}

TEST(ReadMail, ReadsOnAfterPaddingInsideBase64) {
    EXPECT_EQ(with_body("text/plain", "SGVsbG8=V29ybGQ=", "base64").text, "HelloWorld");
    EXPECT_EQ(read_mail("Subject: =?utf-8?B?SGVsbG8=V29ybGQ=?=\r\n\r\n").subject, "HelloWorld");
}

TEST(ReadMail, JoinsACharacterSplitBetweenEncodedWords) {
    EXPECT_EQ(read_mail("Subject: =?utf-8?B?w6k=?= =?utf-8?Q?=C3?=\r\n =?utf-8?Q?=A9_x?= y\r\n\r\n").subject, "éé x y");
}

TEST(ReadMail, MakesFileNamesHarmless) {
    const auto name_of = [](const std::string& name) {
        const auto mail =
            with_body("application/octet-stream\r\nContent-Disposition: attachment; filename=\"" + name + "\"", "x");
        return mail.parts.at(0).name;
    };
    EXPECT_EQ(name_of("../../etc/passwd"), "_._.._etc_passwd");
    EXPECT_EQ(name_of("a\xe2\x80\xaegpj.exe"), "a_gpj.exe");
    EXPECT_EQ(name_of("report.pdf"), "report.pdf");
    std::string endless(400, 'n');
    endless += ".pdf";
    EXPECT_LE(name_of(endless).size(), 150u);
    EXPECT_TRUE(name_of(endless).ends_with(".pdf"));
}

TEST(ReadMail, SurvivesAddressGroupsNestedByTheTenThousand) {
    std::string groups;
    for (int i = 0; i < 60'000; ++i) groups += "g:";
    const auto outer = read_mail("Subject: x\r\nTo: " + groups + "\r\n\r\nstill here\r\n");
    EXPECT_EQ(outer.text, "still here\n");
    EXPECT_FALSE(outer.unreadable.empty());
    const auto inner = with_body("message/rfc822", "To: " + groups + "\r\n\r\nx\r\n");
    EXPECT_EQ(inner.subject, "Transport");
    EXPECT_FALSE(inner.unreadable.empty());
}

TEST(ReadMail, StopsAtItsLimitsAndSaysSo) {
    std::string parts = "--b\r\n", deep;
    for (int i = 0; i < 700; ++i) parts += "Content-Type: text/plain\r\n\r\nx\r\n--b\r\n";
    EXPECT_NE(with_body("multipart/mixed; boundary=b", parts).unreadable.find("500 parts"), std::string::npos);
    for (int i = 0; i < 80; ++i) deep += "Content-Type: message/rfc822\r\n\r\n";
    EXPECT_NE(read_mail(deep + "Subject: deep\r\n\r\nx").unreadable.find("nested"), std::string::npos);
    const auto wide = read_mail("Subject: " + std::string(3'000'000, 's') + "\r\nFrom: a@b.example\r\n\r\nbody");
    EXPECT_LE(wide.subject.size(), 16u << 10);
    EXPECT_EQ(wide.from.at(0).address, "a@b.example");
    EXPECT_EQ(wide.text, "body");
}

TEST(ReadMail, ReadsTheHeadBehindEmptyLines) {
    EXPECT_EQ(read_mail("\r\n\r\nSubject: late\r\n\r\nx").subject, "late");
    EXPECT_EQ(read_mail(" Subject: blank\r\n\r\nx").subject, "blank");
    EXPECT_EQ(read_mail("\r\n\r\nonly words: here\r\n").subject, "");
}

TEST(ReadMail, WarnsOfTwoSendersAndNamesBoth) {
    const auto mail = read_mail("From: a@one.example\r\nFrom: b@two.example\r\nSubject: x\r\n\r\n");
    EXPECT_EQ(mail.from, (std::vector<MailAddress>{{"", "a@one.example"}, {"", "b@two.example"}}));
    EXPECT_FALSE(mail.warnings.empty());
}

TEST(ReadMail, ReadsHeaderLinesInLatin1) {
    EXPECT_EQ(read_mail("Subject: caf\xe9\r\n\r\n").subject, "café");
    EXPECT_EQ(read_mail("From: Ren\xe9 <r@x.example>\r\n\r\n").from.at(0).name, "René");
}

TEST(ReadMail, ReadsMailWithAnyLineEnds) {
    EXPECT_EQ(read_mail("Subject: lf\n\nbody\n").text, "body\n");
    EXPECT_EQ(read_mail("Subject: cr\r\rbody\r").subject, "cr");
}

TEST(ReadMail, NeverThrowsForRubbish) {
    for (const auto* rubbish :
         {"", "\r\n", "\0\0", "no headers at all", ":\r\n", "Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n"})
        EXPECT_NO_THROW(read_mail(rubbish));
    const std::string nul("Subject: a\0b\r\n\r\nx\0y", 19);
    EXPECT_EQ(read_mail(nul).subject, "a b");
}

TEST(ReadMail, GivesEachPartAgainWhenAsked) {
    const std::string raw =
        head +
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n"
        "caf\xe9\r\n--b\r\nContent-Type: image/png; name=p.png\r\nContent-Transfer-Encoding: "
        "base64\r\n\r\nAAEC\r\n--b--\r\n";
    EXPECT_EQ(read_part(raw, 0), "café");
    EXPECT_EQ(read_part(raw, 1), std::string("\0\1\2", 3));
    EXPECT_FALSE(read_part(raw, 2));
}

TEST(ReadMail, MeasuresBigPartsAsItDecodesThem) {
    std::string lines, encoded;
    for (int i = 0; i < 40'000; ++i) lines += "caf=C3=A9 number " + std::to_string(i) + " goes=\r\n on\r\n";
    for (int i = 0; i < 60'000; ++i) encoded += "AAECAwQFBgcICQoLDA0ODxAREhMUFRYX\r\n";
    for (const auto& [type, body, encoding] :
         {std::tuple{"text/csv; name=a.csv", lines, "quoted-printable"},
          std::tuple{"text/csv; name=a.csv", lines, "8bit"}, std::tuple{"image/png; name=a.png", encoded, "base64"}}) {
        const std::string raw =
            head + "Content-Type: " + type + "\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n" + body;
        const auto part = read_mail(raw).parts.at(0);
        const auto bytes = read_part(raw, 0).value();
        EXPECT_EQ(part.bytes, bytes.size());
        EXPECT_EQ(part.sha256, content_digest(bytes));
    }
}

TEST(ReadMail, TellsMachinesFromPeople) {
    const auto kind = [](const std::string& headers) { return read_mail(headers + "\r\n\r\nI am away.\r\n").kind; };
    EXPECT_EQ(kind("From: a@b.example\r\nSubject: x\r\nAuto-Submitted: auto-replied (vacation)"), MailKind::auto_reply);
    EXPECT_EQ(kind("From: a@b.example\r\nSubject: Automatic reply: x"), MailKind::auto_reply);
    EXPECT_EQ(kind("From: a@b.example\r\nSubject: x\r\nAuto-Submitted: no"), MailKind::person);
    EXPECT_EQ(kind("From: a@b.example\r\nSubject: Fwd: Undelivered Mail Returned to Sender"), MailKind::person);
    EXPECT_EQ(kind("From: a@b.example\r\nSubject: x\r\nX-Auto-Response-Suppress: All"), MailKind::person);
    std::string loop = "From: a@b.example\r\nSubject: x";
    for (int i = 0; i < 51; ++i) loop += "\r\nReceived: from a by b; Thu, 15 Feb 2024 21:40:00 +0000";
    EXPECT_EQ(kind(loop), MailKind::loop);
}

TEST(ReadMail, SaysWhyNoMachineMayAnswer) {
    const auto why = [](const std::string& header) {
        return read_mail("From: a@b.example\r\nSubject: x\r\n" + header + "\r\n\r\nhi\r\n").no_answer_because;
    };
    for (const auto* header : {"Return-Path: <>", "Precedence: bulk", "List-Id: <l.x.example>",
                               "Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All"})
        EXPECT_FALSE(why(header).empty()) << header;
    EXPECT_TRUE(why("Return-Path: <a@b.example>").empty());
    EXPECT_FALSE(read_mail("From: noreply@b.example\r\n\r\n").no_answer_because.empty());
}

TEST(ReadMail, TakesTheRecipientsOfADeliveryReport) {
    const auto mail = read_mail(
        "From: Mail Delivery System <MAILER-DAEMON@mx.example>\r\nReturn-Path: <>\r\nSubject: Undelivered Mail\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nSorry\r\n--b\r\n"
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        "Final-Recipient: rfc822; sam@family.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 <sam@family.example>:\r\n user unknown\r\n\r\n"
        "Final-Recipient: rfc822; ann@family.example\r\nAction: delayed\r\nStatus: 4.4.1\r\n--b\r\n"
        "Content-Type: message/rfc822\r\n\r\nMessage-ID: <m1@council.example>\r\nSubject: x\r\n\r\nhi\r\n--b--\r\n");
    EXPECT_EQ(mail.kind, MailKind::bounce);
    ASSERT_EQ(mail.deliveries.size(), 2u);
    EXPECT_EQ(mail.deliveries[0].recipient, "sam@family.example");
    EXPECT_EQ(mail.deliveries[0].status, "5.1.1");
    EXPECT_TRUE(mail.deliveries[0].hard);
    EXPECT_EQ(mail.deliveries[1].action, "delayed");
    EXPECT_FALSE(mail.deliveries[1].hard);
    EXPECT_EQ(mail.reported_message_id, "m1@council.example");
}

}  // namespace
}  // namespace hearback
