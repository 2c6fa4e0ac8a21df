#include "mail/mail_kind.hpp"

#include <algorithm>

#include "mail/ascii.hpp"
#include "mail/bounce_words.hpp"
#include "mail/delivery_report.hpp"

namespace hearback {
namespace {

std::string local_part(std::string_view address) { return lower_case(address.substr(0, address.rfind('@'))); }

bool is_daemon(std::string_view address) {
    const auto local = local_part(address);
    return begins_with_any(
               local, {"mailer-daemon", "mailer_daemon", "mailerdaemon", "postmaster", "mail-daemon", "maildaemon"}) ||
           local == "mailer" || local == "bounce" || local == "noreply-bounce";
}

bool is_from_daemon(const MimeTree& tree, const Mail& mail) {
    // Many a daemon writes "MAILER-DAEMON <>" or no domain at all, which is no address.
    const auto as_written = lower_case(tree.value("from"));
    if (mail.from.empty() && begins_with_any(as_written, {"mailer-daemon", "<>", "postmaster", "mail delivery"}))
        return true;
    for (const auto& from : mail.from) {
        const auto name = lower_case(from.name);
        if (is_daemon(from.address) || has_any(name, {"mail delivery s", "mailer-daemon", "mail delivery subsystem",
                                                      "mail administrator", "postmaster", "system administrator"}))
            return true;
    }
    return false;
}

bool has_leaf(const MimeTree& tree, std::string_view type) {
    return std::any_of(tree.leaves.begin(), tree.leaves.end(),
                       [&](const auto& leaf) { return leaf.content_type.find(type) != leaf.content_type.npos; });
}

/// A person who forwards a bounce writes from an address of their own, so the sender decides before the words do.
std::string why_bounce(const MimeTree& tree, const Mail& mail) {
    if (tree.content_type == "multipart/report" && tree.report_type == "delivery-status")
        return "it is a delivery report";
    if (tree.content_type.ends_with("delivery-status")) return "it is a delivery report";
    if (has_leaf(tree, "delivery-status") && tree.content_type.starts_with("multipart/") && !mail.deliveries.empty() &&
        std::none_of(tree.leaves.begin(), tree.leaves.end(), [](const auto& leaf) {
            return leaf.message_depth > 0 && leaf.content_type.ends_with("delivery-status");
        }))
        return "it holds a delivery report";
    if (tree.value("from").find("@sns.amazonaws.com") != std::string_view::npos &&
        mail.text.find("\"notificationType\":\"Bounce\"") != std::string::npos)
        return "a mail service notifies of a bounce";
    if (tree.header("x-failed-recipients")) return "it names recipients that failed";
    const bool null_sender = mail.return_path && mail.return_path->empty();
    if (!null_sender && !is_from_daemon(tree, mail)) return {};
    const auto subject = lower_case(mail.subject), text = lower_case(std::string_view(mail.text).substr(0, 4096));
    if (has_any(subject, bounce_words::subjects)) return "a mail system says that a message was not delivered";
    if (has_any(text, bounce_words::texts) && mail.auto_submitted != "auto-replied" && is_from_daemon(tree, mail))
        return "a mail system says that a message was not delivered";
    return {};
}

bool is_success(const Mail& mail) {
    return !mail.deliveries.empty() && std::all_of(mail.deliveries.begin(), mail.deliveries.end(), [](const auto& d) {
        return d.action == "delivered" || d.action == "relayed" || d.action == "expanded";
    });
}

std::string why_report(const MimeTree& tree, const Mail& mail) {
    if (tree.report_type == "disposition-notification" || has_leaf(tree, "disposition-notification"))
        return "it is a read receipt";
    if (tree.report_type == "feedback-report" || has_leaf(tree, "feedback-report")) return "it is an abuse report";
    if (tree.report_type == "tlsrpt" || has_leaf(tree, "tlsrpt")) return "it is a TLS report";
    if (is_success(mail)) return "it reports that a message was delivered";
    const auto subject = lower_case(mail.subject);
    if (subject.starts_with("report domain:") ||
        (subject.find("report domain:") != subject.npos && subject.find("submitter:") != subject.npos))
        return "it is a DMARC report";
    return {};
}

/// "Out of office", "Out of office Re: ..." but not "Out of office hours please ring after 4".
bool says_out_of_office(std::string_view subject) {
    for (const std::string_view beginning : {"out of office", "out of the office"}) {
        if (!subject.starts_with(beginning)) continue;
        const auto rest = subject.substr(beginning.size());
        return rest.empty() || rest.front() != ' ' ||
               begins_with_any(
                   rest, {" re:", " auto", " reply", " response", " message", " notification", " -", " \xe2\x80\x93"});
    }
    return false;
}

std::string why_auto_reply(const MimeTree& tree, const Mail& mail) {
    if (mail.auto_submitted == "auto-replied" || mail.auto_submitted == "auto-notified")
        return "its Auto-Submitted header says so";
    const bool header_says = std::any_of(tree.headers.begin(), tree.headers.end(), [](const auto& header) {
        return begins_with_any(header.name,
                               {"x-autoreply", "x-autorespond", "x-autoresponse", "x-auto-reply", "x-mail-autoreply"});
    });
    if (header_says || lower_case(tree.value("x-autogenerated")) == "reply") return "its headers say so";
    if (mail.precedence == "auto_reply" || lower_case(tree.value("x-precedence")) == "auto_reply")
        return "its Precedence header says so";
    const auto subject = lower_case(mail.subject);
    if (says_out_of_office(subject) ||
        begins_with_any(subject,
                        {"automatic reply", "auto-reply", "autoreply", "auto reply", "auto:", "auto response",
                         "automatische antwort", "abwesenheitsnotiz", "automatic response", "réponse automatique",
                         "respuesta automática", "risposta automatica", "automatisch antwoord", "autosvar",
                         "automatiskt svar", "vacation reply", "automated reply", "autorespon"}))
        return "its subject is that of an automatic reply";
    return {};
}

std::string why_no_answer(const MimeTree& tree, const Mail& mail) {
    if (mail.kind != MailKind::person) return "it is not from a person: " + mail.kind_reason;
    if (mail.return_path && mail.return_path->empty()) return "it has no return address";
    if (!mail.auto_submitted.empty() && mail.auto_submitted != "no") return "a machine sent it (Auto-Submitted)";
    if (mail.precedence == "bulk" || mail.precedence == "list" || mail.precedence == "junk")
        return "it is mail to many (Precedence)";
    if (!mail.list_ids.empty()) return "it came through a mailing list";
    const auto suppress = lower_case(tree.value("x-auto-response-suppress"));
    if (has_any(suppress, {"all", "oof", "autoreply"})) return "its sender asks for no automatic answer";
    if (lower_case(tree.value("x-loop")).size() > 0) return "it has been answered by a machine before";
    for (const auto& from : mail.from) {
        const auto local = local_part(from.address);
        if (is_daemon(from.address) || local.ends_with("-request") || local.starts_with("owner-") ||
            begins_with_any(local, {"no-reply", "noreply", "donotreply", "do-not-reply", "no_reply", "bounce"}))
            return "its sender's address is not read by anyone";
    }
    return {};
}

}  // namespace

void tell_kind(const MimeTree& tree, const ReadLimits& limits, Mail& mail) {
    const auto is = [&](MailKind kind, std::string reason) {
        if (reason.empty()) return false;
        mail.kind = kind;
        mail.kind_reason = std::move(reason);
        return true;
    };
    const auto loop = mail.received_lines > limits.received_lines
                          ? "it has passed " + std::to_string(mail.received_lines) + " servers: a loop"
                          : std::string();
    if (!is(MailKind::report, why_report(tree, mail)) && !is(MailKind::bounce, why_bounce(tree, mail)) &&
        !is(MailKind::loop, loop))
        is(MailKind::auto_reply, why_auto_reply(tree, mail));
    mail.no_answer_because = why_no_answer(tree, mail);
}

}  // namespace hearback
