// Writes rows without counting question marks.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <string>
#include <string_view>

#include "kernel/ids.hpp"
#include "kernel/instant.hpp"
#include "log/sqlite.hpp"

namespace hearback {

/// Statements of one connection, prepared once each.
class Prepared {
  public:
    Statement& get(Database& database, std::string_view sql) {
        const auto found = statements_.find(sql);
        if (found != statements_.end()) return found->second;
        return statements_.emplace(std::string(sql), database.prepare(sql)).first->second;
    }

  private:
    std::map<std::string, Statement, std::less<>> statements_;
};

/// Binds values in order and runs: run(statement, id, text, number, instant, ...).
template <class... V>
void run(Statement& statement, const V&... values) {
    int n = 0;
    std::list<std::string> kept;  // texts made here must live until the statement has run
    [[maybe_unused]] const auto bind = [&](const auto& value) {
        using T = std::remove_cvref_t<decltype(value)>;
        ++n;
        if constexpr (std::is_same_v<T, Instant>) statement.bind(n, std::int64_t(value.time_since_epoch().count()));
        else if constexpr (std::is_same_v<T, Date>) statement.bind_text(n, kept.emplace_back(to_iso(value)));
        else if constexpr (std::is_integral_v<T>) statement.bind(n, std::int64_t(value));
        else if constexpr (requires { value.value; std::string_view(value.value); }) statement.bind_text(n, value.value);
        else statement.bind_text(n, std::string_view(value));
    };
    (bind(values), ...);
    statement.run();
}

inline Instant instant_at(const Statement& row, int column) { return Instant{Millis{row.number(column)}}; }
inline std::string text_at(const Statement& row, int column) { return std::string(row.bytes(column)); }

}  // namespace hearback
