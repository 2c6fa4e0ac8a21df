#include "views/search_view.hpp"

#include <sqlite3.h>

#include "deciders/directory/people.hpp"
#include "kernel/decider.hpp"
#include "views/search_words.hpp"

namespace hearback {

namespace {

constexpr int secure_delete_of_fts5 = 3042000;

constexpr std::string_view shape = R"(
CREATE TABLE staff(id TEXT PRIMARY KEY, name TEXT, role TEXT) WITHOUT ROWID;
CREATE TABLE cases(id TEXT PRIMARY KEY, child TEXT, year TEXT, caseworker TEXT) WITHOUT ROWID;
CREATE TABLE contacts(contact TEXT, case_id TEXT, name TEXT, email TEXT, phone TEXT, relation TEXT, PRIMARY KEY(contact, case_id)) WITHOUT ROWID;
-- Also those that no longer count: what was written from them stays somebody's.
CREATE TABLE addresses(contact TEXT, email TEXT, PRIMARY KEY(contact, email)) WITHOUT ROWID;
CREATE TABLE listed(number INTEGER PRIMARY KEY, kind TEXT, id TEXT, UNIQUE(kind, id));
CREATE VIRTUAL TABLE directory USING fts5(words, numbers, tokenize='unicode61 remove_diacritics 2', prefix='2 3');
CREATE TABLE owners(conversation TEXT PRIMARY KEY, owner TEXT) WITHOUT ROWID;
CREATE TABLE about(conversation TEXT, case_id TEXT, PRIMARY KEY(conversation, case_id)) WITHOUT ROWID;
CREATE INDEX about_case ON about(case_id);
CREATE TABLE messages(number INTEGER PRIMARY KEY, id TEXT UNIQUE, conversation TEXT, at INTEGER, kind TEXT, way TEXT, writer TEXT, address TEXT, staff TEXT, contact TEXT DEFAULT '', unsent INTEGER DEFAULT 0);
CREATE INDEX messages_of ON messages(conversation);
CREATE VIRTUAL TABLE words USING fts5(who, about, subject, text, numbers, facts, tokenize='unicode61 remove_diacritics 2');
INSERT INTO words(words, rank) VALUES('automerge', 8);
)";

/// Control characters mark what was found (search.cpp), so there are none.
std::string readable(std::string text) {
    for (char& c : text)
        if (static_cast<unsigned char>(c) < ' ' && c != '\n') c = ' ';
    return text;
}

/// "NM-2041 NM2041": found with and without what stands between.
std::string both_spellings(std::string_view id) {
    std::string plain;
    for (const char c : id)
        if (std::string_view(" -/.").find(c) == std::string_view::npos) plain += c;
    return plain == id ? plain : std::string(id) + " " + plain;
}

std::string joined(const std::string& one, const std::string& other, std::string_view between) {
    return one.empty() ? other : other.empty() ? one : one + std::string(between) + other;
}

}  // namespace

const Types& SearchView::hears() const {
    static const Types types{"StaffListed", "CaseListed", "ContactListed", "CaseClosed", "ContactRemoved", "AddressCorrected", "MessageReceived", "MessageRouted", "ConversationClaimed", "ConversationMatched", "ReplyWritten", "CallNoted", "NoteKept", "SendCancelled", "SendWithdrawn"};
    return types;
}

std::string_view SearchView::tables() const {
    static const std::string all = std::string(shape) + (sqlite3_libversion_number() < secure_delete_of_fts5 ? "" :
        "INSERT INTO words(words, rank) VALUES('secure-delete', 1); INSERT INTO directory(directory, rank) VALUES('secure-delete', 1);");
    return all;
}

