// Listens for mail: SMTP over TCP, a thread a connection, STARTTLS offered. A mail is answered 250 only by what
// `deliver` says; everything that a client may use up has a limit (limits.hpp).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "edges/smtp_in/session.hpp"

namespace hearback {

struct SmtpListener {
    std::string address = "127.0.0.1";
    std::uint16_t port = 25;  ///< 0: any free one, see SmtpIn::port
    /// PEM files. When both are empty a self-signed certificate is made at start, which keeps out listeners, not liars.
    std::string certificate_file, key_file;
};

class SmtpIn {
  public:
    /// Called on the connection's thread, by many at once; `taken` means that mail and record are durable.
    /// An exception is answered 451: the client keeps the mail and comes again.
    using Deliver = std::function<SmtpVerdict(const SmtpEnvelope&, std::string_view raw)>;

    /// Throws when the port cannot be had or the certificate cannot be read. Serves from `start` on.
    SmtpIn(SmtpListener, SmtpSettings, Deliver, SmtpSession::Health = {});
    ~SmtpIn();

    void start();
    /// Stops listening, lets mails under way end (limits.stop_grace), closes the rest with 421.
    void stop();
    std::uint16_t port() const;
    std::size_t connections() const;

  private:
    struct Server;
    std::unique_ptr<Server> server_;
};

}  // namespace hearback
