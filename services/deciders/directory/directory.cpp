#include "deciders/directory/directory.hpp"

#include <algorithm>

#include "deciders/directory/addresses.hpp"
#include "events/words.hpp"

namespace hearback {

namespace {

/// Rows of one chunk, against the people as they are.
struct Reading {
    const People& people;
    const RowsImported& rows;
    Directory::Says said;
    std::int64_t taken = 0;

    void refuse(std::int64_t line, std::string column, std::string because) {
        said.push_back(RowRefused{.run = rows.run, .line = line, .column = std::move(column), .because = std::move(because)});
    }
    template <class Row>
    void take(Row row, const Row* known) {
        ++taken;
        if (!known || !(*known == row)) said.push_back(std::move(row));
    }

    void read(const TeamRow& row) {
        if (row.team.empty()) return refuse(row.line, "team", "A team needs an id. Write a short one that stays, like north.");
        if (row.name.empty()) return refuse(row.line, "name", "A team needs a name. Write it as families should read it.");
        TeamListed team{.team = {row.team}, .name = row.name, .manager = {row.manager}, .head_of_service = {row.head_of_service},
                        .complaints = {row.complaints}, .matching = {row.matching}};
        take(team, people.team(team.team));
    }
    void read(const StaffRow& row) {
        const auto role = from_word<StaffRole>(row.role);
        if (row.staff.empty()) return refuse(row.line, "staff", "A member of staff needs an id. Write one that stays, like priya-nair.");
        if (row.name.empty()) return refuse(row.line, "name", "A member of staff needs a name: families are told it.");
        if (!role) return refuse(row.line, "role", "The role \"" + row.role + "\" is none of ours. Write caseworker, team_manager, head_of_service or complaints_team.");
        if (!people.team({row.team})) return refuse(row.line, "team", "There is no team \"" + row.team + "\". Write the id of one of the list of teams, or add it there.");
        StaffListed member{.staff = {row.staff}, .role = *role, .team = {row.team}, .name = row.name, .email = row.email, .phone = row.phone};
        take(member, people.member(member.staff));
    }
    void read(const CaseRow& row) {
        const StaffListed* caseworker = people.member({row.caseworker});
        const auto since = date_from_iso(row.since);
        if (row.case_ref.empty()) return refuse(row.line, "case_ref", "A case needs a number. Write the one that the council uses, like NM-2041.");
        if (row.child.empty()) return refuse(row.line, "child", "A case needs the child's name.");
        if (row.caseworker.empty()) return refuse(row.line, "caseworker", "A case needs a named caseworker, and none is given. Write the id of a member of staff.");
        if (!caseworker) return refuse(row.line, "caseworker", "\"" + row.caseworker + "\" is not in the list of staff. Write the id of somebody who is, or add them there.");
        if (people.left.contains(caseworker->staff)) return refuse(row.line, "caseworker", name_of(caseworker) + " has left. Write who has the child now.");
        if (!row.deputy.empty() && !people.member({row.deputy})) return refuse(row.line, "deputy", "\"" + row.deputy + "\" is not in the list of staff. Write the id of somebody who is, or leave it empty.");
        if (!row.since.empty() && !since) return refuse(row.line, "since", "\"" + row.since + "\" is not a date. Write it like 2023-11-03, or leave it empty.");
        const auto known = people.cases.find({row.case_ref});
        const CaseListed* before = known == people.cases.end() || people.closed.contains(known->first) ? nullptr : &known->second;
        CaseListed listed{.case_id = {row.case_ref}, .caseworker = {row.caseworker}, .deputy = {row.deputy},
                          .team = row.team.empty() ? caseworker->team : TeamId{row.team}, .since = since, .child = row.child, .year = row.year};
        if (!since && before && before->caseworker == listed.caseworker) listed.since = before->since;  // a list that says nothing takes nothing back
        if (!people.team(listed.team)) return refuse(row.line, "team", "There is no team \"" + row.team + "\". Write the id of one of the list of teams, or add it there.");
        take(listed, before);
    }
    void read(const ContactRow& row) {
        const auto relation = from_word<Relation>(row.relation);
        const auto addresses = in_row(row);
        if (row.contact.empty()) return refuse(row.line, {}, "The import did not say who this is.");
        if (row.name.empty()) return refuse(row.line, "name", "A contact needs a name.");
        for (const auto& each : addresses)
            if (!is_address(each)) return refuse(row.line, "email", "\"" + each + "\" is not an email address. Write it like name@example.org.");
        if (!relation) return refuse(row.line, "relation", "The relation \"" + row.relation + "\" is not one that we know. Write mother, father, parent, grandparent, carer, foster_carer, young_person, school, professional or other.");
        const CaseId case_id{row.case_ref};
        if (!people.find_case(case_id) || people.closed.contains(case_id)) return refuse(row.line, "case_ref", "There is no case \"" + row.case_ref + "\". Write the number of one of the list of cases, or add it there.");
        const Contact* known = people.contact(row.contact);
        Contact person{.id = row.contact, .name = row.name, .email = {}, .phone = row.phone, .home = row.home, .emails = addresses, .in_lists = addresses, .corrected = {}, .open = {}, .ties = {}};
        if (known) {
            person.corrected = known->corrected;
            person.emails = that_count(addresses, person.corrected);
        }
        ++taken;
        const Tie* tie = known ? people.tie(*known, case_id) : nullptr;
        const bool same = tie && tie->relation == *relation && tie->listed_by == ListedBy::council_list && known->name == person.name && known->phone == person.phone &&
                          known->home == person.home && known->in_lists == addresses;
        if (!same) said.push_back(listed(person, case_id, *relation, ListedBy::council_list));
    }
    template <class Row>
    void read_all(const Personal<std::vector<Row>>& list) {
        for (const auto& row : list.or_empty()) read(row);
    }
    void take_away() {
        for (const auto& id : rows.gone_cases)
            if (people.cases.contains(id) && !people.closed.contains(id)) ++taken, said.push_back(CaseClosed{.case_id = id});
        for (const auto& gone : rows.gone_contacts)
            if (const Contact* known = people.contact(gone.contact); known && people.tie(*known, gone.case_id)) ++taken, said.push_back(ContactRemoved{.contact = gone.contact, .case_id = gone.case_id});
    }
};

}  // namespace

Directory::Says Directory::decide(const State& state, const RowsImported& rows, const Office&) {
    if (state.taken.contains({rows.run, rows.chunk})) return {};
    Reading reading{.people = state.people, .rows = rows, .said = {}};
    reading.read_all(rows.teams);
    reading.read_all(rows.staff);
    reading.read_all(rows.cases);
    reading.read_all(rows.contacts);
    reading.take_away();
    std::int64_t refused = 0;
    for (const auto& said : reading.said) refused += std::holds_alternative<RowRefused>(said);
    reading.said.push_back(RowsTaken{.run = rows.run, .chunk = rows.chunk, .taken = reading.taken, .refused = refused});
    return std::move(reading.said);
}

// What the council's own list says of a person stands. Of several who share the address it is the one who signs, if anybody.
Directory::Says Directory::decide(const State& state, const ConversationMatched& matched, const Office&) {
    const auto address = lower_case(matched.email.or_empty());
    if (address.empty() || !state.people.at_address(address, matched.case_id).empty()) return {};
    auto known = state.people.at_address(address);
    if (known.size() > 1) std::erase_if(known, [&](const Contact* each) { return each->name != matched.name; });
    if (known.size() == 1) return {listed(*known.front(), matched.case_id, matched.relation, ListedBy::matched)};
    const Contact stranger{.id = {"k-" + matched.conversation.value}, .name = matched.name, .email = {}, .phone = {}, .home = {}, .emails = {address}, .in_lists = {address}, .corrected = {}, .open = {}, .ties = {}};
    return {listed(stranger, matched.case_id, matched.relation, ListedBy::matched)};
}

void Directory::evolve(State& state, const TeamListed& e) { state.people.teams[e.team] = e; }
void Directory::evolve(State& state, const StaffListed& e) { state.people.staff[e.staff] = e; }

void Directory::evolve(State& state, const CaseListed& e) {
    state.people.cases[e.case_id] = e;
    state.people.closed.erase(e.case_id);
}

void Directory::evolve(State& state, const ContactListed& e) {
    auto& contact = state.people.contacts[e.contact];
    no_longer_found(state.people, contact);
    contact.id = e.contact;
    contact.name = e.name;
    contact.phone = e.phone;
    contact.home = e.home;
    contact.emails = addresses_of(e);
    contact.in_lists = e.in_lists.or_empty().empty() ? contact.emails : e.in_lists.or_empty();
    std::erase_if(contact.corrected, [&](const Corrected& c) { return has(contact.in_lists, c.now); });
    std::erase_if(contact.ties, [&](const Tie& tie) { return tie.case_id == e.case_id; });
    contact.ties.push_back({e.contact, e.case_id, e.relation, e.listed_by});
    is_found(state.people, contact);
}

namespace {

void untie(People& people, Contact& contact, const CaseId& case_id) {
    std::erase_if(contact.ties, [&](const Tie& tie) { return tie.case_id == case_id; });
    if (contact.ties.empty()) no_longer_found(people, contact);
}

}  // namespace

// The case itself stays, with its caseworker: what is open about it is theirs.
void Directory::evolve(State& state, const CaseClosed& e) {
    state.people.closed.insert(e.case_id);
    for (auto& [id, contact] : state.people.contacts) untie(state.people, contact, e.case_id);
}

void Directory::evolve(State& state, const ContactRemoved& e) {
    if (const auto found = state.people.contacts.find(e.contact); found != state.people.contacts.end()) untie(state.people, found->second, e.case_id);
}

void Directory::evolve(State& state, const AbsenceSet& e) {
    auto& list = state.people.absences[e.who];
    std::erase_if(list, [&](const Absence& a) { return a.from == e.from; });
    list.push_back({.from = e.from, .to = e.to, .cover = e.cover});
}

void Directory::evolve(State& state, const AbsenceEnded& e) {
    auto& list = state.people.absences[e.who];
    const Date last = std::chrono::sys_days{e.on} - std::chrono::days{1};
    std::erase_if(list, [&](const Absence& a) { return a.from >= e.on; });
    for (auto& absence : list)
        if (!absence.to || *absence.to > last) absence.to = last;
}

void Directory::evolve(State& state, const WorkHandedOver& e) {
    state.people.left.insert(e.from);
    for (auto& [id, of] : state.people.cases) {
        if (of.caseworker == e.from) {
            of.caseworker = e.to;
            of.since = e.on;
            if (of.deputy == e.to) of.deputy = {};
        }
        if (of.deputy == e.from) of.deputy = {};
    }
}

void Directory::evolve(State& state, const RowsTaken& e) { state.taken.insert({e.run, e.chunk}); }

}  // namespace hearback
