// Serves the pages and the API over HTTP on one address. Loopback only, as long as people sign in by picking a name.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "edges/web/http.hpp"

namespace hearback {

struct WebListener {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;
    bool may_be_framed = false;  ///< by pages of the same origin, as a demo does; else by none (CSP frame-ancestors)
};

class WebServer {
  public:
    using Handler = std::function<Response(const Request&)>;
    /// Throws std::runtime_error with one sentence when the port cannot be had. An exception of the handler is answered
    /// 503 when it is the log's, else 500, and told to `trouble`.
    WebServer(WebListener, Handler, std::function<void(std::string_view)> trouble);
    ~WebServer();
    void stop();
    std::uint16_t port() const;

  private:
    struct Server;
    std::unique_ptr<Server> server_;
};

}  // namespace hearback
