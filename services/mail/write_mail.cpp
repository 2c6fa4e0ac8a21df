#include "mail/write_mail.hpp"

#include <algorithm>
#include <cstdio>
#include <stdexcept>

#include "kernel/london.hpp"
#include "mail/digest.hpp"

namespace hearback {
namespace {

constexpr std::size_t line_max = 78, encoded_word_max = 75, references_max = 20;
constexpr std::string_view hex_digits = "0123456789ABCDEF";

bool is_control(unsigned char c) { return c < 0x20 || c == 0x7f; }
bool is_continuation_byte(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

/// On one line whatever was given: the end of a line is what would begin another header.
std::string one_line(std::string_view text) {
    std::string line(text);
    for (char& c : line)
        if (is_control(static_cast<unsigned char>(c))) c = ' ';
    return line;
}

bool is_plain_ascii(std::string_view text) {
    for (unsigned char c : text)
        if (is_control(c) || c > 0x7e) return false;
    return text.find("=?") == text.npos;
}

/// RFC 2047 section 5 (3): what may stand for itself in an encoded word of a phrase.
bool stands_for_itself(unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '!' || c == '*' ||
           c == '+' || c == '-' || c == '/';
}

/// Encoded words of at most 75 octets, each of whole characters, one a line.
/// `column` is where the first begins in its line.
std::string encoded_words(std::string_view text, std::size_t column) {
    std::string words = "=?UTF-8?Q?";
    std::size_t begun = 0, room = line_max - column;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i + 1;
        while (end < text.size() && is_continuation_byte(text[end])) ++end;
        std::string character;
        for (unsigned char c : text.substr(i, end - i)) {
            if (c == ' ')
                character += '_';
            else if (stands_for_itself(c))
                character += char(c);
            else
                character.append({'=', hex_digits[c >> 4], hex_digits[c & 15]});
        }
        if (words.size() - begun + character.size() + 2 > std::min(room, encoded_word_max)) {
            words += "?=\r\n ";
            begun = words.size();
            room = line_max - 1;
            words += "=?UTF-8?Q?";
        }
        words += character;
        i = end;
    }
    return words + "?=";
}

std::string header_text(std::string_view text, std::size_t column) {
    auto line = one_line(text);
    return is_plain_ascii(line) ? line : encoded_words(line, column);
}

/// "Name: value", folded at blanks where the line would pass 78 characters.
void add_header(std::string& mail, std::string_view name, std::string_view value) {
    std::string line(name);
    line += ':';
    std::size_t from = 0;
    while (from < value.size()) {
        auto to = value.find(' ', from);
        // A fold that encoded_words() has made stays.
        const auto word = value.substr(from, to == value.npos ? to : to - from);
        const auto shown = word.substr(0, word.find('\r'));
        if (line.size() + 1 + shown.size() > line_max && line.find_first_not_of(' ') != line.npos &&
            line.back() != ':') {
            mail.append(line).append("\r\n");
            line.clear();
        }
        line.append(" ").append(word);
        if (const auto fold = line.rfind("\r\n"); fold != line.npos) {
            mail.append(line, 0, fold + 2);
            line.erase(0, fold + 2);
        }
        if (to == value.npos) break;
        from = to + 1;
    }
    mail.append(line).append("\r\n");
}

std::string mailbox(const MailAddress& who) {
    if (!is_plain_address(who.address)) throw std::invalid_argument("not an email address: " + one_line(who.address));
    if (who.name.empty()) return who.address;
    const auto name = one_line(who.name);
    if (!is_plain_ascii(name)) return encoded_words(name, sizeof "From: ") + " <" + who.address + ">";
    std::string quoted = "\"";
    for (char c : name) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + "\" <" + who.address + ">";
}

/// An id as other systems wrote it, made safe to repeat: printable ASCII without blanks and brackets.
std::string bracketed(std::string_view id) {
    std::string text = "<";
    for (char c : id)
        if (c > ' ' && c < 0x7f && c != '<' && c != '>') text += c;
    return text + ">";
}

std::string references(const std::vector<std::string>& ids) {
    std::string text;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (i > 0 && i + references_max < ids.size()) continue;  // RFC 5322 3.6.4 lets the middle of a long thread go
        if (!text.empty()) text += ' ';
        text += bracketed(ids[i]);
    }
    return text;
}

std::string date_text(Instant at) {
    static constexpr const char* day_names[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto date = london_date(at);
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(london_time_of_day(at))};
    const std::chrono::weekday weekday{std::chrono::sys_days{date}};
    char text[64];
    std::snprintf(text, sizeof text, "%s, %u %s %d %02d:%02d:%02d %s", day_names[weekday.c_encoding()],
                  unsigned(date.day()), month_names[unsigned(date.month()) - 1], int(date.year()),
                  int(time.hours().count()), int(time.minutes().count()), int(time.seconds().count()),
                  is_summer_time(at) ? "+0100" : "+0000");
    return text;
}

/// RFC 2045 6.7. `text` has its lines ended by LF or CR LF.
void add_quoted_printable(std::string& out, std::string_view text) {
    constexpr std::size_t room = 76;
    std::size_t column = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == '\n' || (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n')) {
            out += "\r\n";
            column = 0;
            i += c == '\r';
            continue;
        }
        const bool ends_line = i + 1 == text.size() || text[i + 1] == '\n' || text[i + 1] == '\r';
        const bool plain = (c > ' ' && c < 0x7f && c != '=') || ((c == ' ' || c == '\t') && !ends_line);
        const std::size_t width = plain ? 1 : 3;
        if (column + width + (ends_line ? 0 : 1) > room) {
            out += "=\r\n";
            column = 0;
        }
        if (plain)
            out += char(c);
        else
            out.append({'=', hex_digits[c >> 4], hex_digits[c & 15]});
        column += width;
    }
}

