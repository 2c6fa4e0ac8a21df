// From a mail on the wire to a record in the inbox: read, seal, append; and only then may it be answered 250.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "edges/smtp_in/session.hpp"
#include "events/seal.hpp"
#include "log/log.hpp"
#include "mail/reader_pool.hpp"
#include "mail/reply_token.hpp"
#include "runtime/clock.hpp"

namespace hearback {

struct IntakeSettings {
    std::string authority;
    std::vector<std::string> mailboxes;  ///< our addresses, lower case
};

/// Thread-safe.
class MailIntake {
  public:
    MailIntake(Log&, Seal&, ReaderPool&, const ReplyTokens&, const Clock&, IntakeSettings);

    /// `taken` when the raw mail and the inbox record are durable; a repeat of the same bytes gets the same id.
    SmtpVerdict deliver(const SmtpEnvelope&, std::string_view raw);

  private:
    Log& log_;
    Seal& seal_;
    ReaderPool& readers_;
    const ReplyTokens& tokens_;
    const Clock& clock_;
    IntakeSettings settings_;
};

/// SHA-256 of envelope sender, sorted recipients and the bytes after DATA.
std::string inbox_id(const SmtpEnvelope&, std::string_view raw);
/// What other mails' references are compared by: `own/<message>` for ours, else a hash of the Message-ID.
std::string thread_reference(std::string_view message_id, const std::vector<std::string>& mailboxes);

}  // namespace hearback
