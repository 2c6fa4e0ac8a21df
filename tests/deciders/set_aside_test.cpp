// What was set aside wrongly: somebody says that it needs an answer.
#include "deciders/northmere.hpp"

namespace hearback {

MailArrived machine_from(std::string address, std::string_view london) {
    auto mail = mail_from(std::move(address), london);
    mail.mail_kind = MessageKind::auto_reply;
    mail.no_automatic_answer = true;
    return mail;
}

MailArrived copy_from_sam(std::string_view london) {
    auto mail = from_sam(london);
    mail.copy_only = true;
    return mail;
}

/// A council in which this came and was set aside, all by itself.
struct Aside {
    Scenario<> all = office();
    ConversationId conversation;
    explicit Aside(const MailArrived& mail) {
        all.on("2024-02-14T10:00").when(mail, "one").then_says({"MessageReceived", "MessageSetAside"});
        conversation = all.the<MessageReceived>().conversation;
    }
    Scenario<>& needs_an_answer(std::string_view london) { return all.on(london).when(ReopenAsked{conversation, jo}); }
};

TEST(SetAside, WhatNeedsAnAnswerAfterAllIsItsCaseworkersByTheDayOnWhichItCame) {
    Aside aside(machine_from("sam@example.org", "2024-02-14T10:00"));
    aside.needs_an_answer("2024-02-15T09:00").then_says({"ConversationReopened", "MessageRouted", "PromiseMade"});
    EXPECT_EQ(aside.all.the<ConversationReopened>().staff, jo);
    EXPECT_EQ(aside.all.the<MessageRouted>().owner, priya);
    EXPECT_EQ(aside.all.the<PromiseMade>().told_day, day("2024-02-15"));
    aside.all.strike("2024-02-15T18:00");
    EXPECT_EQ(aside.all.count<PromiseBroken>(), 1U);
}

TEST(SetAside, ItWasSoAlreadyTheSecondTime) {
    Aside aside(machine_from("sam@example.org", "2024-02-14T10:00"));
    aside.needs_an_answer("2024-02-14T11:00");
    aside.needs_an_answer("2024-02-14T12:00").then_says({"NothingToDo"});
}

TEST(SetAside, WhatShouldHaveBeenAnsweredByNowIsOwedToday) {
    Aside aside(copy_from_sam("2024-02-14T10:00"));
    aside.needs_an_answer("2024-02-15T17:59");
    EXPECT_EQ(aside.all.the<PromiseMade>().told_day, day("2024-02-15"));
    Aside late(copy_from_sam("2024-02-14T10:00"));
    late.needs_an_answer("2024-02-15T18:00");
    EXPECT_EQ(late.all.the<PromiseMade>().told_day, day("2024-02-16"));
    EXPECT_EQ(late.all.the<PromiseMade>().received_at, at("2024-02-14T10:00"));
}

TEST(SetAside, APersonIsToldTheDayOnceAndAMachineNever) {
    Aside copy(copy_from_sam("2024-02-14T10:00"));
    copy.needs_an_answer("2024-02-14T11:00");
    EXPECT_EQ(copy.all.the<AcknowledgementPrepared>().to.or_empty(), "sam@example.org");
    copy.all.when(NoAnswerSaid{.conversation = copy.conversation, .staff = priya, .reason = NoAnswerReason::not_for_us, .note = {}});
    copy.needs_an_answer("2024-02-14T12:00").then_says({"ConversationReopened", "PromiseMade"});
    auto report = mail_from("", "2024-02-14T10:00");
    report.mail_kind = MessageKind::report;
    Aside nobody(report);
    nobody.needs_an_answer("2024-02-14T11:00").then_says({"ConversationReopened", "MessageUnmatched", "PromiseMade"});
}

TEST(SetAside, WhomNobodyKnowsWaitsToBeMatched) {
    Aside aside(machine_from("stranger@example.org", "2024-02-14T10:00"));
    aside.needs_an_answer("2024-02-14T11:00").then_says({"ConversationReopened", "MessageUnmatched", "PromiseMade"});
    EXPECT_EQ(aside.all.the<MessageUnmatched>().because, UnmatchedBecause::unknown_sender);
    aside.all.when(NoAnswerSaid{.conversation = aside.conversation, .staff = jo, .reason = NoAnswerReason::no_person_wrote, .note = {}}).then_says({"NoAnswerNeeded", "PromiseKept"});
    aside.needs_an_answer("2024-02-14T12:00").then_says({"ConversationReopened", "PromiseMade"});
}

TEST(SetAside, NoAnswerNeededUndoesIt) {
    Aside aside(machine_from("sam@example.org", "2024-02-14T10:00"));
    aside.needs_an_answer("2024-02-14T11:00");
    aside.all.when(NoAnswerSaid{.conversation = aside.conversation, .staff = jo, .reason = NoAnswerReason::no_person_wrote, .note = {}}).then_says({"NoAnswerNeeded", "PromiseKept"});
    EXPECT_FALSE(aside.all.due());
}

TEST(SetAside, ItIsAnsweredLikeAnyMessage) {
    Aside aside(machine_from("sam@example.org", "2024-02-14T10:00"));
    aside.needs_an_answer("2024-02-14T11:00");
    auto reply = reply_to({.message = {"m-one"}, .conversation = aside.conversation});
    aside.all.when(reply);
    EXPECT_EQ(aside.all.the<ReplyWritten>().to.or_empty(), "sam@example.org");
    send(aside.all, aside.all.the<ReplyWritten>().message);
    EXPECT_EQ(aside.all.the<PromiseKept>().how, KeptHow::answered);
}

TEST(SetAside, AMachinesMessageInAConversationThatIsAnsweredReopensNothing) {
    Scenario<> all = office();
    auto mail = from_sam("2024-02-14T10:00");
    mail.message_ref = "hash-1";
    all.on("2024-02-14T10:00").when(mail, "one");
    const auto received = all.the<MessageReceived>();
    all.when(reply_to(received));
    send(all, all.the<ReplyWritten>().message);
    auto copy = copy_from_sam("2024-02-14T12:00");
    copy.refers_to = {"hash-1"};
    all.on("2024-02-14T12:00").when(copy, "two").then_says({"MessageReceived", "MessageSetAside"});
    all.when(ReopenAsked{received.conversation, jo}).then_says({"NothingToDo"});
}

}  // namespace hearback
