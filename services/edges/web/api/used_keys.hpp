// What each Idempotency-Key was used for (draft-ietf-httpapi-idempotency-key-header-07), in a small SQLite file of its
// own (idempotency.sqlite). It only tells a repeat from a mix-up: that a repeat is done once is the inbox's own doing, for
// the act's id is made of the key. So the file may be deleted. Thread-safe.
#pragma once

#include <mutex>
#include <string>

#include "kernel/instant.hpp"
#include "log/sqlite.hpp"

namespace hearback {

class UsedKeys {
  public:
    /// As long as the inbox knows its ids.
    static constexpr std::chrono::days kept{30};

    explicit UsedKeys(const std::string& folder);
    /// Whether the act is new, or was asked with the same words before; what is new is on the disk when this returns.
    bool is_for(const std::string& act, const std::string& request, Instant now);

  private:
    std::mutex one_at_a_time_;
    Database db_;
};

}  // namespace hearback
