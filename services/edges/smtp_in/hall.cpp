#include "edges/smtp_in/hall.hpp"

#include "edges/smtp_in/connection.hpp"

namespace hearback {

SmtpHall::SmtpHall(SmtpSettings chosen, SmtpIn::Deliver to, SmtpSession::Health how, Poco::Net::Context::Ptr context)
    : settings(std::move(chosen)), deliver(std::move(to)), health(std::move(how)), tls(std::move(context)) {}

bool SmtpHall::has_room(const std::string& address) const {
    const std::lock_guard lock(mutex_);
    const auto same = by_address_.find(address);
    return !stopping_ && present_.size() < settings.limits.connections &&
           (same == by_address_.end() || same->second < settings.limits.connections_per_address);
}

void SmtpHall::enter(SmtpConnection& connection, const std::string& address) {
    const std::lock_guard lock(mutex_);
    present_.insert(&connection);
    ++by_address_[address];
}

void SmtpHall::leave(SmtpConnection& connection, const std::string& address) {
    const std::lock_guard lock(mutex_);
    present_.erase(&connection);
    if (--by_address_[address] == 0) by_address_.erase(address);
    if (stopping_) left_.notify_all();
}

std::size_t SmtpHall::count() const {
    const std::lock_guard lock(mutex_);
    return present_.size();
}

void SmtpHall::empty() {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    const auto gone = [&] { return present_.empty(); };
    for (auto* connection : present_) connection->wake(false);
    if (left_.wait_for(lock, settings.limits.stop_grace, gone)) return;
    for (auto* connection : present_) connection->wake(true);
    left_.wait(lock, gone);
}

}  // namespace hearback
