// What an email says, as plain data: decoded to UTF-8, and never less than a person could read in the raw bytes.
// Nothing here is trusted: names, addresses and dates are the sender's claims. Times are UTC. The rules kept are those
// of RFC 5322 (headers), RFC 2045 to 2049 (MIME), RFC 3464 (delivery reports) and RFC 3834 (automatic answers).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/instant.hpp"

namespace hearback {

struct MailAddress {
    std::string name;     ///< display name, decoded; may be empty
    std::string address;  ///< addr-spec as written, without angle brackets; compare without case
    bool operator==(const MailAddress&) const = default;
};

enum class MailKind { person, auto_reply, bounce, report, loop };
/// "person", "auto-reply", "bounce", "report", "loop".
std::string_view to_words(MailKind);

/// A leaf of the MIME tree. Its content is read again from the raw mail when it is wanted (read_part).
struct MailPart {
    std::string name;          ///< file name made safe to show and to store; empty when the mail gives none
    std::string content_type;  ///< "application/pdf", lower case
    std::string content_id;    ///< without angle brackets
    std::uint64_t bytes = 0;   ///< decoded
    std::string sha256;        ///< of the decoded bytes, lower-case hex
    bool is_body = false;      ///< it is `text` or the HTML beside it, not an attachment
    bool is_inner = false;     ///< it belongs to a mail that is attached to this one
    bool operator==(const MailPart&) const = default;
};

/// What became of a message to one recipient, by a delivery report.
struct DeliveryFailure {
    std::string recipient;           ///< final recipient, as reported; may be empty
    std::string original_recipient;  ///< as we had written it, when the report says
    std::string action;              ///< failed, delayed, delivered, relayed, expanded
    std::string status;              ///< RFC 3463 "5.1.1"; empty when the report gives none
    std::string diagnostic;          ///< the other server's words
    bool hard = false;               ///< the address itself is bad: do not write to it again
    bool operator==(const DeliveryFailure&) const = default;
};

struct Mail {
    std::vector<MailAddress> from, reply_to, to, cc;  ///< of a mail with two From lines all, with a warning
    std::string sender;                               ///< addr-spec of Sender, empty without one
    std::string subject;
    std::optional<Instant> date;  ///< the sender's clock; nothing when there is none that can be read
    std::string message_id;       ///< without angle brackets, like the two below
    std::string in_reply_to;
    std::vector<std::string> references;  ///< oldest first

    std::string auto_submitted;              ///< RFC 3834 keyword, lower case; empty without the header
    std::string precedence;                  ///< lower case
    std::vector<std::string> list_ids;       ///< List-Id and its kin, as written
    std::optional<std::string> return_path;  ///< addr-spec; empty for the null sender; nothing without a header
    std::vector<std::string> delivered_to;   ///< who had this mail before us (RFC 9228): our own address means a loop
    std::vector<std::string> authentication_results;  ///< unfolded; only our own server's name may be believed
    std::uint64_t received_lines = 0;

    MailKind kind = MailKind::person;
    std::string kind_reason;  ///< in words, for a screen
    /// Why no automatic answer may go out (RFC 3834 section 2); empty when one may.
    std::string no_answer_because;
    std::vector<DeliveryFailure> deliveries;
    std::string reported_message_id;  ///< Message-ID of the mail that a bounce or report is about

    std::string text;  ///< the first text/plain body
    bool has_html = false;
    std::string html_text;   ///< the words of the first HTML body
    std::string shown_text;  ///< what the sender wrote anew: quoted history and signature folded away
    std::vector<MailPart> parts;

    std::string unreadable;             ///< why parsing failed or stopped early; empty when all is well
    std::vector<std::string> warnings;  ///< "two From lines"...

    bool operator==(const Mail&) const = default;
};

}  // namespace hearback
