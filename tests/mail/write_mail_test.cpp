#include "mail/write_mail.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>

#include "mail/read_mail.hpp"

namespace hearback {
namespace {

using namespace std::chrono;

OutgoingMail sample() {
    OutgoingMail mail;
    mail.from = {"Northmoor SEND team", "send-team@council.example"};
    mail.to = {"Sam Okafor", "sam@family.example"};
    mail.reply_to = "send-team+abc@council.example";
    mail.subject = "We have got your email";
    mail.date = sys_days{2024y / 7 / 19} + 7h + 15min;
    mail.message_id = "m1.x@council.example";
    mail.in_reply_to = "a@family.example";
    mail.references = {"z@family.example", "a@family.example"};
    mail.automatic = true;
    mail.text = "Dear Sam\n\n.We have it – £25.  \nBye\n";
    mail.html = "<p>Dear Sam</p>";
    return mail;
}

bool all_lines_end_in_crlf(const std::string& mail) {
    for (std::size_t i = 0; i < mail.size(); ++i) {
        if (mail[i] == '\n' && (i == 0 || mail[i - 1] != '\r')) return false;
        if (mail[i] == '\r' && (i + 1 == mail.size() || mail[i + 1] != '\n')) return false;
    }
    return mail.ends_with("\r\n");
}

std::size_t longest_line(const std::string& mail) {
    std::size_t longest = 0, begin = 0;
    for (auto end = mail.find("\r\n"); end != mail.npos; begin = end + 2, end = mail.find("\r\n", begin))
        longest = std::max(longest, end - begin);
    return longest;
}

TEST(WrittenMail, IsReadBackAsItWasMeant) {
    const auto bytes = write_mail(sample());
    EXPECT_TRUE(all_lines_end_in_crlf(bytes));
    EXPECT_LE(longest_line(bytes), 78u);
    const auto mail = read_mail(bytes);
    EXPECT_EQ(mail.from, (std::vector<MailAddress>{{"Northmoor SEND team", "send-team@council.example"}}));
    EXPECT_EQ(mail.to, (std::vector<MailAddress>{{"Sam Okafor", "sam@family.example"}}));
    EXPECT_EQ(mail.reply_to.at(0).address, "send-team+abc@council.example");
    EXPECT_EQ(mail.subject, "We have got your email");
    EXPECT_EQ(mail.date, sample().date);
    EXPECT_EQ(mail.message_id, "m1.x@council.example");
    EXPECT_EQ(mail.in_reply_to, "a@family.example");
    EXPECT_EQ(mail.references, sample().references);
    EXPECT_EQ(mail.auto_submitted, "auto-replied");
    EXPECT_EQ(mail.text, "Dear Sam\n\n.We have it – £25.  \nBye\n");
    EXPECT_EQ(mail.html_text, "Dear Sam");
}

TEST(WrittenMail, IsTheSameBytesEachTime) { EXPECT_EQ(write_mail(sample()), write_mail(sample())); }

TEST(WrittenMail, SaysTheHourOnLondonClocks) {
    EXPECT_NE(write_mail(sample()).find("Date: Fri, 19 Jul 2024 08:15:00 +0100\r\n"), std::string::npos);
    auto winter = sample();
    winter.date = sys_days{2024y / 1 / 3} + 8h;
    EXPECT_NE(write_mail(winter).find("Date: Wed, 3 Jan 2024 08:00:00 +0000\r\n"), std::string::npos);
}

TEST(WrittenMail, LetsNoValueBeginAHeaderOfItsOwn) {
    auto mail = sample();
    mail.subject = "Hi\r\nBcc: victim@example.net\r\n\r\nbody";
    mail.from.name = "Team\nX-Evil: 1";
    mail.in_reply_to = "a>\r\nBcc: <b";
    const auto bytes = write_mail(mail);
    EXPECT_EQ(bytes.find("\nBcc"), std::string::npos);
    EXPECT_EQ(bytes.find("\nX-Evil"), std::string::npos);
    EXPECT_TRUE(all_lines_end_in_crlf(bytes));
}

TEST(WrittenMail, RefusesAnAddressThatIsNone) {
    for (const auto* address :
         {"", "sam", "sam@", "a b@c.example", "a@b.example>\r\nRCPT TO:<x@y.example", "a@b@c.example"}) {
        auto mail = sample();
        mail.to.address = address;
        EXPECT_THROW(write_mail(mail), std::invalid_argument) << address;
    }
}

TEST(WrittenMail, EncodesOtherAlphabetsInWholeCharacters) {
    auto mail = sample();
    mail.subject =
        "Überraschung für Łukasz Żółć, dzień dobry – naïve café and a line that goes on beyond seventy-eight";
    mail.to.name = "Łukasz \"Lu\" Żółć";
    const auto bytes = write_mail(mail);
    EXPECT_LE(longest_line(bytes), 78u);
    EXPECT_EQ(read_mail(bytes).subject, mail.subject);
    EXPECT_EQ(read_mail(bytes).to.at(0).name, mail.to.name);
}

TEST(WrittenMail, FoldsLongPlainSubjectsAndThreads) {
    auto mail = sample();
    mail.subject.clear();
    for (int i = 0; i < 30; ++i) mail.subject += "word" + std::to_string(i) + " ";
    mail.subject.pop_back();
    for (int i = 0; i < 60; ++i) mail.references.push_back("ref" + std::to_string(i) + "@family.example");
    const auto bytes = write_mail(mail);
    EXPECT_LE(longest_line(bytes), 78u);
    const auto read = read_mail(bytes);
    EXPECT_EQ(read.subject, mail.subject);
    EXPECT_EQ(read.references.size(), 21u);
    EXPECT_EQ(read.references.front(), "z@family.example");
    EXPECT_EQ(read.references.back(), "ref59@family.example");
}

}  // namespace
}  // namespace hearback
