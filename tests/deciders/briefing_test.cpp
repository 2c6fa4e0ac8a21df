// A member of staff hears of what has come up to them: one notice a rung and day, and a morning's list.
#include "deciders/northmere.hpp"

namespace hearback {

StaffListed with_email(StaffListed who) {
    who.email = who.staff.value + "@northmere.example";
    return who;
}

Scenario<> reachable_office() {
    auto all = office();
    all.given({with_email(member(jo, StaffRole::team_manager, "Jo Marsh")), with_email(member(helen, StaffRole::head_of_service, "Helen Cole"))});
    return all;
}

std::string field(const StaffTold& told, std::string_view name) {
    const auto fields = told.fields.or_empty();
    const auto found = std::ranges::find(fields, name, &Field::name);
    return found == fields.end() ? std::string() : found->value;
}

TEST(Briefing, OneNoticeForAllThatComesUpInTheMorning) {
    auto all = reachable_office();
    all.when(from_sam("2024-02-14T10:00")).when(mail_from("donna@example.org", "2024-02-14T10:05", "About Kai"));
    all.strike("2024-02-15T18:00").strike("2024-02-16T08:00");
    EXPECT_EQ(all.count<ConversationEscalated>(), 2U);
    all.strike("2024-02-16T08:09:59").then_nothing();
    all.strike("2024-02-16T08:10").then_says({"StaffTold", "MorningBriefed", "SendReleased"});
    const auto told = all.the<StaffTold>();
    EXPECT_EQ(told.staff, jo);
    EXPECT_EQ(told.rung, 1);
    EXPECT_EQ(told.conversations, 2);
    EXPECT_EQ(field(told, "causes"), "Priya Nair did not answer: 2");
    EXPECT_NE(field(told, "numbers").find("NM-2041, by Monday 19 February"), std::string::npos);
    EXPECT_EQ(all.the<MorningBriefed>().next_at, at("2024-02-19T08:30")) << "the next working morning";
}

TEST(Briefing, WhatComesUpLaterTheSameDayWaitsForTheMorning) {
    auto all = reachable_office();
    all.when(from_sam("2024-02-14T10:00"));
    all.strike("2024-02-15T18:00").strike("2024-02-16T08:00").strike("2024-02-16T08:10");
    ConversationEscalated later{.conversation = {"c-later"}, .promise = {"p"}, .rung = 1, .role = StaffRole::team_manager, .holder = jo, .team = send_team, .owner = priya,
                                .because = LateBecause::owner_did_not_answer, .tell_holder_at = at("2024-02-16T11:10"), .told_day = day("2024-02-19"), .judged_at = at("2024-02-19T18:00")};
    all.given({later});
    all.strike("2024-02-16T11:10").then_nothing();
    all.strike("2024-02-19T08:30").then_says({"StaffTold", "MorningBriefed", "SendReleased"});
    EXPECT_EQ(all.the<StaffTold>().kind, BriefingKind::morning);
    EXPECT_EQ(all.the<StaffTold>().conversations, 2);
    EXPECT_EQ(field(all.the<StaffTold>(), "due_today"), "2 families");
}

TEST(Briefing, TheMorningIsSilentWhenEverybodyIsAnswered) {
    auto all = reachable_office();
    all.when(from_sam("2024-02-14T10:00"));
    const auto mail = all.the<MessageReceived>();
    all.strike("2024-02-15T18:00").strike("2024-02-16T08:00").strike("2024-02-16T08:10");
    all.when(reply_to(mail, jo));
    send(all, all.the<ReplyWritten>().message);
    EXPECT_FALSE(all.due());
}

TEST(Briefing, AnsweredBeforeTheNoticeIsNotNoticed) {
    auto all = reachable_office();
    all.when(from_sam("2024-02-14T10:00"));
    const auto mail = all.the<MessageReceived>();
    all.strike("2024-02-15T18:00").strike("2024-02-16T08:00");
    all.on("2024-02-16T08:02").when(reply_to(mail, jo));
    send(all, all.the<ReplyWritten>().message);
    all.strike("2024-02-16T08:10");
    EXPECT_EQ(all.the<StaffTold>().message, MessageId{}) << "nothing to tell";
}

TEST(Briefing, AfterAnOutageTheMorningHasItAllAndNobodyGetsYesterdaysNotice) {
    auto all = reachable_office();
    all.when(from_sam("2024-02-14T10:00"));
    all.strike("2024-02-15T18:00").strike("2024-02-16T08:00");
    all.strike("2024-02-20T09:00");
    EXPECT_EQ(all.count<StaffTold>(), 2U) << "the notice is closed without an email";
    EXPECT_EQ(all.count<SendReleased>(), 1U);
}

TEST(Briefing, WhatWentOnToSomebodyWithoutAnAddressIsNobodysMorning) {
    auto all = reachable_office();
    all.given({member(helen, StaffRole::head_of_service, "Helen Cole")});
    all.when(from_sam("2024-02-14T10:00"));
    for (const auto* at : {"2024-02-15T18:00", "2024-02-16T08:00", "2024-02-16T08:10", "2024-02-19T08:30", "2024-02-19T18:00", "2024-02-20T08:00"}) all.strike(at);
    EXPECT_EQ(all.due(), at("2024-02-21T18:00")) << "the rung's own day, and no email";
}

TEST(Briefing, GoesOnToTheNextRungsHolder) {
    auto all = reachable_office();
    all.when(from_sam("2024-02-14T10:00"));
    for (const auto* at : {"2024-02-15T18:00", "2024-02-16T08:00", "2024-02-16T08:10", "2024-02-19T08:30", "2024-02-19T18:00", "2024-02-20T08:00"}) all.strike(at);
    all.strike("2024-02-20T08:10").then_says({"StaffTold", "SendReleased"});
    EXPECT_EQ(all.the<StaffTold>().staff, helen);
    all.strike("2024-02-20T08:30").then_says({"MorningBriefed"});
}

}  // namespace hearback
