#include "words/email_text.hpp"

#include <array>

namespace hearback {

namespace {

constexpr std::string_view hard_space = "\u00a0";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr std::array<std::string_view, 7> days = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                  "Friday", "Saturday", "Sunday"};
constexpr std::array<std::string_view, 12> months = {"January",   "February", "March",    "April",
                                                     "May",       "June",     "July",     "August",
                                                     "September", "October",  "November", "December"};

bool ends_with_day(std::string_view text) {
    for (const auto day : days)
        if (text.ends_with(day)) return true;
    return false;
}

bool starts_with_month(std::string_view text) {
    for (const auto month : months)
        if (text.starts_with(month)) return true;
    return false;
}

/// Whether the space at `at` stands inside a date or a telephone number.
bool holds_together(std::string_view text, std::size_t at) {
    if (at == 0 || at + 1 == text.size()) return false;
    const bool after_digit = is_digit(text[at - 1]);
    if (is_digit(text[at + 1])) return after_digit || ends_with_day(text.substr(0, at));
    return after_digit && starts_with_month(text.substr(at + 1));
}

/// How many columns a piece of UTF-8 takes, near enough: one a character.
std::size_t columns_of(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (c & 0xC0) != 0x80;
    return count;
}

void wrap_line(std::string_view line, std::string_view indent, std::size_t columns, std::string& out) {
    std::size_t column = 0;
    while (!line.empty()) {
        const std::size_t end = std::min(line.find(' '), line.size());
        const std::string_view word = line.substr(0, end);
        line.remove_prefix(std::min(end + 1, line.size()));
        if (word.empty()) continue;
        const std::size_t width = columns_of(word);
        if (column > 0 && column + 1 + width > columns) {
            out += '\n';
            column = 0;
        }
        if (column == 0)
            out += indent, column = indent.size();
        else
            out += ' ', ++column;
        out += word;
        column += width;
    }
}

}  // namespace

std::string keep_together(std::string_view text) {
    std::string result;
    result.reserve(text.size() + 16);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == ' ' && holds_together(text, i))
            result += hard_space;
        else
            result += text[i];
    }
    return result;
}

std::string escaped(std::string_view text) {
    std::string result;
    result.reserve(text.size() + 16);
    for (const char c : text) switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            case '\'':
                result += "&#39;";
                break;
            default:
                result += c;
        }
    return result;
}

std::string wrapped(std::string_view text, std::string_view indent, std::size_t columns) {
    std::string result;
    result.reserve(text.size() + text.size() / 40 + 8);
    for (;;) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        wrap_line(text.substr(0, end), indent, columns, result);
        if (end == text.size()) break;
        result += '\n';
        text.remove_prefix(end + 1);
    }
    std::string plain;
    plain.reserve(result.size());
    for (std::size_t i = 0; i < result.size(); ++i) {
        const bool hard = std::string_view(result).substr(i).starts_with(hard_space);
        plain += hard ? ' ' : result[i];
        i += hard;
    }
    return plain;
}

std::string email_document(std::string_view subject, std::string_view body_html) {
    std::string html;
    html.reserve(body_html.size() + 900);
    html += "<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"><title>";
    html += escaped(subject);
    html +=
        "</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        "<meta name=\"color-scheme\" content=\"light\"></head>\n"
        "<body style=\"margin:0;background:#ffffff;color:#0b0c0c;"
        "font:17px/1.45 Helvetica Neue,Helvetica,Arial,sans-serif;-webkit-text-size-adjust:100%\">"
        "<div style=\"max-width:600px;padding:16px 18px 28px\">\n";
    html += body_html;
    html += "</div></body></html>\n";
    return html;
}

}  // namespace hearback
