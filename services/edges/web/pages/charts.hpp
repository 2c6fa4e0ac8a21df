// A figure on a page: a picture and a table that says the same (parts/figure.html). WCAG 1.1.1: the picture has its numbers as words.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "edges/web/page.hpp"

namespace hearback {

struct Bar {
    std::string label;
    std::int64_t n = 0;
    std::string words = {}, note = {};  ///< beside the bar: its number when `words` is empty
};

/// Bars lying down, drawn on a sheet of 560 units.
Node bars(const std::string& says, const std::vector<Bar>&);
/// Without a picture `chart` is false.
Node figure(std::string id, std::string name, std::string says, Node chart, std::string caption, Node::List heads, Node::List rows);
Node head(const char* words, bool number = true);
Node table_row(std::string what, Node::List cells);
/// A number that opens to what it counted.
Node cell(std::int64_t, std::string href);
Node words_cell(std::string words);
/// "67%", or "-" of nothing.
std::string percent(std::int64_t part, std::int64_t of);

}  // namespace hearback
