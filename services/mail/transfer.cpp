#include "mail/transfer.hpp"

#include <algorithm>
#include <array>

namespace hearback {
namespace {

constexpr unsigned char pad = 254, other = 255;

constexpr std::array<unsigned char, 256> base64_values() {
    std::array<unsigned char, 256> values{};
    values.fill(other);
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::size_t i = 0; i < digits.size(); ++i) values[static_cast<unsigned char>(digits[i])] = (unsigned char)(i);
    values['='] = pad;
    return values;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

}  // namespace

void mime_base64(std::string_view text, const std::function<void(std::string_view)>& take) {
    static constexpr auto values = base64_values();
    constexpr std::size_t block_bytes = 48u << 10;
    std::string bytes;
    bytes.reserve(std::min(block_bytes, text.size() / 4 * 3) + 3);
    unsigned held = 0, count = 0;
    const auto end_group = [&] {
        if (count >= 2) bytes += char(held >> (6 * count - 8) & 255);
        if (count == 3) bytes += char(held >> 2 & 255);
        held = count = 0;
    };
    for (unsigned char c : text) {
        const auto value = values[c];
        if (value == other) continue;
        if (value == pad) {
            end_group();
            continue;
        }
        held = held << 6 | value;
        if (++count < 4) continue;
        bytes += char(held >> 16 & 255);
        bytes += char(held >> 8 & 255);
        bytes += char(held & 255);
        held = count = 0;
        if (bytes.size() >= block_bytes) {
            take(bytes);
            bytes.clear();
        }
    }
    end_group();
    take(bytes);
}

std::string mime_base64(std::string_view text) {
    std::string bytes;
    mime_base64(text, [&](std::string_view block) { bytes += block; });
    return bytes;
}

namespace {

/// One line without its end. `=` at the end joins it to the next (RFC 2045 6.7 (5)): then true.
bool add_decoded_line(std::string_view line, std::string& bytes) {
    // RFC 2045 6.7 (3): blanks at the end of a line were added on the way.
    line = line.substr(0, line.find_last_not_of(" \t") + 1);
    const bool joined = !line.empty() && line.back() == '=';
    if (joined) line.remove_suffix(1);
    while (!line.empty()) {
        const auto equals = std::min(line.find('='), line.size());
        bytes.append(line, 0, equals);
        line.remove_prefix(equals);
        if (line.empty()) break;
        if (line.size() > 2 && hex_value(line[1]) >= 0 && hex_value(line[2]) >= 0) {
            bytes += char(hex_value(line[1]) * 16 + hex_value(line[2]));
            line.remove_prefix(3);
        } else {
            bytes += '=';
            line.remove_prefix(1);
        }
    }
    return joined;
}

}  // namespace

std::string mime_quoted_printable(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size());
    while (!text.empty()) {
        const auto newline = text.find('\n');
        auto line = text.substr(0, newline);
        text.remove_prefix(newline == text.npos ? text.size() : newline + 1);
        const bool has_return = !line.empty() && line.back() == '\r' && newline != text.npos;
        if (has_return) line.remove_suffix(1);
        const bool joined = add_decoded_line(line, bytes);
        if (newline != text.npos && !joined) bytes += has_return ? "\r\n" : "\n";
    }
    return bytes;
}

std::string mime_uuencode(std::string_view text) {
    std::string bytes;
    bool begun = false;
    const auto value = [](char c) { return unsigned(c - ' ') & 63; };
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (!begun) {
            begun = line.starts_with("begin ");
            continue;
        }
        if (line == "end") break;
        if (line.empty()) continue;
        std::size_t left = value(line.front());
        for (std::size_t i = 1; left > 0 && i < line.size(); i += 4) {
            unsigned group = 0;
            for (std::size_t k = 0; k < 4; ++k) group = group << 6 | (i + k < line.size() ? value(line[i + k]) : 0);
            for (int shift = 16; shift >= 0 && left > 0; shift -= 8, --left) bytes += char(group >> shift & 255);
        }
    }
    return bytes;
}

}  // namespace hearback