void SearchView::apply(Database& db, const Decision& decision, const Said& said) {
    std::visit(match{
        [&](const StaffListed& e) {
            run(prepared_.get(db, "INSERT OR REPLACE INTO staff VALUES(?,?,?)"), e.staff, e.name.or_empty(), to_word(e.role));
            listed(db, "staff", e.staff.value, e.name.or_empty(), e.phone.or_empty());
        },
        [&](const CaseListed& e) { list_case(db, e); },
        [&](const ContactListed& e) { list_contact(db, e); },
        [&](const ContactRemoved& e) { run(prepared_.get(db, "DELETE FROM contacts WHERE contact = ? AND case_id = ?"), e.contact, e.case_id); },
        [&](const CaseClosed& e) { run(prepared_.get(db, "DELETE FROM contacts WHERE case_id = ?"), e.case_id); },
        [&](const AddressCorrected& e) { has_address(db, e.contact, e.email.or_empty()); },
        [&](const MessageReceived& e) {
            if (e.text.is_erased()) return;
            auto text = e.text.or_empty();
            for (const auto& part : e.parts.or_empty()) text += "\n" + part.name;
            take(db, {.id = e.message, .conversation = e.conversation, .at = e.received_at, .kind = std::string(to_word(e.channel)), .way = "in", .writer = e.from_name.or_empty(), .address = lower_case(e.from_address.or_empty()),
                      .subject = e.subject.or_empty(), .text = std::move(text)});
        },
        [&](const ReplyWritten& e) {
            if (e.text.is_erased()) return;
            take(db, {.id = e.message, .conversation = e.conversation, .at = decision.time, .kind = "email", .way = "out", .staff = e.staff, .writer = staff_name(db, e.staff), .address = lower_case(e.to.or_empty()),
                      .subject = e.subject.or_empty(), .text = e.text.or_empty()});
        },
        [&](const CallNoted& e) {
            auto text = joined(e.they_said.or_empty(), e.we_said.or_empty(), "\n\n");
            if (text.empty()) return;
            take(db, {.id = {e.message.value + ".call"}, .conversation = e.conversation, .at = e.at, .kind = "call", .way = "out", .staff = e.staff, .writer = staff_name(db, e.staff), .address = {}, .subject = "Telephone call", .text = std::move(text)});
        },
        [&](const NoteKept& e) {
            if (e.text.is_erased()) return;
            take(db, {.id = e.note, .conversation = e.conversation, .at = decision.time, .kind = "note", .way = {}, .staff = e.staff, .writer = staff_name(db, e.staff), .address = {}, .subject = {}, .text = e.text.or_empty()});
        },
        [&](const MessageRouted& e) {
            run(prepared_.get(db, "UPDATE messages SET contact = ? WHERE id = ?"), e.contact, e.message);
            is_about(db, e.conversation, e.case_id);
            is_owned(db, e.conversation, e.owner);
        },
        [&](const ConversationMatched& e) {
            is_about(db, e.conversation, e.case_id);
            is_owned(db, e.conversation, e.owner);
        },
        [&](const SendCancelled& e) { is_unsent(db, e.message); },
        [&](const SendWithdrawn& e) { is_unsent(db, e.message); },
        [&](const ConversationClaimed& e) { is_owned(db, e.conversation, e.staff); },
        [](const auto&) {}}, said.event);
}

void SearchView::take(Database& db, Message m) {
    const auto number = free_number(db, m.at);
    auto& insert = prepared_.get(db, "INSERT OR IGNORE INTO messages(number, id, conversation, at, kind, way, writer, address, staff) VALUES(?,?,?,?,?,?,?,?,?)");
    run(insert, number, m.id, m.conversation, m.at, m.kind, m.way, m.writer.empty() ? m.address : m.writer, m.address, m.staff);
    fresh_in_.insert(m.conversation.value);
    fresh_.insert_or_assign(number, std::move(m));
}

/// Its time in 64ths of a second; what came in the same one stands behind it.
std::int64_t SearchView::free_number(Database& db, Instant at) {
    auto& last = prepared_.get(db, "SELECT number FROM messages WHERE number >= ?1 AND number < ?1 + ?2 ORDER BY number DESC LIMIT 1");
    auto number = std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count() * numbers_a_second;
    for (const auto second = number;;) {
        last.bind(1, number);
        last.bind(2, numbers_a_second - (number - second) % numbers_a_second);
        if (!last.step()) return number;
        number = last.number(0) + 1;
        last.done();
    }
}

void SearchView::list_case(Database& db, const CaseListed& e) {
    run(prepared_.get(db, "INSERT OR REPLACE INTO cases VALUES(?,?,?,?)"), e.case_id, e.child.or_empty(), e.year.or_empty(), e.caseworker);
    listed(db, "child", e.case_id.value, e.child.or_empty() + " " + both_spellings(e.case_id.value), {});
    auto& touched = prepared_.get(db, "SELECT conversation FROM about WHERE case_id = ?");
    touched.bind_text(1, e.case_id.value);
    while (touched.step()) changed_.insert(text_at(touched, 0));
}

void SearchView::list_contact(Database& db, const ContactListed& e) {
    run(prepared_.get(db, "INSERT OR REPLACE INTO contacts VALUES(?,?,?,?,?,?)"), e.contact, e.case_id, e.name.or_empty(), e.email.or_empty(), e.phone.or_empty(), to_word(e.relation));
    auto words = e.name.or_empty() + " " + e.email.or_empty();
    has_address(db, e.contact, e.email.or_empty());
    for (const auto& each : e.more_emails.or_empty()) {
        has_address(db, e.contact, each);
        words += " " + each;
    }
    listed(db, "contact", e.contact.value, words, e.phone.or_empty());
}

