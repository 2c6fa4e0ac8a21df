#include <algorithm>

#include "views/reading.hpp"

namespace hearback {

namespace {

constexpr int conversations_shown = 200;

}  // namespace

std::vector<QueueRow> Reading::conversations_of(const Question& q) {
    auto found = rows(q);
    std::stable_sort(found.begin(), found.end(), [](const QueueRow& one, const QueueRow& other) { return one.newest_at > other.newest_at; });
    // One row a conversation, that of what is most urgent in it.
    const auto last = std::unique(found.begin(), found.end(), [](const QueueRow& one, const QueueRow& other) { return one.conversation == other.conversation; });
    found.erase(last, found.end());
    return found;
}

std::vector<KnownAddress> Reading::addresses(const std::string& contact) {
    auto& select = prepared_.get(db_, "SELECT a.email, a.source, IFNULL(s.name,''), a.proof, a.since, a.until FROM addresses a LEFT JOIN staff s ON s.id = a.staff WHERE a.contact = ? AND a.email <> '' ORDER BY a.until > 0, a.place, a.until DESC");
    select.bind_text(1, contact);
    std::vector<KnownAddress> found;
    while (select.step())
        found.push_back({.email = text_at(select, 0), .source = text_at(select, 1), .staff_name = text_at(select, 2), .proof = text_at(select, 3), .since = instant_at(select, 4), .until = instant_at(select, 5), .shared_with = {}});
    for (auto& each : found) {
        if (each.until != Instant{}) continue;
        auto& others = prepared_.get(db_, "SELECT DISTINCT c.contact, c.name FROM addresses a JOIN contacts c ON c.contact = a.contact AND c.removed = 0 WHERE a.email = ? AND a.until = 0 AND a.contact <> ? ORDER BY c.name");
        others.bind_text(1, each.email);
        others.bind_text(2, contact);
        while (others.step()) each.shared_with.emplace_back(text_at(others, 0), text_at(others, 1));
    }
    return found;
}

std::optional<WaitingAddress> Reading::waiting_address(const std::string& contact) {
    auto& select = prepared_.get(db_, R"(SELECT w.conversation, w.before, w.email, w.staff, IFNULL(s.name,''), w.proof, w.note, w.doubted, w.at, IFNULL(o.standing,''), IFNULL(o.until,0)
        FROM corrections w LEFT JOIN staff s ON s.id = w.staff LEFT JOIN outgoing o ON o.conversation = w.conversation AND o.kind = 'question' WHERE w.contact = ? AND w.standing = 'open')");
    select.bind_text(1, contact);
    if (!select.step()) return {};
    WaitingAddress found{.conversation = text_at(select, 0), .before = text_at(select, 1), .email = text_at(select, 2), .staff = text_at(select, 3), .staff_name = text_at(select, 4), .proof = text_at(select, 5),
                         .note = text_at(select, 6), .standing = text_at(select, 9), .doubted = select.number(7) != 0, .at = instant_at(select, 8), .leaves_at = instant_at(select, 10)};
    select.done();
    return found;
}

std::optional<PersonFile> Reading::person(const std::string& contact) {
    auto& select = prepared_.get(db_, "SELECT p.name, p.phone, p.home, p.case_id, IFNULL(k.child,''), IFNULL(k.year,''), p.relation, p.listed_by, p.since, p.removed FROM contacts p LEFT JOIN cases k ON k.id = p.case_id WHERE p.contact = ? ORDER BY p.removed > 0, k.child");
    select.bind_text(1, contact);
    PersonFile file{.contact = contact, .name = {}, .phone = {}, .home = {}, .children = {}, .addresses = {}, .waiting = {}, .conversations = {}};
    while (select.step()) {
        file.name = text_at(select, 0);
        file.phone = text_at(select, 1);
        file.home = text_at(select, 2);
        file.children.push_back({.case_id = text_at(select, 3), .child = text_at(select, 4), .year = text_at(select, 5), .relation = text_at(select, 6), .listed_by = text_at(select, 7), .since = instant_at(select, 8), .removed = instant_at(select, 9)});
    }
    if (file.children.empty()) return {};
    file.addresses = addresses(contact);
    file.waiting = waiting_address(contact);
    file.conversations = conversations_of({.contact = contact, .most = conversations_shown});
    return file;
}

std::optional<ChildFile> Reading::child(const std::string& case_id) {
    auto& select = prepared_.get(db_, R"(SELECT k.child, k.year, k.caseworker, IFNULL(s.name,''), IFNULL(d.name,''), IFNULL(t.name,''), k.since, k.closed
        FROM cases k LEFT JOIN staff s ON s.id = k.caseworker LEFT JOIN staff d ON d.id = k.deputy LEFT JOIN teams t ON t.id = k.team WHERE k.id = ?)");
    select.bind_text(1, case_id);
    if (!select.step()) return {};
    ChildFile file{.case_id = case_id, .child = text_at(select, 0), .year = text_at(select, 1), .caseworker = text_at(select, 2), .caseworker_name = text_at(select, 3), .deputy_name = text_at(select, 4),
                   .team_name = text_at(select, 5), .since = text_at(select, 6), .closed = select.number(7) != 0, .people = {}, .conversations = {}};
    select.done();
    file.people = family(case_id);
    file.conversations = conversations_of({.case_id = case_id, .most = conversations_shown});
    return file;
}

std::vector<CaseRef> Reading::guesses(const std::string& conversation) {
    auto& select = prepared_.get(db_, "SELECT k.id, k.child, k.year, IFNULL(s.name,'') FROM guesses g JOIN cases k ON k.id = g.case_id AND k.closed = 0 LEFT JOIN staff s ON s.id = k.caseworker WHERE g.conversation = ? ORDER BY k.child");
    select.bind_text(1, conversation);
    std::vector<CaseRef> found;
    while (select.step()) found.push_back({text_at(select, 0), text_at(select, 1), text_at(select, 2), text_at(select, 3)});
    return found;
}

}  // namespace hearback
