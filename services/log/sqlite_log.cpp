// The embedded log: one file, one process or many.
#include <mutex>

#include "log/adapter.hpp"
#include "log/blob_folder.hpp"
#include "log/log.hpp"
#include "log/sqlite_file.hpp"
#include "log/sqlite_reader.hpp"
#include "log/sqlite_writer.hpp"
#include "runtime/deadline.hpp"

namespace hearback {

namespace {

// How late a record of another program may be noticed.
constexpr std::chrono::milliseconds look_again{50};

class SqliteLog final : public Log {
  public:
    explicit SqliteLog(const SqliteLogSettings& settings)
        : settings_(settings), writer_(open_log_file(settings)), files_(settings.folder + "/blobs") {}

    std::vector<Offset> append(std::span<const Entry> entries, std::span<const Blob> blobs) override {
        check_entries(entries);
        std::vector<const Blob*> rows, files;
        for (const auto& blob : blobs) {
            check_name(blob);
            (blob.bytes.size() > settings_.blob_row_bytes_max ? files : rows).push_back(&blob);
        }
        files_.store(files);
        if (entries.empty() && rows.empty()) return {};
        return writer_.append(entries, rows);
    }

    std::vector<Stored> read(Topic topic, Offset from, std::size_t most, std::chrono::milliseconds wait) override {
        const Deadline deadline(wait);
        for (;;) {
            auto found = reader()->read(topic, from, most);
            if (!found.empty() || most == 0 || deadline.passed()) return found;
            writer_.wait_for(topic, from, std::min(look_again, deadline.left()));
        }
    }

    std::optional<std::string> blob(std::string_view name) override {
        auto bytes = reader()->blob(name);
        return bytes ? bytes : files_.find(name);
    }

  private:
    /// Goes back among the idle ones when it is let go.
    struct GiveBack {
        SqliteLog* log;
        void operator()(SqliteReader* reader) const {
            const std::scoped_lock lock(log->mutex_);
            log->idle_.emplace_back(reader);
        }
    };

    std::unique_ptr<SqliteReader, GiveBack> reader() {
        const GiveBack give_back{this};
        {
            const std::scoped_lock lock(mutex_);
            if (!idle_.empty()) {
                SqliteReader* reader = idle_.back().release();
                idle_.pop_back();
                return {reader, give_back};
            }
        }
        return {new SqliteReader(Database(log_file_path(settings_))), give_back};
    }

    SqliteLogSettings settings_;
    SqliteWriter writer_;
    BlobFolder files_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<SqliteReader>> idle_;
};

}  // namespace

std::unique_ptr<Log> open_sqlite_log(const SqliteLogSettings& settings) {
    return std::make_unique<SqliteLog>(settings);
}

}  // namespace hearback
