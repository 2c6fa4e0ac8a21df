// SHA-256 by OpenSSL (FIPS 180-4), as lower-case hex. Any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace hearback {

std::string sha256_hex(std::string_view bytes);

/// Takes its bytes in pieces. `hex` ends it and makes it ready for the next.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void add(std::string_view bytes);
    std::string hex();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace hearback
