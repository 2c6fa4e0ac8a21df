// A standard that is tried on the past says what it would have done. Tried on itself, it says what has been.
#include <map>
#include <random>

#include "deciders/northmere.hpp"
#include "deciders/trial.hpp"

namespace hearback {

Asked asked(std::string_view received, std::string_view answered = {}) { return {at(received), answered.empty() ? std::nullopt : std::optional(at(answered))}; }

TEST(Trial, CountsWhatIsKeptAndHowFarTheRestGoesUp) {
    const auto council = ordinary_council();
    const auto weeks = try_standard({asked("2024-02-12T10:00", "2024-02-13T17:00"), asked("2024-02-12T10:00", "2024-02-14T09:00"), asked("2024-02-12T10:00", "2024-02-16T09:00"), asked("2024-02-12T10:00"),
                                     asked("2024-02-19T10:00")}, council.answering, council.standard, at("2024-02-19T12:00"));
    ASSERT_EQ(weeks.size(), 1U) << "what is not due yet is not judged";
    EXPECT_EQ(weeks[0], (TriedWeek{.monday = day("2024-02-12"), .due = 4, .kept = 1, .reached = {3, 2, 0}}));
}

TEST(Trial, AnotherStandardAnswersOtherwise) {
    const auto council = ordinary_council();
    auto slower = council.standard;
    slower.answer_days = 3;
    slower.ladder[0].days = 5;
    const auto weeks = try_standard({asked("2024-02-12T10:00", "2024-02-15T17:00"), asked("2024-02-12T10:00")}, council.answering, slower, at("2024-02-22T12:00"));
    EXPECT_EQ(weeks.at(0), (TriedWeek{.monday = day("2024-02-12"), .due = 2, .kept = 1, .reached = {1, 0, 0}}));
}

// The deciders over three weeks of random traffic, and the trial of the same standard on what came of it.
TEST(Trial, OnItsOwnStandardSaysWhatHasBeen) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 draw(seed);
    const auto council = ordinary_council();
    Deciders deciders;
    for (const auto& event : northmere()) deciders.evolve(event);
    std::map<PromiseId, Asked> promises;
    std::array<int, 3> reached{};
    int broken = 0, n = 0;
    std::map<Instant, Input> inputs;
    std::vector<MessageReceived> received;
    Instant now = at("2024-02-05T08:00");
    const auto end = at("2024-03-04T12:00");
    const auto hear = [&](const Input& input) {
        for (const auto& event : deciders.decide(input, council, now, "cause-" + std::to_string(++n))) {
            if (const auto* e = std::get_if<PromiseMade>(&event)) promises[e->promise] = {e->received_at, {}};
            if (const auto* e = std::get_if<PromiseKept>(&event)) promises[e->promise].answered_at = now;
            if (const auto* e = std::get_if<MessageReceived>(&event)) received.push_back(*e);
            if (const auto* e = std::get_if<ConversationEscalated>(&event)) ++reached[std::size_t(e->rung) - 1];
            broken += std::holds_alternative<PromiseBroken>(event);
        }
    };
    while (now < end) {
        for (auto due = deciders.due(); due && *due <= now; due = deciders.due()) hear(ClockStruck{now});
        const auto kind = draw() % 3;
        if (kind == 0 && now < at("2024-02-26T00:00")) {
            auto mail = mail_from("sam@example.org", "2024-02-05T08:00", "Question " + std::to_string(n));
            mail.received_at = now;
            hear(AnyEvent(mail));
        } else if (kind == 1 && !received.empty()) {
            const auto of = received[draw() % received.size()].conversation;
            hear(AnyEvent(NoAnswerSaid{.conversation = of, .staff = priya, .reason = NoAnswerReason::answered_already, .note = {}}));
        }
        auto next = now + Millis{std::chrono::minutes{draw() % 900}};
        if (const auto due = deciders.due(); due && *due > now) next = std::min(next, *due);
        now = next;
    }
    for (auto due = deciders.due(); due && *due <= now; due = deciders.due()) hear(ClockStruck{now});
    std::vector<Asked> past;
    for (const auto& [id, each] : promises) past.push_back(each);
    TriedWeek sum;
    for (const auto& week : try_standard(past, council.answering, council.standard, now)) {
        sum.due += week.due;
        sum.kept += week.kept;
        for (std::size_t rung = 0; rung < 3; ++rung) sum.reached[rung] += week.reached[rung];
    }
    EXPECT_GT(sum.due, 10);
    EXPECT_EQ(sum.due - sum.kept, broken);
    EXPECT_EQ(sum.reached, reached);
}

}  // namespace hearback
