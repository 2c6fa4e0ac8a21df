// The one file of the embedded log: its tables, and the checks that it is ours. Tables: inbox, journal, keys (offset,
// key, headers, value), blob (name, bytes), about (name, value).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "log/log.hpp"
#include "log/sqlite.hpp"

namespace hearback {

/// Makes the tables in an empty file. Throws LogError{refused} for a foreign, damaged or newer file, or that of another
/// authority.
Database open_log_file(const SqliteLogSettings&);

std::string log_file_path(const SqliteLogSettings&);

std::string_view table_name(Topic);

/// Name and value, each behind its length (four bytes, low end first).
std::string pack(const std::vector<Header>&);
/// Throws LogError{refused} when the bytes are damaged.
std::vector<Header> unpack(std::string_view);

}  // namespace hearback
