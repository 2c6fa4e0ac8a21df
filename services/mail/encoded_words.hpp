// RFC 2047 encoded words in header text, read as people's mail programs write them rather than as the RFC allows:
// a character split between two words is joined, a broken word stays as it is.
#pragma once

#include <string>
#include <string_view>

namespace hearback {

/// The header text as valid UTF-8; raw 8-bit text is taken for UTF-8, else windows-1252.
std::string decoded_words(std::string_view header_text);

}  // namespace hearback
