// What somebody types into the search, and what is looked for: pure text in, FTS5 expressions out.
#pragma once

#include <string>
#include <string_view>

namespace hearback {

/// What was typed, as an FTS5 expression over `columns` ("{who text}"), one of which must be `numbers`. All words must be there,
/// "in quotes" one after the other; the last one may go on; a telephone number is found however it was spaced. Whatever was
/// typed, the expression is a valid one; empty when there is nothing to look for.
std::string match_words(std::string_view typed, std::string_view columns);

/// The telephone numbers and other long numbers of a text, each as its digits alone, 0 for +44; one blank between.
std::string numbers_in(std::string_view text);

/// Something that holds of a message ('o': its owner), as one word that no text can contain by accident.
std::string fact(char what, std::string_view value);

}  // namespace hearback
