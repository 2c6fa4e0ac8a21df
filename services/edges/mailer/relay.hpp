// Hands one mail to one recipient over to a relay by SMTP (libcurl), and says exactly what is known afterwards.
// The connection is kept between mails. An object is for one thread at a time; several may run side by side.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace hearback {

struct RelaySettings {
    /// `required` checks the certificate; `opportunistic` encrypts when it can, and whoever answers is believed.
    enum class Tls { none, opportunistic, required };

    std::string host = "127.0.0.1";
    std::uint16_t port = 25;
    Tls tls = Tls::required;
    std::string ca_file;         ///< PEM; empty: the system's
    std::string user, password;  ///< empty: no log-in. Refused without `required`, but for a relay on this machine.
    std::string hello_name = "localhost";
    std::chrono::milliseconds connect_timeout{10'000};
    std::chrono::milliseconds reply_timeout{60'000};  ///< for each reply of the relay, rounded up to seconds
    std::chrono::milliseconds total_timeout{300'000};
};

struct RelayEnvelope {
    std::string sender;     ///< empty: the null sender
    std::string recipient;  ///< one, so that the reply is about this person
};

struct RelayOutcome {
    enum class Kind {
        sent,       ///< the relay said 250 after the dot
        refused,    ///< it refused this recipient or this mail for good (5xx)
        try_later,  ///< surely not taken: nothing, or not the whole mail, reached the relay, or it said 4xx
        uncertain,  ///< it died between the mark and its reply: it may have the mail
        not_sent    ///< `before_peer` said no, or the addresses cannot stand in an envelope
    };
    Kind kind = Kind::try_later;
    int code = 0;       ///< the reply's code, 0 without one
    std::string words;  ///< the relay's last reply, or what went wrong
    /// The relay's own fault (5xx at greeting, EHLO, STARTTLS, log-in or MAIL): says nothing about the recipient.
    bool relay_unwell = false;
};

class Relay {
  public:
    /// Throws std::invalid_argument for settings that would send a password in clear.
    explicit Relay(RelaySettings);
    ~Relay();
    Relay(Relay&&) noexcept;

    /// `before_peer` is asked before a connection is opened and again right before MAIL: false ends it (not_sent).
    /// `before_final_dot` runs before the last bytes of the mail are handed over: what ends before it has returned was
    /// surely not taken. An exception from it ends the transfer (try_later) and closes the connection.
    /// Never throws for what a peer or network does. `bytes` has CR LF line ends; dots are stuffed here.
    RelayOutcome send(const RelayEnvelope&, std::string_view bytes, const std::function<bool()>& before_peer,
                      const std::function<void()>& before_final_dot);

  private:
    struct Wire;
    std::unique_ptr<Wire> wire_;
};

}  // namespace hearback
