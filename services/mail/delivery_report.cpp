#include "mail/delivery_report.hpp"

#include <algorithm>
#include <iterator>

#include "mail/ascii.hpp"
#include "mail/bounce_words.hpp"
#include "mail/charset.hpp"

namespace hearback {
namespace {

constexpr std::size_t recipients_max = 100, prose_lines_max = 400, diagnostic_bytes_max = 1000;

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

/// Runs of blanks and line ends as one blank.
std::string folded(std::string_view text) {
    std::string line;
    for (char c : text)
        if (c > ' ')
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    return line;
}

/// "rfc822; <x@y>" as x@y.
std::string plain_address(std::string_view value) {
    if (const auto type = value.find(';'); type != value.npos) value.remove_prefix(type + 1);
    value = trimmed(value);
    if (const auto open = value.find('<'); open != value.npos) {
        value.remove_prefix(open + 1);
        value = value.substr(0, value.find('>'));
    }
    return std::string(trimmed(value.substr(0, value.find(' '))));
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Fields of one group of a delivery-status part, unfolded.
using Group = std::vector<std::pair<std::string, std::string>>;

std::vector<Group> groups_of(std::string_view text) {
    std::vector<Group> groups(1);
    for (const auto line : lines_of(text)) {
        const auto bare = trimmed(line);
        if (bare.empty()) {
            if (!groups.back().empty()) groups.emplace_back();
            continue;
        }
        const auto colon = bare.find(':');
        if ((line.front() == ' ' || line.front() == '\t') && !groups.back().empty()) {
            groups.back().back().second.append(" ").append(bare);
        } else if (colon != bare.npos) {
            groups.back().emplace_back(lower_case(trimmed(bare.substr(0, colon))),
                                       std::string(trimmed(bare.substr(colon + 1))));
        }
    }
    return groups;
}

std::string_view field(const Group& group, std::string_view name) {
    for (const auto& [key, value] : group)
        if (key == name) return value;
    return {};
}

/// Servers that report 5.0.0 often name the real status in their words.
void settle(DeliveryFailure& failure) {
    const auto told = status_in(failure.diagnostic);
    const bool vague = failure.status.empty() || failure.status.ends_with(".0.0");
    if (vague && !told.empty()) failure.status = told;
    failure.hard = failure.action != "delayed" && is_hard(failure.status, failure.diagnostic);
}

void add_group(const Group& group, std::vector<DeliveryFailure>& found) {
    DeliveryFailure failure;
    failure.recipient = plain_address(field(group, "final-recipient"));
    failure.original_recipient = plain_address(field(group, "original-recipient"));
    if (failure.recipient.empty()) failure.recipient = failure.original_recipient;
    failure.action = lower_case(field(group, "action"));
    failure.action = failure.action.substr(0, failure.action.find_first_of(" ("));
    failure.diagnostic = std::string(field(group, "diagnostic-code"));
    const auto status = std::string(field(group, "status"));
    failure.status = status_in(status);
    if (failure.recipient.empty() && failure.status.empty() && failure.action.empty()) return;
    settle(failure);
    if (found.size() < recipients_max) found.push_back(std::move(failure));
}

/// The first address in a line of prose, empty without one.
std::string address_in(std::string_view line) {
    const auto at = line.find('@');
    if (at == line.npos) return {};
    const auto stops = std::string_view(" \t\r<>()[]{}\"',;:|=");
    const auto begin = line.find_last_of(stops, at);
    const auto end = line.find_first_of(stops, at);
    const auto from = begin == line.npos ? 0 : begin + 1;
    auto address = line.substr(from, (end == line.npos ? line.size() : end) - from);
    while (!address.empty() && address.back() == '.') address.remove_suffix(1);
    if (address.size() < 3 || address.front() == '@' || address.back() == '@') return {};
    return std::string(address);
}

/// The lines before the copy of the mail that was returned.
std::vector<std::string_view> without_returned_mail(std::string_view text) {
    auto lines = lines_of(text);
    if (lines.size() > prose_lines_max) lines.resize(prose_lines_max);
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const auto small = lower_case(trimmed(lines[i]));
        const bool marks = small.starts_with("--") || small.starts_with("==") || small.starts_with("message header") ||
                           small.ends_with("follows.") || small.ends_with("follow.");
        const bool copy =
            has_any(small, {"below this line is a copy", "original message", "copy of your message",
                            "copy of the message", "message header", "returned message", "original mail"});
        if ((marks && copy) || small.starts_with("received: ") || small.starts_with("return-path:")) {
            lines.resize(i);
            break;
        }
    }
    return lines;
}

/// Lines whose address is someone else's: the sender's, a help desk's, a header of the report itself.
bool names_no_recipient(std::string_view line) {
    const auto small = lower_case(line);
    return has_any(small, {">>> mail from", "for further", "please contact", "please send mail to",
                           "original-envelope-id", "x-postfix-sender", "sender:", "envelope-from", "message-id",
                           "assistance", "http://", "https://"}) ||
           small.starts_with("from:") || small.starts_with("from ") || small.starts_with("to: ") ||
           small.starts_with("subject:");
}

bool says_trouble(std::string_view line) {
    return !status_in(line).empty() ||
           has_any(lower_case(line),
                   {"unknown",   "no such", "does not exist", "doesn't",   "not found", "full",         "quota",
                    "rejected",  "refused", "failed",         "unable",    "could not", "couldn't",     "cannot",
                    "undeliver", "error",   "unreachable",    "unrout",    "recogni",   "record found", "timed out",
                    "timeout",   "denied",  "invalid",        "not listed"});
}

}  // namespace

std::string status_in(std::string_view words) {
    std::string code;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool at_edge = i == 0 || !(std::isalnum(static_cast<unsigned char>(words[i - 1])) || words[i - 1] == '.');
        if (!at_edge || (words[i] != '2' && words[i] != '4' && words[i] != '5')) continue;
        std::size_t end = i + 1, dots = 0;
        while (end < words.size() && (is_digit(words[end]) || (words[end] == '.' && dots < 2 &&
                                                               end + 1 < words.size() && is_digit(words[end + 1])))) {
            dots += words[end] == '.';
            ++end;
        }
        const auto token = words.substr(i, end - i);
        const bool closed = end == words.size() || (words[end] != '.' && words[end] != '-') ||
                            (words[end] == '.' && (end + 1 == words.size() || !is_digit(words[end + 1])));
        if (dots == 2 && token[1] == '.' && token.size() <= 9 && closed) return std::string(token);
        if (code.empty() && dots == 0 && token.size() == 3 && words[i] != '2') code = token;
        i = end;
    }
    return code.empty() ? code : code.substr(0, 1) + ".0.0";
}

