#include "log/sqlite_writer.hpp"

#include <array>

#include "log/sqlite_file.hpp"

namespace hearback {

namespace {

constexpr std::size_t batch_bytes_max = 8 * 1024 * 1024;
constexpr std::size_t batch_calls_max = 512;

}  // namespace

SqliteWriter::SqliteWriter(Database file) : file_(std::move(file)) {
    file_.keep_wal();
    // A checkpoint stops the writer for as long as its pages take to be copied and synced; rarer is better in sum.
    file_.run("PRAGMA wal_autocheckpoint=1000");
    file_.run("PRAGMA cache_size=-16384");
    begin_ = file_.prepare("BEGIN IMMEDIATE");
    commit_ = file_.prepare("COMMIT");
    insert_blob_ = file_.prepare("INSERT OR IGNORE INTO blob VALUES(?, ?)");
    destroy_ = file_.prepare("DELETE FROM keys WHERE key=? AND offset<?");
    for (const Topic topic : all_topics) {
        const std::string table(table_name(topic));
        insert_[std::size_t(topic)] = file_.prepare("INSERT INTO " + table + " VALUES(?, ?, ?, ?)");
        newest_[std::size_t(topic)] = file_.prepare("SELECT max(offset) FROM " + table);
    }
}

std::vector<Offset> SqliteWriter::append(std::span<const Entry> entries, std::span<const Blob* const> blobs) {
    Call call;
    call.entries = entries;
    call.blobs = blobs;
    for (const auto& entry : entries) {
        call.headers.push_back(pack(entry.record.headers));
        call.bytes += entry.record.bytes();
    }
    for (const Blob* blob : blobs) call.bytes += blob->bytes.size();

    std::unique_lock lock(mutex_);
    waiting_.push_back(&call);
    while (!call.done) {
        if (writing_)
            call.turn.wait(lock);
        else
            write_next(lock);
    }
    if (call.error) std::rethrow_exception(call.error);
    return std::move(call.offsets);
}

void SqliteWriter::write_next(std::unique_lock<std::mutex>& lock) {
    writing_ = true;
    const auto calls = take();
    lock.unlock();
    try {
        commit(calls);
        publish(calls);
    } catch (...) {
        for (Call* call : calls) call->error = std::current_exception();
    }
    lock.lock();
    writing_ = false;
    // The next writer first: the disk is idle until it runs.
    if (!waiting_.empty()) waiting_.front()->turn.notify_one();
    for (Call* call : calls) {
        call->done = true;
        call->turn.notify_one();
    }
}

std::vector<SqliteWriter::Call*> SqliteWriter::take() {
    std::vector<Call*> calls;
    std::size_t bytes = 0;
    while (!waiting_.empty() && calls.size() < batch_calls_max) {
        bytes += waiting_.front()->bytes;
        if (!calls.empty() && bytes > batch_bytes_max) break;
        calls.push_back(waiting_.front());
        waiting_.pop_front();
    }
    return calls;
}

void SqliteWriter::commit(const std::vector<Call*>& calls) {
    for (auto& next : next_) next.reset();
    bool destroys = false;
    begin_.run();
    try {
        for (Call* call : calls) {
            insert(*call);
            for (const auto& entry : call->entries) destroys |= entry.topic == Topic::keys && !entry.record.value;
        }
        commit_.run();
    } catch (...) {
        if (file_.in_transaction()) file_.run("ROLLBACK");
        throw;
    }
    destroyed_ |= destroys;
    if (destroyed_) empty_wal();
}

void SqliteWriter::insert(Call& call) {
    for (const Blob* blob : call.blobs) {
        insert_blob_.bind(1, std::string_view(blob->name));
        insert_blob_.bind(2, std::string_view(blob->bytes));
        insert_blob_.run();
    }
    call.offsets.clear();
    for (std::size_t i = 0; i < call.entries.size(); ++i)
        call.offsets.push_back(insert(call.entries[i], call.headers[i]));
}

Offset SqliteWriter::insert(const Entry& entry, const std::string& headers) {
    const Offset offset = next_offset(entry.topic);
    Statement& statement = insert_[std::size_t(entry.topic)];
    statement.bind(1, offset);
    statement.bind(2, std::string_view(entry.record.key));
    statement.bind(3, std::string_view(headers));
    if (entry.record.value)
        statement.bind(4, std::string_view(*entry.record.value));
    else
        statement.bind_null(4);
    statement.run();
    if (entry.topic == Topic::keys && !entry.record.value) destroy(entry.record, offset);
    return offset;
}

// The newest row of a topic is never deleted, so a number is never given twice.
Offset SqliteWriter::next_offset(Topic topic) {
    auto& next = next_[std::size_t(topic)];
    if (!next) {
        Statement& newest = newest_[std::size_t(topic)];
        next = newest.step() && !newest.is_null(0) ? newest.number(0) + 1 : 0;
        newest.done();
    }
    return (*next)++;
}

void SqliteWriter::destroy(const Record& tombstone, Offset offset) {
    destroy_.bind(1, std::string_view(tombstone.key));
    destroy_.bind(2, offset);
    destroy_.run();
}

// When a reader of another program stands in the way for too long, the next append tries again: the tombstone itself
// is durable already.
void SqliteWriter::empty_wal() {
    try {
        destroyed_ = file_.number("PRAGMA wal_checkpoint(TRUNCATE)") != 0;
    } catch (const LogError&) {
    }
}

void SqliteWriter::publish(const std::vector<Call*>& calls) {
    const std::scoped_lock lock(tails_mutex_);
    std::array<bool, std::size(all_topics)> moved{};
    for (const Call* call : calls)
        for (std::size_t i = 0; i < call->entries.size(); ++i) {
            const auto topic = std::size_t(call->entries[i].topic);
            tails_[topic].end = call->offsets[i] + 1;
            moved[topic] = true;
        }
    for (std::size_t topic = 0; topic < moved.size(); ++topic)
        if (moved[topic]) tails_[topic].moved.notify_all();
}

void SqliteWriter::wait_for(Topic topic, Offset offset, std::chrono::milliseconds most) {
    Tail& tail = tails_[std::size_t(topic)];
    std::unique_lock lock(tails_mutex_);
    tail.moved.wait_for(lock, most, [&] { return tail.end > offset; });
}

}  // namespace hearback
