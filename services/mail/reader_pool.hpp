// Reads mail in programs of their own with limits on memory and time, so that no mail can harm us. A mail that kills or
// stalls its reader comes back with `unreadable` and the reason; nothing is thrown.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "mail/mail.hpp"

namespace hearback {

struct ReaderSettings {
    std::filesystem::path program;  ///< hearback-reader; empty: beside the running program
    std::size_t readers = 2;
    std::chrono::milliseconds mail_limit{5000};  ///< wall clock for one mail; then the reader is replaced
    std::chrono::seconds cpu_limit{4};           ///< processor time for one mail
    std::uint64_t address_space = 768ull << 20;  ///< bytes; not applied to sanitizer builds, which need more
};

class ReaderPool {
  public:
    explicit ReaderPool(ReaderSettings = {});
    ~ReaderPool();

    /// Thread-safe; waits its turn in order of arrival.
    Mail read(std::string_view raw);
    /// How many readers have been replaced because a mail had ended them.
    std::size_t replaced() const;

  private:
    struct Pool;
    std::unique_ptr<Pool> pool_;
};

}  // namespace hearback
