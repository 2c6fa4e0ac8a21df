#include "events/json_text.hpp"

#include <cstdint>
#include <cstdio>

namespace hearback {

namespace {

/// Length of the UTF-8 sequence that starts at `at` (RFC 3629: no overlong forms, no surrogates), 0 when it is none.
std::size_t sequence_length(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? std::uint8_t(text[i]) : std::uint8_t(0); };
    const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
    const std::uint8_t first = byte(at), second = byte(at + 1);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return continues(at + 1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        if (first == 0xE0 && second < 0xA0) return 0;
        if (first == 0xED && second > 0x9F) return 0;
        return continues(at + 1) && continues(at + 2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        if (first == 0xF0 && second < 0x90) return 0;
        if (first == 0xF4 && second > 0x8F) return 0;
        return continues(at + 1) && continues(at + 2) && continues(at + 3) ? 4 : 0;
    }
    return 0;
}

bool is_plain(char c) { return std::uint8_t(c) >= 0x20 && std::uint8_t(c) < 0x80 && c != '"' && c != '\\'; }

void put_escaped(std::string& out, char c) {
    switch (c) {
        case '"': out += "\\\""; return;
        case '\\': out += "\\\\"; return;
        case '\n': out += "\\n"; return;
        case '\r': out += "\\r"; return;
        case '\t': out += "\\t"; return;
        default: break;
    }
    char text[8];
    std::snprintf(text, sizeof text, "\\u%04x", unsigned(std::uint8_t(c)));
    out += text;
}

constexpr std::string_view replacement = "\xEF\xBF\xBD";

}  // namespace

void put_json_string(std::string& out, std::string_view text) {
    out += '"';
    for (std::size_t i = 0; i < text.size();) {
        std::size_t run = i;
        while (run < text.size() && is_plain(text[run])) ++run;
        out.append(text, i, run - i);
        if ((i = run) == text.size()) break;
        if (std::uint8_t(text[i]) < 0x80) {
            put_escaped(out, text[i++]);
        } else if (const auto length = sequence_length(text, i)) {
            out.append(text, i, length);
            i += length;
        } else {
            out += replacement;
            ++i;
        }
    }
    out += '"';
}

std::string valid_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        if (const auto length = sequence_length(text, i)) {
            out.append(text, i, length);
            i += length;
        } else {
            out += replacement;
            ++i;
        }
    }
    return out;
}

}  // namespace hearback
