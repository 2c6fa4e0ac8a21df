// How long an edge may still wait for the world, on a clock that never jumps. It settles waiting only: no rule of the
// product may depend on it.
#pragma once

#include <algorithm>
#include <chrono>

namespace hearback {

class Deadline {
  public:
    explicit Deadline(std::chrono::milliseconds from_now) : end_(std::chrono::steady_clock::now() + from_now) {}

    bool passed() const { return std::chrono::steady_clock::now() >= end_; }
    /// Never negative; rounded up, so that waiting for it is waiting long enough.
    std::chrono::milliseconds left() const {
        const auto rest = std::chrono::ceil<std::chrono::milliseconds>(end_ - std::chrono::steady_clock::now());
        return std::max(rest, std::chrono::milliseconds(0));
    }

  private:
    std::chrono::steady_clock::time_point end_;
};

}  // namespace hearback
