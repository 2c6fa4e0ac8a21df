#include "deciders/family_words.hpp"

namespace hearback {

void add(Fields& fields, std::string_view name, std::string value) { fields.push_back({.name = std::string(name), .value = std::move(value)}); }

void add_day(Fields& fields, std::string_view name, Date day) {
    add(fields, name, day_words(day));
    add(fields, std::string(name) + "_weekday", day_name(day));
}

void add_person(Fields& fields, std::string_view prefix, const StaffListed* who) {
    const std::string p(prefix);
    const auto full = who ? who->name.or_empty() : std::string();
    add(fields, p + "_name", full);
    add(fields, p + "_first_name", first_name(full));
    add(fields, p + "_role", who ? words_for(who->role) : std::string());
    add(fields, p + "_phone", who ? who->phone.or_empty() : std::string());
}

Fields letterhead(const Office& office, const CaseId& case_id) {
    Fields fields;
    const CaseListed* of = office.people.find_case(case_id);
    add(fields, "council_name", office.council.name);
    add(fields, "service_name", office.council.service);
    add(fields, "council_phone", office.council.phone);
    add(fields, "phone_hours", office.council.phone_hours);
    add(fields, "safety_phone", office.council.safety_phone);
    add(fields, "complaints_phone", office.council.complaints_phone);
    add(fields, "complaints_email", office.council.complaints_email);
    add(fields, "case_number", case_id.value);
    add(fields, "child_first_name", of ? first_name(of->child.or_empty()) : std::string());
    return fields;
}

std::string greeting_name(const Personal<std::string>& from_name) {
    const auto full = from_name.or_empty();
    // An address in place of a name is no way to greet anybody.
    return full.find('@') == full.npos ? full : std::string();
}

}  // namespace hearback
