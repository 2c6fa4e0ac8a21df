#include "edges/mailer/ledger.hpp"

#include <sqlite3.h>

#include <condition_variable>
#include <mutex>
#include <set>
#include <stdexcept>
#include <utility>

namespace hearback {
namespace {

class Statement {
  public:
    Statement(sqlite3* db, const char* sql) : db_(db) {
        if (sqlite3_prepare_v2(db, sql, -1, &statement_, nullptr) != SQLITE_OK) fail(db);
    }
    ~Statement() { sqlite3_finalize(statement_); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    [[noreturn]] static void fail(sqlite3* db) {
        throw std::runtime_error(std::string("the mailer's ledger: ") + sqlite3_errmsg(db));
    }

    Statement& bind(int at, const std::string& text) {
        sqlite3_bind_text(statement_, at, text.data(), int(text.size()), SQLITE_TRANSIENT);
        return *this;
    }
    Statement& bind(int at, std::int64_t number) {
        sqlite3_bind_int64(statement_, at, number);
        return *this;
    }
    bool step() {
        const int result = sqlite3_step(statement_);
        if (result == SQLITE_ROW) return true;
        sqlite3_reset(statement_);
        if (result != SQLITE_DONE) fail(db_);
        return false;
    }
    void run() {
        while (step()) {
        }
    }
    std::string text(int column) const {
        const auto* bytes = sqlite3_column_text(statement_, column);
        return bytes ? reinterpret_cast<const char*>(bytes) : "";
    }
    std::int64_t number(int column) const { return sqlite3_column_int64(statement_, column); }

  private:
    sqlite3* db_;
    sqlite3_stmt* statement_ = nullptr;
};

LedgerEntry entry(const Statement& row) {
    return {{row.text(0)}, AttemptState(row.number(1)), int(row.number(2)), row.text(3)};
}

/// Marks that share one commit.
struct Batch {
    std::vector<AttemptId> attempts;
    bool done = false;
    std::string failure;
};

}  // namespace

struct Ledger::Book {
    Book(const std::filesystem::path& path, InstanceId fresh, std::size_t rows) : rows_kept(rows) {
        if (sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                            nullptr) != SQLITE_OK) {
            const std::string why = db ? sqlite3_errmsg(db) : "out of memory";
            sqlite3_close(db);
            throw std::runtime_error("the mailer's ledger " + path.string() + ": " + why);
        }
        try {
            execute(
                "PRAGMA journal_mode=WAL; PRAGMA locking_mode=EXCLUSIVE; PRAGMA synchronous=FULL;"
                "CREATE TABLE IF NOT EXISTS instance(id TEXT NOT NULL);"
                "CREATE TABLE IF NOT EXISTS attempts(number INTEGER PRIMARY KEY, attempt TEXT NOT NULL UNIQUE,"
                " state INTEGER NOT NULL, code INTEGER NOT NULL DEFAULT 0, words TEXT NOT NULL DEFAULT '')");
            Statement known(db, "SELECT id FROM instance");
            if (known.step())
                instance = {known.text(0)};
            else
                Statement(db, "INSERT INTO instance VALUES(?)").bind(1, fresh.value).run(), instance = std::move(fresh);
        } catch (...) {
            const bool damaged = sqlite3_errcode(db) == SQLITE_NOTADB || sqlite3_errcode(db) == SQLITE_CORRUPT;
            sqlite3_close_v2(db);
            if (!damaged) throw;
            throw std::runtime_error("The mailer's ledger " + path.string() +
                                     " is damaged. Delete the file and start again; what was under way then shows as not known.");
        }
    }
    ~Book() {
        setting.reset();
        sqlite3_close_v2(db);
    }

    void execute(const char* sql) {
        if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) Statement::fail(db);
    }

    std::optional<LedgerEntry> stored(const AttemptId& attempt) {
        Statement row(db, "SELECT attempt, state, code, words FROM attempts WHERE attempt = ?");
        row.bind(1, attempt.value);
        if (!row.step()) return {};
        return entry(row);
    }

    /// How much a commit promises: FULL waits for the disk, NORMAL outlives this process.
    void promise(const char* synchronous) {
        if (promised == synchronous) return;
        execute((std::string("PRAGMA synchronous=") + synchronous).c_str());
        promised = synchronous;
    }

