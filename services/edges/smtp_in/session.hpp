// One ESMTP dialogue (RFC 5321 with SIZE, 8BITMIME, SMTPUTF8, PIPELINING, STARTTLS, ENHANCEDSTATUSCODES): bytes in,
// replies and acts out. No socket, no clock: who drives it keeps the times.
// Mail is for the configured mailboxes alone (`name+anything@` included); nothing is relayed for anybody. A mail ends
// at CR LF . CR LF and nowhere else; one that holds a bare CR or LF is refused whole.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "edges/smtp_in/limits.hpp"
#include "edges/smtp_in/message_buffer.hpp"

namespace hearback {

struct SmtpEnvelope {
    std::string sender;                   ///< empty for the null sender of delivery reports
    std::vector<std::string> recipients;  ///< as the client wrote them, `+tag` kept
    std::string client_name;              ///< what it said in EHLO: a claim
    std::string client_address;           ///< IP address of the peer
    bool encrypted = false;
};

/// What became of a mail that was offered. `words` follow the code; empty for the usual ones.
struct SmtpVerdict {
    enum Kind { taken, try_later, storage_full, too_big, refused } kind = taken;
    std::string words = {};
};

struct SmtpSettings {
    std::string host_name = "localhost";  ///< how we name ourselves
    std::vector<std::string> mailboxes;   ///< local@domain; postmaster of each domain is taken too
    bool offer_tls = true;
    SmtpLimits limits = {};
};

class SmtpSession {
  public:
    enum class Act {
        read,       ///< send the replies, then bring more bytes
        deliver,    ///< `envelope()` and `message()` are a whole mail: say what became of it with `delivered`
        start_tls,  ///< send the replies, drop what else has come, do the handshake, then call `tls_started`
        close       ///< send the replies and close
    };
    /// Asked at each MAIL: a verdict other than taken (the disk or the log is unwell) refuses it for now.
    using Health = std::function<SmtpVerdict()>;

    SmtpSession(const SmtpSettings&, std::string client_address, Health = {});

    std::string greeting() const;
    /// Takes bytes off the front of `input` until an act is due. `replies` grows in the order of the commands.
    Act take(std::string_view& input, std::string& replies);
    void delivered(const SmtpVerdict&, std::string& replies);
    void tls_started();
    /// What to say when time is up or we stop: 421 and the reason.
    static std::string farewell(std::string_view reason);

    bool in_data() const { return state_ == State::data; }
    bool in_transaction() const { return has_sender_; }
    const SmtpEnvelope& envelope() const { return envelope_; }
    /// The mail as sent: dots unstuffed, every line ended by CR LF, no header of ours.
    std::string_view message() const { return message_.view(); }

  private:
    enum class State { command, data };
    enum class Line { start, dot, dot_cr, middle, cr };

    Act command(std::string_view line, bool more_follows, std::string& replies);
    Act hello(std::string_view argument, bool extended, std::string& replies);
    void mail(std::string_view argument, std::string& replies);
    bool mail_parameter(std::string_view parameter, std::string& refusal);
    void recipient(std::string_view argument, std::string& replies);
    Act data(bool more_follows, std::string& replies);
    bool is_ours(std::string_view address) const;
    bool take_data(std::string_view& input);
    void keep(std::string_view bytes);
    Act end_of_data(std::string& replies);
    Act refuse(std::string& replies, std::string_view reply);
    void reset();

    const SmtpSettings& settings_;
    Health health_;
    SmtpEnvelope envelope_;
    std::string line_;
    MessageBuffer message_;
    std::size_t errors_ = 0, idle_commands_ = 0, data_bytes_ = 0;
    State state_ = State::command;
    Line at_ = Line::start;
    bool said_hello_ = false, has_sender_ = false, sender_is_utf8_ = false, bare_newline_ = false, overlong_ = false;
};

}  // namespace hearback
