// SHA-256 as lower-case hex.
#pragma once

#include <string>
#include <string_view>

namespace hearback {

std::string content_digest(std::string_view bytes);

/// The same over bytes that come in blocks.
class ContentDigest {
  public:
    ContentDigest();
    ~ContentDigest();
    ContentDigest(const ContentDigest&) = delete;
    ContentDigest& operator=(const ContentDigest&) = delete;

    void add(std::string_view bytes);
    std::string hex();  ///< once, at the end

  private:
    void* context_;
};

}  // namespace hearback
