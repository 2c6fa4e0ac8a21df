#include "views/view.hpp"

#include <filesystem>

#include "log/sha256.hpp"
#include "views/casefile.hpp"
#include "views/queues.hpp"

namespace hearback {

namespace {

/// Decisions that share a commit while catching up.
constexpr std::size_t decisions_a_commit = 400;

using ListOfViews = std::vector<std::unique_ptr<View>>;

ListOfViews of_the_office() {
    ListOfViews views;
    views.push_back(std::make_unique<QueuesView>());
    views.push_back(std::make_unique<CasefileView>());
    return views;
}

std::string shape_of(const ListOfViews& views) {
    std::string tables;
    for (const auto& view : views) tables += view->tables();
    return sha256_hex(tables);
}

}  // namespace

Views::Views(std::string folder) : Views(std::move(folder) + "/views.sqlite", of_the_office()) {}

Views::Views(std::string path, ListOfViews views) : path_(std::move(path)), views_(std::move(views)) {
    for (const auto& view : views_) types_.insert(view->hears().begin(), view->hears().end());
    const auto shape = shape_of(views_);
    database_ = std::make_unique<Database>(path_);
    database_->run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-8000;"
                   "CREATE TABLE IF NOT EXISTS stands_at(shape TEXT, sequence INTEGER, hash TEXT, next INTEGER)");
    auto read = database_->prepare("SELECT shape, sequence, hash, next FROM stands_at");
    const bool known = read.step();
    if (known && read.bytes(0) == shape) {
        position_ = {.sequence = std::uint64_t(read.number(1)), .hash = std::string(read.bytes(2)), .next = read.number(3), .inbox_next = 0};
        read.done();
        return;
    }
    read.done();
    make_anew(shape);
}

bool Views::fit(const std::string& path, const ListOfViews& views) {
    if (!std::filesystem::exists(path)) return false;
    try {
        Database database(path);
        auto read = database.prepare("SELECT shape FROM stands_at");
        return read.step() && read.bytes(0) == shape_of(views);
    } catch (const LogError& e) {
        if (e.retryable()) throw;
        return false;
    }
}

Views::~Views() {
    try {
        commit();
    } catch (const std::exception&) {
        // What is not committed is told again at the next start.
    }
}

/// Empty tables and the position before the first record.
void Views::make_anew(const std::string& shape) {
    auto names = database_->prepare("SELECT 'DROP TABLE ' || name FROM pragma_table_list WHERE schema='main' AND type IN ('table','virtual') AND name <> 'stands_at' AND name NOT LIKE 'sqlite_%'");
    std::vector<std::string> drops;
    while (names.step()) drops.emplace_back(names.bytes(0));
    database_->run("BEGIN IMMEDIATE");
    for (const auto& drop : drops) database_->run(drop.c_str());
    for (const auto& view : views_) database_->run(std::string(view->tables()).c_str());
    database_->run("DELETE FROM stands_at");
    auto write = database_->prepare("INSERT INTO stands_at VALUES(?, 0, '', 0)");
    write.bind_text(1, shape);
    write.run();
    database_->run("COMMIT");
}

void Views::hear(const Told& decision, const Head& head) {
    reached_ = head;
    if (head.sequence <= position_.sequence) {
        // Where we stood, the journal must say what it said then; else these tables are of another log.
        if (head.sequence == position_.sequence && head.hash != position_.hash) throw LogError(LogError::Kind::refused, "The tables in " + path_ + " were made from another log. Delete " + path_ + " (it is made anew from the log) and start again.");
        return;
    }
    if (!heard_.empty() && head.sequence <= heard_.back().second.sequence) return;  // told again after a trouble
    heard_.emplace_back(decision, head);
    if (heard_.size() >= decisions_a_commit) commit();
}

Head Views::going_on() { return reached_ = position_; }

void Views::caught_up() {
    if (position_.sequence > reached_.sequence)
        throw LogError(LogError::Kind::refused, "The tables in " + path_ + " know more than the journal holds: records are missing from the log. "
                       "Restore the log, or delete " + path_ + " if it is of another log.");
    commit();
}

/// All that was heard, in one transaction, or nothing of it: then it is tried again when we are told next.
void Views::commit() {
    if (heard_.empty()) return;
    try {
        database_->run("BEGIN IMMEDIATE");
        write_heard();
        database_->run("COMMIT");
    } catch (const std::exception& e) {
        for (const auto& view : views_) view->give_up();
        if (database_->in_transaction()) database_->run("ROLLBACK");
        const auto* trouble = dynamic_cast<const LogError*>(&e);
        if (trouble && trouble->retryable()) throw;
        throw LogError(LogError::Kind::refused, "The tables in " + path_ + " cannot be written (" + e.what() + "). Nothing is lost: delete the file (it is made anew from the log) and start again.");
    }
    position_ = heard_.back().second;
    heard_.clear();
}

void Views::write_heard() {
    for (const auto& [decision, head] : heard_)
        for (const auto& said : decision->events)
            for (const auto& view : views_)
                if (view->hears().contains(type_of(said.event))) view->apply(*database_, *decision, said);
    for (const auto& view : views_) view->settle(*database_);
    const auto& head = heard_.back().second;
    auto write = database_->prepare("UPDATE stands_at SET sequence = ?, hash = ?, next = ?");
    write.bind(1, std::int64_t(head.sequence));
    write.bind_text(2, head.hash);
    write.bind(3, head.next);
    write.run();
}

}  // namespace hearback
