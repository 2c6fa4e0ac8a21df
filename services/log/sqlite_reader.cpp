#include "log/sqlite_reader.hpp"

#include <algorithm>
#include <limits>

#include "log/sha256.hpp"
#include "log/sqlite_file.hpp"

namespace hearback {

SqliteReader::SqliteReader(Database file) : file_(std::move(file)) {
    blob_ = file_.prepare("SELECT bytes FROM blob WHERE name=?");
    for (const Topic topic : all_topics) {
        const std::string table(table_name(topic));
        read_[std::size_t(topic)] = file_.prepare("SELECT offset, key, headers, value FROM " + table +
                                                  " WHERE offset>=? ORDER BY offset LIMIT ?");
        range_[std::size_t(topic)] =
            file_.prepare("SELECT (SELECT min(offset) FROM " + table + "), (SELECT max(offset) FROM " + table + ")");
    }
}

std::vector<Stored> SqliteReader::read(Topic topic, Offset from, std::size_t most) {
    std::vector<Stored> found;
    Statement& rows = read_[std::size_t(topic)];
    rows.bind(1, from);
    rows.bind(2, std::int64_t(std::min<std::size_t>(most, std::numeric_limits<std::int64_t>::max())));
    try {
        while (rows.step()) {
            Stored& stored = found.emplace_back(Stored{rows.number(0), {}});
            stored.record.key = rows.bytes(1);
            stored.record.headers = unpack(rows.bytes(2));
            if (!rows.is_null(3)) stored.record.value = rows.bytes(3);
        }
    } catch (...) {
        rows.done();
        throw;
    }
    if (most > 0 && (found.empty() || found.front().offset != from)) check_range(topic, from, found);
    return found;
}

// In the keys topic earlier values of a destroyed key are gone by intent, so a beginning that is missing means nothing.
void SqliteReader::check_range(Topic topic, Offset from, const std::vector<Stored>& found) {
    Statement& range = range_[std::size_t(topic)];
    range.step();
    const Offset first = topic == Topic::keys || range.is_null(0) ? 0 : range.number(0);
    const Offset end = range.is_null(1) ? 0 : range.number(1) + 1;
    range.done();
    if (from < first || (found.empty() && from > end))
        throw LogError(LogError::Kind::out_of_range, "Records are missing from the " + std::string(table_name(topic)) +
                                                         ": it holds " + std::to_string(first) + " to " +
                                                         std::to_string(end) + " and " + std::to_string(from) +
                                                         " was asked for. Find out what was lost before going on.");
}

std::optional<std::string> SqliteReader::blob(std::string_view name) {
    blob_.bind(1, name);
    if (!blob_.step()) return std::nullopt;
    std::string bytes(blob_.bytes(0));
    blob_.done();
    if (sha256_hex(bytes) != name)
        throw LogError(LogError::Kind::refused,
                       "Blob " + std::string(name) +
                           " is damaged: its bytes are not those that it is named by. Restore the log from a backup.");
    return bytes;
}

}  // namespace hearback
