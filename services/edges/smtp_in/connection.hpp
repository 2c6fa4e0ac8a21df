// One client on its own thread: drives the pure session over a socket, keeps its times, and never lets an exception
// out.
#pragma once

#include <Poco/Net/StreamSocket.h>
#include <Poco/Net/TCPServerConnection.h>

#include <atomic>
#include <string>
#include <string_view>

#include "edges/smtp_in/hall.hpp"
#include "edges/smtp_in/session.hpp"
#include "runtime/deadline.hpp"

namespace hearback {

class SmtpConnection : public Poco::Net::TCPServerConnection {
  public:
    SmtpConnection(const Poco::Net::StreamSocket& socket, SmtpHall& hall);

    void run() override;
    /// From another thread: ends waiting for the client. With a mail under way only when `even_within_mail`.
    void wake(bool even_within_mail);

  private:
    void talk();
    /// Bytes received, 0 at the end, negative when the time is up.
    int receive(char* to, int size);
    bool send(std::string_view);
    SmtpSession::Act obey(std::string_view& input, std::string& replies);
    SmtpVerdict deliver();
    void start_tls();
    void close_politely();

    SmtpHall& hall_;
    Poco::Net::StreamSocket wire_;
    const int handle_;
    SmtpSession session_;
    Deadline session_ends_, data_ends_;
    std::atomic<bool> within_mail_ = false;
};

}  // namespace hearback
