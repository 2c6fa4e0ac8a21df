#include "views/view.hpp"

#include "log/sha256.hpp"
#include "views/casefile.hpp"
#include "views/queues.hpp"

namespace hearback {

namespace {

/// Decisions that share a commit while catching up.
constexpr std::size_t decisions_a_commit = 400;

}  // namespace

Views::Views(std::string folder) : path_(std::move(folder) + "/views.sqlite") {
    views_.push_back(std::make_unique<QueuesView>());
    views_.push_back(std::make_unique<CasefileView>());
    std::string shape;
    for (const auto& view : views_) {
        types_.insert(view->hears().begin(), view->hears().end());
        shape += view->tables();
    }
    shape = sha256_hex(shape);
    database_ = std::make_unique<Database>(path_);
    database_->run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-24000;"
                   "CREATE TABLE IF NOT EXISTS position(shape TEXT, sequence INTEGER, hash TEXT)");
    auto read = database_->prepare("SELECT shape, sequence, hash FROM position");
    const bool known = read.step();
    if (known && read.bytes(0) == shape) {
        position_.sequence = std::uint64_t(read.number(1));
        position_.hash = read.bytes(2);
        read.done();
        return;
    }
    read.done();
    make_anew(shape);
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
    auto names = database_->prepare("SELECT 'DROP TABLE ' || name FROM sqlite_master WHERE type='table' AND name <> 'position' AND name NOT LIKE 'sqlite_%'");
    std::vector<std::string> drops;
    while (names.step()) drops.emplace_back(names.bytes(0));
    database_->run("BEGIN IMMEDIATE");
    for (const auto& drop : drops) database_->run(drop.c_str());
    for (const auto& view : views_) database_->run(std::string(view->tables()).c_str());
    database_->run("DELETE FROM position");
    auto write = database_->prepare("INSERT INTO position VALUES(?, 0, '')");
    write.bind_text(1, shape);
    write.run();
    database_->run("COMMIT");
}

void Views::hear(const Decision& decision, const Head& head) {
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
        for (const auto& said : decision.events)
            for (const auto& view : views_)
                if (view->hears().contains(type_of(said.event))) view->apply(*database_, decision, said);
    for (const auto& view : views_) view->settle(*database_);
    const auto& head = heard_.back().second;
    auto write = database_->prepare("UPDATE position SET sequence = ?, hash = ?");
    write.bind(1, std::int64_t(head.sequence));
    write.bind_text(2, head.hash);
    write.run();
}

}  // namespace hearback
