#include "deciders/directory/identity.hpp"

#include <algorithm>
#include <numeric>

#include "deciders/directory/addresses.hpp"
#include "deciders/office.hpp"
#include "events/words.hpp"

namespace hearback {

namespace {

using Keys = std::vector<std::string>;

std::string key(std::string_view what, std::string_view one, std::string_view other = {}, std::string_view third = {}) {
    return std::string(what) + '\n' + std::string(one) + '\n' + std::string(other) + '\n' + std::string(third);
}

std::string name_key(std::string_view name, bool young) { return lower_case(name) + (young ? "\nyoung" : ""); }

/// What makes two rows one person, the surest sign first.
Keys signs_of(const std::string& name, const Addresses& addresses, const std::vector<std::pair<std::string, std::string>>& ties, const std::string& home) {
    Keys keys;
    for (const auto& address : addresses) keys.push_back(key("address", name, address));
    for (const auto& [case_id, relation] : ties) keys.push_back(key("child", name, case_id, relation));
    if (!home.empty()) keys.push_back(key("home", name, lower_case(home)));
    return keys;
}

Keys signs_of(const ContactRow& row) { return signs_of(name_key(row.name, row.relation == to_word(Relation::young_person)), in_row(row), {{row.case_ref, row.relation}}, row.home); }

Keys signs_of(const Contact& known) {
    std::vector<std::pair<std::string, std::string>> ties;
    bool young = false;
    for (const Tie& tie : known.ties) {
        ties.emplace_back(tie.case_id.value, std::string(to_word(tie.relation)));
        young = young || tie.relation == Relation::young_person;
    }
    Addresses addresses = known.emails;
    addresses.insert(addresses.end(), known.in_lists.begin(), known.in_lists.end());
    return signs_of(name_key(known.name.or_empty(), young), addresses, ties, known.home.or_empty());
}

/// Rows that are one person.
struct Person {
    std::vector<const ContactRow*> rows;
    ContactId id;
};

std::vector<Person> grouped(const std::vector<ContactRow>& rows) {
    std::vector<std::size_t> same_as(rows.size());
    std::iota(same_as.begin(), same_as.end(), std::size_t{0});
    const auto first_of = [&](std::size_t n) {
        while (same_as[n] != n) n = same_as[n] = same_as[same_as[n]];
        return n;
    };
    std::map<std::string, std::size_t> seen;
    for (std::size_t n = 0; n < rows.size(); ++n)
        for (auto& sign : signs_of(rows[n])) {
            const auto [other, fresh] = seen.try_emplace(std::move(sign), n);
            if (!fresh) same_as[std::max(first_of(n), first_of(other->second))] = std::min(first_of(n), first_of(other->second));
        }
    std::vector<Person> persons;
    std::map<std::size_t, std::size_t> place;
    for (std::size_t n = 0; n < rows.size(); ++n) {
        const auto [at, fresh] = place.try_emplace(first_of(n), persons.size());
        if (fresh) persons.emplace_back();
        persons[at->second].rows.push_back(&rows[n]);
    }
    return persons;
}

/// Gives each person the id that they have: by their signs, those who are in a list before those who were; then whoever has the
/// same address and the same relation to the same child under another name, and is nobody else.
void recognise(std::vector<Person>& persons, const People& people) {
    std::map<std::string, ContactId> known;
    for (const bool listed : {true, false})
        for (const auto& [id, contact] : people.contacts)
            if (contact.ties.empty() != listed)
                for (auto& sign : signs_of(contact)) known.try_emplace(std::move(sign), id);
    std::set<ContactId> taken;
    for (const auto* kind : {"address", "child", "home"})
        for (auto& person : persons)
            for (const ContactRow* row : person.rows)
                for (const auto& sign : signs_of(*row)) {
                    const auto found = known.find(sign);
                    if (person.id.empty() && sign.starts_with(kind) && found != known.end() && taken.insert(found->second).second) person.id = found->second;
                }
    for (auto& person : persons)
        for (const ContactRow* row : person.rows)
            for (const auto& address : in_row(*row))
                for (const Contact* each : people.at_address(address, {row->case_ref}))
                    if (person.id.empty() && to_word(people.tie(*each, {row->case_ref})->relation) == row->relation && taken.insert(each->id).second) person.id = each->id;
}

template <class Member>
std::string first_filled(const Person& person, Member member) {
    for (const ContactRow* row : person.rows)
        if (!(row->*member).empty()) return row->*member;
    return {};
}

}  // namespace

std::vector<ContactRow> persons_in(const People& people, const std::vector<ContactRow>& rows, const std::string& run,
                                   const std::function<void(const ContactRow&, std::string, std::string)>& wrong) {
    auto persons = grouped(rows);
    recognise(persons, people);
    std::vector<ContactRow> result;
    for (const auto& person : persons) {
        ContactRow whole = *person.rows.front();
        whole.contact = person.id.empty() ? ContactId{composed("k-", run) + "-" + std::to_string(whole.line)} : person.id;
        whole.phone = first_filled(person, &ContactRow::phone);
        whole.home = first_filled(person, &ContactRow::home);
        Addresses addresses;
        for (const ContactRow* row : person.rows)
            for (auto& address : in_row(*row))
                if (!has(addresses, address)) addresses.push_back(address);
        whole.email = addresses.front();
        whole.more_emails = Addresses(addresses.begin() + 1, addresses.end());
        std::map<std::string, std::string> relations;  // by child
        for (const ContactRow* row : person.rows) {
            const auto [there, fresh] = relations.try_emplace(row->case_ref, row->relation);
            if (!fresh && there->second != row->relation)
                wrong(*row, "relation", row->name + " is in the list of " + row->case_ref + " twice, as " + there->second + " and as " + row->relation + ". Leave one of the two lines.");
            if (!fresh) continue;
            whole.line = row->line;
            whole.case_ref = row->case_ref;
            whole.relation = row->relation;
            result.push_back(whole);
        }
    }
    std::sort(result.begin(), result.end(), [](const ContactRow& one, const ContactRow& other) { return one.line < other.line; });
    return result;
}

}  // namespace hearback
