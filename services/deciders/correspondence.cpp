#include "deciders/correspondence.hpp"

#include <algorithm>

namespace hearback {

void Correspondence::hear(const MessageReceived& e) {
    // A machine's message that opens a conversation is all there is of it: somebody may say that it needs an answer after all.
    if (e.mail_kind != MessageKind::person && !e.opens_conversation) return;
    newest = newest_of(e);
    writer = {};
}

void Correspondence::hear(const MessageRouted& e) {
    add(e.case_id);
    if (e.message == newest.message && !e.contact.empty()) writer = e.contact;
}

void Correspondence::hear(const AddressCorrected& e) {
    if (writer != e.contact || e.before.or_empty().empty()) return;
    for (auto* address : {&newest.from_address, &newest.envelope_from})
        if (lower_case(address->or_empty()) == e.before.or_empty()) *address = e.email;
}

void Correspondence::add(const CaseId& id) {
    if (!is_about(id)) cases.push_back(id);
}

const StaffListed* owner_of(const Office& office, const Correspondence& about, const CaseId& id) {
    const CaseListed* of = office.people.find_case(id);
    return office.people.member(!about.taken_by.empty() || !of ? about.taken_by : of->caseworker);
}

const StaffListed* answering_of(const Office& office, const Correspondence& about, const CaseId& id) {
    const StaffListed* owner = owner_of(office, about, id);
    if (!owner) return nullptr;
    const Date today = london_date(office.now);
    if (const StaffListed* here = office.people.standing_in_for(owner->staff, today)) return here;
    const CaseListed* of = office.people.find_case(id);
    const StaffListed* manager = office.people.holder(of ? of->team : owner->team, StaffRole::team_manager, today);
    return manager ? manager : owner;
}

const CaseListed* child_for(const Office& office, const Correspondence& about, const StaffId& staff) {
    for (const auto& id : about.cases)
        if (const CaseListed* of = office.people.find_case(id); of && of->caseworker == staff) return of;
    return office.people.find_case(about.first_case());
}

}  // namespace hearback
