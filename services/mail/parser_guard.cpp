#include "mail/parser_guard.hpp"

#include <algorithm>

#include "mail/ascii.hpp"

namespace hearback {
namespace {

bool begins_without_case(std::string_view text, std::string_view wanted) {
    return text.size() >= wanted.size() &&
           std::equal(wanted.begin(), wanted.end(), text.begin(), [](char w, char t) { return w == lower(t); });
}

/// The parser reads these as addresses wherever it finds a head, also in attached messages.
bool holds_addresses(std::string_view line) {
    for (const auto* name : {"to:", "cc:", "bcc:", "from:", "sender:", "reply-to:", "resent-"})
        if (begins_without_case(line, name)) return true;
    return false;
}

/// Where the line at `at` ends, its LF included.
std::size_t line_end(std::string_view raw, std::size_t at) {
    const auto end = raw.find('\n', at);
    return end == raw.npos ? raw.size() : end + 1;
}

bool is_empty_line(std::string_view line) { return line == "\n" || line == "\r\n"; }

/// The size of the head, and whether a field or the whole is over its limit or holds a NUL, at which the parser stops.
struct Head {
    std::size_t bytes = 0;
    bool too_long = false, has_nul = false;
};

Head measure_head(std::string_view raw, const ReadLimits& limits) {
    Head head;
    std::size_t field = 0;
    while (head.bytes < raw.size()) {
        const auto end = line_end(raw, head.bytes);
        const auto line = raw.substr(head.bytes, end - head.bytes);
        if (is_empty_line(line)) break;
        const bool continues = line.front() == ' ' || line.front() == '\t';
        field = continues ? field + line.size() : line.size();
        head.too_long = head.too_long || field > limits.header_field_bytes || end > limits.header_bytes;
        head.bytes = end;
    }
    head.has_nul = raw.substr(0, head.bytes).find('\0') != raw.npos;
    return head;
}

/// Each field and the head cut to their limits; NULs blanked.
std::string cut_head(std::string_view head, const ReadLimits& limits) {
    std::string copy;
    std::size_t field = 0;
    for (std::size_t at = 0; at < head.size() && copy.size() < limits.header_bytes;) {
        const auto end = line_end(head, at);
        auto line = head.substr(at, end - at);
        const bool continues = line.front() == ' ' || line.front() == '\t';
        if (!continues) field = 0;
        at = end;
        if (continues && field >= limits.header_field_bytes) continue;
        const auto room = std::min(limits.header_field_bytes - std::min(field, limits.header_field_bytes),
                                   limits.header_bytes - copy.size());
        const bool whole = line.size() <= room;
        copy.append(whole ? line : line.substr(0, room));
        if (!whole) copy += "\r\n";
        field += line.size();
    }
    std::replace(copy.begin(), copy.end(), '\0', ' ');
    return copy;
}

bool has_monstrous_addresses(std::string_view body, const ReadLimits& limits) {
    // Shorter than this no field of it can be too long: the usual mail is not scanned at all.
    if (body.size() <= limits.header_field_bytes) return false;
    std::size_t field = 0;
    bool addresses = false;
    for (std::size_t at = 0; at < body.size();) {
        const auto end = line_end(body, at);
        const auto line = body.substr(at, end - at);
        const bool continues = line.front() == ' ' || line.front() == '\t';
        if (!continues) addresses = holds_addresses(line);
        field = continues ? field + line.size() : line.size();
        if (addresses && field > limits.header_field_bytes) return true;
        at = end;
    }
    return false;
}

}  // namespace

GuardedMail guard_parser(std::string_view raw, const ReadLimits& limits) {
    GuardedMail guarded{raw, {}, {}};
    if (raw.size() > limits.message_bytes) {
        guarded.cut_because = "it is longer than " + std::to_string(limits.message_bytes) + " bytes";
        raw = guarded.raw = raw.substr(0, limits.message_bytes);
    }
    // Some mail begins with empty lines, or with a blank before its first header; both would hide the whole head.
    const auto begin = raw.find_first_not_of(" \t\r\n");
    if (begin != raw.npos && raw.find(':', begin) < raw.find_first_of(" \t\r\n", begin))
        raw = guarded.raw = raw.substr(begin);
    if (raw.find('\n') == raw.npos && raw.find('\r') != raw.npos) {
        guarded.copy = std::string(raw);
        std::replace(guarded.copy.begin(), guarded.copy.end(), '\r', '\n');
        auto again = guard_parser(guarded.copy, limits);
        if (again.copy.empty()) again.copy = std::move(guarded.copy);
        return again;
    }
    const auto head = measure_head(raw, limits);
    const auto body = raw.substr(head.bytes);
    const bool monstrous = has_monstrous_addresses(body, limits);
    if (!head.too_long && !head.has_nul && !monstrous) return guarded;
    if (head.too_long) guarded.cut_because = "a header is longer than its limit";
    if (monstrous) guarded.cut_because = "an attached message has an address list longer than its limit";
    guarded.copy = cut_head(raw.substr(0, head.bytes), limits);
    if (!monstrous) guarded.copy += body;
    return guarded;
}

}  // namespace hearback