void add_part(std::string& out, std::string_view subtype, std::string_view text) {
    out.append("Content-Type: text/").append(subtype).append("; charset=utf-8\r\n");
    out += "Content-Transfer-Encoding: quoted-printable\r\n\r\n";
    add_quoted_printable(out, text);
}

void add_bodies(std::string& out, const OutgoingMail& mail) {
    out += "MIME-Version: 1.0\r\n";
    if (mail.html.empty()) {
        add_part(out, "plain", mail.text);
        if (!out.ends_with("\r\n")) out += "\r\n";
        return;
    }
    // "=_" cannot occur in quoted-printable, so no body can hold the boundary (RFC 2045 6.7, note on boundaries).
    const auto boundary = "=_" + content_digest(mail.message_id + '\n' + mail.text).substr(0, 32);
    out += "Content-Type: multipart/alternative;\r\n boundary=\"" + boundary + "\"\r\n\r\n";
    out += "--" + boundary + "\r\n";
    add_part(out, "plain", mail.text);
    out += "\r\n--" + boundary + "\r\n";
    add_part(out, "html", mail.html);
    out += "\r\n--" + boundary + "--\r\n";
}

}  // namespace

bool is_plain_address(std::string_view address) {
    const auto at = address.rfind('@');
    if (at == address.npos || at == 0 || at + 1 == address.size() || address.size() > 320) return false;
    if (address.find('@') != at) return false;
    for (unsigned char c : address)
        if (c <= ' ' || c == 0x7f || std::string_view("<>()[]\\,;:\"").find(char(c)) != std::string_view::npos)
            return false;
    return true;
}

std::string write_mail(const OutgoingMail& mail) {
    if (mail.message_id.empty()) throw std::invalid_argument("a mail needs a Message-ID");
    std::string out;
    out.reserve(1024 + (mail.text.size() + mail.html.size()) * 5 / 4);
    add_header(out, "Date", date_text(mail.date));
    add_header(out, "From", mailbox(mail.from));
    add_header(out, "To", mailbox(mail.to));
    if (!mail.reply_to.empty()) add_header(out, "Reply-To", mailbox({"", mail.reply_to}));
    add_header(out, "Subject", header_text(mail.subject, sizeof "Subject: "));
    add_header(out, "Message-ID", bracketed(mail.message_id));
    if (!mail.in_reply_to.empty()) add_header(out, "In-Reply-To", bracketed(mail.in_reply_to));
    if (!mail.references.empty()) add_header(out, "References", references(mail.references));
    if (mail.automatic) {
        add_header(out, "Auto-Submitted", "auto-replied");
        add_header(out, "X-Auto-Response-Suppress", "All");
    }
    add_bodies(out, mail);
    return out;
}

}  // namespace hearback
