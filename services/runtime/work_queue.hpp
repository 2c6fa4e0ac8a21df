// Work handed from one thread to others, in order.
#pragma once

#include <condition_variable>
#include <deque>
#include <iterator>
#include <mutex>
#include <stop_token>
#include <vector>

namespace hearback {

template <class T>
class WorkQueue {
  public:
    void put(T item) {
        {
            const std::lock_guard lock(mutex_);
            items_.push_back(std::move(item));
        }
        ready_.notify_one();
    }

    /// At most `most` items; waits for the first. Empty only when it was stopped.
    std::vector<T> take(std::size_t most, std::stop_token stop) {
        std::unique_lock lock(mutex_);
        ready_.wait(lock, stop, [&] { return !items_.empty(); });
        const auto count = std::min(most, items_.size());
        const auto end = items_.begin() + std::ptrdiff_t(count);
        std::vector<T> taken(std::make_move_iterator(items_.begin()), std::make_move_iterator(end));
        items_.erase(items_.begin(), end);
        return taken;
    }

    std::size_t size() const {
        const std::lock_guard lock(mutex_);
        return items_.size();
    }

  private:
    mutable std::mutex mutex_;
    std::condition_variable_any ready_;
    std::deque<T> items_;
};

}  // namespace hearback
