// What counts as an answer, and what does not.
#include "deciders/northmere.hpp"

namespace hearback {

struct Asked {
    Scenario<> all = office();
    MessageReceived mail;
    explicit Asked(const MailArrived& first = from_sam("2024-02-14T10:00")) {
        all.on("2024-02-14T10:00").when(first, "one");
        mail = all.the<MessageReceived>();
    }
    ReplyHandedIn reply(ReplyKind kind) const {
        auto act = reply_to(mail);
        act.kind = kind;
        return act;
    }
    void answer_with(const ReplyHandedIn& act) {
        all.when(act);
        send(all, all.the<ReplyWritten>().message);
    }
    RefusedBecause refusal(const ReplyHandedIn& act) { return all.when(act).the<ActRefused>().because; }
};

std::string field(const ReplyWritten& reply, std::string_view name) {
    for (const auto& each : reply.fields.or_empty())
        if (each.name == name) return each.value;
    return {};
}

TEST(Answers, AQuestionThatIsNotTickedKeepsThePromiseOpen) {
    Asked a;
    auto two_of_three = a.reply(ReplyKind::full);
    two_of_three.left_open = 1;
    a.answer_with(two_of_three);
    EXPECT_EQ(a.all.count<PromiseKept>(), 0U);
    a.answer_with(a.reply(ReplyKind::full));
    EXPECT_EQ(a.all.the<PromiseKept>().how, KeptHow::answered);
}

TEST(Answers, PartOfAnAnswerNamesTheDayOfTheRest) {
    Asked a;
    a.all.when(a.reply(ReplyKind::part));
    EXPECT_EQ(field(a.all.the<ReplyWritten>(), "answer_by"), "Thursday 15 February");
}

TEST(Answers, ANewDayCountsOnlyOnceTheFamilyHasBeenToldAndOnlyOnce) {
    Asked a;
    auto news = a.reply(ReplyKind::holding);
    news.new_day = day("2024-02-19");
    a.all.when(news).then_says({"ReplyWritten", "SendReleased"});
    EXPECT_EQ(field(a.all.the<ReplyWritten>(), "answer_by"), "Monday 19 February");
    send(a.all, a.all.the<ReplyWritten>().message);
    EXPECT_EQ(a.all.the<PromiseMoved>().told_day, day("2024-02-19"));
    a.all.strike("2024-02-16T18:00").then_nothing();
    EXPECT_EQ(a.refusal(news), RefusedBecause::moved_before);
    a.all.strike("2024-02-19T18:00");
    EXPECT_EQ(a.all.count<PromiseBroken>(), 1U);
}

TEST(Answers, NewsThatLeavesAfterTheDayMovesNothing) {
    Asked a;
    auto news = a.reply(ReplyKind::holding);
    news.new_day = day("2024-02-19");
    a.all.on("2024-02-15T17:59").when(news);
    const auto written = a.all.the<ReplyWritten>().message;
    a.all.strike("2024-02-15T18:00");
    a.all.on("2024-02-15T18:00").when(RenderingDone{.message = written, .instance = {"one"}, .to = "sam@example.org", .bytes = BlobRef{"b", "k", 1}});
    EXPECT_EQ(a.all.count<PromiseMoved>(), 0U);
    EXPECT_EQ(a.refusal(news), RefusedBecause::day_has_passed);
}

TEST(Answers, OfTwoPiecesOfNewsOnTheirWayTheFirstThatLeavesMovesTheDay) {
    Asked a;
    auto news = a.reply(ReplyKind::holding);
    news.new_day = day("2024-02-19");
    a.all.when(news);
    const auto first = a.all.the<ReplyWritten>().message;
    news.new_day = day("2024-02-21");
    a.all.when(news);
    const auto second = a.all.the<ReplyWritten>().message;
    send(a.all, first);
    EXPECT_EQ(a.all.the<PromiseMoved>().told_day, day("2024-02-19"));
    send(a.all, second);
    EXPECT_EQ(a.all.count<PromiseMoved>(), 0U);
}

TEST(Answers, ADayThatCannotBeIsRefused) {
    Asked a;
    auto news = a.reply(ReplyKind::holding);
    for (const auto* wrong : {"2024-02-15", "2024-02-17", "2024-03-25"}) {
        news.new_day = day(wrong);
        EXPECT_EQ(a.refusal(news), RefusedBecause::day_not_possible) << wrong;
    }
}

TEST(Answers, WhoIsSentElsewhereIsToldWhoAndHow) {
    Asked a;
    auto away = a.reply(ReplyKind::signposted);
    EXPECT_EQ(a.refusal(away), RefusedBecause::who_can_help_is_missing);
    away.signpost = Signpost{.who = "The speech service", .contact = "01632 960155", .by = {}};
    a.all.when(away);
    EXPECT_EQ(field(a.all.the<ReplyWritten>(), "help_who"), "The speech service");
    send(a.all, a.all.the<ReplyWritten>().message);
    EXPECT_EQ(a.all.the<PromiseKept>().how, KeptHow::signposted);
}

TEST(Answers, NoAnswerNeededCanBeTakenBackAndTheDayStands) {
    Asked a;
    a.all.when(NoAnswerSaid{.conversation = a.mail.conversation, .staff = priya, .reason = NoAnswerReason::thanks_only, .note = {}});
    EXPECT_FALSE(a.all.due());
    a.all.on("2024-02-14T15:00").when(ReopenAsked{a.mail.conversation, jo}).then_says({"ConversationReopened", "PromiseMade"});
    EXPECT_EQ(a.all.the<PromiseMade>().told_day, day("2024-02-15"));
    a.all.when(ReopenAsked{a.mail.conversation, jo}).then_says({"NothingToDo"});
    a.all.strike("2024-02-15T18:00");
    EXPECT_EQ(a.all.count<PromiseBroken>(), 1U);
}

TEST(Answers, TwoChildrenMakeTwoPromisesInOneConversation) {
    Scenario<> all = office();
    all.given({CaseListed{.case_id = bo, .caseworker = dana, .deputy = {}, .team = send_team, .since = {}, .child = "Bo Bennett", .year = "1"}});
    all.on("2024-02-14T10:00").when(mail_from("donna@example.org", "2024-02-14T10:00", "Kai and Bo"), "one")
        .then_says({"MessageReceived", "MessageRouted", "MessageRouted", "PromiseMade", "AcknowledgementPrepared", "PromiseMade", "SendReleased"});
    const auto told = all.the<AcknowledgementPrepared>().fields.or_empty();
    EXPECT_NE(std::find(told.begin(), told.end(), Field{"child", "Kai and Bo"}), told.end());
    EXPECT_NE(std::find(told.begin(), told.end(), Field{"also", "Dana Reid, Bo’s caseworker, answers what is about Bo, by the same day."}), told.end());
    auto about_kai = reply_to(all.the<MessageReceived>());
    about_kai.cases = {kai};
    all.when(about_kai);
    send(all, all.the<ReplyWritten>().message);
    EXPECT_EQ(all.the<PromiseKept>().promise, PromiseId{"m-one.answer"});
    all.strike("2024-02-15T18:00");
    EXPECT_EQ(all.the<PromiseBroken>().promise, PromiseId{"m-one.answer.NM-2050"});
}

TEST(Answers, TwoBrokenPromisesGoUpAsOneAndEndWithTheSecond) {
    Scenario<> all = office();
    all.on("2024-02-14T10:00").when(mail_from("donna@example.org", "2024-02-14T10:00", "Kai and Bo"), "one");
    const auto mail = all.the<MessageReceived>();
    all.strike("2024-02-15T18:00").then_says({"PromiseBroken", "PromiseBroken"});
    all.strike("2024-02-16T08:00").then_says({"ConversationEscalated", "NoticePrepared", "SendReleased"});
    auto one = reply_to(mail, jo), other = one;
    one.cases = {kai}, other.cases = {bo};
    all.when(one);
    send(all, all.the<ReplyWritten>().message);
    EXPECT_EQ(all.count<EscalationEnded>(), 0U);
    all.when(other);
    send(all, all.the<ReplyWritten>().message);
    EXPECT_EQ(all.count<EscalationEnded>(), 1U);
}

}  // namespace hearback
