// What a person wrote anew: a mail's text without quoted history, its introduction, and signature.
// Showing too much is a small fault, hiding a person's words a large one: only what is surely history is folded, and
// when nothing would be left, all is shown.
#pragma once

#include <string>
#include <string_view>

namespace hearback {

std::string new_words(std::string_view text);

}  // namespace hearback
