// SQLite, held by objects that close themselves, with its errors as LogError. One thread a connection.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "log/log.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace hearback {

class Statement {
  public:
    Statement() = default;
    Statement(sqlite3*, std::string_view sql);

    /// Bound bytes must outlive the next `step` and `done`.
    void bind(int parameter, std::int64_t);
    void bind(int parameter, std::string_view bytes);
    /// As text, which compares equal to SQL's own text; `bind` stores bytes.
    void bind_text(int parameter, std::string_view text);
    void bind_null(int parameter);

    /// Moves to the next row; false after the last, and then the statement is ready to be bound again.
    bool step();
    /// Steps to the end.
    void run();
    /// Gives up the rest of the rows (a statement left in the middle holds back the checkpoints).
    void done();

    std::int64_t number(int column) const;
    std::string_view bytes(int column) const;  ///< until the next `step`
    bool is_null(int column) const;

  private:
    struct Finalize {
        void operator()(sqlite3_stmt*) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class Database {
  public:
    /// Opens and, when there is none, makes the file. Every connection overwrites what it deletes.
    explicit Database(const std::string& path);

    Statement prepare(std::string_view sql) { return Statement(connection_.get(), sql); }
    void run(const char* sql);
    std::int64_t number(std::string_view sql);
    bool in_transaction() const;
    /// A WAL that is kept spares every commit after the next start the growing of the file.
    void keep_wal();

  private:
    struct Close {
        void operator()(sqlite3*) const;
    };
    std::unique_ptr<sqlite3, Close> connection_;
};

}  // namespace hearback
