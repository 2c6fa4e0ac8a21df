// Small questions about text whose keywords are ASCII. Letters beyond ASCII are left as they are.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "kernel/text.hpp"

namespace hearback {

/// Without blanks and line ends at both ends.
inline std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
}

inline bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](auto word) { return text.find(word) != text.npos; });
}

template <std::size_t count>
bool has_any(std::string_view text, const std::string_view (&words)[count]) {
    return std::any_of(words, words + count, [&](auto word) { return text.find(word) != text.npos; });
}

inline bool begins_with_any(std::string_view text, std::initializer_list<std::string_view> beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](auto beginning) { return text.starts_with(beginning); });
}

}  // namespace hearback
