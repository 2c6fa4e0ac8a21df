// Character references of HTML ("&amp;", "&#163;", "&pound;").
#pragma once

#include <string>
#include <string_view>

namespace hearback {

/// Appends the character of the reference at the front of `text` (which begins with '&') and returns its length;
/// 0 when it is none that mail uses, then nothing is appended.
std::size_t take_entity(std::string_view text, std::string& out);

}  // namespace hearback
