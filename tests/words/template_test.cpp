#include "words/template.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

using namespace hearback;

namespace {

const std::string front =
    "---\nsubject: About ((child))\ntrigger: t\naudience: family\nmandatory: [who]\nprose: [body]\nperson: who\n"
    "greeting: name\nreview_by: 2027-06-30\n---\n";

Template made(const std::string& body) { return Template("made", front + body, Wording::shipped()); }

std::string refusal(const std::string& source) {
    try {
        Template("made", source, Wording::shipped());
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
    return "accepted";
}

std::string text(const std::string& body, Values values) {
    values.try_emplace("child", "Ada");
    return render(made(body + "\n\n((who))"), values).text;
}

std::string html(const std::string& body, Values values) {
    values.try_emplace("child", "Ada");
    return render(made(body + "\n\n((who))"), values).html;
}

bool has(const std::string& whole, const std::string& part) { return whole.find(part) != std::string::npos; }

std::vector<std::string> blocked(const Template& which, const Values& values) {
    std::vector<std::string> places;
    for (const auto& finding : check(which, values))
        if (finding.severity == Finding::Severity::block) places.push_back(finding.place);
    return places;
}

}  // namespace

TEST(Template, ValuesStayTextWhateverTheyHold) {
    const Values evil = {{"name", "[x](https://evil.example) **b** <b>&\"'"}, {"who", "# P\n- x\n\n***\n`y`"}};
    const std::string shown = html("Dear ((name))", evil);
    EXPECT_TRUE(has(shown, "Dear [x](https://evil.example) **b** &lt;b&gt;&amp;&quot;&#39;")) << shown;
    EXPECT_FALSE(has(shown, "<a "));
    EXPECT_FALSE(has(shown, "<b>"));
    EXPECT_FALSE(has(shown, "<h1"));
    EXPECT_TRUE(has(text("Dear ((name))", evil), "Dear [x](https://evil.example) **b** <b>&\"'"));
}

TEST(Template, AValueCannotPretendToBeAField) {
    const Values values = {{"name", "\xEE\x80\x81((who))"}, {"who", "Priya Nair"}};
    EXPECT_EQ(text("Dear ((name))", values), "Dear \xEE\x80\x81((who))\n\nPriya Nair\n");
}

TEST(Template, ASubjectIsOneLineWhateverAValueHolds) {
    const Rendered email = render(made("((who))"), {{"child", "Ada\r\nBcc: all@example.org"}, {"who", "Priya Nair"}});
    EXPECT_EQ(email.subject, "About Ada Bcc: all@example.org");
}

TEST(Template, ConditionsShowTheirTextOnlyWithAValue) {
    const std::string body =
        "Ring us.((deputy?? Or ring ((deputy)) (she helps)((hours??, ((hours)))).))((no deputy?? Only us.))";
    EXPECT_EQ(text(body, {{"who", "P"}, {"deputy", "Leila"}, {"hours", "9am to 4pm"}}),
              "Ring us. Or ring Leila (she helps), 9am to 4pm.\n\nP\n");
    EXPECT_EQ(text(body, {{"who", "P"}}), "Ring us. Only us.\n\nP\n");
    EXPECT_EQ(text(body, {{"who", "P"}, {"deputy", ""}}), "Ring us. Only us.\n\nP\n");
}

TEST(Template, AWholeSectionMayBeConditional) {
    const std::string body = "One.\n\n((why??## Why\n\n((why))))\n\nTwo.";
    EXPECT_EQ(text(body, {{"who", "P"}}), "One.\n\nTwo.\n\nP\n");
    EXPECT_EQ(text(body, {{"who", "P"}, {"why", "So."}}), "One.\n\nWhy\nSo.\n\nTwo.\n\nP\n");
    EXPECT_FALSE(has(html(body, {{"who", "P"}}), "<h2"));
}

TEST(Template, FieldNamesAreComparedAsNotifyDoes) {
    EXPECT_EQ(text("((Answer By))", {{"who", "P"}, {"answer_by", "now"}}), "now\n\nP\n");
}

TEST(Template, WhatAPersonWroteKeepsItsParagraphsAndLines) {
    const Values values = {{"who", "P"}, {"body", "One.\nTwo <i>.\n\nThree.\n"}};
    EXPECT_EQ(text("((body))", values), "One.\nTwo <i>.\n\nThree.\n\nP\n");
    EXPECT_TRUE(has(html("((body))", values), "One.<br>Two &lt;i&gt;.</p>\n<p style=\"margin:0 0 14px\">Three.</p>"));
}

TEST(Template, EmptyLinesThatAPersonLeftAreOneGapAtMost) {
    const Values values = {{"who", "P"}, {"body", "\n\nOne.\n\n\n\nTwo.\n\n"}};
    EXPECT_EQ(text("Dear\n\n((body))", values), "Dear\n\nOne.\n\nTwo.\n\nP\n");
    EXPECT_TRUE(has(html("((body))", values), "<p style=\"margin:0 0 14px\">One.</p>\n<p style=\"margin:0 0 14px\">Two.</p>"));
}

TEST(Template, OnlySafeAddressesBecomeLinks) {
    const std::string body = "[See it](((status_link)))";
    EXPECT_TRUE(has(html(body, {{"who", "P"}, {"status_link", "https://a.example/?x=1&y=\"2"}}),
                    "<a href=\"https://a.example/?x=1&amp;y=&quot;2\""));
    EXPECT_FALSE(has(html(body, {{"who", "P"}, {"status_link", "javascript:alert(1)"}}), "javascript"));
    EXPECT_EQ(text(body, {{"who", "P"}, {"status_link", "https://a.example/"}}), "See it: https://a.example/\n\nP\n");
}

TEST(Template, DatesAndTelephoneNumbersDoNotBreak) {
    EXPECT_TRUE(has(html("By ((day)), or ring ((telephone)) at 9am to 4pm",
                         {{"who", "P"}, {"day", "Monday 19 February"}, {"telephone", "01632 960 114"}}),
                    "By Monday\u00a019\u00a0February, or ring 01632\u00a0960\u00a0114 at 9am to 4pm"));
}

TEST(Template, TextIsWrappedAt72Columns) {
    const std::string long_word = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    EXPECT_EQ(text("((word)) Monday 19 February \u00e9", {{"who", "P"}, {"word", long_word}}),
              long_word + "\nMonday 19 February \u00e9\n\nP\n");
}

TEST(Template, ABadOneIsRefusedWithItsPlace) {
    EXPECT_EQ(refusal("Dear"), "template made: does not begin with front matter between two lines of ---");
    EXPECT_EQ(refusal("---\nsubject: x\n---\n"), "template made: front matter: trigger is missing");
    EXPECT_EQ(refusal(front + "((name))"), "template made: the mandatory part (( who )) is not in the text");
    EXPECT_EQ(refusal(front + "((who))\n((name"), "template made: line 2: \"((\" is never closed");
    EXPECT_EQ(refusal(front + "((who))\n((name??text"), "template made: line 2: \"((\" is never closed");
    EXPECT_EQ(refusal(front + "((who)) (( ))"), "template made: line 1: a field has no name");
    EXPECT_EQ(refusal(front + "((who)) <b>x</b>"), "template made: \"<\": a template holds no HTML");
    EXPECT_EQ(refusal(front + "((who))\nYou failed to attend."),
              "template made: text, line 3: \"failed to attend\", better: was not able to come to / was not at");
    EXPECT_EQ(refusal(front + "((who)) \xEE\x80\x80"), "template made: line 1: a private-use character");
}

TEST(Check, BlocksAMissingValueOnlyWhereItWouldShow) {
    const Template which = made("((deputy??Ring ((telephone)).)) ((who))");
    EXPECT_EQ(blocked(which, {{"who", "Priya Nair"}, {"child", "Ada"}}), std::vector<std::string>{});
    EXPECT_EQ(blocked(which, {{"who", "Priya Nair"}, {"deputy", "L"}}),
              (std::vector<std::string>{"child", "telephone"}));
    EXPECT_EQ(blocked(which, {{"child", "Ada"}}), std::vector<std::string>{"who"});
}

TEST(Check, BlocksNoNamedPersonAndNobodyGreeted) {
    const Template which = made("Dear ((name)) ((who))");
    EXPECT_EQ(blocked(which, {{"who", "The SEND Team"}, {"child", "Ada"}, {"name", "Parent/Carer"}}),
              (std::vector<std::string>{"who", "name"}));
    EXPECT_EQ(blocked(which, {{"who", "Ada Teamer"}, {"child", "Ada"}, {"name", "Sam Parentini"}}),
              std::vector<std::string>{});
}

TEST(Check, BlocksAnUnsafeLink) {
    const Template which = made("[x](((a_link))) ((who))");
    EXPECT_EQ(blocked(which, {{"who", "P"}, {"child", "Ada"}, {"a_link", "http://a.example"}}),
              std::vector<std::string>{"a_link"});
}

TEST(Check, ReadsWhatAPersonWrote) {
    const Template which = made("((body)) ((who))");
    EXPECT_EQ(blocked(which, {{"who", "P"}, {"child", "Ada"}, {"body", "Hi.\n\nYou failed to attend."}}),
              std::vector<std::string>{"body, line 3"});
}

TEST(Shipped, TemplatesAreInTheProgram) {
    for (const char* name : {"we-have-got-your-message", "reply", "not-answered-in-time"})
        EXPECT_EQ(shipped_template(name).name(), name);
    EXPECT_THROW(shipped_template("none"), std::out_of_range);
}