bool is_hard(std::string_view status, std::string_view words) {
    const auto small = lower_case(words);
    // RFC 3463: X.2.x is the state of a mailbox that exists, X.7.x a policy, whatever the words say.
    if (status.starts_with("5.2.") || status.starts_with("5.7.")) return false;
    if (has_any(small, bounce_words::about_the_sender)) return false;
    if (has_any(small, bounce_words::no_such_person)) return true;
    if (has_any(small, bounce_words::passing_trouble)) return false;
    if (has_any(small, bounce_words::bad_address)) return true;
    constexpr std::string_view bad[] = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.4.4"};
    return std::find(std::begin(bad), std::end(bad), status) != std::end(bad) ||
           (status == "5.1.0" && has_any(small, {"address rejected"}));
}

std::vector<DeliveryFailure> reported_deliveries(const MimeTree& tree) {
    std::vector<DeliveryFailure> found;
    for (const auto& leaf : tree.leaves) {
        if (!leaf.content_type.ends_with("delivery-status")) continue;
        for (const auto& group : groups_of(to_utf8(decoded(leaf), ""))) add_group(group, found);
        if (!found.empty()) break;  // a bounce about a bounce carries the older report too
    }
    if (!found.empty()) return found;
    std::string_view failed = tree.value("x-failed-recipients");
    while (!failed.empty()) {
        const auto end = std::min(failed.find(','), failed.size());
        DeliveryFailure failure;
        failure.recipient = plain_address(failed.substr(0, end));
        failure.action = "failed";
        if (!failure.recipient.empty() && found.size() < recipients_max) found.push_back(std::move(failure));
        failed.remove_prefix(std::min(end + 1, failed.size()));
    }
    return found;
}

