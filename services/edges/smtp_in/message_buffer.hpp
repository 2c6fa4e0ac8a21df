// The bytes of a mail as they arrive. It grows in place (realloc moves the pages of a big block instead of copying), so
// a 34 MB mail takes 34 MB, not twice that while it grows. Throws std::bad_alloc when there is no memory.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>

namespace hearback {

class MessageBuffer {
  public:
    void append(std::string_view more) {
        if (size_ + more.size() > room_) grow(size_ + more.size());
        std::memcpy(bytes_.get() + size_, more.data(), more.size());
        size_ += more.size();
    }
    /// A big block goes back to the system at once.
    void clear() {
        constexpr std::size_t kept_for_the_next = 256u << 10;
        if (room_ > kept_for_the_next) {
            bytes_.reset();
            room_ = 0;
        }
        size_ = 0;
    }
    std::string_view view() const { return {bytes_.get(), size_}; }

  private:
    struct Free {
        void operator()(char* block) const { std::free(block); }
    };

    void grow(std::size_t needed) {
        constexpr std::size_t smallest = 16u << 10;
        const auto room = std::max({needed, room_ + room_ / 2, smallest});
        auto* block = static_cast<char*>(std::realloc(bytes_.get(), room));
        if (!block) throw std::bad_alloc();
        [[maybe_unused]] auto* moved = bytes_.release();
        bytes_.reset(block);
        room_ = room;
    }

    std::unique_ptr<char, Free> bytes_;
    std::size_t size_ = 0, room_ = 0;
};

}  // namespace hearback
