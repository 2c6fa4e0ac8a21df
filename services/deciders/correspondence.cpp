#include "deciders/correspondence.hpp"

#include <algorithm>

namespace hearback {

void Correspondence::hear(const MessageReceived& e) {
    if (e.mail_kind == MessageKind::person) newest = newest_of(e);
}

void Correspondence::add(const CaseId& id) {
    if (!is_about(id)) cases.push_back(id);
}

const StaffListed* owner_of(const Office& office, const Correspondence& about, const CaseId& id) {
    const CaseListed* of = office.people.find_case(id);
    return office.people.member(!about.taken_by.empty() || !of ? about.taken_by : of->caseworker);
}

const CaseListed* child_for(const Office& office, const Correspondence& about, const StaffId& staff) {
    for (const auto& id : about.cases)
        if (const CaseListed* of = office.people.find_case(id); of && of->caseworker == staff) return of;
    return office.people.find_case(about.first_case());
}

}  // namespace hearback
