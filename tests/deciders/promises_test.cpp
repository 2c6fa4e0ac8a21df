// The family is told a day, and at the end of that day it is seen whether they were answered.
#include "deciders/northmere.hpp"

namespace hearback {

PromiseMade promise_for_mail_at(std::string_view london) {
    auto all = office();
    all.on(london).when(from_sam(london));
    return all.the<PromiseMade>();
}

TEST(Promises, TellTheWorkingDayAfterTheDayItCountsAsReceived) {
    const auto made = promise_for_mail_at("2024-02-14T17:59:59");
    EXPECT_EQ(made.counts_as, day("2024-02-14"));
    EXPECT_EQ(made.told_day, day("2024-02-15"));
    EXPECT_EQ(made.judged_at, at("2024-02-15T18:00"));
    EXPECT_EQ(made.target, at("2024-02-15T17:59:59"));
}

TEST(Promises, WhatComesAtSixCountsFromTheNextDay) {
    const auto made = promise_for_mail_at("2024-02-14T18:00");
    EXPECT_EQ(made.counts_as, day("2024-02-15"));
    EXPECT_EQ(made.told_day, day("2024-02-16"));
    EXPECT_EQ(made.target, at("2024-02-16T08:00"));
}

TEST(Promises, StepOverTheWeekend) {
    EXPECT_EQ(promise_for_mail_at("2024-02-16T10:00").told_day, day("2024-02-19"));
    EXPECT_EQ(promise_for_mail_at("2024-02-17T10:00").told_day, day("2024-02-20"));
}

TEST(Promises, StepOverEasterAndTheChangeOfTheClocks) {
    const auto made = promise_for_mail_at("2024-03-28T19:00");
    EXPECT_EQ(made.counts_as, day("2024-04-02"));
    EXPECT_EQ(made.judged_at, instant_from_iso("2024-04-03T17:00:00Z"));
}

TEST(Promises, StepOverAClosureDay) { EXPECT_EQ(promise_for_mail_at("2024-12-23T10:00").told_day, day("2024-12-27")); }

TEST(Promises, AnUnknownSenderIsPromisedTheSameAndToldWhoMatches) {
    auto all = office();
    all.when(mail_from("gran@example.org", "2024-02-14T10:00")).then_says({"MessageReceived", "MessageUnmatched", "PromiseMade", "AcknowledgementPrepared", "SendReleased"});
    EXPECT_EQ(all.the<PromiseMade>().told_day, day("2024-02-15"));
    const auto fields = all.the<AcknowledgementPrepared>().fields.or_empty();
    EXPECT_NE(std::find(fields.begin(), fields.end(), Field{"who", "Dana Reid"}), fields.end());
}

TEST(Promises, WhoForgesAFamilysAddressIsToldNothingAboutTheChild) {
    auto all = office();
    auto forged = from_sam("2024-02-14T10:00");
    forged.envelope_from = "thief@elsewhere.example";
    all.on("2024-02-14T10:00").when(forged);
    EXPECT_EQ(all.the<MessageRouted>().case_id, ada) << "it may be Sam through another provider: Priya sees it";
    EXPECT_EQ(all.the<AcknowledgementPrepared>().to.or_empty(), "thief@elsewhere.example");
    const auto fields = all.the<AcknowledgementPrepared>().fields.or_empty();
    for (const auto& field : fields) {
        EXPECT_EQ(field.value.find("Ada"), std::string::npos) << field.name;
        EXPECT_EQ(field.value.find("Priya"), std::string::npos) << field.name;
        EXPECT_EQ(field.value.find(ada.value), std::string::npos) << field.name;
        EXPECT_EQ(field.value.find("Sam"), std::string::npos) << field.name;
    }
}

TEST(Promises, AChaserKeepsTheDayAndIsAcknowledgedOnceADay) {
    auto all = office();
    all.on("2024-02-14T10:00").when(from_sam("2024-02-14T10:00"), "one").then_says({"MessageReceived", "MessageRouted", "PromiseMade", "AcknowledgementPrepared", "SendReleased"});
    auto chaser = from_sam("2024-02-14T11:00");
    chaser.token_conversation = {"c-one"};
    all.on("2024-02-14T11:00").when(chaser, "two").then_says({"MessageReceived", "MessageRouted", "ChaserJoined"});
    EXPECT_EQ(all.the<ChaserJoined>().told_day, day("2024-02-15"));
    chaser.received_at = at("2024-02-15T09:00");
    all.on("2024-02-15T09:00").when(chaser, "three").then_says({"MessageReceived", "MessageRouted", "ChaserJoined", "AcknowledgementPrepared", "SendReleased"});
}

TEST(Promises, NothingAutomaticAnswersWhatAsksForNone) {
    auto quiet = from_sam("2024-02-14T10:00");
    quiet.no_automatic_answer = true;
    office().when(quiet).then_says({"MessageReceived", "MessageRouted", "PromiseMade"});
    auto nowhere = from_sam("2024-02-14T10:00");
    nowhere.envelope_from = "";
    office().when(nowhere).then_says({"MessageReceived", "MessageRouted", "PromiseMade"});
}

TEST(Promises, AreBrokenAtSixAndNotBefore) {
    auto all = office();
    all.when(from_sam("2024-02-14T10:00"));
    const auto acknowledged = all.the<AcknowledgementPrepared>().message;
    send(all, acknowledged);
    all.strike("2024-02-15T16:00").then_says({"OfferedToColleagues"});
    all.strike("2024-02-15T17:59:59").then_nothing();
    EXPECT_EQ(all.due(), at("2024-02-15T18:00"));
    all.strike("2024-02-15T18:00").then_says({"PromiseBroken"});
    EXPECT_EQ(all.the<PromiseBroken>().goes_up_at, at("2024-02-16T08:00"));
}

TEST(Promises, AreKeptWhenTheReplyHasLeftAndNotWhenItIsWritten) {
    auto all = office();
    all.when(from_sam("2024-02-14T10:00"));
    all.when(reply_to(all.the<MessageReceived>())).then_says({"ReplyWritten", "SendReleased"});
    send(all, all.the<ReplyWritten>().message);
    const auto kept = all.the<PromiseKept>();
    EXPECT_EQ(kept.how, KeptHow::answered);
    EXPECT_FALSE(kept.late);
    EXPECT_FALSE(all.due());
}

TEST(Promises, AreKeptLateAfterTheyWereBroken) {
    auto all = office();
    all.when(from_sam("2024-02-14T10:00"));
    const auto mail = all.the<MessageReceived>();
    all.strike("2024-02-15T18:00");
    all.on("2024-02-16T07:00").when(reply_to(mail)).then_says({"ReplyWritten", "SendHeld"});
    const auto reply = all.the<ReplyWritten>().message;
    all.strike("2024-02-16T08:00").then_says({"SendReleased"});
    send(all, reply);
    EXPECT_TRUE(all.the<PromiseKept>().late);
}

TEST(Promises, NewsKeepsNothing) {
    auto all = office();
    all.when(from_sam("2024-02-14T10:00"));
    auto news = reply_to(all.the<MessageReceived>());
    news.kind = ReplyKind::holding;
    all.when(news);
    send(all, all.the<ReplyWritten>().message);
    EXPECT_EQ(all.count<PromiseKept>(), 0U);
}

TEST(Promises, AnAnswerFinishedBeforeTheFamilyWroteAgainLeavesTheDayOpen) {
    auto all = office();
    all.on("2024-02-14T19:00").when(from_sam("2024-02-14T19:00"), "one");
    all.when(reply_to(all.the<MessageReceived>()));
    const auto reply = all.the<ReplyWritten>().message;
    auto more = from_sam("2024-02-14T21:00");
    more.token_conversation = {"c-one"};
    all.on("2024-02-14T21:00").when(more, "two");
    const auto newest = all.the<MessageReceived>();
    all.strike("2024-02-15T08:00");
    send(all, reply);
    EXPECT_EQ(all.count<PromiseKept>(), 0U);
    all.when(reply_to(newest));
    send(all, all.the<ReplyWritten>().message);
    EXPECT_EQ(all.count<PromiseKept>(), 1U);
}

TEST(Promises, AReplyThatCameBackIsOwedAgain) {
    auto all = office();
    all.when(from_sam("2024-02-14T10:00"));
    all.when(reply_to(all.the<MessageReceived>()));
    const auto reply = all.the<ReplyWritten>().message;
    send(all, reply);
    auto bounce = mail_from("", "2024-02-14T10:05");
    bounce.mail_kind = MessageKind::bounce, bounce.failed_message = reply, bounce.failed_for_good = true;
    all.on("2024-02-14T10:05").when(bounce).then_says({"MessageReceived", "MessageSetAside", "ReturnReceived", "MessageReturned", "PromiseMade"});
    EXPECT_EQ(all.the<PromiseMade>().told_day, day("2024-02-15"));
}

TEST(Promises, ADelayedDeliveryReportReopensNothing) {
    auto all = office();
    all.when(from_sam("2024-02-14T10:00"));
    all.when(reply_to(all.the<MessageReceived>()));
    const auto reply = all.the<ReplyWritten>().message;
    send(all, reply);
    auto delay = mail_from("", "2024-02-14T10:05");
    delay.mail_kind = MessageKind::bounce, delay.failed_message = reply;
    all.when(delay).then_says({"MessageReceived", "MessageSetAside", "ReturnReceived"});
}

TEST(Promises, NobodyIsWrittenToAsDearMrs) {
    for (const auto& [listed, called] : {std::pair{"Mrs Sam Okafor", "Mrs Okafor"}, {"Dr. Okafor", "Dr. Okafor"}, {"Sam Okafor", "Sam"}, {"Mrs", "Mrs"}}) {
        auto all = office();
        all.given({ContactListed{.contact = {"k-sam"}, .case_id = ada, .relation = Relation::mother, .name = listed, .email = "sam@example.org", .phone = {}}});
        all.when(from_sam("2024-02-14T10:00"));
        const auto fields = all.the<AcknowledgementPrepared>().fields.or_empty();
        const auto name = std::ranges::find(fields, "name", &Field::name);
        ASSERT_NE(name, fields.end());
        EXPECT_EQ(name->value, called);
    }
}

}  // namespace hearback
