// Writes JSON text (RFC 8259) without a tree: strings are escaped, and made valid UTF-8 by replacement.
#pragma once

#include <string>
#include <string_view>

namespace hearback {

/// Appends `text` as a JSON string with its quotes.
void put_json_string(std::string& out, std::string_view text);

/// `text` with every byte that is not UTF-8 replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

}  // namespace hearback
