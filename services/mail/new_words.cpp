#include "mail/new_words.hpp"

#include <algorithm>
#include <vector>

#include "mail/ascii.hpp"

namespace hearback {
namespace {

using Lines = std::vector<std::string_view>;

constexpr std::size_t introduction_lines_max = 4, signature_lines_max = 12, header_lines_max = 12;

Lines split(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

bool is_blank(std::string_view line) { return trimmed(line).empty(); }
bool is_quoted(std::string_view line) { return trimmed(line).starts_with('>'); }

bool has(std::string_view text, std::string_view words) { return text.find(words) != text.npos; }

bool says_wrote(std::string_view small) {
    return has(small, "wrote") || has(small, "schrieb") || has(small, "crit") || has(small, "escribi") ||
           has(small, "ha scritto") || has(small, "schreef") || has(small, "skrev") || has(small, "escreveu") ||
           has(small, "napisa");
}

/// The first word of "On Thu, 15 Feb 2024 at 21:40, SEND team <send@council.example> wrote:" in the languages that mail
/// programs speak.
bool opens_introduction(std::string_view line) {
    return begins_with_any(lower_case(trimmed(line).substr(0, 8)),
                           {"on ", "am ", "le ", "el ", "il ", "op ", "den ", "em ", "dnia ", "w dniu ", "at "});
}

/// The length of an introduction that begins at `at`, 0 when there is none. Long ones are wrapped by mail programs.
std::size_t introduction_length(const Lines& lines, std::size_t at) {
    if (is_blank(lines[at]) || is_quoted(lines[at])) return 0;
    const bool opens = opens_introduction(lines[at]);
    std::string joined;
    for (std::size_t n = 0; n < introduction_lines_max && at + n < lines.size(); ++n) {
        const auto line = trimmed(lines[at + n]);
        if (line.empty() || is_quoted(line)) return 0;
        joined.append(joined.empty() ? "" : " ").append(line);
        if (line.ends_with(':')) {
            const auto small = lower_case(joined);
            const bool names_what = small.find_first_of("0123456789") != small.npos || has(small, "@");
            return says_wrote(small) && (opens ? names_what : has(small, "@")) ? n + 1 : 0;
        }
        // Only the usual opening may go on over several lines: else a person's own words above it would go with it.
        if (!opens || joined.size() > 400) return 0;
    }
    return 0;
}

/// "From:", "*Sent:*", "**To:**" and their kin in other languages.
std::string header_name(std::string_view line) {
    auto text = trimmed(line);
    while (!text.empty() && (text.front() == '*' || text.front() == '>' || text.front() == ' ')) text.remove_prefix(1);
    const auto colon = text.find(':');
    if (colon == text.npos || colon > 16) return {};
    auto name = lower_case(text.substr(0, colon));
    while (!name.empty() && (name.back() == '*' || name.back() == ' ')) name.pop_back();
    return name;
}

/// The head of an older mail as Outlook and its kin copy it: From, then two of Sent, To, Subject.
bool begins_copied_header(const Lines& lines, std::size_t at) {
    const auto first = header_name(lines[at]);
    if (first != "from" && first != "von" && first != "de" && first != "da" && first != "van" && first != "fra" &&
        first != "från")
        return false;
    std::size_t others = 0;
    for (std::size_t i = at + 1; i < lines.size() && i <= at + header_lines_max; ++i) {
        const auto name = header_name(lines[i]);
        if (name == "sent" || name == "date" || name == "to" || name == "subject" || name == "gesendet" ||
            name == "an" || name == "betreff" || name == "datum" || name == "envoyé" || name == "à" ||
            name == "objet" || name == "enviado" || name == "para" || name == "asunto" || name == "inviato" ||
            name == "a" || name == "oggetto" || name == "verzonden" || name == "aan" || name == "onderwerp" ||
            name == "skickat" || name == "till" || name == "ämne" || name == "sendt" || name == "til" ||
            name == "emne" || name == "fecha")
            ++others;
    }
    return others >= 2;
}

bool is_original_message_line(std::string_view line) {
    if (!begins_with_any(trimmed(line), {"--", "__"})) return false;
    const auto text = lower_case(trimmed(line));
    return has(text, "original message") || has(text, "ursprüngliche nachricht") || has(text, "message d'origine") ||
           has(text, "mensaje original") || has(text, "messaggio originale") || has(text, "oorspronkelijk bericht") ||
           has(text, "reply message");
}

bool is_rule(std::string_view line) {
    const auto text = trimmed(line);
    return text.size() >= 10 && text.find_first_not_of("_-=") == text.npos;
}

/// "Please write above this line" that ticket systems put in.
bool is_reply_marker(std::string_view line) {
    return trimmed(line).starts_with("##") && has(lower_case(line), "reply above this line");
}

std::size_t next_written(const Lines& lines, std::size_t at) {
    while (at < lines.size() && is_blank(lines[at])) ++at;
    return at;
}

/// From here on everything is an older mail, without quote marks.
bool begins_history(const Lines& lines, std::size_t at) {
    if (is_original_message_line(lines[at]) || is_reply_marker(lines[at])) return true;
    if (begins_copied_header(lines, at)) return true;
    if (is_rule(lines[at])) {
        const auto next = next_written(lines, at + 1);
        return next < lines.size() && next <= at + 2 && begins_copied_header(lines, next);
    }
    return false;
}

/// RFC 3676 4.3: "-- " alone on a line; many a program on the way drops the blank.
bool is_signature_mark(std::string_view line) {
    while (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line == "-- " || line == "--";
}

struct Folded {
    std::vector<bool> hidden;
    explicit Folded(std::size_t lines) : hidden(lines, false) {}
    void hide(std::size_t from, std::size_t to) {
        std::fill(hidden.begin() + std::ptrdiff_t(from), hidden.begin() + std::ptrdiff_t(to), true);
    }
};

void fold_quotes(const Lines& lines, Folded& folded) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (is_quoted(lines[i])) {
            folded.hidden[i] = true;
            continue;
        }
        const auto length = introduction_length(lines, i);
        if (length == 0) continue;
        const auto next = next_written(lines, i + length);
        if (next < lines.size() && is_quoted(lines[next])) folded.hide(i, i + length);
        i += length - 1;
    }
}

/// An introduction without quote marks after it: history to the end, if it names a time or an address, as programs do.
std::size_t unmarked_history(const Lines& lines, std::size_t at) {
    const auto length = introduction_length(lines, at);
    if (length == 0) return 0;
    std::string joined;
    for (std::size_t i = at; i < at + length; ++i) joined.append(lines[i]).append(" ");
    const auto small = lower_case(joined);
    if (!begins_with_any(trimmed(small), {"on ", "am ", "le ", "el "})) return 0;
    bool has_year = false, has_clock = has(small, "@");
    for (std::size_t i = 0; i + 4 <= small.size(); ++i) {
        const auto is_digit = [&](std::size_t k) { return small[k] >= '0' && small[k] <= '9'; };
        has_year = has_year || ((small.compare(i, 2, "20") == 0 || small.compare(i, 2, "19") == 0) && is_digit(i + 2) &&
                                is_digit(i + 3));
        has_clock = has_clock || (is_digit(i) && small[i + 1] == ':' && is_digit(i + 2) && is_digit(i + 3));
    }
    const auto next = next_written(lines, at + length);
    const bool marked = next < lines.size() && is_quoted(lines[next]);
    return has_year && has_clock && !marked ? length : 0;
}

void fold_signature(const Lines& lines, Folded& folded) {
    std::size_t end = lines.size();
    while (end > 0 && (folded.hidden[end - 1] || is_blank(lines[end - 1]))) --end;
    for (std::size_t i = end; i-- > 0 && i + signature_lines_max >= end;) {
        if (!is_signature_mark(lines[i])) continue;
        return folded.hide(i, end);
    }
}

std::string shown(const Lines& lines, const Folded& folded) {
    std::string text;
    bool gap = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (folded.hidden[i] || is_blank(lines[i])) {
            gap = true;
            continue;
        }
        if (gap && !text.empty()) text += '\n';
        gap = false;
        auto line = lines[i];
        while (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        text.append(line).append("\n");
    }
    if (!text.empty()) text.pop_back();
    return text;
}

}  // namespace

std::string new_words(std::string_view text) {
    const auto lines = split(text);
    Folded folded(lines.size());
    fold_quotes(lines, folded);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (folded.hidden[i]) continue;
        if (begins_history(lines, i) || unmarked_history(lines, i) > 0) {
            folded.hide(i, lines.size());
            break;
        }
    }
    fold_signature(lines, folded);
    auto words = shown(lines, folded);
    return words.empty() ? shown(lines, Folded(lines.size())) : words;
}

}  // namespace hearback
