// Content-Transfer-Encodings, read tolerantly (RFC 2045 section 6): what is no part of the encoding is passed over,
// never a reason to stop.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace hearback {

/// Padding in the middle ends a group, not the text; line breaks may stand anywhere.
std::string mime_base64(std::string_view);
/// The same in blocks, for attachments too big to hold twice.
void mime_base64(std::string_view, const std::function<void(std::string_view)>& take);
std::string mime_quoted_printable(std::string_view);
/// The first file between a "begin" and an "end" line.
std::string mime_uuencode(std::string_view);

}  // namespace hearback
