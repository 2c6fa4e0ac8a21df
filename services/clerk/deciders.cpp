#include "clerk/deciders.hpp"

#include <algorithm>
#include <deque>
#include <iterator>
#include <stdexcept>
#include <tuple>

#include "deciders/briefing/briefing.hpp"
#include "deciders/casework/casework.hpp"
#include "deciders/complaints/complaints.hpp"
#include "deciders/delivery/delivery.hpp"
#include "deciders/directory/directory.hpp"
#include "deciders/escalation/escalation.hpp"
#include "deciders/promises/promises.hpp"
#include "deciders/routing/routing.hpp"
#include "deciders/sending_window/sending_window.hpp"
#include "deciders/staffing/staffing.hpp"

namespace hearback {

namespace {

template <class... D>
struct List {
    using StateTuple = std::tuple<typename D::State...>;
    template <class F>
    static void each(F&& f) { (f.template operator()<D>(), ...); }
};

/// In the order in which they are asked.
using All = List<Directory, Routing, Casework, Promises, Escalation, Complaints, Briefing, Staffing, SendingWindow, Delivery>;

template <class D, class States>
auto& state_of(States& states) { return std::get<typename D::State>(states); }

template <class... E>
std::vector<std::string> names(std::variant<E...>*) { return {std::string(E::type)...}; }

/// The events of AnyEvent that a decider has an overload for.
template <class D, class... E>
std::vector<std::string> heard_by(std::variant<E...>*) {
    std::vector<std::string> found;
    const auto look = [&]<class One>(One*) {
        if constexpr (acts_on<D, One, Office> || remembers<D, One>) found.emplace_back(One::type);
    };
    (look(static_cast<E*>(nullptr)), ...);
    if constexpr (acts_on<D, ClockStruck, Office>) found.emplace_back(ClockStruck::type);
    return found;
}

}  // namespace

struct Deciders::States {
    All::StateTuple all;
};

Deciders::Deciders() : states_(std::make_unique<States>()) {}
Deciders::~Deciders() = default;
Deciders::Deciders(Deciders&&) noexcept = default;
Deciders& Deciders::operator=(Deciders&&) noexcept = default;

void Deciders::evolve(const AnyEvent& event) {
    std::visit([&](const auto& e) {
        All::each([&]<class D>() {
            if constexpr (remembers<D, std::remove_cvref_t<decltype(e)>>) D::evolve(state_of<D>(states_->all), e);
        });
    }, event);
}

namespace {

/// Offers one thing to every decider; `hear` is called with each event that one of them says, at once.
template <class States, class Hear>
void offer(const States& states, const Office& office, const auto& input, Hear&& hear) {
    const auto ask = [&](const auto& heard) {
        All::each([&]<class D>() {
            if constexpr (acts_on<D, std::remove_cvref_t<decltype(heard)>, Office>)
                for (auto& said : D::decide(std::get<typename D::State>(states), heard, office))
                    std::visit([&](auto& e) { hear(AnyEvent(std::move(e))); }, said);
        });
    };
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(input)>, AnyEvent>) std::visit(ask, input);
    else ask(input);
}

}  // namespace

std::vector<AnyEvent> Deciders::decide(const Input& input, const Settled& settled, Instant now, std::string_view cause) {
    const Office office{.now = now, .window = settled.window, .answering = settled.answering, .people = people(),
                        .standard = settled.standard, .council = settled.council, .cause = cause};
    std::deque<AnyEvent> said;  // what has been said stays where it is while more is said
    const auto hear = [&](AnyEvent event) {
        evolve(event);
        said.push_back(std::move(event));
    };
    // An input is remembered by nobody; what is concluded from it is.
    std::visit([&](const auto& heard) { offer(states_->all, office, heard, hear); }, input);
    std::size_t next = 0;
    for (int round = 0; next < said.size(); ++round) {
        if (round == rounds_max) throw std::logic_error("the deciders did not come to an end after 32 rounds");
        for (const auto end = said.size(); next < end; ++next) offer(states_->all, office, said[next], hear);
    }
    return {std::make_move_iterator(said.begin()), std::make_move_iterator(said.end())};
}

std::optional<Instant> Deciders::due() const {
    std::optional<Instant> first;
    All::each([&]<class D>() {
        const auto at = D::due(state_of<D>(states_->all));
        if (at && (!first || *at < *first)) first = at;
    });
    return first;
}

std::size_t Deciders::in_flight() const { return Delivery::in_flight(state_of<Delivery>(states_->all)); }
const People& Deciders::people() const { return state_of<Directory>(states_->all).people; }

std::vector<Deciders::Service> Deciders::services() {
    std::vector<Service> found;
    All::each([&]<class D>() {
        found.push_back({std::string(D::name), heard_by<D>(static_cast<EveryEvent*>(nullptr)), names(static_cast<typename D::Event*>(nullptr))});
    });
    return found;
}

const std::set<std::string, std::less<>>& Deciders::heard_types() {
    static const auto types = [] {
        std::set<std::string, std::less<>> all;
        for (const auto& service : services()) all.insert(service.hears.begin(), service.hears.end());
        return all;
    }();
    return types;
}

}  // namespace hearback
