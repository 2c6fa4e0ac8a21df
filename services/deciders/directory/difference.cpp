#include "deciders/directory/difference.hpp"

#include <algorithm>

#include "deciders/directory/addresses.hpp"
#include "deciders/directory/identity.hpp"

namespace hearback {

namespace {

/// The directory as it would be after each row, and what that row would change.
struct Trial {
    Directory::State state;
    const Office& office;
    Difference& found;

    /// What the decider says to one row; nothing when it changes nothing, or cannot be taken.
    template <class Said, class Row>
    std::optional<Said> ask(Personal<std::vector<Row>> RowsImported::*list, const Row& row) {
        RowsImported rows{.run = {}, .chunk = 0, .teams = {}, .staff = {}, .cases = {}, .contacts = {}, .gone_cases = {}, .gone_contacts = {}};
        rows.*list = std::vector{row};
        std::optional<Said> result;
        for (auto& said : Directory::decide(state, rows, office)) {
            if (auto* refused = std::get_if<RowRefused>(&said)) found.faults.push_back({refused->line, refused->column, refused->because});
            if (auto* told = std::get_if<Said>(&said)) result = std::move(*told);
        }
        if (result) Directory::evolve(state, *result);
        return result;
    }

    template <class Row>
    void count(Difference::Count& counts, std::vector<Row>& rows, const Row& row, bool is_new, bool is_said) {
        if (!is_said) {
            ++counts.same;
            return;
        }
        ++(is_new ? counts.added : counts.changed);
        rows.push_back(row);
    }

    void team(const TeamRow& row) {
        const bool is_new = !state.people.team({row.team});
        count(found.teams, found.rows.teams, row, is_new, ask<TeamListed>(&RowsImported::teams, row).has_value());
    }
    void member(const StaffRow& row) {
        const bool is_new = !state.people.member({row.staff});
        count(found.staff, found.rows.staff, row, is_new, ask<StaffListed>(&RowsImported::staff, row).has_value());
    }
    void child(const CaseRow& row) {
        const CaseListed* known = state.people.closed.contains({row.case_ref}) ? nullptr : state.people.find_case({row.case_ref});
        const auto before = known ? std::optional(*known) : std::nullopt;
        const auto after = ask<CaseListed>(&RowsImported::cases, row);
        count(found.cases, found.rows.cases, row, !before, after.has_value());
        if (!before || !after || (before->caseworker == after->caseworker && before->team == after->team)) return;
        ++found.cases.moved;
        found.moved.push_back({*before, *after});
    }
    void person(const ContactRow& row) {
        const Contact* known = state.people.contact(row.contact);
        const bool is_new = !known || !state.people.tie(*known, {row.case_ref});
        const auto before = known ? std::optional(*known) : std::nullopt;
        const auto after = ask<ContactListed>(&RowsImported::contacts, row);
        count(found.contacts, found.rows.contacts, row, is_new, after.has_value());
        if (is_new || !after || before->in_lists == in_row(row)) return;
        const bool agrees = addresses_of(*after) == before->emails;  // the lists have a correction now
        if (agrees) return;
        ++found.contacts.moved;
        found.readdressed.push_back({*before, addresses_of(*after)});
    }
};

void find_gone_cases(Difference& found, Trial& trial, const Lists& lists) {
    if (!lists.names_cases) return;
    std::set<CaseId> named;
    for (const auto& row : lists.cases) named.insert({row.case_ref});
    for (const auto& [id, of] : trial.state.people.cases)
        if (!trial.state.people.closed.contains(id) && !named.contains(id)) found.gone_cases.push_back(id);
    found.cases.removed = found.gone_cases.size();
}

/// Whom a colleague has matched was in no list, and is not gone when they are in none.
void find_gone_contacts(Difference& found, const People& people, const std::vector<ContactRow>& named) {
    std::set<std::pair<ContactId, CaseId>> there;
    for (const auto& row : named) there.insert({row.contact, {row.case_ref}});
    for (const auto& [id, contact] : people.contacts)
        for (const Tie& tie : contact.ties)
            if (tie.listed_by == ListedBy::council_list && !there.contains({id, tie.case_id})) found.gone_contacts.push_back({.contact = id, .case_id = tie.case_id});
    found.contacts.removed = found.gone_contacts.size();
}

void count_standing(Difference& found, const People& people) {
    found.teams.standing = people.teams.size();
    found.staff.standing = people.staff.size() - people.left.size();
    found.cases.standing = people.cases.size() - people.closed.size();
    for (const auto& [id, contact] : people.contacts)
        found.contacts.standing += std::size_t(std::count_if(contact.ties.begin(), contact.ties.end(), [](const Tie& tie) { return tie.listed_by == ListedBy::council_list; }));
}

std::size_t percent(const Difference::Count& counts) {
    if (counts.standing == 0) return 0;
    return ((counts.removed + counts.moved) * 100 + counts.standing - 1) / counts.standing;
}

}  // namespace

bool Difference::is_empty() const {
    return rows.teams.empty() && rows.staff.empty() && rows.cases.empty() && rows.contacts.empty() && gone_cases.empty() && gone_contacts.empty();
}

std::size_t Difference::share() const { return std::max(percent(cases), percent(contacts)); }

Difference difference(const Directory::State& stands, const Lists& lists, const std::string& run, const Office& office) {
    Difference found;
    count_standing(found, stands.people);
    Trial trial{.state = stands, .office = office, .found = found};
    for (const auto& row : lists.contacts)
        if (!is_address(lower_case(row.email))) found.faults.push_back({row.line, "email", "\"" + row.email + "\" is not an email address. Write it like name@example.org."});
    const auto persons = persons_in(stands.people, lists.contacts, run, [&](const ContactRow& row, std::string column, std::string because) {
        found.faults.push_back({row.line, std::move(column), std::move(because)});
    });
    for (const auto& row : lists.teams) trial.team(row);
    for (const auto& row : lists.staff) trial.member(row);
    for (const auto& row : lists.cases) trial.child(row);
    find_gone_cases(found, trial, lists);
    if (lists.names_contacts) find_gone_contacts(found, trial.state.people, persons);
    for (const auto& id : found.gone_cases) Directory::evolve(trial.state, CaseClosed{.case_id = id});
    for (const auto& gone : found.gone_contacts) Directory::evolve(trial.state, ContactRemoved{.contact = gone.contact, .case_id = gone.case_id});
    for (const auto& row : persons)
        if (std::all_of(found.faults.begin(), found.faults.end(), [&](const auto& fault) { return fault.line != row.line; })) trial.person(row);
    for (const auto& [id, contact] : trial.state.people.contacts)
        for (const auto& each : contact.corrected)
            if (lists.names_contacts && !contact.ties.empty()) found.kept.push_back({contact, each});
    if (lists.names_staff)
        for (const auto& [id, member] : stands.people.staff) {
            const bool named = std::any_of(lists.staff.begin(), lists.staff.end(), [&](const StaffRow& row) { return row.staff == id.value; });
            if (!named && !stands.people.left.contains(id)) found.not_in_staff_list.push_back(member);
        }
    return found;
}

}  // namespace hearback
