// The words of an HTML mail as plain text, by a flat tokenizer that no nesting can exhaust: nothing is built, nothing
// is fetched, scripts and styles are passed over. Linear in the size of the mail.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hearback {

/// Blocks become lines, list items begin with "- ", quoted history (a mail program's blockquote) lines with "> ".
/// `html` is UTF-8. Stops after `bytes_max` bytes of text.
std::string html_words(std::string_view html, std::size_t bytes_max);

}  // namespace hearback
