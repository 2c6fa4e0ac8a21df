// Writes an email: RFC 5322 with a text and an HTML body (multipart/alternative), both UTF-8 as quoted-printable.
// The same input gives the same bytes, on any machine. Lines end in CR LF; no value can begin a header of its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/instant.hpp"
#include "mail/mail.hpp"

namespace hearback {

struct OutgoingMail {
    MailAddress from, to;
    std::string reply_to;  ///< addr-spec; empty for none
    std::string subject;
    Instant date{};                       ///< written with London's offset at that instant
    std::string message_id, in_reply_to;  ///< without angle brackets; in_reply_to may be empty
    std::vector<std::string> references;  ///< oldest first; the first and the last 20 are written
    /// An answer by rule, not by a person: RFC 3834 Auto-Submitted, and the request to others not to answer it.
    bool automatic = false;
    std::string text, html;  ///< html may be empty: then the mail is text alone
};

/// Throws std::invalid_argument for an address that is none (see is_plain_address) or an empty Message-ID.
std::string write_mail(const OutgoingMail&);

/// local@domain, without blanks, control characters, brackets, commas or quotes: what may stand in an envelope.
bool is_plain_address(std::string_view);

}  // namespace hearback
