// Appends of many threads, in one transaction and one sync: whoever finds nobody writing writes for all that wait.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "log/log.hpp"
#include "log/sqlite.hpp"

namespace hearback {

class SqliteWriter {
  public:
    explicit SqliteWriter(Database);

    /// Thread-safe. Sizes and names have been checked, and the blobs are small enough to be rows.
    std::vector<Offset> append(std::span<const Entry>, std::span<const Blob* const>);

    /// Waits until this process has committed a record of the topic at or behind `offset`, at most `most`.
    void wait_for(Topic, Offset offset, std::chrono::milliseconds most);

  private:
    struct Call {
        std::span<const Entry> entries;
        std::span<const Blob* const> blobs;
        std::vector<std::string> headers;  ///< packed, so that the one who writes does not have to
        std::size_t bytes = 0;
        std::vector<Offset> offsets;
        std::exception_ptr error;
        bool done = false;
        std::condition_variable turn;
    };
    struct Tail {
        Offset end = 0;
        std::condition_variable moved;
    };

    void write_next(std::unique_lock<std::mutex>&);
    std::vector<Call*> take();
    void commit(const std::vector<Call*>&);
    void insert(Call&);
    Offset insert(const Entry&, const std::string& headers);
    Offset next_offset(Topic);
    void destroy(const Record& tombstone, Offset);
    void empty_wal();
    void publish(const std::vector<Call*>&);

    Database file_;
    Statement begin_, commit_, insert_blob_, destroy_;
    Statement insert_[std::size(all_topics)], newest_[std::size(all_topics)];
    std::optional<Offset> next_[std::size(all_topics)];  ///< known only inside a transaction: other programs append too
    bool destroyed_ = false;                             ///< a destroyed key may still stand in the WAL

    std::mutex mutex_;
    std::deque<Call*> waiting_;
    bool writing_ = false;

    std::mutex tails_mutex_;
    Tail tails_[std::size(all_topics)];
};

}  // namespace hearback
