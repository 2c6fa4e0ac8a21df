#include "edges/smtp_in/smtp_in.hpp"

#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/Net/TCPServerConnectionFactory.h>
#include <Poco/ThreadPool.h>

#include <stdexcept>

#include "edges/smtp_in/certificate.hpp"
#include "edges/smtp_in/connection.hpp"
#include "edges/smtp_in/hall.hpp"

namespace hearback {
namespace {

constexpr int threads_kept = 16, thread_idle_seconds = 60, thread_stack_bytes = 512 << 10, backlog = 512;

class Factory : public Poco::Net::TCPServerConnectionFactory {
  public:
    explicit Factory(SmtpHall& hall) : hall_(hall) {}
    Poco::Net::TCPServerConnection* createConnection(const Poco::Net::StreamSocket& socket) override {
        return new SmtpConnection(socket, hall_);
    }

  private:
    SmtpHall& hall_;
};

class Door : public Poco::Net::TCPServerConnectionFilter {
  public:
    explicit Door(SmtpHall& hall) : hall_(hall) {}
    bool accept(const Poco::Net::StreamSocket& socket) override {
        try {
            if (hall_.has_room(socket.peerAddress().host().toString())) return true;
            const std::string reply = "421 4.7.0 too many connections, come again later\r\n";
            Poco::Net::StreamSocket(socket).sendBytes(reply.data(), int(reply.size()));
        } catch (const std::exception&) {
            // The client has gone already.
        }
        return false;
    }

  private:
    SmtpHall& hall_;
};

Poco::Net::TCPServerParams::Ptr parameters(const SmtpLimits& limits) {
    Poco::Net::TCPServerParams::Ptr made(new Poco::Net::TCPServerParams);
    made->setMaxThreads(int(limits.connections));
    made->setMaxQueued(backlog);
    made->setThreadIdleTime(Poco::Timespan(1, 0));
    return made;
}

Poco::Net::ServerSocket socket_on(const SmtpListener& listener) {
    try {
        return Poco::Net::ServerSocket(Poco::Net::SocketAddress(listener.address, listener.port), backlog);
    } catch (const Poco::Exception&) {
        throw std::runtime_error("Port " + std::to_string(listener.port) + " on " + listener.address +
                                 " is taken or not ours: choose another with --set smtp_in.listen=127.0.0.1:2525");
    }
}

}  // namespace

struct SmtpIn::Server {
    Server(const SmtpListener& listener, SmtpSettings settings, Deliver deliver, SmtpSession::Health health)
        : hall(settings, std::move(deliver), std::move(health),
               settings.offer_tls ? server_tls(listener.certificate_file, listener.key_file, settings.host_name)
                                  : Poco::Net::Context::Ptr()),
          threads("smtp", threads_kept, int(settings.limits.connections), thread_idle_seconds, thread_stack_bytes),
          socket(socket_on(listener)),
          tcp(new Factory(hall), threads, socket, parameters(settings.limits)) {
        tcp.setConnectionFilter(new Door(hall));
    }

    SmtpHall hall;
    Poco::ThreadPool threads;
    Poco::Net::ServerSocket socket;
    Poco::Net::TCPServer tcp;
    bool running = false;
};

SmtpIn::SmtpIn(SmtpListener listener, SmtpSettings settings, Deliver deliver, SmtpSession::Health health)
    : server_(std::make_unique<Server>(listener, std::move(settings), std::move(deliver), std::move(health))) {}

SmtpIn::~SmtpIn() { stop(); }

void SmtpIn::start() {
    server_->tcp.start();
    server_->running = true;
}

void SmtpIn::stop() {
    if (!server_->running) return;
    server_->running = false;
    server_->tcp.stop();
    server_->socket.close();
    server_->hall.empty();
}

std::uint16_t SmtpIn::port() const { return server_->socket.address().port(); }
std::size_t SmtpIn::connections() const { return server_->hall.count(); }

}  // namespace hearback
