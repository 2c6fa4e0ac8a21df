// One reading connection to the embedded log. One thread at a time.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "log/log.hpp"
#include "log/sqlite.hpp"

namespace hearback {

class SqliteReader {
  public:
    explicit SqliteReader(Database);

    /// What is there now, without waiting. Throws LogError{out_of_range} as `Log::read` says.
    std::vector<Stored> read(Topic, Offset from, std::size_t most);
    std::optional<std::string> blob(std::string_view name);

  private:
    void check_range(Topic, Offset from, const std::vector<Stored>& found);

    Database file_;
    Statement blob_;
    Statement read_[std::size(all_topics)], range_[std::size(all_topics)];
};

}  // namespace hearback
