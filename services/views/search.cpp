#include "views/search.hpp"

#include <filesystem>
#include <limits>

#include "deciders/directory/people.hpp"
#include "events/words.hpp"
#include "kernel/london.hpp"
#include "views/search_view.hpp"
#include "views/search_words.hpp"

namespace hearback {

namespace {

std::vector<std::unique_ptr<View>> search_view() {
    std::vector<std::unique_ptr<View>> views;
    views.push_back(std::make_unique<SearchView>());
    return views;
}

std::string beside_in(const std::string& folder) { return folder + "/search.beside.sqlite"; }

void remove_database(const std::string& path) {
    for (const auto* part : {"", "-wal", "-shm"}) std::filesystem::remove(path + part);
}

}  // namespace

SearchIndex::SearchIndex(std::string folder, Millis rest) : live_(folder + "/search.sqlite"), beside_(beside_in(folder)), rest_(rest) {
    using std::filesystem::exists;
    open(exists(beside_) || (exists(live_) && !Views::fit(live_, search_view())));
}

void SearchIndex::ask_for_new(const std::string& folder) { Database empty(beside_in(folder)); empty.run("PRAGMA user_version=1"); }

void SearchIndex::open(bool beside) {
    writes_beside_ = beside;
    const auto& path = beside ? beside_ : live_;
    try {
        tables_ = std::make_unique<Views>(path, search_view());
    } catch (const LogError& e) {
        if (e.retryable()) throw;
        remove_database(path);  // half made or damaged: nothing is lost, it is made from the log
        tables_ = std::make_unique<Views>(path, search_view());
    }
    sequence_ = tables_->going_on().sequence;
}

void SearchIndex::run(Log& log, const std::string& authority, Seal& seal, std::stop_token stop, const std::function<void(std::string_view)>& trouble) {
    for (bool anew = false; !stop.stop_requested(); anew = true) {
        try {
            Follower follower(log, authority, seal);
            follower.go_on_from(tables_->going_on().sequence > 0 ? tables_->going_on() : genesis(authority));
            follower.add(*this);
            follower.rest_between(rest_);
            follower.run(stop, trouble);
        } catch (const LogError& e) {
            if (anew) throw;
            trouble(std::string(e.what()) + " The search index is made anew.");
            behind_ = true;
            tables_.reset();
            remove_database(beside_);
            open(true);
        }
    }
}

void SearchIndex::hear(const Told& decision, const Head& head) {
    behind_ = true;
    tables_->hear(decision, head);
}

void SearchIndex::caught_up() {
    tables_->caught_up();
    if (writes_beside_) swap_in();
    sequence_ = tables_->going_on().sequence;
    behind_ = false;
}

/// A WAL that lies beside a file of its name is taken for that file's: none may be left when the files change places.
void SearchIndex::swap_in() {
    tables_.reset();  // the last connection to the new file writes its WAL into it
    if (std::filesystem::exists(beside_ + "-wal")) {
        open(true);
        throw LogError(LogError::Kind::unavailable, "The new search index in " + beside_ + " cannot be finished: check the disk and its space.");
    }
    {
        const std::unique_lock nobody_reads(swapping_);
        for (const auto* part : {"-wal", "-shm"}) std::filesystem::remove(live_ + part);
        std::filesystem::rename(beside_, live_);
    }
    open(false);
}

namespace {

/// Best first looks at so many of the newest: a word that half of all messages have says little about which is best.
constexpr std::int64_t ranked_max = 5000;
constexpr int people_shown = 8;
constexpr std::string_view searched_columns = "{who about subject text numbers}", directory_columns = "{words numbers}";
constexpr char mark_begin = '\x02', mark_end = '\x03';

/// What FTS5 gives back with its marks, as pieces.
std::vector<FoundPiece> pieces_of(std::string_view marked) {
    std::vector<FoundPiece> pieces;
    bool found = false;
    for (std::size_t at = 0; at < marked.size();) {
        const auto end = std::min(marked.find(found ? mark_end : mark_begin, at), marked.size());
        if (end > at) pieces.push_back({std::string(marked.substr(at, end - at)), found});
        found = !found;
        at = end + 1;
    }
    for (auto& piece : pieces)
        for (char& c : piece.text)
            if (c == '\n') c = ' ';
    return pieces;
}

/// The first number that a message of this day, or a later one, can have.
std::int64_t first_number(Date day) {
    return std::chrono::floor<std::chrono::seconds>(at_london(day, Millis{0}).time_since_epoch()).count() * SearchView::numbers_a_second;
}

std::string any_of(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : " OR ") + word;
    return "facts : (" + text + ")";
}

}  // namespace

