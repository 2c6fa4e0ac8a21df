// CSV as councils export it (RFC 4180): quoted fields, line ends of both kinds, a byte order mark in front.
#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <vector>

namespace hearback {

struct CsvRow {
    std::int64_t line = 0;  ///< where the row begins in the file, from 1
    std::vector<std::string> cells;
    std::string trouble;  ///< why it could not be read; then there are no cells
};

class CsvReader {
  public:
    explicit CsvReader(std::istream& in) : in_(in) {}
    /// The next row that is not empty; nothing at the end.
    std::optional<CsvRow> next();

  private:
    std::istream& in_;
    std::int64_t line_ = 0;
};

}  // namespace hearback
