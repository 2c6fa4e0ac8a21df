// The clerk takes inbox records in order, asks the deciders, and appends what they conclude: one decision a record,
// chained. It strikes the clock when something is due. It may be killed anywhere; two of them are safe (the chain rule).
#pragma once

#include <atomic>
#include <mutex>
#include <stop_token>
#include <string>
#include <unordered_set>
#include <vector>

#include "clerk/deciders.hpp"
#include "events/codec.hpp"
#include "log/journal.hpp"
#include "runtime/clock.hpp"
#include "vault/vault.hpp"

namespace hearback {

struct ClerkSettings {
    std::string authority;
    Settled settled;
    std::size_t batch_max = 64;  ///< inbox records concluded in one append
    Millis look_again{200};      ///< how long it waits for the inbox before it looks at the clock again
};

/// How the clerk stands, for whoever waits until all is quiet, and for metrics.
struct Pulse {
    std::uint64_t idle_passes = 0;  ///< times it looked at inbox and clock and found nothing to do
    std::size_t in_flight = 0;      ///< messages between release and outcome
    std::optional<Instant> due;
    Head head;
    std::uint64_t refolds = 0;  ///< races lost: states thrown away and folded again
    std::uint64_t parked = 0;
};

class Clerk {
  public:
    Clerk(Log&, Vault&, const Clock&, ClerkSettings);

    /// Folds the journal from its beginning. Throws LogError.
    void fold();
    /// Concludes what is there, strikes the clock if it is due; waits up to `wait` when there is nothing.
    /// Throws LogError when it is not worth trying again.
    void work(Millis wait);
    /// Folds, then works until it is stopped. A log that is unwell is tried again, with `trouble` told in words.
    void run(std::stop_token, const std::function<void(std::string_view)>& trouble);

    Pulse pulse() const;

  private:
    void take_inbox(Millis wait);
    bool conclude(const Stored&);
    void strike();
    void keep(Decision);
    void park(const Stored&, const std::string& because);
    void commit();
    void beat(bool idle);

    Log& log_;
    Vault& vault_;
    const Clock& clock_;
    ClerkSettings settings_;

    Deciders deciders_;
    Head head_;           // as if all that is pending had counted
    Offset inbox_next_ = 0;
    Instant last_time_{};
    std::string last_stroke_;
    int strokes_ = 0;
    bool stroke_was_silent_ = false;
    bool must_fold_ = false;  // a decider failed half way: its states are not to be trusted
    std::unordered_set<std::string> decided_;  // inbox ids
    std::vector<Entry> pending_keys_, pending_;

    mutable std::mutex pulse_mutex_;
    Pulse pulse_;
};

}  // namespace hearback
