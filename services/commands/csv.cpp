#include "commands/csv.hpp"

#include "events/json_text.hpp"

namespace hearback {

namespace {

/// Takes one field off the front; false when a quote is never closed.
bool take_field(std::string_view& rest, std::string& field) {
    field.clear();
    if (rest.empty() || rest.front() != '"') {
        const auto comma = rest.find(',');
        field = rest.substr(0, comma);
        rest.remove_prefix(comma == rest.npos ? rest.size() : comma);
        return true;
    }
    for (std::size_t i = 1; i < rest.size(); ++i) {
        if (rest[i] != '"') {
            field += rest[i];
        } else if (i + 1 < rest.size() && rest[i + 1] == '"') {
            field += rest[i++];
        } else {
            rest.remove_prefix(i + 1);
            const auto comma = rest.find(',');
            rest.remove_prefix(comma == rest.npos ? rest.size() : comma);
            return true;
        }
    }
    return false;
}

std::string trimmed(const std::string& text) {
    const auto begin = text.find_first_not_of(" \t");
    return begin == text.npos ? std::string() : text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool quotes_are_open(const std::string& text) {
    std::size_t quotes = 0;
    for (const char c : text) quotes += c == '"';
    return quotes % 2 == 1;
}

}  // namespace

std::optional<CsvRow> CsvReader::next() {
    std::string text, more;
    while (std::getline(in_, text)) {
        CsvRow row{.line = ++line_, .cells = {}, .trouble = {}};
        if (line_ == 1 && text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
        // A quoted field may hold line ends; one that is never closed must not swallow the rest of the file.
        for (int lines = 0; quotes_are_open(text) && lines < 20 && std::getline(in_, more); ++lines, ++line_) text += "\n" + more;
        if (!text.empty() && text.back() == '\r') text.pop_back();
        if (text.find_first_not_of(" \t,") == text.npos) continue;
        std::string_view rest = text;
        std::string field;
        for (bool going = true; going;) {
            if (!take_field(rest, field)) {
                row.cells.clear();
                row.trouble = "a quotation mark is not closed";
                return row;
            }
            row.cells.push_back(trimmed(valid_utf8(field)));
            going = !rest.empty();
            if (going) rest.remove_prefix(1);
            if (going && rest.empty()) row.cells.emplace_back(), going = false;
        }
        return row;
    }
    return {};
}

}  // namespace hearback
