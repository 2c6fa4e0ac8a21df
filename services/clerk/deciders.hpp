// The deciders in their order, and what they know together. The one list of types.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "deciders/office.hpp"
#include "events/any.hpp"
#include "kernel/decider.hpp"

namespace hearback {

/// Rounds of one decision, in which what one says the others hear.
inline constexpr int rounds_max = 32;
/// More is left for the next input or stroke of the clock.
inline constexpr std::size_t decision_events_max = 256;

using Input = std::variant<AnyEvent, ClockStruck>;

/// What an authority has settled: calendars, standard, words about itself.
struct Settled {
    OpenTime window, answering;
    Standard standard;
    Council council;
};

class Deciders {
  public:
    Deciders();
    ~Deciders();
    Deciders(Deciders&&) noexcept;
    Deciders& operator=(Deciders&&) noexcept;

    /// What an input comes to. Events are evolved into every state first, then offered to the deciders in list order,
    /// breadth first. Throws std::logic_error when they do not come to an end.
    std::vector<AnyEvent> decide(const Input&, const Settled&, Instant now, std::string_view cause);
    /// Remembers an event that counted.
    void evolve(const AnyEvent&);

    /// When the clock must be struck next.
    std::optional<Instant> due() const;
    std::size_t in_flight() const;
    const People& people() const;

    /// What each decider hears and says, from the types.
    struct Service {
        std::string name;
        std::vector<std::string> hears, says;
    };
    static std::vector<Service> services();
    /// Types that some decider remembers or acts on: others need not be decoded.
    static const std::set<std::string, std::less<>>& heard_types();

  private:
    struct States;
    std::unique_ptr<States> states_;
};

}  // namespace hearback
