// A call and a letter are messages as an email is: the same timeline, the same clock.
#include "deciders/northmere.hpp"

namespace hearback {

CallLogged call(CallOutcome outcome, std::string_view london = "2024-02-14T10:00") {
    CallLogged act;
    act.case_id = ada;
    act.contact = {"k-sam"};
    act.staff = priya;
    act.at = at(london);
    act.outcome = outcome;
    act.they_said = "When does the taxi come?";
    act.we_said = "I will find out.";
    return act;
}

Scenario<> at_ten() {
    auto all = office();
    all.on("2024-02-14T10:05");
    return all;
}

TEST(Calls, ACallThatIsOwedAnAnswerHasTheClockOfAnEmail) {
    auto all = at_ten();
    all.when(call(CallOutcome::to_answer), "ring").then_says({"MessageReceived", "MessageRouted", "CallNoted", "PromiseMade", "AcknowledgementPrepared", "SendReleased"});
    EXPECT_EQ(all.the<MessageReceived>().channel, Channel::call);
    EXPECT_EQ(all.the<MessageRouted>().owner, priya);
    EXPECT_EQ(all.the<PromiseMade>().kind, PromiseKind::answer);
    EXPECT_EQ(all.the<PromiseMade>().told_day, day("2024-02-15"));
    EXPECT_EQ(all.the<AcknowledgementPrepared>().to.or_empty(), "sam@example.org");
    all.when(reply_to(all.the<MessageReceived>()));
    send(all, all.the<ReplyWritten>().message);
    EXPECT_EQ(all.count<PromiseKept>(), 1U);
}

TEST(Calls, ACallThatAnsweredOwesNothingAndKeepsWhatWasOwed) {
    auto all = at_ten();
    all.when(from_sam("2024-02-14T09:00"), "one");
    auto answered = call(CallOutcome::answered);
    answered.conversation = {"c-one"};
    all.when(answered).then_says({"MessageReceived", "MessageRouted", "CallNoted", "PromiseKept"});
    EXPECT_EQ(all.the<PromiseKept>().how, KeptHow::by_telephone);
    EXPECT_FALSE(all.due());
}

TEST(Calls, OfTwoCaseworkersTheOneWhoSpokeAnswersForTheirChildAlone) {
    auto all = at_ten();
    all.given({CaseListed{.case_id = bo, .caseworker = dana, .deputy = {}, .team = send_team, .since = {}, .child = "Bo Bennett", .year = "1"}});
    all.when(mail_from("donna@example.org", "2024-02-14T09:00", "Kai and Bo"), "one");
    auto answered = call(CallOutcome::answered);
    answered.conversation = {"c-one"};
    answered.contact = {"k-donna"};
    answered.we_rang = true;
    all.when(answered);
    EXPECT_EQ(all.the<PromiseKept>().promise, PromiseId{"m-one.answer"});
    all.strike("2024-02-15T18:00");
    EXPECT_EQ(all.the<PromiseBroken>().promise, PromiseId{"m-one.answer.NM-2050"});
}

TEST(Calls, AMissedCallIsOwedACallBackAndSaysSo) {
    auto all = at_ten();
    all.when(call(CallOutcome::missed), "ring");
    EXPECT_EQ(all.the<PromiseMade>().kind, PromiseKind::call_back);
    const auto told = all.the<AcknowledgementPrepared>().fields.or_empty();
    EXPECT_NE(std::find(told.begin(), told.end(), Field{"ring_back", "yes"}), told.end());
    const auto promise = all.the<PromiseMade>().promise;
    auto back = call(CallOutcome::answered, "2024-02-14T11:00");
    back.conversation = {"c-ring"};
    back.we_rang = true;
    all.on("2024-02-14T11:05").when(back).then_says({"CallNoted", "PromiseKept"});
    EXPECT_EQ(all.the<PromiseKept>().promise, promise);
}

TEST(Calls, RingingInVainKeepsNothing) {
    auto all = at_ten();
    all.when(call(CallOutcome::missed), "ring");
    auto in_vain = call(CallOutcome::not_reached);
    in_vain.conversation = {"c-ring"};
    in_vain.we_rang = true;
    all.when(in_vain).then_says({"CallNoted"});
    all.strike("2024-02-15T18:00");
    EXPECT_EQ(all.the<PromiseBroken>().kind, PromiseKind::call_back);
    all.strike("2024-02-16T08:00");
    const auto told = all.the<NoticePrepared>().fields.or_empty();
    EXPECT_NE(std::find(told.begin(), told.end(), Field{"promised", "ring you back"}), told.end());
}

TEST(Calls, WhatIsPromisedInACallHasItsOwnDayAndGoesUp) {
    auto all = at_ten();
    auto with_promise = call(CallOutcome::answered);
    with_promise.given = std::vector{Given{.kind = PromiseKind::something, .what = "Send the form", .by = day("2024-02-19")}};
    all.when(with_promise, "ring");
    const auto made = all.the<PromiseMade>();
    EXPECT_EQ(made.what.or_empty(), "Send the form");
    EXPECT_EQ(made.staff, priya);
    EXPECT_EQ(made.judged_at, at("2024-02-19T18:00"));
    all.when(DoneSaid{.promise = made.promise, .conversation = made.conversation, .staff = priya, .note = {}}).then_says({"PromiseDone", "PromiseKept"});
    EXPECT_EQ(all.the<PromiseKept>().how, KeptHow::done);

    all.when(with_promise, "again");
    all.strike("2024-02-19T18:00").then_says({"PromiseBroken"});
    all.strike("2024-02-20T08:00");
    EXPECT_EQ(all.the<ConversationEscalated>().holder, jo);
}

TEST(Calls, AnAnswerDoesNotDoWhatWasPromised) {
    auto all = at_ten();
    auto with_promise = call(CallOutcome::to_answer);
    with_promise.given = std::vector{Given{.kind = PromiseKind::something, .what = "Send the form", .by = day("2024-02-19")}};
    all.when(with_promise, "ring");
    all.when(reply_to(all.the<MessageReceived>()));
    send(all, all.the<ReplyWritten>().message);
    EXPECT_EQ(all.count<PromiseKept>(), 1U);
    EXPECT_EQ(all.due(), at("2024-02-19T10:00")) << "the morning of that day is looked over";
}

TEST(Calls, TheNoteTellsTheFamilyAndTakesThePlaceOfTheAcknowledgement) {
    auto all = at_ten();
    auto noted = call(CallOutcome::to_answer);
    noted.send_note = true;
    noted.note = "You asked when the taxi comes. I said that I will find out.";
    all.when(noted).then_says({"MessageReceived", "MessageRouted", "CallNoted", "ReplyWritten", "PromiseMade", "SendReleased"});
    const auto note = all.the<ReplyWritten>();
    EXPECT_EQ(note.template_, TemplateName::after_our_call);
    const auto fields = note.fields.or_empty();
    EXPECT_NE(std::find(fields.begin(), fields.end(), Field{"answer_by", "Thursday 15 February"}), fields.end());
    send(all, note.message);
    EXPECT_EQ(all.count<PromiseKept>(), 0U) << "a note answers nothing";
}

TEST(Calls, WithoutAnAddressNothingIsSentAndTheClockRuns) {
    auto all = at_ten();
    auto stranger = call(CallOutcome::to_answer);
    stranger.contact = {};
    stranger.case_id = {};
    stranger.name = "A grandmother";
    stranger.send_note = true;
    all.when(stranger).then_says({"MessageReceived", "MessageUnmatched", "CallNoted", "PromiseMade"});
}

TEST(Calls, OfTheOtherHomeDoNotComeIntoTheConversation) {
    auto all = at_ten();
    all.given({ContactListed{.contact = {"k-lee"}, .case_id = ada, .relation = Relation::father, .name = "Lee", .email = "lee@example.org", .phone = {}, .home = {}}});
    all.when(from_sam("2024-02-14T09:00"), "one");
    auto lee = call(CallOutcome::to_answer);
    lee.conversation = {"c-one"};
    lee.contact = {"k-lee"};
    all.when(lee, "lee");
    EXPECT_EQ(all.the<CallNoted>().conversation, ConversationId{"c-lee"});
    EXPECT_EQ(all.the<AcknowledgementPrepared>().to.or_empty(), "lee@example.org");
}

TEST(Calls, WhatCannotBeIsRefusedAndNothingIsFiled) {
    auto all = at_ten();
    auto wrong = call(CallOutcome::answered);
    wrong.staff = {"nobody"};
    EXPECT_EQ(all.when(wrong).then_says({"ActRefused"}).the<ActRefused>().because, RefusedBecause::unknown_person);
    wrong = call(CallOutcome::answered, "2024-02-14T12:00");
    EXPECT_EQ(all.when(wrong).then_says({"ActRefused"}).the<ActRefused>().because, RefusedBecause::day_not_possible);
    wrong = call(CallOutcome::answered);
    wrong.given = std::vector{Given{.kind = PromiseKind::meeting, .what = "Meet", .by = day("2024-02-17")}};
    EXPECT_EQ(all.when(wrong).then_says({"ActRefused"}).the<ActRefused>().because, RefusedBecause::day_not_possible);
    wrong = call(CallOutcome::answered);
    wrong.case_id = {"NM-0"};
    EXPECT_EQ(all.when(wrong).then_says({"ActRefused"}).the<ActRefused>().because, RefusedBecause::no_such_case);
}

TEST(Letters, CountFromTheDayOnWhichThePostBroughtThem) {
    auto all = office();
    LetterLogged letter;
    letter.case_id = ada;
    letter.contact = {"k-sam"};
    letter.staff = dana;
    letter.received_on = day("2024-02-14");
    letter.text = "She asks for a meeting.";
    letter.scan = BlobRef{"scan", "key", 900};
    all.on("2024-02-14T15:00").when(letter).then_says({"MessageReceived", "MessageRouted", "PromiseMade", "AcknowledgementPrepared", "SendReleased"});
    EXPECT_EQ(all.the<MessageReceived>().channel, Channel::letter);
    EXPECT_EQ(all.the<PromiseMade>().told_day, day("2024-02-15"));
    EXPECT_EQ(all.the<MessageReceived>().raw.or_empty().name, "scan");
}

TEST(Letters, EnteredLateAreNeverToldADayThatIsOver) {
    auto all = office();
    LetterLogged letter;
    letter.case_id = ada;
    letter.staff = dana;
    letter.received_on = day("2024-02-09");
    all.on("2024-02-14T15:00").when(letter);
    EXPECT_EQ(all.the<PromiseMade>().counts_as, day("2024-02-09"));
    EXPECT_EQ(all.the<PromiseMade>().told_day, day("2024-02-14"));
    letter.received_on = day("2024-02-15");
    EXPECT_EQ(all.when(letter).the<ActRefused>().because, RefusedBecause::day_not_possible);
}

}  // namespace hearback
