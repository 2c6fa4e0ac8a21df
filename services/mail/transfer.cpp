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

std::string mime_base64(std::string_view text) {
    static constexpr auto values = base64_values();
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3 + 3);
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
        if (++count == 4) {
            bytes += char(held >> 16 & 255);
            bytes += char(held >> 8 & 255);
            bytes += char(held & 255);
            held = count = 0;
        }
    }
    end_group();
    return bytes;
}

std::string mime_quoted_printable(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n' || c == '\r') {
            // RFC 2045 6.7 (3): blanks at the end of a line were added on the way.
            if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') bytes += text[i++];
            bytes += text[i];
            continue;
        }
        if (c != '=') {
            if (c == ' ' || c == '\t') {
                const auto next = text.find_first_not_of(" \t", i);
                if (next != text.npos && (text[next] == '\n' || text[next] == '\r')) {
                    i = next - 1;
                    continue;
                }
                const auto end = next == text.npos ? text.size() : next;
                bytes.append(text, i, end - i);
                i = end - 1;
                continue;
            }
            bytes += c;
            continue;
        }
        const auto next = text.find_first_not_of(" \t", i + 1);
        if (next == text.npos) break;
        if (text[next] == '\n') {
            i = next;
        } else if (text[next] == '\r' && next + 1 < text.size() && text[next + 1] == '\n') {
            i = next + 1;
        } else if (i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
            bytes += char(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
        } else {
            bytes += c;
        }
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