Search::Search(const SearchIndex& index) : index_(index), lock_(index.swapping_) {}

Database& Search::database() {
    if (db_) return *db_;
    db_.emplace(index_.live_);
    db_->run("PRAGMA query_only=ON; PRAGMA mmap_size=268435456;");
    return *db_;
}

Found Search::ask(const Question& q) {
    try {
        return answer(q);
    } catch (const LogError& e) {
        if (e.retryable() || !index_.behind()) throw;
        return {.people = {}, .messages = {}, .up_to = {}, .behind = true};
    }
}

std::optional<FoundPerson> Search::person(std::string_view kind, const std::string& id) {
    try {
        return listed(kind, id);
    } catch (const LogError& e) {
        if (e.retryable() || !index_.behind()) throw;
        return {};
    }
}

/// Which messages are asked for, without the words: as words too, so that the index meets both at once.
std::string Search::facts(const Question& q) {
    std::string all;
    const auto require = [&](char what, const std::string& value) {
        if (!value.empty()) all += " AND facts : " + fact(what, value);
    };
    require('c', q.case_id);
    require('o', q.owner);
    require('k', q.kind);
    require('w', q.way);
    if (!q.person.empty()) {
        std::vector<std::string> theirs{fact('p', q.person), fact('s', q.person)};
        auto& addresses = prepared_.get(database(), "SELECT email FROM addresses WHERE contact = ?");
        addresses.bind_text(1, q.person);
        while (addresses.step()) theirs.push_back(fact('a', addresses.bytes(0)));
        all += " AND " + any_of(theirs);
    }
    return all;
}

Found Search::answer(const Question& q) {
    Found found{.people = {}, .messages = {}, .up_to = {}, .behind = index_.behind()};
    if (auto newest = database().prepare("SELECT at FROM messages ORDER BY number DESC LIMIT 1"); newest.step()) found.up_to = instant_at(newest, 0);
    if (!q.asks_something()) return found;
    if (q.page <= 1) found.people = people(q.text);
    const auto words = match_words(q.text, searched_columns);
    if (words.empty() && !q.text.empty()) return found;  // nothing in it that anybody could have written
    const auto conditions = facts(q);
    messages(q, words + (words.empty() ? conditions.empty() ? "facts : all" : conditions.substr(5) : conditions), found);
    return found;
}

