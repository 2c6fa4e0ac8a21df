// What a decider is: pure functions of what it knows and what it hears. It knows no clock, file, socket or thread; the
// time is in the Office. A service of this shape is a struct with
//
//   name                                   also its event source and its metrics
//   Event                                  the variant of what it says
//   State                                  what it must remember; holds open work only
//   decide(State, Heard, Office) -> Says   one overload for each thing that it acts on
//   evolve(State&, Heard)                  one overload for each thing that it remembers, its own words included
//   due(State) -> optional<Instant>        when the clock must be struck for it
//
// What it hears is read off its overloads; there is no second list to forget.
#pragma once

#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

#include "kernel/instant.hpp"

namespace hearback {

/// The clock reached an instant at which something was due.
struct ClockStruck {
    static constexpr std::string_view type = "ClockStruck";
    Instant now{};
};

template <class D, class Heard, class Office>
concept acts_on = requires(const typename D::State& state, const Heard& heard, const Office& office) { D::decide(state, heard, office); };

template <class D, class Heard>
concept remembers = requires(typename D::State& state, const Heard& heard) { D::evolve(state, heard); };

/// Visits a variant with a lambda for each kind.
template <class... Cases>
struct match : Cases... {
    using Cases::operator()...;
};

}  // namespace hearback
