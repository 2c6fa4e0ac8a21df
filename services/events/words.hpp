// From the word that a schema has for a value of an enum to the value.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace hearback {

/// Nothing when the enum has no such value.
template <class E>
std::optional<E> from_word(std::string_view word) {
    const auto words = words_of(E{});
    for (std::size_t i = 0; i < words.size(); ++i)
        if (words[i] == word) return E(i);
    return {};
}

}  // namespace hearback
