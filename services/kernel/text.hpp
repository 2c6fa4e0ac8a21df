// Small things about text that several rooms need.
#pragma once

#include <string>
#include <string_view>

namespace hearback {

inline char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; }

/// ASCII letters only: email addresses and header words are compared so (RFC 5321 2.4 leaves the rest to the host).
inline std::string lower_case(std::string_view text) {
    std::string small(text);
    for (char& c : small) c = lower(c);
    return small;
}

/// At most `bytes` of UTF-8, cut where a character begins.
inline std::string cut_to(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return std::string(text);
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0) == 0x80) --bytes;
    return std::string(text.substr(0, bytes));
}

}  // namespace hearback
