#include <algorithm>

#include "deciders/directory/people.hpp"

namespace hearback {

namespace {

template <class Map, class Key>
const typename Map::mapped_type* find_in(const Map& map, const Key& key) {
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}

std::string spaced(std::string_view word) {
    std::string text(word);
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

}  // namespace

const TeamListed* People::team(const TeamId& id) const { return find_in(teams, id); }
const StaffListed* People::member(const StaffId& id) const { return find_in(staff, id); }
const CaseListed* People::find_case(const CaseId& id) const { return find_in(cases, id); }

std::vector<const Contact*> People::at_address(std::string_view email) const {
    std::vector<const Contact*> found;
    if (const auto* ids = find_in(by_email, lower_case(email)))
        for (const auto& id : *ids)
            if (const Contact* one = find_in(contacts, id)) found.push_back(one);
    return found;
}

std::vector<const Contact*> People::at_address(std::string_view email, const CaseId& case_id) const {
    auto found = at_address(email);
    std::erase_if(found, [&](const Contact* each) { return !tie(*each, case_id); });
    return found;
}

const Contact* People::contact(const ContactId& id) const { return find_in(contacts, id); }

bool People::share_a_home(const Contact& one, const Contact& other) {
    return one.id == other.id || (!one.home.or_empty().empty() && one.home == other.home);
}

const Tie* People::tie(const Contact& contact, const CaseId& case_id) const {
    const auto found = std::find_if(contact.ties.begin(), contact.ties.end(), [&](const Tie& t) { return t.case_id == case_id; });
    return found == contact.ties.end() ? nullptr : &*found;
}

bool People::is_away(const StaffId& id, Date day) const {
    if (left.contains(id)) return true;
    const auto* list = find_in(absences, id);
    return list && std::any_of(list->begin(), list->end(), [&](const Absence& a) { return a.from <= day && (!a.to || day <= *a.to); });
}

const StaffListed* People::standing_in_for(const StaffId& id, Date day) const {
    const StaffId* at = &id;
    for (std::size_t steps = 0; steps <= staff.size(); ++steps) {
        if (!is_away(*at, day)) return member(*at);
        const auto* list = find_in(absences, *at);
        if (!list) return nullptr;
        const auto now = std::find_if(list->rbegin(), list->rend(), [&](const Absence& a) { return a.from <= day && (!a.to || day <= *a.to); });
        if (now == list->rend()) return nullptr;
        at = &now->cover;
    }
    return nullptr;
}

const StaffListed* People::matcher() const {
    for (const auto& [id, team] : teams)
        if (const auto* who = member(team.matching)) return who;
    for (const auto& [id, team] : teams)
        if (const auto* who = member(team.manager)) return who;
    return staff.empty() ? nullptr : &staff.begin()->second;
}

const StaffListed* People::holder(const TeamId& id, StaffRole role, Date day) const {
    const TeamListed* of = team(id);
    if (!of) return nullptr;
    switch (role) {
        case StaffRole::team_manager: return standing_in_for(of->manager, day);
        case StaffRole::head_of_service: return standing_in_for(of->head_of_service, day);
        case StaffRole::complaints_team: return standing_in_for(of->complaints, day);
        case StaffRole::caseworker: break;
    }
    return nullptr;
}

std::string name_of(const StaffListed* who) { return who ? who->name.or_else("a colleague") : "a colleague"; }

std::string listing(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t n = 0; n < names.size(); ++n) text += (n == 0 ? "" : n + 1 == names.size() ? " and " : ", ") + names[n];
    return text;
}

std::string first_name(std::string_view full_name) { return std::string(full_name.substr(0, full_name.find(' '))); }

std::string words_for(Relation relation) { return spaced(to_word(relation)); }
std::string words_for(StaffRole role) { return spaced(to_word(role)); }

}  // namespace hearback
