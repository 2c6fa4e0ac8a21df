// The key that wraps all other keys. It lies in a file of its own (mode 0600) and never enters the log.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace hearback {

class MasterKey {
  public:
    /// Reads the file. When there is none and `may_make` (nothing is in the keys topic yet), makes one. Throws
    /// std::runtime_error with one sentence: missing, readable by others, or not a key.
    static MasterKey from_file(const std::string& path, bool may_make);
    /// For tests.
    static MasterKey from_bytes(const std::array<unsigned char, 32>& bytes) { return MasterKey(bytes); }

    /// Says which master it is and nothing about it: 16 hex digits.
    std::string fingerprint() const;
    /// A key of its own for a purpose ("reply address", "form"), 32 bytes.
    std::string derive(std::string_view purpose) const;

    std::string wrap(std::string_view plain, std::string_view bound_to) const;
    /// Throws std::runtime_error when it was tampered with.
    std::string unwrap(std::string_view wrapped, std::string_view bound_to) const;

  private:
    explicit MasterKey(const std::array<unsigned char, 32>& bytes) : bytes_(bytes) {}
    std::array<unsigned char, 32> bytes_;
};

}  // namespace hearback
