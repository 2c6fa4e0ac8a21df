#include "edges/web/server.hpp"

#include <Poco/Net/HTMLForm.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/MessageHeader.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/PartHandler.h>
#include <Poco/StreamCopier.h>
#include <Poco/ThreadPool.h>
#include <Poco/URI.h>

#include "edges/web/api/problem.hpp"
#include "log/log.hpp"
#include "runtime/config.hpp"

namespace hearback {

namespace {

using namespace Poco::Net;

constexpr std::streamsize body_bytes_max = 1024 * 1024, files_bytes_max = 12 * 1024 * 1024, files_in_json_bytes_max = files_bytes_max * 4 / 3, drained_bytes_max = 64 * 1024 * 1024;

/// Framing that proxies and servers read differently is refused (RFC 9112 6.3; Poco 1.11 takes it).
bool framing_is_plain(const HTTPServerRequest& request) {
    int lengths = 0, encodings = 0, hosts = 0;
    for (const auto& [name, value] : request) {
        const auto is = [&, key = &name](const char* wanted) { return Poco::icompare(*key, wanted) == 0; };
        if (is("Content-Length")) {
            ++lengths;
            if (value.empty() || value.find_first_not_of("0123456789") != value.npos) return false;
        }
        encodings += is("Transfer-Encoding");
        hosts += is("Host");
    }
    return lengths <= 1 && encodings == 0 && hosts == 1;
}

/// A page from elsewhere whose name was made to lead to this machine (DNS rebinding) would be of one origin with ours.
bool means_this_machine(const HTTPServerRequest& request) {
    const auto host = request.getHost();
    const auto colon = host.rfind(':');
    return is_loopback(std::string_view(host).substr(0, colon == host.npos || host.ends_with(']') ? host.npos : colon));
}

std::streamsize most_of(const HTTPServerRequest& request) {
    if (request.getContentType().starts_with("multipart/form-data")) return files_bytes_max;
    return request.getURI().starts_with("/api/letters") ? files_in_json_bytes_max : body_bytes_max;  // a scan comes in base64
}

/// Most clients look at an answer only when they have sent everything: what is too long is read to its end, within reason.
bool too_long(HTTPServerRequest& request) {
    if (request.getContentLength64() <= most_of(request)) return false;
    request.stream().ignore(drained_bytes_max);
    return true;
}

bool is_at_its_end(HTTPServerRequest& request) { return !request.hasContentLength() || request.stream().peek() == std::char_traits<char>::eof(); }

/// What cannot be answered by a handler: a problem for machines, a sentence for people.
Response not_answered(const HTTPServerRequest& request, int status, std::string_view type, std::string title, std::string detail) {
    if (is_for_machines(request.getURI())) return problem(status, type, std::move(title), std::move(detail));
    return {.status = status, .content_type = "text/plain; charset=utf-8", .body = title + ". " + detail + "\n"};
}

/// Takes the files of a form into memory: their sum is bounded by the request's own length.
class FilesOfForm : public PartHandler {
  public:
    explicit FilesOfForm(Request& into) : into_(into) {}
    void handlePart(const MessageHeader& header, std::istream& stream) override {
        std::string disposition;
        NameValueCollection names;
        MessageHeader::splitParameters(header.get("Content-Disposition", ""), disposition, names);
        SentFile file{.name = names.get("filename", ""), .content_type = header.get("Content-Type", ""), .bytes = {}};
        Poco::StreamCopier::copyToString(stream, file.bytes);
        if (!file.bytes.empty()) into_.files[names.get("name", "")] = std::move(file);
    }

  private:
    Request& into_;
};

/// One that says nothing is not the same as none.
std::optional<std::string> header_of(const HTTPServerRequest& from, const std::string& name) { return from.has(name) ? std::optional(from.get(name)) : std::nullopt; }

Request read(HTTPServerRequest& from) {
    const Poco::URI uri(from.getURI());
    Request request{.method = from.getMethod(), .path = uri.getPath(), .query = {}, .form = {}, .cookies = {}, .content_type = from.getContentType(), .body = {},
                    .if_none_match = from.get("If-None-Match", ""), .authorization = from.get("Authorization", ""), .staff_header = header_of(from, "X-Hearback-Staff"), .idempotency_key = header_of(from, "Idempotency-Key")};
    for (const auto& [name, value] : uri.getQueryParameters()) request.query[name] = value;
    NameValueCollection cookies;
    from.getCookies(cookies);
    for (const auto& [name, value] : cookies) request.cookies[name] = value;
    if (from.getContentLength64() > most_of(from)) return request;
    if (request.content_type.starts_with("application/x-www-form-urlencoded") || request.content_type.starts_with("multipart/form-data")) {
        HTMLForm form;
        form.setFieldLimit(500);
        FilesOfForm files(request);
        form.load(from, from.stream(), files);
        for (const auto& [name, value] : form) request.form[name] = value;
    } else if (from.getContentLength64() > 0) {
        Poco::StreamCopier::copyToString(from.stream(), request.body);
    }
    return request;
}

/// Strict: no inline script or style, nothing from elsewhere (Content Security Policy Level 3).
std::string policy(bool may_be_framed) {
    return std::string("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ") + (may_be_framed ? "'self'" : "'none'");
}

void write(const Response& from, HTTPServerResponse& to, const std::string& policy, bool head) {
    to.setStatus(HTTPResponse::HTTPStatus(from.status));
    to.setReason(HTTPResponse::getReasonForStatus(HTTPResponse::HTTPStatus(from.status)));
    to.setContentType(from.content_type);
    to.set("Content-Security-Policy", policy);
    to.set("X-Content-Type-Options", "nosniff");
    to.set("Referrer-Policy", "same-origin");
    to.set("Cache-Control", "no-store");
    for (const auto& [name, value] : from.headers) to.set(name, value);
    if (head || from.status == 304 || from.status == 204) {
        to.setContentLength64(0);
        to.send();
        return;
    }
    to.sendBuffer(from.body.data(), from.body.size());
}

class OneRequest : public HTTPRequestHandler {
  public:
    OneRequest(const WebServer::Handler& handler, const std::function<void(std::string_view)>& trouble, const std::string& policy) : handler_(handler), trouble_(trouble), policy_(policy) {}

