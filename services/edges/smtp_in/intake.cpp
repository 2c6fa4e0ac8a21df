#include "edges/smtp_in/intake.hpp"

#include <algorithm>

#include "events/codec.hpp"
#include "kernel/text.hpp"
#include "log/sha256.hpp"
#include "vault/vault.hpp"
#include "words/thanks.hpp"

namespace hearback {

namespace {

/// What of a mail travels in its record; all of it is in the raw bytes.
constexpr std::size_t text_bytes_max = 12 * 1024;
constexpr std::size_t header_bytes_max = 1024;
constexpr std::size_t references_max = 30;
constexpr std::size_t parts_max = 60;

std::string_view domain_of(std::string_view address) {
    const auto at = address.rfind('@');
    return at == address.npos ? std::string_view{} : address.substr(at + 1);
}

/// `send-team@council.example` of `Send-Team+anything@council.example`.
std::string without_tag(std::string_view address) {
    auto plain = lower_case(address);
    const auto at = plain.rfind('@'), plus = plain.find('+');
    if (at != plain.npos && plus < at) plain.erase(plus, at - plus);
    return plain;
}

bool is_one_of(const std::vector<std::string>& mailboxes, std::string_view address) {
    return std::find(mailboxes.begin(), mailboxes.end(), without_tag(address)) != mailboxes.end();
}

/// Only in copy: one of our mailboxes stands in Cc, none in To, and nobody of our house is in To either.
bool copy_only(const Mail& mail, const std::vector<std::string>& mailboxes) {
    const auto ours = [&](const MailAddress& a) { return is_one_of(mailboxes, a.address); };
    const auto our_house = [&](const MailAddress& a) {
        return std::any_of(mailboxes.begin(), mailboxes.end(), [&](const auto& box) { return lower_case(domain_of(a.address)) == domain_of(box); });
    };
    return std::any_of(mail.cc.begin(), mail.cc.end(), ours) && std::none_of(mail.to.begin(), mail.to.end(), our_house);
}

MessageKind kind_of(const Mail& mail) {
    switch (mail.kind) {
        case MailKind::auto_reply: return MessageKind::auto_reply;
        case MailKind::bounce: return MessageKind::bounce;
        case MailKind::report: return MessageKind::report;
        case MailKind::loop: return MessageKind::loop;
        case MailKind::person: break;
    }
    return MessageKind::person;
}

void add_references(MailArrived& arrived, const Mail& mail, const std::vector<std::string>& mailboxes) {
    const auto add = [&](const std::string& id) {
        if (id.empty() || arrived.refers_to.size() == references_max) return;
        auto reference = thread_reference(id, mailboxes);
        if (std::find(arrived.refers_to.begin(), arrived.refers_to.end(), reference) == arrived.refers_to.end())
            arrived.refers_to.push_back(std::move(reference));
    };
    add(mail.in_reply_to);
    std::for_each(mail.references.rbegin(), mail.references.rend(), add);
}

void add_return(MailArrived& arrived, const Mail& mail, const std::vector<std::string>& mailboxes) {
    const auto reference = thread_reference(mail.reported_message_id, mailboxes);
    if (mail.kind != MailKind::bounce || !reference.starts_with("own/")) return;
    arrived.failed_message = {reference.substr(4)};
    for (const auto& failure : mail.deliveries) {
        arrived.failed_for_good = arrived.failed_for_good || failure.action == "failed" || failure.hard;
        if (arrived.failed_status.empty()) arrived.failed_status = failure.status;
    }
}

bool is_attachment(const MailPart& part) { return !part.is_body && !part.name.empty(); }

/// Never nothing to see: what cannot be parsed shows what it is and why.
std::string shown_text(const Mail& mail) {
    if (!mail.shown_text.empty()) return mail.shown_text;
    if (!mail.text.empty()) return mail.text;
    if (!mail.html_text.empty()) return mail.html_text;
    if (!mail.unreadable.empty()) return "This email could not be read: " + mail.unreadable + " Open it as it came.";
    return std::any_of(mail.parts.begin(), mail.parts.end(), is_attachment) ? "This email has no words, only attachments." : "This email has no words.";
}

MailArrived arrived_of(const Mail& mail, const SmtpEnvelope& envelope, const std::vector<std::string>& mailboxes) {
    MailArrived arrived{.mail_kind = kind_of(mail), .kind_because = cut_to(mail.kind_reason, 300),
                        .no_automatic_answer = !mail.no_answer_because.empty() || envelope.sender.empty(),
                        .copy_only = copy_only(mail, mailboxes), .unreadable = cut_to(mail.unreadable, 300),
                        .envelope_from = cut_to(envelope.sender, header_bytes_max)};
    const MailAddress from = mail.from.empty() ? MailAddress{{}, envelope.sender} : mail.from.front();
    arrived.from_address = cut_to(from.address, header_bytes_max);
    arrived.from_name = cut_to(from.name, header_bytes_max);
    if (!mail.message_id.empty()) arrived.message_ref = thread_reference(mail.message_id, mailboxes);
    arrived.mail_id = cut_to(mail.message_id, header_bytes_max);
    arrived.subject = cut_to(mail.subject, header_bytes_max);
    const auto text = shown_text(mail);
    arrived.text = cut_to(text, text_bytes_max);
    arrived.text_is_cut = text.size() > text_bytes_max;
    std::vector<Attachment> parts;
    for (const auto& part : mail.parts)
        if (is_attachment(part) && parts.size() < parts_max)
            parts.push_back({.name = cut_to(part.name, 200), .content_type = cut_to(part.content_type, 100), .bytes = std::int64_t(part.bytes), .sha256 = part.sha256});
    arrived.thanks_only = parts.empty() && seems_thanks_only(text);
    arrived.parts = std::move(parts);
    if (std::any_of(mail.delivered_to.begin(), mail.delivered_to.end(), [&](const auto& before) { return is_one_of(mailboxes, before); })) {
        arrived.mail_kind = MessageKind::loop;
        arrived.kind_because = "it had been delivered to this address before";
        arrived.no_automatic_answer = true;
    }
    add_references(arrived, mail, mailboxes);
    add_return(arrived, mail, mailboxes);
    return arrived;
}

}  // namespace

std::string inbox_id(const SmtpEnvelope& envelope, std::string_view raw) {
    Sha256 hash;
    hash.add(envelope.sender);
    auto recipients = envelope.recipients;
    std::sort(recipients.begin(), recipients.end());
    for (const auto& each : recipients) {
        hash.add("\n");
        hash.add(each);
    }
    hash.add("\n\n");
    hash.add(raw);
    return hash.hex();
}

std::string thread_reference(std::string_view message_id, const std::vector<std::string>& mailboxes) {
    if (message_id.empty()) return {};
    const auto at = message_id.rfind('@');
    const bool our_house = std::any_of(mailboxes.begin(), mailboxes.end(), [&](const auto& box) { return lower_case(domain_of(message_id)) == domain_of(box); });
    if (at != message_id.npos && our_house && (message_id.starts_with("m-") || message_id.starts_with("r-")))
        return "own/" + std::string(message_id.substr(0, at));
    return sha256_hex(message_id).substr(0, 32);
}

MailIntake::MailIntake(Log& log, Seal& seal, ReaderPool& readers, const ReplyTokens& tokens, const Clock& clock, IntakeSettings settings)
    : log_(log), seal_(seal), readers_(readers), tokens_(tokens), clock_(clock), settings_(std::move(settings)) {}

SmtpVerdict MailIntake::deliver(const SmtpEnvelope& envelope, std::string_view raw) {
    auto arrived = arrived_of(readers_.read(raw), envelope, settings_.mailboxes);
    for (const auto& recipient : envelope.recipients) {
        if (arrived.mailbox.empty() && is_one_of(settings_.mailboxes, recipient)) arrived.mailbox = without_tag(recipient);
        if (const auto conversation = tokens_.conversation(recipient)) arrived.token_conversation = {"c-" + *conversation};
    }
    if (arrived.mailbox.empty()) arrived.mailbox = settings_.mailboxes.front();
    arrived.received_at = clock_.now();
    auto sealed = seal_blob(raw);
    arrived.raw = sealed.ref;
    try {
        const Heard heard{.id = inbox_id(envelope, raw), .time = arrived.received_at, .event = std::move(arrived)};
        const Entry entry{Topic::inbox, encode_input(heard, settings_.authority, seal_)};
        log_.append({&entry, 1}, {&sealed.blob, 1});
        return {};
    } catch (const LogError& e) {
        // Whatever it is, the sender's server keeps the mail and comes again: nothing is lost.
        return {e.kind() == LogError::Kind::unavailable ? SmtpVerdict::storage_full : SmtpVerdict::try_later, "We cannot keep mail safely at the moment"};
    }
}

}  // namespace hearback
