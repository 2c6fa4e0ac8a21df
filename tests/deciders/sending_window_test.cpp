// Nothing leaves for a family outside the window.
#include "deciders/northmere.hpp"
#include "deciders/sending_window/sending_window.hpp"

namespace hearback {

const ConversationId family{"c-1"};

using Window = Scenario<Alone<SendingWindow>>;

AcknowledgementPrepared acknowledgement(std::string id, ConversationId conversation = family) {
    return {.message = {std::move(id)}, .conversation = std::move(conversation), .answers = {"m-1"}, .for_day = day("2024-02-15")};
}
ReplyWritten reply(std::string id) { return {.message = {std::move(id)}, .conversation = family, .answers = {"m-1"}, .staff = priya}; }

SendHeld held_at(std::string_view london) {
    Window window;
    return window.on(london).when(AnyEvent(reply("r-1"))).the<SendHeld>();
}

TEST(SendingWindow, HoldsFromSixUntilTheNextWorkingMorning) {
    Window().on("2024-02-14T17:59:59").when(AnyEvent(reply("r-1"))).then({SendReleased{.message = {"r-1"}, .conversation = family, .not_after = at("2024-02-14T18:00")}});
    Window().on("2024-02-14T18:00").when(AnyEvent(reply("r-1"))).then({SendHeld{.message = {"r-1"}, .conversation = family,
        .opening = at("2024-02-15T08:00"), .until = at("2024-02-15T08:00"), .leaves_by = at("2024-02-15T08:15"), .because = HeldBecause::after_hours}});
}

TEST(SendingWindow, HoldsBeforeEightAndAtWeekendsAndOnBankHolidays) {
    EXPECT_EQ(held_at("2024-02-14T07:59:59").until, at("2024-02-14T08:00"));
    EXPECT_EQ(held_at("2024-02-14T07:59:59").because, HeldBecause::before_hours);
    EXPECT_EQ(held_at("2024-02-17T12:00").until, at("2024-02-19T08:00"));
    EXPECT_EQ(held_at("2024-02-17T12:00").because, HeldBecause::not_a_working_day);
    EXPECT_EQ(held_at("2024-12-24T12:00").until, at("2024-12-27T08:00"));
}

TEST(SendingWindow, KeepsLondonMorningWhenTheClocksChange) {
    EXPECT_EQ(held_at("2024-03-28T18:30").until, instant_from_iso("2024-04-02T07:00:00Z"));
}

TEST(SendingWindow, PacesTheMorningToTheRelaysLimit) {
    Window window;
    window.on("2024-02-14T20:00");
    for (int n = 0; n < 3; ++n) window.when(AnyEvent(acknowledgement("a-" + std::to_string(n), {"c-" + std::to_string(n)})));
    EXPECT_EQ(window.the<SendHeld>().until, at("2024-02-15T08:00:01"));
    window.strike("2024-02-15T07:59:59").then_nothing();
    window.strike("2024-02-15T08:00").then_says({"SendReleased"});
    EXPECT_EQ(window.due(), at("2024-02-15T08:00") + Millis{500});
}

TEST(SendingWindow, StopsUntilTheLastSecondAndNoLonger) {
    const StopAsked stop{.message = {"r-1"}, .staff = priya};
    Window window;
    window.on("2024-02-14T20:00").when(AnyEvent(reply("r-1")));
    window.on("2024-02-15T07:59:59").when(stop).then({SendCancelled{.message = {"r-1"}, .conversation = family, .staff = priya}});
    window.when(stop).then({StopRefused{.message = {"r-1"}, .conversation = family, .staff = priya, .because = StopRefusedBecause::already_stopped}});
    window.strike("2024-02-15T08:00").then_nothing();
    Window late;
    late.on("2024-02-14T20:00").when(AnyEvent(reply("r-1"))).strike("2024-02-15T08:00");
    EXPECT_EQ(late.when(stop).the<StopRefused>().because, StopRefusedBecause::already_left);
    EXPECT_EQ(late.when(StopAsked{{"r-none"}, priya}).the<StopRefused>().because, StopRefusedBecause::not_found);
}

TEST(SendingWindow, TakesTheAcknowledgementBackWhenTheAnswerLeavesFirst) {
    Window window;
    window.on("2024-02-14T20:00").when(AnyEvent(acknowledgement("m-1.ack"))).when(AnyEvent(reply("r-1")));
    window.strike("2024-02-15T08:00").then_says({"SendWithdrawn", "SendReleased"});
}

TEST(SendingWindow, ACancelledAnswerLeavesTheAcknowledgementInPlace) {
    Window window;
    window.on("2024-02-14T20:00").when(AnyEvent(acknowledgement("m-1.ack"))).when(AnyEvent(reply("r-1"))).when(StopAsked{.message = {"r-1"}, .staff = priya});
    window.strike("2024-02-15T08:00").then({SendReleased{.message = {"m-1.ack"}, .conversation = family, .not_after = at("2024-02-15T18:00")}});
}

TEST(SendingWindow, NewsTakesNothingBack) {
    auto news = reply("r-1");
    news.kind = ReplyKind::holding;
    Window window;
    window.on("2024-02-14T20:00").when(AnyEvent(acknowledgement("m-1.ack"))).when(AnyEvent(news));
    window.strike("2024-02-15T08:01").then_says({"SendReleased", "SendReleased"});
}

TEST(SendingWindow, AnAcknowledgementNeverLeavesAheadOfItsAnswerInACrowd) {
    auto settled = ordinary_council();
    settled.standard.relay_per_minute = 1'000'000;
    Alone<SendingWindow> window;
    const auto hear = [&](const AnyEvent& event) {
        window.evolve(event);
        window.decide(event, settled, at("2024-02-14T20:00"), "x");
    };
    for (int n = 0; n < 200; ++n) hear(acknowledgement("a-" + std::to_string(1000 + n), {"c-" + std::to_string(n)}));
    for (int n = 0; n < 200; ++n) {
        auto answer = reply("r-" + std::to_string(1000 + n));
        answer.conversation = {"c-" + std::to_string(n)};
        hear(answer);
    }
    std::set<MessageId> released;
    for (int stroke = 0; window.due(); ++stroke) {
        ASSERT_LT(stroke, 100);
        for (const auto& said : window.decide(ClockStruck{at("2024-02-15T09:00")}, settled, at("2024-02-15T09:00"), "x"))
            if (const auto* release = std::get_if<SendReleased>(&said)) released.insert(release->message);
    }
    EXPECT_EQ(released.size(), 200U);
    EXPECT_TRUE(released.begin()->value.starts_with("r-"));
}

TEST(SendingWindow, HoldsAgainWhatTheCarrierReachedTooLate) {
    Window window;
    window.on("2024-02-14T17:59").when(AnyEvent(reply("r-1")));
    window.on("2024-02-14T18:00").when(AnyEvent(ReleaseMissed{.message = {"r-1"}, .conversation = family}));
    EXPECT_EQ(window.the<SendHeld>().until, at("2024-02-15T08:00"));
    EXPECT_EQ(window.the<SendHeld>().because, HeldBecause::missed_its_time);
    window.strike("2024-02-15T08:00").then_says({"SendReleased"});
    window.on("2024-02-15T08:01").when(AnyEvent(ReleaseMissed{.message = {"r-1"}, .conversation = family})).then_says({"SendReleased"});
}

TEST(SendingWindow, WaitsForTheNextMorningWhenTheClerkWasAwayAllDay) {
    Window window;
    window.on("2024-02-14T20:00").when(AnyEvent(reply("r-1")));
    window.strike("2024-02-15T18:30").then_says({"SendHeld"});
    EXPECT_EQ(window.the<SendHeld>().until, at("2024-02-16T08:00"));
}

}  // namespace hearback
