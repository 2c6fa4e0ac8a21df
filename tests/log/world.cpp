#include "log/world.hpp"

#include <sqlite3.h>

#include "log/sha256.hpp"

namespace hearback {

namespace {

class SqliteWorld final : public World {
  public:
    std::unique_ptr<Log> open() override {
        return open_sqlite_log({.folder = folder_.path(), .authority = authority()});
    }
    void lose_tail(Topic topic, Offset end) override { remove(topic, "offset >= " + std::to_string(end)); }
    void expire(Topic topic, Offset begin) override { remove(topic, "offset < " + std::to_string(begin)); }
    std::vector<std::string> arguments() const override { return {"sqlite", folder_.path(), authority()}; }
    std::string authority() const override { return "E08000002"; }

  private:
    void remove(Topic topic, const std::string& which) {
        static const char* const tables[] = {"inbox", "journal", "keys"};
        sqlite3* file = nullptr;
        sqlite3_open((folder_.path() + "/log.sqlite").c_str(), &file);
        const std::string sql = std::string("DELETE FROM ") + tables[std::size_t(topic)] + " WHERE " + which;
        EXPECT_EQ(sqlite3_exec(file, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(file);
    }

    TempFolder folder_;
};

}  // namespace

std::unique_ptr<World> make_sqlite_world() { return std::make_unique<SqliteWorld>(); }

Record small_record(const std::string& value) {
    return {.key = "", .value = value, .headers = {{"ce_specversion", "1.0"}, {"ce_type", "Trial"}}};
}

Offset append(Log& log, Topic topic, const Record& record) {
    const Entry entry{topic, record};
    return log.append(std::span(&entry, 1)).at(0);
}

std::vector<Stored> read_all(Log& log, Topic topic, Offset from) {
    std::vector<Stored> all;
    for (;;) {
        const auto some = log.read(topic, from, 1000, std::chrono::milliseconds(0));
        if (some.empty()) return all;
        all.insert(all.end(), some.begin(), some.end());
        from = some.back().offset + 1;
    }
}

Blob make_blob(std::string bytes) {
    std::string name = sha256_hex(bytes);
    return {std::move(name), std::move(bytes)};
}

}  // namespace hearback
