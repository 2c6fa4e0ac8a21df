// A family is told a day, and that day is theirs: nobody says sorry before it is over, and nobody waits longer than until the next opening.
#include <cstdlib>
#include <iostream>
#include <map>
#include <random>

#include "deciders/northmere.hpp"

namespace hearback {

namespace {

constexpr int arrivals_of_the_test = 4000;  ///< as many as are quick under the sanitizers; HEARBACK_ARRIVALS=100000 asks for more
constexpr int arrivals_at_a_time = 50;

int arrivals_wanted() {
    const char* more = std::getenv("HEARBACK_ARRIVALS");
    return more ? std::atoi(more) : arrivals_of_the_test;
}

/// The first day from this one on that an email calls so: "Monday 19 February".
Date day_named(const Personal<std::vector<Field>>& fields, Date from) {
    for (const auto& field : fields.or_empty())
        if (field.name == "answer_by")
            for (int n = 0; n < 60; ++n)
                if (const Date named{std::chrono::sys_days{from} + std::chrono::days{n}}; day_words(named) == field.value) return named;
    ADD_FAILURE() << "no day is named";
    return from;
}

/// Families who write at random moments of two weeks and whom nobody answers.
class Fortnight {
  public:
    Fortnight(std::mt19937& draw, Instant begins) : council_(ordinary_council()), now_(begins) {
        for (const auto& event : northmere()) deciders_.evolve(event);
        for (int n = 0; n < arrivals_at_a_time; ++n) arrivals_.insert(begins + Millis{draw() % Millis{std::chrono::weeks{2}}.count()});
    }

    /// Until each of them has been told three times that we are sorry.
    void play() {
        for (const auto& at : arrivals_) {
            strike_until(at);
            auto mail = mail_from(apologies_.size() % 7 == 0 ? "nobody@knows.example" : "sam@example.org", "2024-02-05T08:00", "Question " + std::to_string(causes_));
            mail.received_at = now_ = at;
            hear(AnyEvent(mail));
        }
        strike_until(now_ + std::chrono::weeks{4});
    }

    int acknowledged = 0, apologised = 0;

  private:
    void strike_until(Instant end) {
        for (auto due = deciders_.due(); due && *due <= end; due = deciders_.due()) {
            now_ = std::max(now_, *due);
            hear(ClockStruck{now_});
        }
    }

    void hear(const Input& input) {
        for (const auto& event : deciders_.decide(input, council_, now_, "cause-" + std::to_string(++causes_))) {
            if (const auto* told = std::get_if<AcknowledgementPrepared>(&event)) {
                named_[told->conversation] = day_named(told->fields, london_date(now_));
                ++acknowledged;
            } else if (const auto* sorry = std::get_if<NoticePrepared>(&event)) {
                apologies_[sorry->message] = named_.at(sorry->conversation);
                named_[sorry->conversation] = day_named(sorry->fields, london_date(now_));
            } else if (const auto* leaving = std::get_if<SendReleased>(&event)) {
                if (const auto apology = apologies_.find(leaving->message); apology != apologies_.end()) leaves(apology->second);
            }
        }
    }

    /// An apology for a day that was named.
    void leaves(Date named) {
        ++apologised;
        Date next{std::chrono::sys_days{named} + std::chrono::days{1}};
        while (!council_.answering.days().is_working_day(next)) next = Date{std::chrono::sys_days{next} + std::chrono::days{1}};
        EXPECT_GE(now_, at_london(named, std::chrono::hours{18})) << "sorry before the end of " << day_words(named);
        EXPECT_LE(now_, at_london(next, std::chrono::hours{8})) << "sorry for " << day_words(named) << " later than the next opening";
    }

    Deciders deciders_;
    Settled council_;
    Instant now_;
    std::multiset<Instant> arrivals_;
    std::map<ConversationId, Date> named_;
    std::map<MessageId, Date> apologies_;
    int causes_ = 0;
};

}  // namespace

TEST(ToldDay, NoApologyBeforeItIsOverAndNoneLaterThanTheNextOpening) {
    const unsigned seed = std::random_device{}();
    std::mt19937 draw(seed);
    int acknowledged = 0, apologised = 0, arrived = 0;
    for (; arrived < arrivals_wanted() && !HasFailure(); arrived += arrivals_at_a_time) {
        const Date monday{std::chrono::sys_days{day("2024-01-08")} + std::chrono::weeks{draw() % 48}};  // Easter, both changes of the clocks, Christmas
        Fortnight fortnight(draw, at_london(monday, Millis{0}));
        fortnight.play();
        acknowledged += fortnight.acknowledged;
        apologised += fortnight.apologised;
    }
    std::cout << "seed " << seed << ": " << arrived << " arrivals, " << acknowledged << " acknowledgements, " << apologised << " apologies\n";
    EXPECT_EQ(acknowledged, arrived);
    EXPECT_EQ(apologised, 3 * arrived) << "each rung says sorry once";
}

}  // namespace hearback
