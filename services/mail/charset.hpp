// Any text of a mail as UTF-8, by what the bytes are where that differs from what they claim to be.
#pragma once

#include <string>
#include <string_view>

namespace hearback {

bool is_utf8(std::string_view);

/// Decodes `bytes` labelled with a MIME charset. An unknown, absent or false label falls back to UTF-8 with every
/// broken byte read as windows-1252, so no character vanishes; iso-8859-1 is read as windows-1252, as browsers do.
/// UTF-7 is not decoded (it has been used to smuggle mark-up). The result is always valid UTF-8.
std::string to_utf8(std::string_view bytes, std::string_view charset);

}  // namespace hearback
