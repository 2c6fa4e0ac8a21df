// A broken promise goes up by itself, one rung at a time, and ends by an answer only.
#include "deciders/northmere.hpp"

namespace hearback {

struct Broken {
    Scenario<> all;
    MessageReceived mail;
    explicit Broken(Scenario<> in = office()) : all(std::move(in)) {
        all.when(from_sam("2024-02-14T10:00"));
        mail = all.the<MessageReceived>();
        all.strike("2024-02-15T18:00").then_says({"PromiseBroken"});
    }
};

TEST(Escalation, GoesUpThreeRungsAndStaysWithTheLast) {
    Broken b;
    b.all.strike("2024-02-16T07:59:59").then_nothing();
    b.all.strike("2024-02-16T08:00").then_says({"ConversationEscalated", "NoticePrepared", "SendReleased"});
    EXPECT_EQ(b.all.the<ConversationEscalated>().holder, jo);
    EXPECT_EQ(b.all.the<ConversationEscalated>().told_day, day("2024-02-19"));
    b.all.strike("2024-02-19T18:00").then_says({"RungSilent"});
    b.all.strike("2024-02-20T08:00");
    EXPECT_EQ(b.all.the<ConversationEscalated>().holder, helen);
    b.all.strike("2024-02-21T18:00").then_says({"RungSilent"});
    b.all.strike("2024-02-22T08:00");
    EXPECT_EQ(b.all.the<ConversationEscalated>().holder, carl);
    b.all.strike("2024-02-23T18:00").then_says({"RungSilent"});
    b.all.strike("2024-02-26T08:00").then_says({"LadderEnded"});
    EXPECT_FALSE(b.all.due());
}

TEST(Escalation, AVacantRungIsPassedOverWithAnAlarm) {
    auto all = office();
    all.given({TeamListed{.team = send_team, .name = "SEND", .manager = {}, .head_of_service = helen, .complaints = carl, .matching = dana}});
    Broken b(std::move(all));
    b.all.strike("2024-02-16T08:00").then_says({"RungVacant", "ConversationEscalated", "NoticePrepared", "SendReleased"});
    EXPECT_EQ(b.all.the<ConversationEscalated>().holder, helen);
}

TEST(Escalation, WithNobodyAboveItStaysOpenWithAnAlarm) {
    auto all = office();
    all.given({TeamListed{.team = send_team, .name = "SEND", .manager = {}, .head_of_service = {}, .complaints = {}, .matching = dana}});
    Broken b(std::move(all));
    b.all.strike("2024-02-16T08:00").then_says({"RungVacant", "RungVacant", "RungVacant", "LadderEnded"});
    b.all.when(reply_to(b.mail));
    send(b.all, b.all.the<ReplyWritten>().message);
    EXPECT_EQ(b.all.count<PromiseKept>(), 1U);
}

TEST(Escalation, AReplyOnItsWayDoesNotGoUp) {
    Broken b;
    b.all.on("2024-02-15T20:00").when(reply_to(b.mail)).then_says({"ReplyWritten", "SendHeld"});
    const auto reply = b.all.the<ReplyWritten>().message;
    b.all.strike("2024-02-16T08:00").then_says({"SendReleased"});
    send(b.all, reply);
    EXPECT_EQ(b.all.count<PromiseKept>(), 1U);
    EXPECT_FALSE(b.all.due());
}

TEST(Escalation, AStoppedReplyGoesUp) {
    Broken b;
    b.all.on("2024-02-15T20:00").when(reply_to(b.mail));
    b.all.when(StopAsked{b.all.the<ReplyWritten>().message, priya});
    b.all.strike("2024-02-16T08:00");
    EXPECT_EQ(b.all.count<ConversationEscalated>(), 1U);
}

TEST(Escalation, AReplyThatCannotBeMadeGoesUp) {
    Broken b;
    b.all.on("2024-02-16T07:00").when(reply_to(b.mail));
    const auto reply = b.all.the<ReplyWritten>().message;
    b.all.strike("2024-02-16T08:00").when(RenderingFailed{.message = reply, .because = "no"}).then_says({"RenderingRefused"});
    b.all.strike("2024-02-16T08:01");
    EXPECT_EQ(b.all.count<ConversationEscalated>(), 1U);
}

TEST(Escalation, AReplyOfWhichNobodyKnowsGoesUp) {
    Broken b;
    b.all.on("2024-02-16T07:00").when(reply_to(b.mail));
    const auto reply = b.all.the<ReplyWritten>().message;
    b.all.strike("2024-02-16T08:00");
    auto grant = granted(b.all, reply);
    report(b.all, grant, AttemptOutcome::uncertain);
    grant = b.all.the<AttemptGranted>();
    report(b.all, grant, AttemptOutcome::uncertain);
    b.all.strike("2024-02-16T08:01");
    EXPECT_EQ(b.all.count<ConversationEscalated>(), 1U);
}

TEST(Escalation, SaysItsCauseAsFarAsTheListsKnowIt) {
    Broken b;
    b.all.strike("2024-02-16T08:00");
    EXPECT_EQ(b.all.the<ConversationEscalated>().because, LateBecause::owner_did_not_answer);
    EXPECT_EQ(b.all.the<ConversationEscalated>().owner, priya);

    Broken away;
    away.all.given({AbsenceSet{.who = priya, .from = day("2024-02-15"), .to = {}, .cover = dana, .staff = jo, .tell = {}}});
    away.all.strike("2024-02-16T08:00");
    EXPECT_EQ(away.all.the<ConversationEscalated>().because, LateBecause::owner_is_away);

    auto unknown = office();
    unknown.when(mail_from("joan@example.net", "2024-02-14T10:00"));
    unknown.strike("2024-02-15T18:00").strike("2024-02-16T08:00");
    EXPECT_EQ(unknown.the<ConversationEscalated>().because, LateBecause::not_matched);
}

TEST(Escalation, WhatHasOneCauseIsHandedOverInOneDecision) {
    auto all = office();
    all.when(from_sam("2024-02-14T10:00"));
    const auto one = all.the<MessageReceived>().conversation;
    all.when(mail_from("donna@example.org", "2024-02-14T10:05", "About Kai"));
    const auto other = all.the<MessageReceived>().conversation;
    all.strike("2024-02-15T18:00").strike("2024-02-16T08:00");
    all.when(HandOverAllAsked{.conversations = {one, other, one, {"c-nowhere"}}, .staff = jo, .to = dana, .tell_family = true})
        .then_says({"HandedOverTogether", "ConversationHandedOver", "ConversationHandedOver"});
    EXPECT_EQ(all.the<HandedOverTogether>().given, 2);
    EXPECT_EQ(all.the<HandedOverTogether>().left, 1);
    all.strike("2024-02-16T08:00").then_says({"NewPersonTold", "NewPersonTold", "SendReleased", "SendReleased"});
    all.when(HandOverAsked{.conversation = one, .staff = dana, .to = jo, .tell_family = true});
    const auto fields = all.the<NewPersonTold>().fields.or_empty();
    const auto day_told = std::ranges::find(fields, "answer_by", &Field::name);
    ASSERT_NE(day_told, fields.end());
    EXPECT_EQ(day_told->value, "Monday 19 February") << "the new day, which the family was told when it went up";
    all.when(HandOverAllAsked{.conversations = {one}, .staff = jo, .to = {"nobody"}, .tell_family = false}).then_says({"ActRefused"});
}

TEST(Escalation, EndsByAnAnswer) {
    Broken b;
    b.all.strike("2024-02-16T08:00");
    b.all.when(reply_to(b.mail, jo));
    send(b.all, b.all.the<ReplyWritten>().message);
    EXPECT_EQ(b.all.count<EscalationEnded>(), 1U);
    EXPECT_EQ(b.all.the<EscalationEnded>().rung, 1);
    EXPECT_FALSE(b.all.due());
}

TEST(Escalation, GoesUpOneRungAtATimeAfterAnOutage) {
    auto all = office();
    all.when(from_sam("2024-02-14T10:00"));
    all.strike("2024-02-26T09:00").then_says({"PromiseBroken", "ConversationEscalated", "NoticePrepared", "SendReleased"});
    EXPECT_EQ(all.the<ConversationEscalated>().rung, 1);
    EXPECT_EQ(all.due(), at("2024-02-27T18:00"));
}

}  // namespace hearback
