#include "words/wording.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

using namespace hearback;

namespace {

/// "severity place: found" of each finding.
std::vector<std::string> found(std::string_view text) {
    std::vector<std::string> all;
    for (const auto& finding : Wording::shipped().check(text, "body"))
        all.push_back((finding.severity == Finding::Severity::block ? "block " : "warn ") + finding.place + ": " +
                      finding.found);
    return all;
}

using List = std::vector<std::string>;

}  // namespace

TEST(Wording, BlameIsBlockedWithItsPlaceAndBetterWords) {
    const auto findings = Wording::shipped().check("Hello.\nYou Failed  to attend. You failed to attend.", "body");
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].place, "body, line 2");
    EXPECT_EQ(findings[0].found, "failed to attend");
    EXPECT_EQ(findings[0].better, "was not able to come to / was not at");
    EXPECT_FALSE(findings[0].why.empty());
}

TEST(Wording, ApostrophesAndSpacesOfWordProcessorsHideNothing) {
    EXPECT_EQ(found("She won\u2019t engage. You failed\u00a0to attend."),
              (List{"block body: failed to attend", "block body: won't engage"}));
}

TEST(Wording, LettersThatAFamilyMayNotKnowAreWrittenOut) {
    EXPECT_EQ(found("The EHCP is late."), List{"block body: EHCP"});
    EXPECT_EQ(found("The education, health and care plan (EHCP) is late. The EHCP is with me."), List{});
    EXPECT_EQ(found("The MLD unit."), List{"block body: MLD"});
    EXPECT_EQ(found("Ask the ZQX desk."), List{"warn body: ZQX"});
    EXPECT_EQ(found("Your number is NM-2041, on the A66, postcode NE1 4XF, in the UK."), (List{}));
}

TEST(Wording, TimesAndDatesAreSaidAsPeopleSayThem) {
    EXPECT_EQ(found("Come at 18:30."), List{"block body: 18:30"});
    EXPECT_EQ(found("Come at 6:30pm on Monday 19 February."), List{});
    EXPECT_EQ(found("By 15/02/2027."), List{"warn body: 15/02/2027"});
}

TEST(Wording, NobodyIsCalledDearParent) {
    EXPECT_EQ(found("Dear Parent/Carer, it is here."), List{"block body: Dear Parent"});
}

TEST(Wording, APlaceThatWasNeverFilledInIsBlocked) {
    EXPECT_EQ(found("Dear ((name))."), List{"block body: ((name))"});
    EXPECT_EQ(found("Dear [insert name]."), List{"block body: [insert name]"});
}

TEST(Wording, OfficeWordsAreWarnedAbout) { EXPECT_EQ(found("We will commence then."), List{"warn body: commence"}); }

TEST(Wording, PlainWordsPass) {
    EXPECT_EQ(found("Ada gets a taxi. It starts on Monday 22 February. I am sorry you had to ask again."), List{});
}

TEST(Wording, ABadRuleIsRefusedByItsName) {
    try {
        Wording(R"({"wording": [{"id": "odd", "severity": "warn", "better": "", "why": "", "pattern": "(a"}]})");
        FAIL();
    } catch (const std::invalid_argument& error) {
        EXPECT_EQ(std::string(error.what()), "wording rules: odd: missing ): (a");
    }
}
