// What has come to the complaints team is a possible complaint until a person decides.
#include "deciders/northmere.hpp"

namespace hearback {

/// Nobody answers Sam, until it is with the complaints team.
struct Unanswered {
    Scenario<> all = office();
    ConversationId conversation;
    Unanswered() {
        all.when(from_sam("2024-02-14T10:00"));
        conversation = all.the<MessageReceived>().conversation;
        for (const auto* at : {"2024-02-15T18:00", "2024-02-16T08:00", "2024-02-19T18:00", "2024-02-20T08:00", "2024-02-21T18:00"}) all.strike(at);
        all.strike("2024-02-22T08:00").then_says({"ConversationEscalated", "NoticePrepared", "PossibleComplaintOpened", "SendReleased"});
    }
};

TEST(Complaints, IsFiledByTheComplaintsTeamAndHasADayAndANamedPerson) {
    Unanswered u;
    u.all.on("2024-02-22T11:00").when(ComplaintFileAsked{.conversation = u.conversation, .staff = carl}).then_says({"ComplaintFiled", "ComplaintAcknowledged", "PromiseMade", "SendReleased"});
    EXPECT_EQ(u.all.the<ComplaintFiled>().told_day, day("2024-03-07")) << "ten working days";
    EXPECT_EQ(u.all.the<PromiseMade>().kind, PromiseKind::complaint);
    EXPECT_EQ(u.all.the<PromiseMade>().staff, carl);
    const auto fields = u.all.the<ComplaintAcknowledged>().fields.or_empty();
    const auto who = std::ranges::find(fields, "who", &Field::name);
    ASSERT_NE(who, fields.end());
    EXPECT_EQ(who->value, "Carl Wood");
}

TEST(Complaints, NobodyElseFilesOrDeclines) {
    Unanswered u;
    u.all.on("2024-02-22T11:00").when(ComplaintFileAsked{.conversation = u.conversation, .staff = jo}).then_says({"ComplaintRefused"});
    EXPECT_EQ(u.all.the<ComplaintRefused>().because, ComplaintRefusedBecause::not_the_complaints_team);
    u.all.when(ComplaintDeclineAsked{.conversation = u.conversation, .staff = priya, .reason = NoComplaintReason::same_complaint_stands, .note = {}}).then_says({"ComplaintRefused"});
}

TEST(Complaints, IsDeclinedWithAReasonAndWhatIsOwedIsStillOwed) {
    Unanswered u;
    u.all.on("2024-02-22T11:00").when(ComplaintDeclineAsked{.conversation = u.conversation, .staff = carl, .reason = NoComplaintReason::another_way, .note = " "}).then_says({"ComplaintRefused"});
    EXPECT_EQ(u.all.the<ComplaintRefused>().because, ComplaintRefusedBecause::say_where_they_can_go);
    u.all.when(ComplaintDeclineAsked{.conversation = u.conversation, .staff = carl, .reason = NoComplaintReason::another_way, .note = "The tribunal, SEND 35."}).then_says({"ComplaintDeclined"});
    u.all.strike("2024-02-23T18:00").then_says({"RungSilent"});
    u.all.when(ComplaintFileAsked{.conversation = u.conversation, .staff = carl});
    EXPECT_EQ(u.all.count<ComplaintFiled>(), 1U) << "the family may say yes later";
}

TEST(Complaints, OneThatIsNotAnsweredGoesToTheHeadOfService) {
    auto all = office();
    all.when(from_sam("2024-02-14T10:00"));
    const auto mail = all.the<MessageReceived>();
    all.when(reply_to(mail));
    send(all, all.the<ReplyWritten>().message);
    all.on("2024-02-14T11:00").when(ComplaintFileAsked{.conversation = mail.conversation, .staff = carl});
    EXPECT_EQ(all.count<ComplaintFiled>(), 1U) << "a family that asks for it needs no ladder";
    all.strike("2024-02-28T18:00").then_says({"PromiseBroken"});
    all.strike("2024-02-29T08:00");
    EXPECT_EQ(all.the<ConversationEscalated>().holder, helen);
    EXPECT_EQ(all.the<ConversationEscalated>().rung, 2);
}

TEST(Complaints, AnsweredIsSaidToBeDoneAndTheNextIsAnother) {
    Unanswered u;
    u.all.on("2024-02-22T11:00").when(ComplaintFileAsked{.conversation = u.conversation, .staff = carl});
    const auto promise = u.all.the<PromiseMade>().promise;
    u.all.when(DoneSaid{.promise = promise, .conversation = u.conversation, .staff = carl, .note = {}});
    EXPECT_EQ(u.all.count<PromiseKept>(), 1U);
    u.all.when(ComplaintFileAsked{.conversation = u.conversation, .staff = carl}, "another-act");
    EXPECT_EQ(u.all.count<ComplaintFiled>(), 1U);
    EXPECT_NE(u.all.the<PromiseMade>().promise, promise);
}

}  // namespace hearback