    void handleRequest(HTTPServerRequest& request, HTTPServerResponse& response) override {
        Response answer;
        bool all_read = false;
        const auto not_done = [&](auto... words) { answer = not_answered(request, words...); };
        try {
            if (!framing_is_plain(request)) not_done(400, "bad-request", "This request is not plain enough", "Send one Host, at most one Content-Length and no Transfer-Encoding.");
            else if (!means_this_machine(request)) not_done(421, "misdirected", "Only this machine's own names lead here", "Use 127.0.0.1 or localhost.");
            else if (too_long(request)) not_done(413, "too-long", "This is too long", "At most " + std::to_string(most_of(request) / 1024) + " KiB are taken here.");
            else {
                const auto asked = read(request);
                all_read = is_at_its_end(request);
                answer = handler_(asked);
            }
        } catch (const LogError& e) {
            if (e.kind() != LogError::Kind::too_large) trouble_(e.what());
            if (e.kind() == LogError::Kind::too_large) not_done(413, "too-long", "This is too long to keep", "Nothing was kept. Send less text: a long one in several parts.");
            else not_done(503, "cannot-keep", "We cannot keep this at the moment", "Please try again in a minute: what you wrote is still in your browser (go back).");
        } catch (const Poco::Exception& e) {
            trouble_(e.displayText());
            not_done(400, "bad-request", "We could not read this request", "Nothing was done. Look at its address and its headers.");
        } catch (const std::exception& e) {
            trouble_(e.what());
            not_done(500, "failed", "Something went wrong here", "It has been noted. Tell the people who run Hearback if it happens again.");
        }
        // The rest of a request that was not read would be taken for the next one (RFC 9112 11.2).
        if (!all_read) response.setKeepAlive(false);
        write(answer, response, policy_, request.getMethod() == HTTPRequest::HTTP_HEAD);
    }

  private:
    const WebServer::Handler& handler_;
    const std::function<void(std::string_view)>& trouble_;
    const std::string& policy_;
};

class Factory : public HTTPRequestHandlerFactory {
  public:
    Factory(const WebServer::Handler& handler, const std::function<void(std::string_view)>& trouble, bool may_be_framed) : handler_(handler), trouble_(trouble), policy_(policy(may_be_framed)) {}
    HTTPRequestHandler* createRequestHandler(const HTTPServerRequest&) override { return new OneRequest(handler_, trouble_, policy_); }

  private:
    const WebServer::Handler& handler_;
    const std::function<void(std::string_view)>& trouble_;
    const std::string policy_;
};

HTTPServerParams* parameters() {
    auto* params = new HTTPServerParams;
    params->setKeepAlive(true);
    params->setKeepAliveTimeout(Poco::Timespan(15, 0));
    params->setTimeout(Poco::Timespan(10, 0));
    params->setMaxQueued(200);
    params->setMaxThreads(64);
    // Poco waits ten seconds for each left-over thread at the end, else.
    params->setThreadIdleTime(Poco::Timespan(0, 100'000));
    return params;
}

ServerSocket socket_on(const WebListener& listener) {
    try {
        return ServerSocket(SocketAddress(listener.address, listener.port), 64);
    } catch (const Poco::Exception&) {
        throw std::runtime_error("Port " + std::to_string(listener.port) + " on " + listener.address + " is taken or not ours: choose another with --set web.listen=127.0.0.1:8090");
    }
}

}  // namespace

struct WebServer::Server {
    Handler handler;
    std::function<void(std::string_view)> trouble;
    ServerSocket socket;
    Poco::ThreadPool threads{2, 64};
    HTTPServer http;

    Server(WebListener listener, Handler h, std::function<void(std::string_view)> t)
        : handler(std::move(h)), trouble(std::move(t)), socket(socket_on(listener)), http(new Factory(handler, trouble, listener.may_be_framed), threads, socket, parameters()) {}
};

WebServer::WebServer(WebListener listener, Handler handler, std::function<void(std::string_view)> trouble)
    : server_(std::make_unique<Server>(std::move(listener), std::move(handler), std::move(trouble))) {
    server_->http.start();
}

WebServer::~WebServer() { stop(); }

void WebServer::stop() { server_->http.stopAll(true); }

std::uint16_t WebServer::port() const { return server_->socket.address().port(); }

}  // namespace hearback