std::vector<DeliveryFailure> deliveries_in_prose(std::string_view text) {
    const auto report = without_returned_mail(text);
    std::vector<DeliveryFailure> found;
    std::string trouble;
    bool near = false;  // no empty line has parted this one from the last address
    for (const auto line : report) {
        const auto words = trimmed(line);
        if (says_trouble(words)) trouble.append(words).append(" ");
        const auto address = names_no_recipient(words) ? std::string() : address_in(words);
        if (address.empty()) {
            near = near && !words.empty();
            if (!found.empty() && (near || says_trouble(words))) found.back().diagnostic.append(" ").append(words);
            continue;
        }
        near = true;
        const auto same =
            std::find_if(found.begin(), found.end(), [&](const auto& f) { return f.recipient == address; });
        if (same != found.end()) {
            same->diagnostic.append(" ").append(words);
        } else if (found.size() < recipients_max) {
            found.push_back({address, {}, "failed", {}, std::string(words), false});
        }
    }
    const auto explained = [](const auto& failure) { return says_trouble(failure.diagnostic); };
    if (std::any_of(found.begin(), found.end(), explained))
        std::erase_if(found, [&](const auto& failure) { return !explained(failure); });
    else if (found.empty())
        found.push_back({{}, {}, "failed", {}, {}, false});
    else
        found.resize(1);
    for (auto& failure : found) {
        if (!explained(failure)) failure.diagnostic = trouble.substr(0, diagnostic_bytes_max);
        settle(failure);
    }
    return found;
}

void explain_from_prose(std::string_view text, std::vector<DeliveryFailure>& failures) {
    // "User unknown" in answer to the mail itself comes from a filter behind a mailbox that RCPT had found.
    const auto small = folded(lower_case(text.substr(0, 8192)));
    const bool refused_the_content =
        has_any(small, {">>> data <<< 55", ">>> data <<< 57", "in reply to end of data", "in reply to data"}) &&
        failures.size() == 1;
    std::vector<DeliveryFailure> told;
    for (auto& failure : failures) {
        if (failure.diagnostic.empty() && failure.action == "failed") {
            if (told.empty()) told = deliveries_in_prose(text);
            const auto same = std::find_if(told.begin(), told.end(),
                                           [&](const auto& one) { return one.recipient == failure.recipient; });
            if (const auto* from = same != told.end() ? &*same : told.size() == 1 ? &told.front() : nullptr) {
                failure.diagnostic = from->diagnostic;
                settle(failure);
            }
        }
        if (refused_the_content && !failure.status.starts_with("5.1.") &&
            !has_any(lower_case(failure.diagnostic), {"doesn't have a"}))
            failure.hard = false;
    }
}

std::string reported_message_id(const MimeTree& tree, std::string_view text) {
    const auto id_in = [](std::string_view head) -> std::string {
        for (const auto line : lines_of(head)) {
            const auto small = lower_case(line.substr(0, 24));
            if (!small.starts_with("message-id:") && !small.starts_with("original-message-id:")) continue;
            const auto open = line.find('<');
            const auto close = line.find('>', open == line.npos ? 0 : open);
            if (open != line.npos && close != line.npos) return std::string(line.substr(open + 1, close - open - 1));
        }
        return {};
    };
    for (const auto& leaf : tree.leaves) {
        const bool report = leaf.content_type.find("disposition-notification") != leaf.content_type.npos ||
                            leaf.content_type.ends_with("rfc822-headers") ||
                            leaf.content_type.ends_with("delivery-status");
        if (report)
            if (auto id = id_in(to_utf8(decoded(leaf), "")); !id.empty()) return id;
    }
    if (!tree.attached_message_id.empty()) return tree.attached_message_id;
    return id_in(text);
}

}  // namespace hearback
