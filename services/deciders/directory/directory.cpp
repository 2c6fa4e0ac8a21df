#include "deciders/directory/directory.hpp"

#include "events/words.hpp"

namespace hearback {

namespace {

/// Rows of one chunk, against the people as they are.
struct Reading {
    const People& people;
    const RowsImported& rows;
    Directory::Says said;
    std::int64_t taken = 0;
    std::map<std::string, ContactId> new_contacts;  // by address, in this chunk

    void refuse(std::int64_t line, std::string because) {
        said.push_back(RowRefused{.run = rows.run, .line = line, .because = std::move(because)});
    }
    template <class Row>
    void take(Row row, const Row* known) {
        ++taken;
        if (!known || !(*known == row)) said.push_back(std::move(row));
    }

    void read(const TeamRow& row) {
        if (row.team.empty() || row.name.empty()) return refuse(row.line, "a team needs an id and a name");
        TeamListed team{.team = {row.team}, .name = row.name, .manager = {row.manager}, .head_of_service = {row.head_of_service},
                        .complaints = {row.complaints}, .matching = {row.matching}};
        take(team, people.team(team.team));
    }
    void read(const StaffRow& row) {
        const auto role = from_word<StaffRole>(row.role);
        if (row.staff.empty() || row.name.empty()) return refuse(row.line, "a member of staff needs an id and a name");
        if (!role) return refuse(row.line, "the role \"" + row.role + "\" is none of caseworker, team_manager, head_of_service, complaints_team");
        if (!people.team({row.team})) return refuse(row.line, "there is no team " + row.team);
        StaffListed member{.staff = {row.staff}, .role = *role, .team = {row.team}, .name = row.name, .email = row.email, .phone = row.phone};
        take(member, people.member(member.staff));
    }
    void read(const CaseRow& row) {
        const StaffListed* caseworker = people.member({row.caseworker});
        const auto since = date_from_iso(row.since);
        if (row.case_ref.empty() || row.child.empty()) return refuse(row.line, "a case needs a number and the child's name");
        if (!caseworker) return refuse(row.line, "a case needs a named caseworker, and " + (row.caseworker.empty() ? "none is given" : row.caseworker + " is not in the staff list"));
        if (!row.deputy.empty() && !people.member({row.deputy})) return refuse(row.line, "the deputy " + row.deputy + " is not in the staff list");
        if (!row.since.empty() && !since) return refuse(row.line, "\"" + row.since + "\" is not a date like 2023-11-03");
        CaseListed listed{.case_id = {row.case_ref}, .caseworker = {row.caseworker}, .deputy = {row.deputy},
                          .team = row.team.empty() ? caseworker->team : TeamId{row.team}, .since = since, .child = row.child, .year = row.year};
        if (!people.team(listed.team)) return refuse(row.line, "there is no team " + row.team);
        take(listed, people.find_case(listed.case_id));
    }
    void read(const ContactRow& row) {
        const auto relation = from_word<Relation>(row.relation);
        const auto address = lower_case(row.email);
        if (row.name.empty()) return refuse(row.line, "a contact needs a name");
        if (address.find('@') == address.npos || address.find_first_of(" <>\r\n\"") != address.npos)
            return refuse(row.line, "\"" + row.email + "\" is not an email address");
        if (!relation) return refuse(row.line, "the relation \"" + row.relation + "\" is not one that we know (mother, father, carer, ...)");
        if (!people.find_case({row.case_ref})) return refuse(row.line, "there is no case " + row.case_ref);
        const Contact* known = people.by_address(address);
        ContactId id = known ? known->id : ContactId{composed("k-", rows.run) + "-" + std::to_string(row.line)};
        if (!known) id = new_contacts.try_emplace(address, id).first->second;
        ContactListed listed{.contact = id, .case_id = {row.case_ref}, .relation = *relation, .name = row.name, .email = address, .phone = row.phone, .home = row.home};
        ++taken;
        const Tie* tie = known ? people.tie(*known, listed.case_id) : nullptr;
        if (tie && tie->relation == *relation && known->name == listed.name && known->phone == listed.phone && known->home == listed.home) return;
        said.push_back(std::move(listed));
    }
    template <class Row>
    void read_all(const Personal<std::vector<Row>>& list) {
        for (const auto& row : list.or_empty()) read(row);
    }
};

}  // namespace

Directory::Says Directory::decide(const State& state, const RowsImported& rows, const Office&) {
    if (state.taken.contains({rows.run, rows.chunk})) return {};
    Reading reading{.people = state.people, .rows = rows, .said = {}, .new_contacts = {}};
    reading.read_all(rows.teams);
    reading.read_all(rows.staff);
    reading.read_all(rows.cases);
    reading.read_all(rows.contacts);
    std::int64_t refused = 0;
    for (const auto& said : reading.said) refused += std::holds_alternative<RowRefused>(said);
    reading.said.push_back(RowsTaken{.run = rows.run, .chunk = rows.chunk, .taken = reading.taken, .refused = refused});
    return std::move(reading.said);
}

Directory::Says Directory::decide(const State& state, const ConversationMatched& matched, const Office&) {
    const auto& address = matched.email.or_empty();
    if (address.empty()) return {};
    const Contact* known = state.people.by_address(address);
    if (known && state.people.tie(*known, matched.case_id)) return {};
    ContactListed listed{.contact = {"k-" + matched.conversation.value}, .case_id = matched.case_id, .relation = matched.relation,
                         .name = matched.name.or_empty(), .email = lower_case(address), .phone = {}, .home = {}};
    if (known) {  // what the council's own list says of a person stands
        listed.contact = known->id;
        listed.name = known->name;
        listed.phone = known->phone;
        listed.home = known->home;
    }
    return {std::move(listed)};
}

void Directory::evolve(State& state, const TeamListed& e) { state.people.teams[e.team] = e; }
void Directory::evolve(State& state, const StaffListed& e) { state.people.staff[e.staff] = e; }
void Directory::evolve(State& state, const CaseListed& e) { state.people.cases[e.case_id] = e; }

void Directory::evolve(State& state, const ContactListed& e) {
    auto& contact = state.people.contacts[e.contact];
    contact.id = e.contact;
    contact.name = e.name;
    contact.email = e.email;
    contact.phone = e.phone;
    contact.home = e.home;
    std::erase_if(contact.ties, [&](const Tie& tie) { return tie.case_id == e.case_id; });
    contact.ties.push_back({e.contact, e.case_id, e.relation});
    if (const auto* address = e.email.get(); address && !address->empty()) state.people.by_email[*address] = e.contact;
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