void Search::messages(const Question& q, const std::string& match, Found& found) {
    const auto from = q.from ? first_number(*q.from) : 0;
    const auto before = q.to ? first_number(Date{std::chrono::sys_days{*q.to} + std::chrono::days{1}}) : std::numeric_limits<std::int64_t>::max();
    auto& count = prepared_.get(database(), "SELECT COUNT(*), MIN(rowid) FROM (SELECT rowid FROM words WHERE words MATCH ?1 AND rowid >= ?2 AND rowid < ?3 ORDER BY rowid DESC LIMIT ?4)");
    count.bind_text(1, match);
    count.bind(2, from);
    count.bind(3, before);
    count.bind(4, q.best_first ? ranked_max : counted_max + 1);
    if (!count.step()) return;
    found.total = std::min(count.number(0), counted_max);
    found.more = count.number(0) > counted_max;
    const auto oldest_counted = count.number(1);
    count.done();
    auto& select = prepared_.get(database(), std::string(R"(
SELECT m.conversation, m.id, m.kind, m.way, m.writer, m.at, m.unsent, highlight(words, 2, char(2), char(3)), snippet(words, 3, char(2), char(3), '…', 28), IFNULL(s.name,''),
       IFNULL((SELECT group_concat(k.child, ' and ') FROM about a JOIN cases k ON k.id = a.case_id WHERE a.conversation = m.conversation), '')
FROM words CROSS JOIN messages m ON m.number = words.rowid LEFT JOIN owners o ON o.conversation = m.conversation LEFT JOIN staff s ON s.id = o.owner
WHERE words MATCH ?1 AND words.rowid >= ?2 AND words.rowid < ?3 )") + (q.best_first ? "AND rank MATCH 'bm25(4, 4, 4, 1, 4, 0)' ORDER BY rank" : "ORDER BY words.rowid DESC") + " LIMIT ?4 OFFSET ?5");
    select.bind_text(1, match);
    select.bind(2, oldest_counted);
    select.bind(3, before);
    select.bind(4, std::int64_t(rows_a_page));
    select.bind(5, std::int64_t(rows_a_page) * (std::min(std::max(q.page, 1), pages_max) - 1));
    while (select.step()) found.messages.push_back(message(select));
}

FoundMessage Search::message(const Statement& r) {
    return {.conversation = text_at(r, 0), .message = text_at(r, 1), .kind = text_at(r, 2), .way = text_at(r, 3), .writer = text_at(r, 4), .child = text_at(r, 10), .owner_name = text_at(r, 9),
            .at = instant_at(r, 5), .unsent = r.number(6) != 0, .subject = pieces_of(r.bytes(7)), .words = pieces_of(r.bytes(8))};
}

std::vector<FoundPerson> Search::people(const std::string& typed) {
    const auto match = match_words(typed, directory_columns);
    if (match.empty()) return {};
    auto& select = prepared_.get(database(), "SELECT l.kind, l.id FROM directory d CROSS JOIN listed l ON l.number = d.rowid WHERE d.directory MATCH ?1 ORDER BY l.kind = 'staff', l.kind = 'contact', rank LIMIT ?2");
    select.bind_text(1, match);
    select.bind(2, std::int64_t(people_shown));
    std::vector<FoundPerson> found;
    while (select.step())
        if (auto one = listed(select.bytes(0), text_at(select, 1))) found.push_back(std::move(*one));
    return found;
}

std::optional<FoundPerson> Search::listed(std::string_view kind, const std::string& id) {
    const auto sql = kind == "child" ? "SELECT k.child, CASE WHEN k.year GLOB '[0-9]*' THEN 'Year ' || k.year ELSE k.year END, k.id, IFNULL(s.name,'') FROM cases k LEFT JOIN staff s ON s.id = k.caseworker WHERE k.id = ?"
                   : kind == "staff" ? "SELECT name, role, '', '' FROM staff WHERE id = ?"
                                     : "SELECT c.name, c.relation, IFNULL(k.child,''), c.phone FROM contacts c LEFT JOIN cases k ON k.id = c.case_id WHERE c.contact = ?";
    auto& select = prepared_.get(database(), sql);
    select.bind_text(1, id);
    FoundPerson one{.kind = std::string(kind), .id = id, .name = {}, .about = {}};
    const auto add = [&](const std::string& words) { one.about += words.empty() || one.about.empty() ? words : ", " + words; };
    std::string phone;
    while (select.step()) {
        one.name = text_at(select, 0);
        if (kind == "contact") {
            const auto relation = from_word<Relation>(select.bytes(1)).value_or(Relation::other);
            add(select.bytes(2).empty() ? "" : relation == Relation::other ? "about " + text_at(select, 2) : text_at(select, 2) + "’s " + words_for(relation));
            phone = text_at(select, 3);
        } else if (kind == "staff") {
            add(words_for(from_word<StaffRole>(select.bytes(1)).value_or(StaffRole::caseworker)));
        } else {
            add(text_at(select, 1));
            add(text_at(select, 2));
            add(select.bytes(3).empty() ? "" : "caseworker " + text_at(select, 3));
        }
    }
    add(phone);
    return one.name.empty() ? std::nullopt : std::optional(one);
}

}  // namespace hearback
