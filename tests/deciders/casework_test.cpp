// What people in the office do, and what they are told when it cannot be done.
#include "deciders/northmere.hpp"

namespace hearback {

struct Open {
    Scenario<> all = office();
    MessageReceived mail;
    Open() {
        all.when(from_sam("2024-02-14T10:00"), "one");
        mail = all.the<MessageReceived>();
    }
};

TEST(Casework, OneClaimsAndTheSecondIsToldWhoWasFirst) {
    Open o;
    o.all.when(ClaimAsked{o.mail.conversation, dana}).then_says({"ConversationClaimed"});
    EXPECT_EQ(o.all.the<ConversationClaimed>(), (ConversationClaimed{.conversation = o.mail.conversation, .staff = dana, .before = priya}));
    o.all.when(ClaimAsked{o.mail.conversation, priya})
        .then({ActRefused{.conversation = o.mail.conversation, .staff = priya, .because = RefusedBecause::claimed_already, .by = dana}});
}

TEST(Casework, AReplyBegunBeforeTheFamilyWroteAgainIsRefusedOnce) {
    Open o;
    auto more = from_sam("2024-02-14T11:00");
    more.token_conversation = o.mail.conversation;
    o.all.when(more, "two");
    const auto newest = o.all.the<MessageReceived>();
    o.all.when(reply_to(o.mail)).then({ActRefused{.conversation = o.mail.conversation, .staff = priya, .because = RefusedBecause::changed_meanwhile, .by = {}}});
    o.all.when(reply_to(newest)).then_says({"ReplyWritten", "SendReleased"});
}

TEST(Casework, AReplyGoesToTheSender) {
    Open o;
    o.all.when(reply_to(o.mail));
    EXPECT_EQ(o.all.the<ReplyWritten>().to.or_empty(), "sam@example.org");
    EXPECT_EQ(o.all.the<ReplyWritten>().subject.or_empty(), "Re: Transport");
}

TEST(Casework, RefusesWhatCannotBeDone) {
    Open o;
    const auto because = [&](const Input& act) { return o.all.when(act).the<ActRefused>().because; };
    EXPECT_EQ(because(ClaimAsked{o.mail.conversation, {"nobody"}}), RefusedBecause::unknown_person);
    EXPECT_EQ(because(ClaimAsked{{"c-none"}, priya}), RefusedBecause::no_such_conversation);
    auto empty = reply_to(o.mail);
    empty.text = " \r\n";
    EXPECT_EQ(because(empty), RefusedBecause::nothing_written);
    EXPECT_EQ(because(MatchAsked{o.mail.conversation, priya, kai, Relation::other}), RefusedBecause::matched_already);
    o.all.when(mail_from("", "2024-02-14T10:00"), "nowhere");
    const auto nowhere = o.all.the<MessageReceived>();
    EXPECT_EQ(because(reply_to(nowhere)), RefusedBecause::no_address);
    EXPECT_EQ(because(MatchAsked{nowhere.conversation, priya, {"NM-0"}, Relation::other}), RefusedBecause::no_such_case);
}

TEST(Casework, NoAnswerNeededKeepsThePromise) {
    Open o;
    const NoAnswerSaid said{.conversation = o.mail.conversation, .staff = priya, .reason = NoAnswerReason::thanks_only, .note = {}};
    o.all.when(said).then_says({"NoAnswerNeeded", "PromiseKept"});
    EXPECT_EQ(o.all.the<PromiseKept>().how, KeptHow::no_answer_needed);
    o.all.when(said, "again").then_says({"NothingToDo"});
}

TEST(Casework, MatchingGivesTheChildTheOwnerAndTheContact) {
    auto all = office();
    all.when(mail_from("gran@example.org", "2024-02-14T10:00"), "one");
    all.when(MatchAsked{{"c-one"}, dana, ada, Relation::grandparent}).then_says({"ConversationMatched", "ContactListed"});
    EXPECT_EQ(all.the<ConversationMatched>().owner, priya);
    all.when(mail_from("gran@example.org", "2024-02-14T11:00"), "two");
    EXPECT_EQ(all.the<MessageRouted>().case_id, ada);
    all.when(MatchAsked{{"c-one"}, dana, ada, Relation::grandparent}).then_says({"NothingToDo"});
}

}  // namespace hearback
