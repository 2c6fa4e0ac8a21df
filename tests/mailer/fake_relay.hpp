// A relay that does as it is told at one stage of the dialogue, and behaves well otherwise. Loopback, one client at a
// time.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace hearback {

class FakeRelay {
  public:
    /// What it says instead at a stage: "banner", "ehlo", "auth", "mail", "rcpt", "data", "dot". Special words: "drop"
    /// (closes), "reset" (RST), "silence" (says nothing more), "flood" (250- without end), "body-reset" (RST within the
    /// body).
    using Script = std::map<std::string, std::string>;

    explicit FakeRelay(Script script = {}, bool offers_auth = false)
        : script_(std::move(script)), offers_auth_(offers_auth) {
        listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
        ::listen(listener_, 16);
        socklen_t size = sizeof address;
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~FakeRelay() {
        stopping_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        if (const int client = client_; client >= 0) ::shutdown(client, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    FakeRelay(const FakeRelay&) = delete;
    FakeRelay& operator=(const FakeRelay&) = delete;

    void behave(Script script) {
        const std::lock_guard lock(mutex_);
        script_ = std::move(script);
    }
    std::vector<std::string> taken() {
        const std::lock_guard lock(mutex_);
        return taken_;
    }
    std::vector<std::string> heard() {
        const std::lock_guard lock(mutex_);
        return heard_;
    }

    std::uint16_t port = 0;
    std::atomic<int> connections = 0;

  private:
    struct Gone {};

    void serve() {
        while (!stopping_) {
            const int client = ::accept(listener_, nullptr, nullptr);
            if (client < 0) return;
            client_ = client;
            ++connections;
            held_.clear();
            try {
                talk();
            } catch (const Gone&) {
                // The line is down; the next client may come.
            }
            client_ = -1;
            ::close(client);
        }
    }

    void say(const std::string& text) {
        const auto line = text + "\r\n";
        if (::send(client_, line.data(), line.size(), MSG_NOSIGNAL) < 0) throw Gone{};
    }

    std::string line() {
        for (auto end = held_.find("\r\n"); end == held_.npos; end = held_.find("\r\n")) {
            char buffer[4096];
            const auto got = ::recv(client_, buffer, sizeof buffer, 0);
            if (got <= 0) throw Gone{};
            held_.append(buffer, std::size_t(got));
        }
        const auto end = held_.find("\r\n");
        auto text = held_.substr(0, end);
        held_.erase(0, end + 2);
        return text;
    }

    void hold() {
        char buffer[4096];
        while (::recv(client_, buffer, sizeof buffer, 0) > 0) {
        }
        throw Gone{};
    }

    void reset() {
        const linger now{1, 0};
        ::setsockopt(client_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        throw Gone{};
    }

    /// Says what the script says at this stage, or `usual`; whether it was a usual one.
    bool at(const std::string& stage, const std::string& usual) {
        std::string what;
        {
            const std::lock_guard lock(mutex_);
            const auto found = script_.find(stage);
            if (found != script_.end()) what = found->second;
        }
        if (what.empty()) return say(usual), true;
        if (what == "drop") throw Gone{};
        if (what == "reset") reset();
        if (what == "silence") hold();
        while (what == "flood") say("250-and more");
        say(what);
        return false;
    }

    void talk() {
        at("banner", "220 relay.example");
        while (true) {
            const auto command = line();
            {
                const std::lock_guard lock(mutex_);
                heard_.push_back(command);
            }
            const auto verb = command.substr(0, 4);
            if (verb == "EHLO" || verb == "HELO")
                at("ehlo", offers_auth_ ? "250-relay.example\r\n250 AUTH PLAIN" : "250 relay.example");
            else if (verb == "AUTH") {
                if (at("auth", "334 ")) line(), say("235 welcome");
            } else if (verb == "MAIL")
                at("mail", "250 sender");
            else if (verb == "RCPT")
                at("rcpt", "250 recipient");
            else if (verb == "DATA") {
                if (at("data", "354 go on")) body();
            } else if (verb == "QUIT")
                return say("221 bye");
            else
                say("250 fine");
        }
    }

    void body() {
        std::string mail;
        for (auto text = line(); text != "."; text = line()) {
            mail += text + "\r\n";
            const std::lock_guard lock(mutex_);
            if (script_.contains("body-reset")) reset();
        }
        {
            const std::lock_guard lock(mutex_);
            taken_.push_back(mail);
        }
        at("dot", "250 2.0.0 taken as 42");
    }

    std::mutex mutex_;
    Script script_;
    const bool offers_auth_;
    std::vector<std::string> taken_, heard_;
    int listener_ = -1;
    std::atomic<int> client_ = -1;
    std::atomic<bool> stopping_ = false;
    std::string held_;
    std::thread thread_;
};

}  // namespace hearback
