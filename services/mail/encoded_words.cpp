#include "mail/encoded_words.hpp"

#include <optional>

#include "mail/charset.hpp"
#include "mail/transfer.hpp"

namespace hearback {
namespace {

struct Word {
    std::string_view charset, text;
    bool is_base64 = false;
    std::size_t length = 0;
};

/// The encoded word at the front: =?charset[*language]?B|Q?text?=
std::optional<Word> take_word(std::string_view text) {
    const auto charset_end = text.find('?', 2);
    if (!text.starts_with("=?") || charset_end == text.npos || charset_end + 2 >= text.size()) return {};
    const char encoding = text[charset_end + 1];
    const bool is_base64 = encoding == 'B' || encoding == 'b';
    if ((!is_base64 && encoding != 'Q' && encoding != 'q') || text[charset_end + 2] != '?') return {};
    const auto begin = charset_end + 3;
    const auto end = text.find("?=", begin);
    if (end == text.npos) return {};
    const auto charset = text.substr(2, charset_end - 2);
    if (charset.find_first_of(" \t") != charset.npos) return {};
    // "=?x?Q??=" of an empty word is found one too early when the text itself begins with "=".
    return Word{charset.substr(0, charset.find('*')), text.substr(begin, end - begin), is_base64, end + 2};
}

std::string bytes_of(const Word& word) {
    if (word.is_base64) return mime_base64(word.text);
    std::string text(word.text);
    for (char& c : text)
        if (c == '_') c = ' ';
    // A blank at the end would be dropped as padding of a line.
    const auto end = text.find_last_not_of(' ');
    const auto blanks = end == text.npos ? text.size() : text.size() - end - 1;
    return mime_quoted_printable(text.substr(0, text.size() - blanks)) + std::string(blanks, ' ');
}

}  // namespace

std::string decoded_words(std::string_view text) {
    std::string out;
    std::string held;  // bytes of words in one charset, not decoded yet
    std::string_view held_charset;
    const auto release = [&] {
        if (!held.empty()) out += to_utf8(held, held_charset);
        held.clear();
    };
    std::size_t plain_from = 0;
    bool after_word = false;
    for (std::size_t i = text.find("=?"); i != text.npos; i = text.find("=?", i)) {
        const auto word = take_word(text.substr(i));
        if (!word) {
            i += 2;
            continue;
        }
        const auto between = text.substr(plain_from, i - plain_from);
        const bool only_blanks = between.find_first_not_of(" \t\r\n") == between.npos;
        if (!after_word || !only_blanks || held_charset != word->charset) release();
        if (!after_word || !only_blanks) out += to_utf8(between, "");
        held += bytes_of(*word);
        held_charset = word->charset;
        after_word = true;
        plain_from = i += word->length;
    }
    release();
    out += to_utf8(text.substr(plain_from), "");
    return out;
}

}  // namespace hearback