    void set(const LedgerEntry& now) {
        begun.erase(now.attempt);
        if (!setting)
            setting =
                std::make_unique<Statement>(db,
                                            "INSERT INTO attempts(attempt, state, code, words) VALUES(?1, ?2, ?3, ?4)"
                                            " ON CONFLICT(attempt) DO UPDATE SET state = ?2, code = ?3, words = ?4");
        setting->bind(1, now.attempt.value)
            .bind(2, std::int64_t(now.state))
            .bind(3, std::int64_t(now.code))
            .bind(4, now.words)
            .run();
    }

    /// The lock is held. A transaction that fails leaves nothing behind.
    template <class Work>
    void commit(Work work) {
        execute("BEGIN IMMEDIATE");
        try {
            work();
            execute("COMMIT");
        } catch (...) {
            sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
            throw;
        }
    }

    void write(Batch& batch) {
        try {
            const std::lock_guard lock(file);
            promise("FULL");
            commit([&] {
                for (const auto& attempt : batch.attempts) set({attempt, AttemptState::marked, 0, {}});
            });
        } catch (const std::exception& error) {
            batch.failure = error.what();
        }
    }

    void prune() {
        Statement(db, "DELETE FROM attempts WHERE state > 1 AND number <= (SELECT max(number) FROM attempts) - ?")
            .bind(1, std::int64_t(rows_kept))
            .run();
    }

    const std::size_t rows_kept;
    sqlite3* db = nullptr;
    InstanceId instance;
    std::unique_ptr<Statement> setting;
    std::set<AttemptId> begun;
    std::string promised = "FULL";
    mutable std::mutex file;  ///< who uses `db`

    std::mutex queue;  ///< guards what is below
    std::condition_variable written;
    std::shared_ptr<Batch> next = std::make_shared<Batch>();  ///< the commit to come
    bool writing = false;
    std::size_t outcomes = 0;
};

Ledger::Ledger(const std::filesystem::path& file, InstanceId fresh, std::size_t rows_kept)
    : book_(std::make_unique<Book>(file, std::move(fresh), rows_kept)) {}
Ledger::~Ledger() = default;

const InstanceId& Ledger::instance() const { return book_->instance; }

void Ledger::begin(const AttemptId& attempt) {
    const std::lock_guard lock(book_->file);
    if (!book_->stored(attempt)) book_->begun.insert(attempt);
}

void Ledger::mark(const AttemptId& attempt) {
    std::unique_lock lock(book_->queue);
    const auto batch = book_->next;
    batch->attempts.push_back(attempt);
    // Whoever finds no one writing writes for all who have queued up meanwhile.
    book_->written.wait(lock, [&] { return batch->done || !book_->writing; });
    if (!batch->done) {
        book_->writing = true;
        book_->next = std::make_shared<Batch>();
        lock.unlock();
        book_->write(*batch);
        lock.lock();
        batch->done = true;
        book_->writing = false;
        book_->written.notify_all();
    }
    if (!batch->failure.empty()) throw std::runtime_error(batch->failure);
}

void Ledger::outcome(const LedgerEntry& now) {
    constexpr std::size_t outcomes_between_prunings = 1000;
    const std::lock_guard lock(book_->file);
    book_->promise("NORMAL");
    book_->commit([&] {
        book_->set(now);
        if (++book_->outcomes % outcomes_between_prunings == 0) book_->prune();
    });
}

std::optional<LedgerEntry> Ledger::state(const AttemptId& attempt) const {
    const std::lock_guard lock(book_->file);
    if (book_->begun.contains(attempt)) return LedgerEntry{attempt, AttemptState::begun, 0, {}};
    return book_->stored(attempt);
}

std::vector<LedgerEntry> Ledger::open() const {
    const std::lock_guard lock(book_->file);
    Statement row(book_->db, "SELECT attempt, state, code, words FROM attempts WHERE state = 1 ORDER BY number");
    std::vector<LedgerEntry> entries;
    while (row.step()) entries.push_back(entry(row));
    return entries;
}

}  // namespace hearback
