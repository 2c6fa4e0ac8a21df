#include "edges/smtp_in/connection.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <sys/socket.h>

#include <utility>
#include <vector>

namespace hearback {
namespace {

constexpr std::size_t buffer_bytes = 64u << 10, drained_bytes_max = 1u << 20;
constexpr std::chrono::milliseconds send_limit{60'000}, goodbye_limit{1'000};

Poco::Timespan span(std::chrono::milliseconds time) { return Poco::Timespan(time.count() * 1000); }

}  // namespace

SmtpConnection::SmtpConnection(const Poco::Net::StreamSocket& socket, SmtpHall& hall)
    : TCPServerConnection(socket),
      hall_(hall),
      wire_(socket),
      handle_(socket.impl()->sockfd()),
      session_(hall.settings, socket.peerAddress().host().toString(), hall.health),
      session_ends_(hall.settings.limits.session),
      data_ends_(hall.settings.limits.data) {}

void SmtpConnection::run() {
    const auto address = session_.envelope().client_address;
    hall_.enter(*this, address);
    try {
        talk();
    } catch (const std::exception&) {
        // The line broke, or TLS failed: there is no one to tell. A mail counts only once its 250 was decided.
    }
    hall_.leave(*this, address);
}

void SmtpConnection::wake(bool even_within_mail) {
    if (even_within_mail || !within_mail_) ::shutdown(handle_, even_within_mail ? SHUT_RDWR : SHUT_RD);
}

int SmtpConnection::receive(char* to, int size) {
    try {
        return wire_.receiveBytes(to, size);
    } catch (const Poco::TimeoutException&) {
        return -1;
    }
}

bool SmtpConnection::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const int sent = wire_.sendBytes(bytes.data(), int(bytes.size()));
        if (sent <= 0) return false;
        bytes.remove_prefix(std::size_t(sent));
    }
    return true;
}

void SmtpConnection::talk() {
    const auto& limits = hall_.settings.limits;
    wire_.setNoDelay(true);
    wire_.setReceiveTimeout(span(limits.idle));
    wire_.setSendTimeout(span(send_limit));
    if (!send(session_.greeting())) return;
    std::vector<char> buffer(buffer_bytes);
    std::string replies;
    while (true) {
        const int got = receive(buffer.data(), int(buffer.size()));
        if (got <= 0) {
            if (got < 0)
                send(SmtpSession::farewell("no word for too long, closing"));
            else if (hall_.stopping())
                send(SmtpSession::farewell("this server is stopping, come again"));
            return;
        }
        std::string_view input(buffer.data(), std::size_t(got));
        auto act = SmtpSession::Act::read;
        while (act == SmtpSession::Act::read && !input.empty()) act = obey(input, replies);
        if (act == SmtpSession::Act::read && (session_.in_data() ? data_ends_.passed() : session_ends_.passed())) {
            replies += SmtpSession::farewell("this takes too long, closing");
            act = SmtpSession::Act::close;
        }
        if (!send(std::exchange(replies, {}))) return;
        if (act == SmtpSession::Act::start_tls) start_tls();
        if (act == SmtpSession::Act::close) return close_politely();
    }
}

SmtpSession::Act SmtpConnection::obey(std::string_view& input, std::string& replies) {
    const bool was_in_data = session_.in_data();
    auto act = session_.take(input, replies);
    if (act == SmtpSession::Act::deliver) {
        session_.delivered(deliver(), replies);
        act = SmtpSession::Act::read;
        if (hall_.stopping()) {
            replies += SmtpSession::farewell("this server is stopping, come again");
            act = SmtpSession::Act::close;
        }
    }
    if (!was_in_data && session_.in_data()) data_ends_ = Deadline(hall_.settings.limits.data);
    within_mail_ = session_.in_transaction();
    return act;
}

SmtpVerdict SmtpConnection::deliver() {
    try {
        return hall_.deliver(session_.envelope(), session_.message());
    } catch (const std::exception&) {
        return {SmtpVerdict::try_later, {}};
    }
}

void SmtpConnection::start_tls() {
    auto secure = Poco::Net::SecureStreamSocket::attach(wire_, hall_.tls);
    secure.setReceiveTimeout(span(hall_.settings.limits.idle));
    secure.setSendTimeout(span(send_limit));
    secure.completeHandshake();
    wire_ = secure;
    session_.tls_started();
}

/// A socket closed with bytes unread resets the line, and our last reply with it.
void SmtpConnection::close_politely() {
    if (wire_.secure()) return wire_.shutdown();
    wire_.shutdownSend();
    wire_.setReceiveTimeout(span(goodbye_limit));
    std::vector<char> buffer(buffer_bytes);
    const Deadline end(goodbye_limit);
    for (std::size_t drained = 0; drained < drained_bytes_max && !end.passed();) {
        const int got = receive(buffer.data(), int(buffer.size()));
        if (got <= 0) return;
        drained += std::size_t(got);
    }
}

}  // namespace hearback
