#include "log/sqlite.hpp"

#include <sqlite3.h>

namespace hearback {

namespace {

constexpr int busy_wait_ms = 10000;

LogError error_of(sqlite3* connection, int code) {
    using enum LogError::Kind;
    const char* name = connection ? sqlite3_db_filename(connection, "main") : nullptr;
    const std::string path = name && *name ? name : "The log's file";
    const std::string reason = connection ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
    if (code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC)
        return {unknown_outcome,
                path + " could not be synced to the disk: check the disk, then look whether the records are there."};
    switch (code & 0xff) {
        case SQLITE_FULL:
            return {unavailable, "No room is left for " + path + ": free some space on its disk."};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {unavailable,
                    path + " has been held by another program for 10 seconds: try again when that is done."};
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_NOMEM:
            return {unavailable, "Cannot use " + path + " (" + reason + "): check the disk, its space and its rights."};
        case SQLITE_NOTADB:
            return {
                refused,
                path +
                    " is not a log, or is damaged at its beginning: name another folder, or restore it from a backup."};
        case SQLITE_CORRUPT:
            return {refused, path + " is damaged: stop the program and restore the file from a backup."};
        default:
            return {refused, path + ": " + reason + "."};
    }
}

void check(sqlite3* connection, int code) {
    if (code != SQLITE_OK) throw error_of(connection, connection ? sqlite3_extended_errcode(connection) : code);
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Statement::Statement(sqlite3* connection, std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    check(connection,
          sqlite3_prepare_v3(connection, sql.data(), int(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
    statement_.reset(statement);
}

void Statement::bind(int parameter, std::int64_t number) { sqlite3_bind_int64(statement_.get(), parameter, number); }

void Statement::bind(int parameter, std::string_view bytes) {
    // A null pointer would be stored as NULL, and an empty value is not the same as none.
    sqlite3_bind_blob64(statement_.get(), parameter, bytes.empty() ? "" : bytes.data(), bytes.size(), SQLITE_STATIC);
}

void Statement::bind_text(int parameter, std::string_view text) {
    sqlite3_bind_text64(statement_.get(), parameter, text.empty() ? "" : text.data(), text.size(), SQLITE_STATIC,
                        SQLITE_UTF8);
}

void Statement::bind_null(int parameter) { sqlite3_bind_null(statement_.get(), parameter); }

bool Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    sqlite3* connection = sqlite3_db_handle(statement_.get());
    if (code == SQLITE_DONE) {
        sqlite3_reset(statement_.get());
        return false;
    }
    const LogError error = error_of(connection, sqlite3_extended_errcode(connection));
    sqlite3_reset(statement_.get());
    throw error;
}

void Statement::run() {
    while (step()) {
    }
}

void Statement::done() { sqlite3_reset(statement_.get()); }

std::int64_t Statement::number(int column) const { return sqlite3_column_int64(statement_.get(), column); }

std::string_view Statement::bytes(int column) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
    return {data ? data : "", std::size_t(sqlite3_column_bytes(statement_.get(), column))};
}

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }

void Database::Close::operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }

Database::Database(const std::string& path) {
    sqlite3* connection = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &connection,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    connection_.reset(connection);
    check(connection, code);
    sqlite3_extended_result_codes(connection, 1);
    sqlite3_busy_timeout(connection, busy_wait_ms);
    run("PRAGMA synchronous=FULL");
    run("PRAGMA secure_delete=ON");
}

void Database::run(const char* sql) {
    check(connection_.get(), sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr));
}

std::int64_t Database::number(std::string_view sql) {
    Statement statement = prepare(sql);
    return statement.step() ? statement.number(0) : 0;
}

bool Database::in_transaction() const { return sqlite3_get_autocommit(connection_.get()) == 0; }

void Database::keep_wal() {
    int keep = 1;
    sqlite3_file_control(connection_.get(), "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
}

}  // namespace hearback
