// One granted attempt at a time, and what became of it.
#include "deciders/delivery/delivery.hpp"
#include "deciders/northmere.hpp"

namespace hearback {

const MessageId letter{"r-1"};
const ConversationId conversation{"c-1"};
const InstanceId one{"one"}, two{"two"};

Scenario<Alone<Delivery>> released() {
    return std::move(Scenario<Alone<Delivery>>().given({SendReleased{.message = letter, .conversation = conversation, .not_after = at("2024-02-14T18:00")}}));
}
RenderingDone rendered(const InstanceId& instance = {}) { return {.message = letter, .instance = instance, .to = "sam@example.org", .bytes = BlobRef{"b", "k", 1}}; }
AttemptReported reported(int number, AttemptOutcome outcome) {
    return {.message = letter, .attempt = {"r-1.try-" + std::to_string(number)}, .outcome = outcome, .at = at("2024-02-14T10:00"), .code = 450, .words = "busy"};
}
AttemptGranted grant(int number, const InstanceId& instance = one) {
    return {.message = letter, .conversation = conversation, .attempt = {"r-1.try-" + std::to_string(number)}, .number = number, .instance = instance, .not_after = at("2024-02-14T18:00")};
}

TEST(Delivery, GrantsOneAttemptAtATime) {
    auto delivery = released();
    delivery.when(AttemptAsked{letter, one}).then_nothing();
    delivery.when(rendered()).then_says({"MessageRendered"});
    delivery.when(AttemptAsked{letter, one}).then({grant(1)});
    delivery.when(AttemptAsked{letter, two}).then_nothing();
    delivery.when(reported(1, AttemptOutcome::sent)).then_says({"MessageSent"});
    delivery.when(AttemptAsked{letter, two}).then_nothing();
}

TEST(Delivery, GrantsInTheSameBreathToTheCarrierThatRendered) {
    released().when(rendered(one)).then({MessageRendered{.message = letter, .conversation = conversation, .to = "sam@example.org", .bytes = BlobRef{"b", "k", 1}}, grant(1)});
}

TEST(Delivery, TriesAgainLaterAndLater) {
    auto delivery = released();
    delivery.when(rendered(one)).when(reported(1, AttemptOutcome::try_later));
    EXPECT_EQ(delivery.the<AttemptFailed>().retry_at, at("2024-02-14T10:01"));
    delivery.when(AttemptAsked{letter, two}).then_nothing();
    delivery.strike("2024-02-14T10:01").then({grant(2)});
    delivery.when(reported(2, AttemptOutcome::try_later));
    EXPECT_EQ(delivery.the<AttemptFailed>().retry_at, at("2024-02-14T10:06"));
}

TEST(Delivery, GivesUpAfterTheLastTry) {
    auto settled = ordinary_council();
    settled.standard.tries_max = 2;
    Scenario<Alone<Delivery>> delivery(settled);
    delivery.given({SendReleased{.message = letter, .conversation = conversation, .not_after = at("2024-02-14T18:00")}});
    delivery.when(rendered(one)).when(reported(1, AttemptOutcome::try_later)).strike("2024-02-14T10:01").when(reported(2, AttemptOutcome::try_later)).then_says({"MessageReturned"});
    EXPECT_FALSE(delivery.due());
}

TEST(Delivery, ARefusalForGoodComesBack) { released().when(rendered(one)).when(reported(1, AttemptOutcome::refused)).then_says({"MessageReturned"}); }

TEST(Delivery, RepeatsOnceWhenItIsUncertainAndNoMore) {
    auto delivery = released();
    delivery.when(rendered(one)).when(reported(1, AttemptOutcome::uncertain)).then({AttemptUncertain{.message = letter, .conversation = conversation, .attempt = {"r-1.try-1"}, .repeats = true}, grant(2)});
    delivery.when(reported(2, AttemptOutcome::uncertain)).then({AttemptUncertain{.message = letter, .conversation = conversation, .attempt = {"r-1.try-2"}, .repeats = false}});
    delivery.when(AttemptAsked{letter, one}).then_nothing();
}

TEST(Delivery, NothingIsGrantedOnceTheWindowHasClosed) {
    auto delivery = released();
    delivery.when(rendered()).on("2024-02-14T18:00").when(AttemptAsked{letter, one}).then({ReleaseMissed{.message = letter, .conversation = conversation}});
    auto retry = released();
    retry.on("2024-02-14T17:59:30").when(rendered(one)).when(reported(1, AttemptOutcome::try_later)).strike("2024-02-14T18:00:30").then_says({"ReleaseMissed"});
    EXPECT_FALSE(retry.due());
}

TEST(Delivery, AMissedReleaseIsRenderedAgainForItsNewDay) {
    auto delivery = released();
    delivery.when(rendered(one)).when(reported(1, AttemptOutcome::missed)).then_says({"ReleaseMissed"});
    delivery.on("2024-02-15T08:00").given({SendReleased{.message = letter, .conversation = conversation, .not_after = at("2024-02-15T18:00")}});
    delivery.when(AttemptAsked{letter, one}).then_nothing();
    delivery.when(rendered(one)).then_says({"MessageRendered", "AttemptGranted"});
    EXPECT_EQ(delivery.the<AttemptGranted>().number, 2);
}

TEST(Delivery, ALateReportAboutAnEarlierAttemptChangesNothing) {
    auto delivery = released();
    delivery.when(rendered(one)).when(reported(1, AttemptOutcome::try_later)).strike("2024-02-14T10:01").when(reported(1, AttemptOutcome::sent)).then_nothing();
}

TEST(Delivery, AReturnCountsOnceAndOnlyForGood) {
    auto delivery = released();
    delivery.when(rendered(one)).when(reported(1, AttemptOutcome::sent));
    delivery.when(AnyEvent(ReturnReceived{.message = letter, .report = {"m-9"}, .for_good = false, .status = "4.4.1"})).then_nothing();
    delivery.when(AnyEvent(ReturnReceived{.message = letter, .report = {"m-9"}, .for_good = true, .status = "5.1.1"})).then_says({"MessageReturned"});
    delivery.when(AnyEvent(ReturnReceived{.message = letter, .report = {"m-8"}, .for_good = true, .status = "5.1.1"})).then_nothing();
}

}  // namespace hearback