void SearchView::has_address(Database& db, const ContactId& contact, const std::string& email) {
    if (!email.empty()) run(prepared_.get(db, "INSERT OR IGNORE INTO addresses VALUES(?,?)"), contact, email);
}

void SearchView::listed(Database& db, std::string_view kind, std::string_view id, const std::string& words, const std::string& phone) {
    run(prepared_.get(db, "INSERT OR IGNORE INTO listed(kind, id) VALUES(?,?)"), kind, id);
    run(prepared_.get(db, "INSERT OR REPLACE INTO directory(rowid, words, numbers) SELECT number, ?, ? FROM listed WHERE kind = ? AND id = ?"), words + " " + phone, numbers_in(phone), kind, id);
}

void SearchView::is_about(Database& db, const ConversationId& conversation, const CaseId& of) {
    run(prepared_.get(db, "INSERT OR IGNORE INTO about VALUES(?,?)"), conversation, of);
    if (db.number("SELECT changes()") > 0) changed_.insert(conversation.value);
}

void SearchView::is_unsent(Database& db, const MessageId& message) { run(prepared_.get(db, "UPDATE messages SET unsent = 1 WHERE id = ?"), message); }

void SearchView::is_owned(Database& db, const ConversationId& conversation, const StaffId& owner) {
    run(prepared_.get(db, "INSERT INTO owners VALUES(?,?) ON CONFLICT(conversation) DO UPDATE SET owner = excluded.owner WHERE owner <> excluded.owner"), conversation, owner);
    if (db.number("SELECT changes()") > 0) changed_.insert(conversation.value);
}

std::string SearchView::staff_name(Database& db, const StaffId& id) {
    auto& select = prepared_.get(db, "SELECT name FROM staff WHERE id = ?");
    select.bind_text(1, id.value);
    auto name = select.step() ? text_at(select, 0) : std::string();
    select.done();
    return name.empty() ? "a colleague" : name;
}

/// The new messages of a conversation; and of all of them what it is about and whose it is, when that is new.
void SearchView::write_words(Database& db, const std::string& conversation) {
    std::string about, shared = "all";
    auto& cases = prepared_.get(db, "SELECT a.case_id, IFNULL(k.child,'') FROM about a LEFT JOIN cases k ON k.id = a.case_id WHERE a.conversation = ?");
    cases.bind_text(1, conversation);
    while (cases.step()) {
        about = joined(about, text_at(cases, 1) + " " + both_spellings(cases.bytes(0)), " ");
        shared += " " + fact('c', cases.bytes(0));
    }
    auto& owner = prepared_.get(db, "SELECT owner FROM owners WHERE conversation = ?");
    owner.bind_text(1, conversation);
    if (owner.step()) shared += " " + fact('o', owner.bytes(0));
    owner.done();

    auto& messages = prepared_.get(db, "SELECT m.number, m.kind, m.way, m.address, m.staff, m.contact, IFNULL((SELECT name FROM contacts c WHERE c.contact = m.contact LIMIT 1), '') FROM messages m WHERE m.conversation = ?");
    auto& insert = prepared_.get(db, "INSERT INTO words(rowid, who, about, subject, text, numbers, facts) VALUES(?,?,?,?,?,?,?)");
    auto& change = prepared_.get(db, "UPDATE words SET about = ?1, facts = ?2 WHERE rowid = ?3 AND (about <> ?1 OR facts <> ?2)");
    messages.bind_text(1, conversation);
    while (messages.step()) {
        const auto number = messages.number(0);
        const auto fresh = fresh_.find(number);
        if (fresh == fresh_.end() && !changed_.contains(conversation)) continue;
        auto facts = shared;
        for (const auto& [what, column] : {std::pair{'k', 1}, {'w', 2}, {'a', 3}, {'s', 4}, {'p', 5}})
            if (!messages.bytes(column).empty()) facts += " " + fact(what, messages.bytes(column));
        if (fresh == fresh_.end()) {
            run(change, about, facts, number);
            continue;
        }
        auto& m = fresh->second;
        const auto name = text_at(messages, 6);
        const auto who = joined(joined(m.writer, m.way == "in" ? m.address : std::string(), " "), name == m.writer ? std::string() : name, " ");
        const auto text = readable(std::move(m.text));
        run(insert, number, who, about, readable(std::move(m.subject)), text, numbers_in(text), facts);
    }
}

void SearchView::settle(Database& db) {
    for (const auto& conversation : fresh_in_) write_words(db, conversation);
    for (const auto& conversation : changed_)
        if (!fresh_in_.contains(conversation)) write_words(db, conversation);
    give_up();
}

void SearchView::give_up() {
    fresh_.clear();
    fresh_in_.clear();
    changed_.clear();
}

}  // namespace hearback
