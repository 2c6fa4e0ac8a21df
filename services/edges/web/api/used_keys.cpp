#include "edges/web/api/used_keys.hpp"

#include "views/row.hpp"

namespace hearback {

UsedKeys::UsedKeys(const std::string& folder) : db_(folder + "/idempotency.sqlite") {
    db_.run("CREATE TABLE IF NOT EXISTS used(act TEXT PRIMARY KEY, request TEXT, at INTEGER) WITHOUT ROWID");
    db_.run("CREATE INDEX IF NOT EXISTS used_at ON used(at)");
}

bool UsedKeys::is_for(const std::string& act, const std::string& request, Instant now) {
    const std::lock_guard lock(one_at_a_time_);
    auto known = db_.prepare("SELECT request FROM used WHERE act = ? AND at >= ?");
    known.bind_text(1, act);
    known.bind(2, std::int64_t((now - kept).time_since_epoch().count()));
    if (known.step()) return known.bytes(0) == request;
    auto forget = db_.prepare("DELETE FROM used WHERE at < ?");
    run(forget, now - kept);
    auto note = db_.prepare("INSERT OR REPLACE INTO used VALUES(?, ?, ?)");
    run(note, act, request, now);
    return true;
}

}  // namespace hearback
