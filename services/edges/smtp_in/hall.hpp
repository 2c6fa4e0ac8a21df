// What all connections of one listener share: settings, the TLS context, who takes the mail, and who is here.
#pragma once

#include <Poco/Net/Context.h>
#include <Poco/Net/StreamSocket.h>

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "edges/smtp_in/session.hpp"
#include "edges/smtp_in/smtp_in.hpp"

namespace hearback {

class SmtpConnection;

class SmtpHall {
  public:
    SmtpHall(SmtpSettings, SmtpIn::Deliver, SmtpSession::Health, Poco::Net::Context::Ptr);

    /// Whether one more from this address may come in.
    bool has_room(const std::string& address) const;
    void enter(SmtpConnection&, const std::string& address);
    void leave(SmtpConnection&, const std::string& address);
    std::size_t count() const;
    bool stopping() const { return stopping_; }
    /// Sends everyone home: first who has no mail under way, after the grace everyone. Returns when all have left.
    void empty();

    const SmtpSettings settings;
    const SmtpIn::Deliver deliver;
    const SmtpSession::Health health;
    const Poco::Net::Context::Ptr tls;

  private:
    mutable std::mutex mutex_;
    std::condition_variable left_;
    std::set<SmtpConnection*> present_;
    std::map<std::string, std::size_t> by_address_;
    std::atomic<bool> stopping_ = false;
};

}  // namespace hearback
