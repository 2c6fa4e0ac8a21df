#include "views/search_words.hpp"

#include <algorithm>
#include <vector>

#include "kernel/text.hpp"

namespace hearback {

namespace {

constexpr std::size_t typed_bytes_max = 400, words_max = 16;
constexpr std::size_t digits_of_a_number_min = 7, digits_of_a_number_max = 15, digits_typed_min = 5;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (lower(c) >= 'a' && lower(c) <= 'z') || (c & 0x80); }
bool is_blank(char c) { return static_cast<unsigned char>(c) <= ' '; }

struct Typed {
    std::string text;
    bool quoted = false;

    bool can_be_found() const { return std::any_of(text.begin(), text.end(), [](char c) { return is_digit(c) || is_letter(c); }); }
    bool is_number() const { return !quoted && std::none_of(text.begin(), text.end(), is_letter); }
};

std::string with_plain_quotes(std::string_view typed) {
    auto text = cut_to(typed, typed_bytes_max);
    for (const std::string_view curly : {"“", "”", "„"})
        for (auto at = text.find(curly); at != text.npos; at = text.find(curly)) text.replace(at, curly.size(), "\"");
    return text;
}

std::vector<Typed> words_of(std::string_view typed) {
    std::vector<Typed> words;
    Typed word;
    const auto end_word = [&](bool quoted_next) {
        if (word.can_be_found() && words.size() < words_max) words.push_back(word);
        word = {.text = {}, .quoted = quoted_next};
    };
    for (const char c : with_plain_quotes(typed)) {
        if (c == '"') end_word(!word.quoted);
        else if (is_blank(c) && !word.quoted) end_word(false);
        else word.text += is_blank(c) ? ' ' : c;
    }
    end_word(false);
    return words;
}

/// As FTS5 reads it: nothing between its quotes is an operator.
std::string looked_for(const Typed& word, bool may_go_on) {
    // One letter begins half of all words: as a beginning it says nothing.
    return "\"" + word.text + "\"" + (may_go_on && !word.quoted && word.text.size() > 1 ? "*" : "");
}

std::string only_digits(std::string_view text) {
    std::string digits;
    for (const char c : text)
        if (is_digit(c)) digits += c;
    return digits;
}

/// 07700900318 of +44 (0)7700 900318.
std::string as_dialled_here(bool plus, std::string digits) {
    const std::string_view abroad = plus ? "44" : "0044";
    if (!digits.starts_with(abroad)) return digits;
    digits.erase(0, abroad.size());
    return digits.starts_with('0') ? digits : "0" + digits;
}

}  // namespace

std::string match_words(std::string_view typed, std::string_view columns) {
    const auto words = words_of(typed);
    std::string plain, numbers;
    for (std::size_t n = 0, end; n < words.size(); n = end) {
        const bool number = words[n].is_number();
        std::string spaced, together;
        for (end = n; end < words.size() && (end == n || (number && words[end].is_number())); ++end) {
            spaced += (end == n ? "" : " ") + looked_for(words[end], end + 1 == words.size());
            together += words[end].text;
        }
        const auto digits = number ? as_dialled_here(together.find('+') != together.npos, only_digits(together)) : std::string();
        if (digits.size() >= digits_typed_min) numbers += " AND ((" + spaced + ") OR numbers : \"" + digits + "\"*)";
        else plain += " " + spaced;
    }
    if (plain.empty() && numbers.empty()) return {};
    return std::string(columns) + " : (" + (plain.empty() ? numbers.substr(5) : "(" + plain.substr(1) + ")" + numbers) + ")";
}

std::string numbers_in(std::string_view text) {
    std::string found;
    for (std::size_t at = 0; at < text.size();) {
        const bool begins = is_digit(text[at]) && (at == 0 || !is_letter(text[at - 1]));
        if (!begins) {
            ++at;
            continue;
        }
        const bool plus = at > 0 && text[at - 1] == '+';
        std::string digits;
        for (int between = 0; at < text.size() && between <= 2; ++at) {
            if (is_digit(text[at])) digits += text[at], between = 0;
            else if (std::string_view(" -().").find(text[at]) != std::string_view::npos) ++between;
            else break;
        }
        if (digits.size() < digits_of_a_number_min || digits.size() > digits_of_a_number_max) continue;
        found += (found.empty() ? "" : " ") + as_dialled_here(plus, std::move(digits));
    }
    return found;
}

std::string fact(char what, std::string_view value) {
    static constexpr char hex[] = "0123456789abcdef";
    std::string word(1, what);
    for (const char c : value) {
        word += hex[static_cast<unsigned char>(c) >> 4];
        word += hex[static_cast<unsigned char>(c) & 15];
    }
    return word;
}

}  // namespace hearback
