#include <gtest/gtest.h>

#include "mail/html_words.hpp"
#include "mail/new_words.hpp"
#include "mail/read_mail.hpp"

namespace hearback {
namespace {

std::string words(std::string_view html) { return html_words(html, 1u << 20); }

TEST(HtmlWords, KeepBlocksApart) {
    EXPECT_EQ(words("<p>Dear  Priya,</p><p>Ada&#39;s bus<br>costs &pound;25 &amp; more</p><ul><li>one<li>two</ul>"),
              "Dear Priya,\n\nAda's bus\ncosts £25 & more\n\n- one\n- two");
}

TEST(HtmlWords, LeaveScriptsStylesAndCommentsOut) {
    EXPECT_EQ(words("<style>p{}</style><script>alert('<p>')</SCRIPT>a<!-- b -->c<title>t</title>"), "ac");
}

TEST(HtmlWords, LoseNothingToBrokenMarkUp) {
    EXPECT_EQ(words("5 < 6 and <b unclosed"), "5 < 6 and <b unclosed");
    EXPECT_EQ(words("<!-- never closed <p>word</p>"), "never closed\n\nword");
    EXPECT_EQ(words("<a href='x>link</a> after"), "link after");
    EXPECT_EQ(words("&unknown; &#xD800; &#0;"), "&unknown; \ufffd \ufffd");
}

TEST(HtmlWords, MarkOnlyTheHistoryOfMailProgramsAsQuoted) {
    EXPECT_EQ(words("new<blockquote type=cite>old<blockquote>older</blockquote></blockquote>also new"),
              "new\n\n> old\n>\n> older\n\nalso new");
    EXPECT_EQ(words("<blockquote>indented by hand</blockquote>"), "indented by hand");
}

TEST(HtmlWords, AreReadInLinearTime) {
    std::string html;
    for (int i = 0; i < 300'000; ++i) html += "<div>";
    EXPECT_EQ(words(html + "end"), "end");
    EXPECT_EQ(words(std::string(300'000, '<')).size(), 300'000u);
    html.clear();
    for (int i = 0; i < 100'000; ++i) html += "<!--<script>";
    EXPECT_FALSE(words(html + "end").empty());
    EXPECT_EQ(html_words(std::string(5000, 'x'), 1000).size(), 1000u);
}

TEST(NewWords, LeaveQuotedHistoryAndItsIntroductionOut) {
    EXPECT_EQ(new_words("Thank you.\n\nOn Thu, 15 Feb 2024 at 21:40, SEND team\n<send@council.example> wrote:\n> We "
                        "have it\n> Bye\n"),
              "Thank you.");
}

TEST(NewWords, KeepALineRightAboveTheIntroduction) {
    EXPECT_EQ(new_words("Thanks!\nOn Thu, 15 Feb 2024 at 21:40, SEND <s@c.example> wrote:\n> old\n"), "Thanks!");
}

TEST(NewWords, KeepAnswersBetweenQuotedLines) {
    EXPECT_EQ(
        new_words("On 1 May 2024, A <a@b.example> wrote:\n> Can you come?\n\nYes.\n\n> On Monday?\n\nNo, Tuesday.\n"),
        "Yes.\n\nNo, Tuesday.");
}

TEST(NewWords, StopAtACopiedHead) {
    EXPECT_EQ(new_words("See below.\n\n________________________________\nFrom: SEND team\nSent: 15 February 2024 "
                        "21:40\nTo: Sam\nSubject: x\n\nold words\n"),
              "See below.");
    EXPECT_EQ(new_words("Yes\n\n-----Original Message-----\nFrom: x\nold"), "Yes");
}

TEST(NewWords, KeepWhatAPersonTellsOfOthers) {
    const std::string story =
        "On Monday Mrs Smith wrote:\nAda was fine.\nFrom: my point of view this is wrong.\n> 5 days is too long";
    EXPECT_NE(new_words(story).find("Ada was fine."), std::string::npos);
    EXPECT_NE(new_words(story).find("my point of view"), std::string::npos);
}

TEST(NewWords, LeaveSignaturesOut) { EXPECT_EQ(new_words("Hello\n-- \nSam\n07700 900000\n"), "Hello"); }

TEST(NewWords, ShowEverythingRatherThanNothing) {
    EXPECT_EQ(new_words("> only quoted\n"), "> only quoted");
    EXPECT_EQ(new_words("-- \nSam\n"), "-- \nSam");
    EXPECT_EQ(new_words(""), "");
}

TEST(NewWords, OfAnHtmlMailAreFoldedToo) {
    const auto mail = read_mail(
        "From: a@b.example\r\nContent-Type: text/html\r\n\r\n<div>Thanks!</div><div class=\"gmail_quote\"><div>On Thu, "
        "15 Feb 2024 at 21:40, "
        "SEND &lt;s@c.example&gt; wrote:<br></div><blockquote class=\"gmail_quote\">old</blockquote></div>\r\n");
    EXPECT_EQ(mail.shown_text, "Thanks!");
    EXPECT_TRUE(mail.has_html);
}

}  // namespace
}  // namespace hearback
