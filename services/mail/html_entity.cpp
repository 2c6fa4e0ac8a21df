#include "mail/html_entity.hpp"

#include <unicode/utf8.h>

#include <algorithm>
#include <charconv>

namespace hearback {
namespace {

struct Named {
    std::string_view name;
    char32_t character;
};

// Latin-1 in order from U+00A0.
constexpr std::string_view latin_1[] = {
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",    "copy",   "ordf",
    "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn", "sup2",   "sup3",   "acute",  "micro",
    "para",   "middot", "cedil",  "sup1",   "ordm",   "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave",
    "Aacute", "Acirc",  "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",
    "Igrave", "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",
    "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",  "szlig",  "agrave", "aacute",
    "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil", "egrave", "eacute", "ecirc",  "euml",   "igrave",
    "iacute", "icirc",  "iuml",   "eth",    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide",
    "oslash", "ugrave", "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml"};

constexpr Named others[] = {
    {"amp", '&'},       {"lt", '<'},        {"gt", '>'},        {"quot", '"'},     {"apos", '\''},
    {"euro", 0x20ac},   {"hellip", 0x2026}, {"ndash", 0x2013},  {"mdash", 0x2014}, {"lsquo", 0x2018},
    {"rsquo", 0x2019},  {"sbquo", 0x201a},  {"ldquo", 0x201c},  {"rdquo", 0x201d}, {"bdquo", 0x201e},
    {"bull", 0x2022},   {"trade", 0x2122},  {"rarr", 0x2192},   {"larr", 0x2190},  {"minus", 0x2212},
    {"ensp", 0x2002},   {"emsp", 0x2003},   {"thinsp", 0x2009}, {"zwnj", 0x200c},  {"zwj", 0x200d},
    {"OElig", 0x152},   {"oelig", 0x153},   {"Scaron", 0x160},  {"scaron", 0x161}, {"lsaquo", 0x2039},
    {"rsaquo", 0x203a}, {"permil", 0x2030}, {"dagger", 0x2020}, {"prime", 0x2032}, {"check", 0x2713},
    {"ne", 0x2260},     {"le", 0x2264},     {"ge", 0x2265},     {"hearts", 0x2665}};

char32_t by_name(std::string_view name) {
    if (const auto* found = std::find(std::begin(latin_1), std::end(latin_1), name); found != std::end(latin_1))
        return 0xa0 + char32_t(found - std::begin(latin_1));
    for (const auto& other : others)
        if (other.name == name) return other.character;
    return 0;
}

char32_t by_number(std::string_view digits) {
    const bool hex = !digits.empty() && (digits.front() == 'x' || digits.front() == 'X');
    if (hex) digits.remove_prefix(1);
    unsigned long code = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return 0;
    const bool real = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000);
    return real ? char32_t(code) : 0xfffd;
}

}  // namespace

std::size_t take_entity(std::string_view text, std::string& out) {
    constexpr std::size_t name_max = 12;
    std::size_t end = 1;
    while (end < text.size() && end <= name_max && text[end] != ';' && text[end] != '&' && text[end] != '<' &&
           static_cast<unsigned char>(text[end]) > ' ')
        ++end;
    const auto name = text.substr(1, end - 1);
    if (name.empty()) return 0;
    const char32_t c = name.front() == '#' ? by_number(name.substr(1)) : by_name(name);
    const bool closed = end < text.size() && text[end] == ';';
    if (c == 0 || (!closed && name.front() != '#' && c != 0xa0 && c != '&')) return 0;
    char buffer[U8_MAX_LENGTH];
    int32_t length = 0;
    U8_APPEND_UNSAFE(buffer, length, c);
    out.append(buffer, std::size_t(length));
    return end + closed;
}

}  // namespace hearback
