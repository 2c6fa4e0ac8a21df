// The only place that knows what time it is. Everybody else is given this, or an instant.
#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "kernel/instant.hpp"

namespace hearback {

class Clock {
  public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

class SystemClock : public Clock {
  public:
    Instant now() const override;
};

/// Stands where it is put, and goes forward only: for made-up councils, stories and the demo.
class SetClock : public Clock {
  public:
    explicit SetClock(Instant at) : at_(at) {}
    Instant now() const override { return at_.load(); }
    /// Never backwards: an earlier instant changes nothing.
    void go_to(Instant at);

  private:
    std::atomic<Instant> at_;
};

/// Compares our summer-time rule with the machine's zone data for the next two years. Words for an alarm when they
/// differ: sending must be held until somebody has looked.
std::optional<std::string> summer_time_alarm(Instant now);

/// Waits in real time, for loops that look again. Never for what the Office's time decides.
void pause(Millis);
/// How the running thread is called in `top -H` and profiles; at most 15 characters.
void name_thread(const char* name);
/// Real time that only runs forward, for time-outs of peers and figures.
Millis monotonic();

}  // namespace hearback
