#include "deciders/directory/addresses.hpp"

#include <algorithm>

namespace hearback {

namespace {

void add(Addresses& to, std::string address) {
    if (!has(to, address)) to.push_back(std::move(address));
}

}  // namespace

bool has(const Addresses& all, std::string_view address) { return std::find(all.begin(), all.end(), address) != all.end(); }

bool is_address(std::string_view text) {
    const auto at = text.find('@');
    return at != text.npos && at > 0 && at + 1 < text.size() && text.find('@', at + 1) == text.npos && text.find_first_of(" <>,;\t\r\n\"") == text.npos;
}

Addresses in_row(const ContactRow& row) {
    Addresses all{lower_case(row.email)};
    for (const auto& each : row.more_emails) add(all, lower_case(each));
    return all;
}

Addresses addresses_of(const ContactListed& e) {
    Addresses all;
    if (const auto& first = e.email.or_empty(); !first.empty()) add(all, lower_case(first));
    for (const auto& each : e.more_emails.or_empty()) add(all, lower_case(each));
    return all;
}

Addresses that_count(Addresses in_lists, const std::vector<Corrected>& corrected) {
    Addresses all = std::move(in_lists);
    for (const auto& each : corrected) {
        if (has(all, each.now)) continue;
        const auto before = std::find(all.begin(), all.end(), each.before);
        if (before != all.end()) *before = each.now;
        else all.insert(each.before.empty() ? all.end() : all.begin(), each.now);
    }
    return all;
}

ContactListed listed(const Contact& person, const CaseId& case_id, Relation relation, ListedBy by) {
    ContactListed e{.contact = person.id, .case_id = case_id, .relation = relation, .listed_by = by, .name = person.name, .email = {}, .more_emails = {}, .in_lists = {}, .phone = person.phone, .home = person.home};
    if (!person.emails.empty()) {
        e.email = person.emails.front();
        e.more_emails = Addresses(person.emails.begin() + 1, person.emails.end());
    }
    if (person.in_lists != person.emails) e.in_lists = person.in_lists;
    return e;
}

void is_found(People& people, Contact& contact) {
    contact.email = contact.emails.empty() ? std::string() : contact.emails.front();
    if (contact.ties.empty()) return;
    for (const auto& address : contact.emails) {
        auto& there = people.by_email[address];
        if (std::find(there.begin(), there.end(), contact.id) == there.end()) there.push_back(contact.id);
    }
}

void no_longer_found(People& people, const Contact& contact) {
    for (const auto& address : contact.emails) {
        const auto there = people.by_email.find(address);
        if (there == people.by_email.end()) continue;
        std::erase(there->second, contact.id);
        if (there->second.empty()) people.by_email.erase(there);
    }
}

}  // namespace hearback
