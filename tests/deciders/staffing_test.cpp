// No family waits for an empty chair.
#include "deciders/northmere.hpp"

namespace hearback {

AwaySaid away(const StaffId& who, const StaffId& cover, const StaffId& by, std::string_view from = "2024-02-14", std::optional<std::string_view> to = {}) {
    AwaySaid said{.who = who, .staff = by, .from = day(from), .to = {}, .cover = cover};
    if (to) said.to = day(*to);
    return said;
}

Scenario<> with_mail_from_sam() {
    auto all = office();
    all.on("2024-02-14T10:00").when(from_sam("2024-02-14T10:00"), "one");
    return all;
}

template <class E>
std::string field_of(const E& letter, std::string_view name) {
    for (const auto& each : letter.fields.or_empty())
        if (each.name == name) return each.value;
    return {};
}

StaffingRefusedBecause refusal(Scenario<>& all, const Input& said) { return all.when(said).template the<StaffingRefused>().because; }

TEST(Staffing, WhoeverWritesWhileTheCaseworkerIsAwayIsToldWhoAnswers) {
    auto all = office();
    all.on("2024-02-14T09:00").when(away(priya, dana, priya, "2024-02-14", "2024-02-16")).then_says({"AbsenceSet"});
    all.on("2024-02-14T10:00").when(from_sam("2024-02-14T10:00"), "one");
    EXPECT_EQ(all.the<MessageRouted>().owner, priya) << "she stays Ada's caseworker";
    EXPECT_EQ(field_of(all.the<AcknowledgementPrepared>(), "who"), "Dana Reid");
    EXPECT_EQ(field_of(all.the<AcknowledgementPrepared>(), "who_is"), "looking after Priya Nair’s work");
    all.on("2024-02-19T10:00").when(from_sam("2024-02-19T10:00"), "two");
    EXPECT_EQ(field_of(all.the<AcknowledgementPrepared>(), "who"), "Priya Nair") << "she is back";
}

TEST(Staffing, TheCoversOwnCoverAnswersAndACircleIsRefused) {
    auto all = office();
    all.when(away(dana, jo, jo)).then_says({"AbsenceSet"});
    all.when(away(priya, dana, jo)).then_says({"AbsenceSet"});
    all.when(from_sam("2024-02-14T10:00"));
    EXPECT_EQ(field_of(all.the<AcknowledgementPrepared>(), "who"), "Jo Marsh");
    EXPECT_EQ(refusal(all, away(jo, priya, jo)), StaffingRefusedBecause::cover_goes_in_a_circle);
}

TEST(Staffing, ACircleThatComesAboutGoesToTheTeamManager) {
    auto all = office();
    all.given({AbsenceSet{.who = priya, .from = day("2024-02-14"), .to = {}, .cover = dana, .staff = priya, .tell = {}},
               AbsenceSet{.who = dana, .from = day("2024-02-14"), .to = {}, .cover = priya, .staff = dana, .tell = {}}});
    all.when(from_sam("2024-02-14T10:00"));
    EXPECT_EQ(field_of(all.the<AcknowledgementPrepared>(), "who"), "Jo Marsh");
}

TEST(Staffing, RefusesWhatCannotBe) {
    auto all = office();
    EXPECT_EQ(refusal(all, away(priya, dana, dana)), StaffingRefusedBecause::not_theirs_to_say);
    EXPECT_EQ(refusal(all, away(priya, priya, priya)), StaffingRefusedBecause::cover_is_themselves);
    EXPECT_EQ(refusal(all, away(priya, {"nobody"}, priya)), StaffingRefusedBecause::unknown_person);
    EXPECT_EQ(refusal(all, away(priya, dana, priya, "2024-02-16", "2024-02-14")), StaffingRefusedBecause::days_in_wrong_order);
    EXPECT_EQ(refusal(all, BackSaid{.who = {"nobody"}, .staff = jo}), StaffingRefusedBecause::unknown_person);
    all.when(away(priya, dana, priya));
    EXPECT_EQ(refusal(all, away(priya, dana, priya)), StaffingRefusedBecause::so_already);
}

TEST(Staffing, WhoIsIllAndToldNobodyIsFoundByTen) {
    auto all = with_mail_from_sam();
    EXPECT_EQ(all.due(), at("2024-02-15T10:00"));
    all.strike("2024-02-15T10:00").then_says({"MorningLookedOver"});
    EXPECT_EQ(all.the<MorningLookedOver>().missing, (std::vector{Missing{.staff = priya, .due = 1}}));
    auto said = away(priya, dana, jo, "2024-02-15");
    said.tell_families = true;
    all.on("2024-02-15T10:10").when(said).then_says({"AbsenceSet"});
    EXPECT_EQ(all.the<AbsenceSet>().tell.size(), 1U);
    all.strike("2024-02-15T10:10").then_says({"NewPersonTold", "SendReleased"});
    const auto told = all.the<NewPersonTold>();
    EXPECT_EQ(told.to.or_empty(), "sam@example.org");
    EXPECT_EQ(field_of(told, "who"), "Dana Reid");
    EXPECT_EQ(field_of(told, "before"), "Priya Nair");
    EXPECT_EQ(field_of(told, "answer_by"), "Thursday 15 February") << "the day stands";
    all.strike("2024-02-15T10:11").then_nothing();
}

TEST(Staffing, WhoHasShownASignIsNotMissing) {
    for (const Input& sign : {Input{HereSaid{priya}}, Input{ClaimAsked{{"c-one"}, priya}}}) {
        auto all = with_mail_from_sam();
        all.on("2024-02-15T08:30").when(sign);
        EXPECT_EQ(all.count<SeenAtWork>(), 1U);
        all.strike("2024-02-15T10:00").then_says({"MorningLookedOver"});
        EXPECT_TRUE(all.the<MorningLookedOver>().missing.empty());
    }
}

TEST(Staffing, ASignOfYesterdayIsNoneOfToday) {
    auto all = with_mail_from_sam();
    all.on("2024-02-14T17:00").when(HereSaid{priya});
    all.strike("2024-02-15T10:00");
    EXPECT_EQ(all.the<MorningLookedOver>().missing.size(), 1U);
}

TEST(Staffing, TheCoverIsTheOneWhoIsLookedFor) {
    auto all = with_mail_from_sam();
    all.when(away(priya, dana, priya));
    all.strike("2024-02-15T10:00");
    EXPECT_EQ(all.the<MorningLookedOver>().missing, (std::vector{Missing{.staff = dana, .due = 1}}));
}

TEST(Staffing, WhoLeavesLeavesNothingBehind) {
    auto all = office();
    all.on("2024-02-14T10:00").when(from_sam("2024-02-14T10:00"), "one");
    for (int n = 0; n < 36; ++n) all.when(mail_from("donna@example.org", "2024-02-14T10:00", "Kai"), "more-" + std::to_string(n));
    all.when(LeavingSaid{.who = priya, .staff = jo, .to = dana, .tell_families = true}).then_says({"WorkHandedOver"});
    EXPECT_EQ(all.the<WorkHandedOver>().promises, 37);
    EXPECT_EQ(all.the<WorkHandedOver>().children, 3);
    std::size_t told = 0;
    for (int stroke = 0; stroke < 10 && all.due() <= all.now(); ++stroke) told += all.strike("2024-02-14T11:00").count<NewPersonTold>();
    EXPECT_EQ(told, 37U);
    all.when(from_sam("2024-02-14T12:00"), "after");
    EXPECT_EQ(all.the<MessageRouted>().owner, dana);
    EXPECT_EQ(field_of(all.the<AcknowledgementPrepared>(), "who_is"), "Ada’s caseworker");
    EXPECT_EQ(refusal(all, LeavingSaid{.who = priya, .staff = jo, .to = dana, .tell_families = false}), StaffingRefusedBecause::left_before);
}

TEST(Staffing, WhatSomebodyHadTakenOnGoesWithTheRest) {
    auto all = with_mail_from_sam();
    all.when(ClaimAsked{{"c-one"}, dana});
    all.when(LeavingSaid{.who = dana, .staff = jo, .to = jo, .tell_families = false});
    auto more = from_sam("2024-02-14T11:00");
    more.token_conversation = {"c-one"};
    all.on("2024-02-14T11:00").when(more);
    EXPECT_EQ(all.the<MessageRouted>().owner, jo);
}

TEST(Staffing, AManagerWhoIsAwayIsPassedOverToTheirCover) {
    auto all = with_mail_from_sam();
    all.when(away(jo, helen, jo));
    all.strike("2024-02-15T18:00");
    all.strike("2024-02-16T08:00");
    EXPECT_EQ(all.the<ConversationEscalated>().holder, helen);
    EXPECT_EQ(all.the<ConversationEscalated>().rung, 1);
}

TEST(Staffing, AConversationIsGivenToAColleagueAndTheFamilyToldIfWished) {
    auto all = with_mail_from_sam();
    all.when(HandOverAsked{.conversation = {"c-one"}, .staff = priya, .to = dana, .tell_family = true}).then_says({"ConversationHandedOver", "NewPersonTold", "SendReleased"});
    all.when(HandOverAsked{.conversation = {"c-one"}, .staff = priya, .to = dana}).then_says({"NothingToDo"});
}

}  // namespace hearback
