// Given what was concluded before, when this is heard, then that is said: a decider alone, or all of them together.
// Every input is decided a second time and may then only be refused; and everything is folded with all personal members
// erased: that changes no due time, and deciding never throws.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "clerk/deciders.hpp"
#include "deciders/directory/directory.hpp"
#include "events/codec.hpp"
#include "kernel/london.hpp"

namespace hearback {

/// A London clock face: "2024-02-15T21:40" or with seconds.
inline Instant at(std::string_view text) {
    const std::string whole(text);
    return from_london(local_from_iso(whole.size() == 16 ? whole + ":00" : whole).value());
}
inline Date day(std::string_view text) { return date_from_iso(text).value(); }

/// 08:00 to 18:00, England's bank holidays around the days of the tests, one closure day.
Settled ordinary_council();

/// The same event after its key was destroyed.
AnyEvent with_key_destroyed(AnyEvent event);
Input with_key_destroyed(const Input& input);

/// One decider with a directory to look things up in, driven as the clerk drives all of them.
template <class D>
class Alone {
  public:
    void evolve(const AnyEvent& event) {
        std::visit([&]<class E>(const E& e) {
            if constexpr (remembers<Directory, E>) Directory::evolve(directory_, e);
            if constexpr (remembers<D, E>) D::evolve(state_, e);
        }, event);
    }
    std::vector<AnyEvent> decide(const Input& input, const Settled& settled, Instant now, std::string_view cause) {
        const Office office{.now = now, .window = settled.window, .answering = settled.answering, .people = directory_.people,
                            .standard = settled.standard, .council = settled.council, .cause = cause};
        std::vector<AnyEvent> said;
        const auto ask = [&]<class Heard>(const Heard& heard) {
            if constexpr (acts_on<D, Heard, Office>)
                for (auto& each : D::decide(state_, heard, office)) std::visit([&](auto& e) { said.push_back(std::move(e)); }, each);
        };
        std::visit(match{[&](const AnyEvent& event) { std::visit(ask, event); }, [&](const ClockStruck& clock) { ask(clock); }}, input);
        for (const auto& each : said) evolve(each);
        return said;
    }
    std::optional<Instant> due() const { return D::due(state_); }

  private:
    typename D::State state_;
    Directory::State directory_;
};

std::string as_json(const std::vector<AnyEvent>& events);
bool is_refusal(const AnyEvent& event);

template <class Subject = Deciders>
class Scenario {
  public:
    explicit Scenario(Settled settled = ordinary_council()) : settled_(std::move(settled)) {}

    Scenario& given(const std::vector<AnyEvent>& events) {
        for (const auto& each : events) {
            subject_.evolve(each);
            history_.push_back(each);
        }
        return *this;
    }

    /// Sets the Office's now.
    Scenario& on(std::string_view london) {
        now_ = at(london);
        return *this;
    }

    /// A decision about one thing. An event of another decider is remembered before it is decided about.
    Scenario& when(const Input& input, std::string cause = {}) {
        if (cause.empty()) cause = "cause-" + std::to_string(++causes_);
        if (const auto* clock = std::get_if<ClockStruck>(&input)) now_ = clock->now;
        if constexpr (!std::is_same_v<Subject, Deciders>)
            if (const auto* event = std::get_if<AnyEvent>(&input)) given({*event});
        decide_with_keys_destroyed(input, cause);
        said_ = subject_.decide(input, settled_, now_, cause);
        history_.insert(history_.end(), said_.begin(), said_.end());
        const bool left_for_the_next_stroke = std::holds_alternative<ClockStruck>(input) && subject_.due() && *subject_.due() <= now_;
        if (left_for_the_next_stroke) return *this;
        for (const auto& again : subject_.decide(input, settled_, now_, cause))
            EXPECT_TRUE(is_refusal(again)) << "said when decided a second time:" << as_json({again});
        EXPECT_EQ(folded_with_keys_destroyed().due(), subject_.due()) << "destroying keys changed what is due";
        return *this;
    }
    Scenario& strike(std::string_view london) { return when(ClockStruck{at(london)}); }

    Scenario& then(const std::vector<AnyEvent>& expected) {
        EXPECT_TRUE(said_ == expected) << "said:" << as_json(said_) << "\nexpected:" << as_json(expected);
        return *this;
    }
    Scenario& then_nothing() { return then_says({}); }
    /// Only the kinds of what was said, in order. Signs of who is at work are left out unless they are asked for.
    Scenario& then_says(const std::vector<std::string_view>& types) {
        std::vector<std::string_view> said;
        for (const auto& each : said_) {
            const auto type = type_of(each);
            const bool sign = type == "SeenAtWork" || type == "MorningLookedOver";
            if (!sign || std::find(types.begin(), types.end(), type) != types.end()) said.push_back(type);
        }
        EXPECT_EQ(said, types) << "said:" << as_json(said_);
        return *this;
    }

    /// The only event of its kind in the last decision.
    template <class E>
    E the() const {
        const auto found = all<E>();
        EXPECT_EQ(found.size(), 1U) << E::type << " in:" << as_json(said_);
        return found.empty() ? E{} : found.front();
    }
    template <class E>
    std::vector<E> all() const {
        std::vector<E> found;
        for (const auto& each : said_)
            if (const auto* one = std::get_if<E>(&each)) found.push_back(*one);
        return found;
    }
    template <class E>
    std::size_t count() const {
        std::size_t n = 0;
        for (const auto& each : said_) n += std::holds_alternative<E>(each);
        return n;
    }
    std::optional<Instant> due() const { return subject_.due(); }
    Instant now() const { return now_; }

  private:
    Subject folded_with_keys_destroyed() const {
        Subject other;
        for (const auto& each : history_) other.evolve(with_key_destroyed(each));
        return other;
    }
    void decide_with_keys_destroyed(const Input& input, const std::string& cause) const {
        EXPECT_NO_THROW(folded_with_keys_destroyed().decide(input, settled_, now_, cause)) << "with the keys destroyed";
        EXPECT_NO_THROW(folded_with_keys_destroyed().decide(with_key_destroyed(input), settled_, now_, cause)) << "with all keys destroyed";
    }

    Settled settled_;
    Subject subject_;
    Instant now_ = at("2024-02-14T10:00");
    std::vector<AnyEvent> history_, said_;
    int causes_ = 0;
};

extern template class Scenario<Deciders>;  // made once, in scenario.cpp: it is most of what a test costs to compile

}  // namespace hearback
