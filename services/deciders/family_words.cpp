#include "deciders/family_words.hpp"

#include <algorithm>

namespace hearback {

namespace {

constexpr std::size_t greeted_max = 2;

/// "Sam" of "Sam Okafor", "Mrs Okafor" of "Mrs Sam Okafor": nobody is written to as "Dear Mrs".
std::string called(std::string_view full) {
    const auto first = first_name(full);
    constexpr std::string_view titles[] = {"Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Professor", "Rev", "Sir", "Lady", "Dame"};
    const auto plain = std::string_view(first).substr(0, first.ends_with('.') ? first.size() - 1 : first.size());
    const auto last = full.rfind(' ');
    if (last == full.npos || std::find(std::begin(titles), std::end(titles), plain) == std::end(titles)) return first;
    return first + std::string(full.substr(last));
}

/// What a letter calls its reader: as the child's family is listed, else as they sign. An address is no name. Of two who
/// share an address the one who signs; both when nobody does.
std::string greeting(const Office& office, const CaseListed* of, const NewestMessage& from) {
    const auto& signs = from.from_name.or_empty();
    std::vector<std::string> listed;
    for (const Contact* each : of ? office.people.at_address(from.from_address.or_empty(), of->case_id) : std::vector<const Contact*>{}) {
        if (const auto& name = each->name.or_empty(); !name.empty()) listed.push_back(called(name));
        if (!signs.empty() && each->name.or_empty() == signs) return called(signs);
    }
    if (!listed.empty() && listed.size() <= greeted_max) return listing(listed);
    return signs.find('@') == signs.npos ? called(signs) : std::string();
}

}  // namespace

NewestMessage newest_of(const MessageReceived& e) {
    return {.message = e.message, .conversation = e.conversation, .received_at = e.received_at, .channel = e.channel, .no_automatic_answer = e.no_automatic_answer,
            .envelope_from = e.envelope_from, .from_address = e.from_address, .from_name = e.from_name,
            .mail_id = e.mail_id, .subject = e.subject};
}

void add(FieldList& fields, std::string_view name, std::string value) {
    if (!value.empty()) fields.push_back({.name = std::string(name), .value = std::move(value)});
}

bool may_be_told(const Office& office, const CaseId& case_id, std::string_view address) {
    return !office.people.at_address(address, case_id).empty();
}

bool answers(ReplyKind kind) { return kind == ReplyKind::full || kind == ReplyKind::signposted || kind == ReplyKind::passed_on; }

std::string_view what_was_promised(PromiseKind kind) {
    switch (kind) {
        case PromiseKind::answer: return "answer you";
        case PromiseKind::call_back: return "ring you back";
        case PromiseKind::meeting: return "arrange a meeting";
        case PromiseKind::complaint: return "answer your complaint";
        case PromiseKind::something: return "do what we promised on the telephone";
    }
    return {};
}

std::string why_late(LateBecause because, std::string_view owner) {
    switch (because) {
        case LateBecause::owner_is_away: return std::string(owner) + " is away";
        case LateBecause::nobody_has_it: return "Nobody has it";
        case LateBecause::not_matched: return "Nobody has matched it to a child";
        case LateBecause::owner_did_not_answer: return std::string(owner) + " did not answer";
    }
    return {};
}

std::string number_for(const ConversationId& id) {
    std::string number = "M-";
    for (const char c : std::string_view(id.value).substr(2, 6)) number += c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
    return number;
}

std::string who_they_are(const StaffListed& who, const CaseListed* of) {
    if (of && of->caseworker == who.staff) return first_name(of->child.or_empty()) + "’s caseworker";
    switch (who.role) {
        case StaffRole::team_manager: return "the team manager";
        case StaffRole::head_of_service: return "the head of service";
        case StaffRole::complaints_team: return "from the complaints team";
        case StaffRole::caseworker: break;
    }
    return "a caseworker";
}

FieldList letterhead(const Office& office, const CaseListed* of, const NewestMessage& from, std::string_view number_of_its_own) {
    FieldList fields;
    add(fields, "name", greeting(office, of, from));
    add(fields, "office", office.council.name + ", " + office.council.service);
    add(fields, "number", of ? of->case_id.value : std::string(number_of_its_own));
    add(fields, "danger_telephone", office.council.safety_phone);
    add(fields, "complaints_telephone", office.council.complaints_phone);
    if (!office.council.complaints_email.empty()) add(fields, "complaints_link", "mailto:" + office.council.complaints_email);
    return fields;
}

void add_named_person(FieldList& fields, const Office& office, const StaffListed* who, const CaseListed* of, const StaffListed* in_place_of) {
    const auto full = who ? who->name.or_empty() : std::string();
    // A directory without anybody is a council's first hour; its families are answered all the same.
    add(fields, "who", full.empty() ? "The duty officer" : full);
    add(fields, "who_short", full.empty() ? "The duty officer" : first_name(full));
    if (in_place_of && in_place_of != who) add(fields, "who_is", "looking after " + name_of(in_place_of) + "’s work");
    else if (who) add(fields, "who_is", who_they_are(*who, of));
    const auto phone = who ? who->phone.or_empty() : std::string();
    add(fields, "telephone", phone.empty() ? office.council.phone : phone);
    add(fields, "hours", office.council.phone_hours);
}

void add_next_person(FieldList& fields, const Office& office, const TeamId& team, std::int64_t rung, Date day) {
    const auto& ladder = office.standard.ladder;
    for (auto next = std::size_t(rung); next < ladder.size(); ++next) {
        const StaffListed* holder = office.people.holder(team, ladder[next].role, london_date(office.now));
        if (!holder) continue;
        add(fields, "next_who", name_of(holder));
        add(fields, "next_is", who_they_are(*holder, nullptr));
        add(fields, "next_day", day_words(day));
        return;
    }
}

}  // namespace hearback
