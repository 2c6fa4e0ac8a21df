#include "deciders/entries.hpp"

#include <algorithm>

namespace hearback {

namespace {

template <class Entry>
std::optional<RefusedBecause> who_and_whose(const Office& office, const Entry& entry) {
    if (!office.people.member(entry.staff)) return RefusedBecause::unknown_person;
    if (!entry.case_id.empty() && !office.people.find_case(entry.case_id)) return RefusedBecause::no_such_case;
    return {};
}

/// A day on which it can be done: a working day whose hours are not over.
bool can_be_promised(const Office& office, Date by) {
    return office.answering.days().is_working_day(by) && office.answering.closing_of(by) > office.now;
}

}  // namespace

std::optional<RefusedBecause> why_refused(const Office& office, const CallLogged& call) {
    if (const auto because = who_and_whose(office, call)) return because;
    if (call.at > office.now) return RefusedBecause::day_not_possible;
    const auto& given = call.given.or_empty();
    if (!std::all_of(given.begin(), given.end(), [&](const Given& g) { return can_be_promised(office, g.by); })) return RefusedBecause::day_not_possible;
    return {};
}

std::optional<RefusedBecause> why_refused(const Office& office, const LetterLogged& letter) {
    if (const auto because = who_and_whose(office, letter)) return because;
    if (letter.received_on > london_date(office.now)) return RefusedBecause::day_not_possible;
    return {};
}

}  // namespace hearback
