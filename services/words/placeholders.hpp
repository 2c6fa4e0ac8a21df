// `((field))`, `((field??text))` and `((no field??text))` in a template: read once, then filled for each message.
// A field stands in the Markdown as one private-use character (U+E000 on), so that no value is ever read as Markdown.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace hearback {

struct Fields {
    std::vector<std::string> names;  ///< lower case, words joined by `_`
    std::size_t index_of(std::string_view name);
};

struct Piece {
    enum class Kind { text, field, when, unless } kind;
    std::string text;           ///< of a text
    std::size_t field = 0;      ///< of the others
    std::vector<Piece> inside;  ///< of a condition
};
using Pieces = std::vector<Piece>;

/// Throws std::invalid_argument with the line: an open bracket, a field without a name, a private-use character.
Pieces read_placeholders(std::string_view source, Fields& fields);

/// The text with each condition decided and each field as its character.
void expand(const Pieces&, const std::function<bool(std::size_t field)>& has_value, std::string& out);

/// The fields that this text shows when these have values, conditions decided.
void shown_fields(const Pieces&, const std::function<bool(std::size_t field)>& has_value,
                  std::vector<std::size_t>& out);

/// When `text` begins with a field's character, its number and the character's three bytes; else npos.
inline constexpr std::size_t field_bytes = 3;
std::size_t field_at(std::string_view text);

}  // namespace hearback
