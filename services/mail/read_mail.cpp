#include "mail/read_mail.hpp"

#include <algorithm>

#include "kernel/text.hpp"
#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/delivery_report.hpp"
#include "mail/encoded_words.hpp"
#include "mail/file_name.hpp"
#include "mail/html_words.hpp"
#include "mail/mail_kind.hpp"
#include "mail/mime_leaves.hpp"
#include "mail/new_words.hpp"

namespace hearback {
namespace {

constexpr std::size_t references_max = 200, ids_bytes_max = 998;

/// What stands in angle brackets, each; the whole text when nothing does.
std::vector<std::string> ids_in(std::string_view text) {
    std::vector<std::string> ids;
    for (auto open = text.find('<'); open != text.npos && ids.size() < references_max;
         open = text.find('<', open + 1)) {
        const auto close = text.find('>', open);
        if (close == text.npos) break;
        const auto id = trimmed(text.substr(open + 1, close - open - 1));
        if (!id.empty() && id.size() <= ids_bytes_max) ids.emplace_back(id);
    }
    if (ids.empty() && !trimmed(text).empty()) ids.push_back(cut_to(trimmed(text), ids_bytes_max));
    return ids;
}

std::string first_id(std::string_view text) {
    const auto ids = ids_in(text);
    return ids.empty() ? std::string() : ids.front();
}

/// The keyword before any parameter: "auto-replied; owner=..." is "auto-replied".
std::string keyword(std::string_view value) { return lower_case(trimmed(value.substr(0, value.find_first_of(";(")))); }

std::string address_in_brackets(std::string_view value) {
    const auto open = value.find('<');
    if (open == value.npos) return std::string(trimmed(value));
    return std::string(trimmed(value.substr(open + 1, value.find('>', open) - open - 1)));
}

void read_headers(const MimeTree& tree, Mail& mail) {
    mail.from = tree.from;
    mail.reply_to = tree.reply_to;
    mail.to = tree.to;
    mail.cc = tree.cc;
    mail.date = tree.date;
    std::size_t from_lines = 0, subject_lines = 0;
    for (const auto& [name, value] : tree.headers) {
        from_lines += name == "from";
        subject_lines += name == "subject";
        mail.received_lines += name == "received";
        if (name == "subject" && subject_lines == 1) mail.subject = decoded_words(value);
        if (name == "delivered-to") mail.delivered_to.push_back(address_in_brackets(value));
        if (name == "authentication-results") mail.authentication_results.push_back(value);
        if (name == "list-id" || name == "list-post" || name == "list-unsubscribe") mail.list_ids.push_back(value);
    }
    if (const auto* path = tree.header("return-path")) mail.return_path = address_in_brackets(path->value);
    mail.sender = address_in_brackets(tree.value("sender"));
    mail.message_id = first_id(tree.value("message-id"));
    mail.in_reply_to = first_id(tree.value("in-reply-to"));
    if (tree.header("references")) mail.references = ids_in(tree.value("references"));
    mail.auto_submitted = keyword(tree.value("auto-submitted"));
    mail.precedence = keyword(tree.value("precedence"));
    if (from_lines > 1) mail.warnings.push_back("it has more than one From line");
    if (subject_lines > 1) mail.warnings.push_back("it has more than one Subject line: the first is shown");
    if (mail.from.size() > 1) mail.warnings.push_back("it names more than one sender");
}

bool is_text(const MimeLeaf& leaf) { return leaf.content_type.starts_with("text/"); }

/// The first body of a type: of this mail rather than of one attached to it.
const MimeLeaf* body_of_type(const MimeTree& tree, std::string_view type) {
    const MimeLeaf* found = nullptr;
    const bool html = type == "text/html";
    for (const auto& leaf : tree.leaves)
        if (leaf.content_type == type && !leaf.is_attachment &&
            !(html && (!leaf.name.empty() || leaf.message_depth > 0)) &&
            (!found || leaf.message_depth < found->message_depth))
            found = &leaf;
    return found;
}

/// As much of a text part as can be shown, so that a text of 30 MB is not decoded whole to show its first words.
std::string beginning_of(MimeLeaf leaf, const ReadLimits& limits) {
    constexpr std::size_t encoded_bytes_a_character = 4;  // "=C3=" and the like, or mark-up around the words
    leaf.content = leaf.content.substr(0, encoded_bytes_a_character * limits.text_bytes);
    return to_utf8(decoded(leaf), leaf.charset);
}

void read_parts(const MimeTree& tree, const ReadLimits& limits, Mail& mail) {
    const auto* plain = body_of_type(tree, "text/plain");
    const auto* html = body_of_type(tree, "text/html");
    for (const auto& leaf : tree.leaves) {
        const auto size = measured(leaf);
        MailPart part{safe_file_name(leaf.name),       leaf.content_type,     leaf.content_id, size.bytes, size.sha256,
                      &leaf == plain || &leaf == html, leaf.message_depth > 0};
        mail.parts.push_back(std::move(part));
    }
    if (plain) mail.text = cut_to(beginning_of(*plain, limits), limits.text_bytes);
    if (html) mail.html_text = html_words(beginning_of(*html, limits), limits.text_bytes);
    mail.has_html = html != nullptr;
}

void read_deliveries(const MimeTree& tree, const ReadLimits& limits, Mail& mail) {
    mail.deliveries = reported_deliveries(tree);
    tell_kind(tree, limits, mail);
    if (mail.kind != MailKind::bounce && mail.kind != MailKind::report) {
        mail.deliveries.clear();
        return;
    }
    const auto& prose = mail.text.empty() ? mail.html_text : mail.text;
    mail.reported_message_id = reported_message_id(tree, prose);
    if (mail.kind != MailKind::bounce) return;
    if (mail.deliveries.empty()) mail.deliveries = deliveries_in_prose(prose);
    explain_from_prose(prose, mail.deliveries);
}

}  // namespace

std::string_view to_words(MailKind kind) {
    switch (kind) {
        case MailKind::person:
            return "person";
        case MailKind::auto_reply:
            return "auto-reply";
        case MailKind::bounce:
            return "bounce";
        case MailKind::report:
            return "report";
        case MailKind::loop:
            return "loop";
    }
    return "person";
}

Mail unreadable_mail(std::string reason) {
    Mail mail;
    mail.unreadable = std::move(reason);
    return mail;
}

Mail read_mail(std::string_view raw, const ReadLimits& limits) {
    const auto tree = mime_tree(raw, limits);
    if (!tree) {
        auto mail = unreadable_mail("it is not in the form of an email");
        mail.text = mail.shown_text = cut_to(to_utf8(raw.substr(0, limits.text_bytes), ""), limits.text_bytes);
        return mail;
    }
    Mail mail;
    mail.unreadable = tree->cut_because;
    read_headers(*tree, mail);
    read_parts(*tree, limits, mail);
    read_deliveries(*tree, limits, mail);
    const bool text_is_empty = trimmed(mail.text).empty();
    mail.shown_text = new_words(text_is_empty ? mail.html_text : mail.text);
    return mail;
}

std::optional<std::string> read_part(std::string_view raw, std::size_t index, const ReadLimits& limits) {
    const auto tree = mime_tree(raw, limits);
    if (!tree || index >= tree->leaves.size()) return {};
    const auto& leaf = tree->leaves[index];
    return is_text(leaf) ? to_utf8(decoded(leaf), leaf.charset) : decoded(leaf);
}

}  // namespace hearback
