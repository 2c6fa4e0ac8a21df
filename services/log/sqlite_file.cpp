#include "log/sqlite_file.hpp"

#include <filesystem>

namespace hearback {

namespace {

constexpr std::int64_t application_id = 0x48426c67;  // "HBlg"
constexpr std::int64_t format_version = 1;

// Offsets are chosen by the writer. In `keys` a tombstone looks earlier values of its key up.
constexpr const char* schema = R"(
    CREATE TABLE inbox(offset INTEGER PRIMARY KEY, key BLOB NOT NULL, headers BLOB NOT NULL, value BLOB);
    CREATE TABLE journal(offset INTEGER PRIMARY KEY, key BLOB NOT NULL, headers BLOB NOT NULL, value BLOB);
    CREATE TABLE keys(offset INTEGER PRIMARY KEY, key BLOB NOT NULL, headers BLOB NOT NULL, value BLOB);
    CREATE INDEX keys_by_key ON keys(key);
    CREATE TABLE blob(name BLOB PRIMARY KEY, bytes BLOB NOT NULL);
    CREATE TABLE about(name TEXT PRIMARY KEY, value BLOB NOT NULL);
)";

[[noreturn]] void refuse(const std::string& sentence) { throw LogError(LogError::Kind::refused, sentence); }

void make_tables(Database& file, const std::string& authority) {
    file.run(schema);
    Statement about = file.prepare("INSERT INTO about VALUES('authority', ?)");
    about.bind(1, std::string_view(authority));
    about.run();
    file.run(("PRAGMA application_id=" + std::to_string(application_id)).c_str());
    file.run(("PRAGMA user_version=" + std::to_string(format_version)).c_str());
}

void check_ours(Database& file, const SqliteLogSettings& settings) {
    const std::string path = log_file_path(settings);
    if (file.number("PRAGMA application_id") != application_id)
        refuse(path + " is not a Hearback log: name another folder.");
    if (const auto version = file.number("PRAGMA user_version"); version != format_version)
        refuse(path + " has format " + std::to_string(version) + " and this program reads format " +
               std::to_string(format_version) + ": run the Hearback that wrote it, or a newer one.");
    Statement about = file.prepare("SELECT value FROM about WHERE name='authority'");
    const std::string authority = about.step() ? std::string(about.bytes(0)) : "";
    if (authority != settings.authority)
        refuse(path + " is the log of authority " + authority + ", not of " + settings.authority +
               ": name its own folder or correct the setting.");
}

// Another program may be making the same file at this moment, so emptiness is judged under the write lock.
void make_or_check(Database& file, const SqliteLogSettings& settings) {
    if (file.number("PRAGMA application_id") == 0 && file.number("SELECT count(*) FROM sqlite_master") == 0) {
        file.run("BEGIN IMMEDIATE");
        if (file.number("SELECT count(*) FROM sqlite_master") == 0) make_tables(file, settings.authority);
        file.run("COMMIT");
    }
    check_ours(file, settings);
}

std::uint32_t length_at(std::string_view bytes) {
    std::uint32_t length = 0;
    for (int i = 3; i >= 0; --i) length = length << 8 | static_cast<unsigned char>(bytes[std::size_t(i)]);
    return length;
}

std::string take(std::string_view& bytes) {
    if (bytes.size() < 4 || bytes.size() - 4 < length_at(bytes))
        refuse("The headers of a record are damaged: stop the program and restore the log from a backup.");
    const std::size_t length = length_at(bytes);
    std::string taken(bytes.substr(4, length));
    bytes.remove_prefix(4 + length);
    return taken;
}

void give(std::string& bytes, const std::string& text) {
    for (int i = 0; i < 4; ++i) bytes += char(text.size() >> 8 * i & 0xff);
    bytes += text;
}

}  // namespace

std::string log_file_path(const SqliteLogSettings& settings) { return settings.folder + "/log.sqlite"; }

Database open_log_file(const SqliteLogSettings& settings) {
    if (!std::filesystem::is_directory(settings.folder))
        refuse("There is no folder " + settings.folder + ": make it first.");
    Database file(log_file_path(settings));
    // A mail is 10 kB and its record 5: with pages of 4 kB some 24 were written for it.
    file.run("PRAGMA page_size=16384");
    make_or_check(file, settings);
    Statement mode = file.prepare("PRAGMA journal_mode=WAL");
    if (!mode.step() || mode.bytes(0) != "wal")
        refuse(log_file_path(settings) +
               " is on a file system without shared memory: move the folder to a local disk.");
    return file;
}

std::string_view table_name(Topic topic) {
    static constexpr std::string_view names[] = {"inbox", "journal", "keys"};
    return names[std::size_t(topic)];
}

std::string pack(const std::vector<Header>& headers) {
    std::string bytes;
    std::size_t size = 0;
    for (const auto& each : headers) size += 8 + each.name.size() + each.value.size();
    bytes.reserve(size);
    for (const auto& each : headers) {
        give(bytes, each.name);
        give(bytes, each.value);
    }
    return bytes;
}

std::vector<Header> unpack(std::string_view bytes) {
    std::vector<Header> headers;
    while (!bytes.empty()) {
        std::string name = take(bytes);
        headers.push_back({std::move(name), take(bytes)});
    }
    return headers;
}

}  // namespace hearback
