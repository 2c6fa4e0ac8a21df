#include "mail/charset.hpp"

#include <unicode/ucnv.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>

namespace hearback {
namespace {

struct Closer {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, Closer>;

// The WHATWG table: five positions that Microsoft leaves open are the C1 controls.
constexpr char32_t windows_1252[32] = {0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
                                       0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
                                       0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                       0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};

void add_character(std::string& text, char32_t c) {
    char buffer[U8_MAX_LENGTH];
    int32_t length = 0;
    U8_APPEND_UNSAFE(buffer, length, c);
    text.append(buffer, std::size_t(length));
}

void add_windows_1252(std::string& text, unsigned char byte) {
    add_character(text, byte >= 0x80 && byte < 0xa0 ? windows_1252[byte - 0x80] : char32_t(byte));
}

std::string from_windows_1252(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 8);
    for (unsigned char byte : bytes) add_windows_1252(text, byte);
    return text;
}

/// Where the first byte stands that is no UTF-8; the size when all are.
std::size_t valid_length(std::string_view bytes) {
    std::size_t i = 0;
    while (i < bytes.size()) {
        // Nearly all of a mail is ASCII: eight bytes at a time.
        for (std::uint64_t eight = 0; i + sizeof eight <= bytes.size(); i += sizeof eight) {
            std::memcpy(&eight, bytes.data() + i, sizeof eight);
            if (eight & 0x8080808080808080u) break;
        }
        if (i == bytes.size()) break;
        if (static_cast<unsigned char>(bytes[i]) < 0x80) {
            ++i;
            continue;
        }
        UChar32 c = 0;
        auto next = static_cast<int32_t>(0);
        const auto rest = static_cast<int32_t>(std::min<std::size_t>(bytes.size() - i, U8_MAX_LENGTH));
        U8_NEXT(bytes.data() + i, next, rest, c);
        if (c < 0) return i;
        i += std::size_t(next);
    }
    return i;
}

std::string from_mostly_utf8(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    while (!bytes.empty()) {
        const auto good = valid_length(bytes);
        text.append(bytes, 0, good);
        bytes.remove_prefix(good);
        if (bytes.empty()) break;
        add_windows_1252(text, static_cast<unsigned char>(bytes.front()));
        bytes.remove_prefix(1);
    }
    return text;
}

std::string lower_label(std::string_view charset) {
    std::string label;
    for (char c : charset)
        if (c > ' ' && c < 0x7f && c != '"' && c != '\'') label += char(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return label;
}

std::string from_icu(UConverter* converter, std::string_view bytes) {
    UErrorCode error = U_ZERO_ERROR;
    std::string text;
    UChar units[2048];
    const char *source = bytes.data(), *end = source + bytes.size();
    do {
        error = U_ZERO_ERROR;
        UChar* target = units;
        ucnv_toUnicode(converter, &target, units + std::size(units), &source, end, nullptr, true, &error);
        for (const UChar* unit = units; unit < target; ++unit) {
            if (U16_IS_LEAD(*unit) && unit + 1 < target && U16_IS_TRAIL(unit[1])) {
                add_character(text, char32_t(U16_GET_SUPPLEMENTARY(unit[0], unit[1])));
                ++unit;
            } else {
                add_character(text, U16_IS_SURROGATE(*unit) ? 0xfffd : char32_t(*unit));
            }
        }
    } while (error == U_BUFFER_OVERFLOW_ERROR);
    return text;
}

}  // namespace

bool is_utf8(std::string_view bytes) { return valid_length(bytes) == bytes.size(); }

std::string to_utf8(std::string_view bytes, std::string_view charset) {
    const auto label = lower_label(charset);
    if (label.empty() || label == "utf-8" || label == "utf8" || label == "us-ascii" || label == "ascii" ||
        label == "unicode-1-1-utf-7" || label == "utf-7")
        return from_mostly_utf8(bytes);
    if (label == "iso-8859-1" || label == "iso8859-1" || label == "latin1" || label == "latin-1" ||
        label == "windows-1252" || label == "cp1252")
        return from_windows_1252(bytes);
    UErrorCode error = U_ZERO_ERROR;
    const Converter converter(ucnv_open(label.c_str(), &error));
    if (U_FAILURE(error) || !converter) return from_mostly_utf8(bytes);
    return from_icu(converter.get(), bytes);
}

}  // namespace hearback
