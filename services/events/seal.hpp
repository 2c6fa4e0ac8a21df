// What closes and opens the personal members of events. The vault keeps this promise; a codec knows only this much.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hearback {

class Seal {
  public:
    struct Closed {
        std::string key;   ///< which key opens it
        std::string text;  ///< base64 of nonce and ciphertext
    };
    virtual ~Seal() = default;

    /// Seals under the key of `owner` ("conversation/c-1", "contact/k-1", "case/NM-2041", "staff/s-1", or "inbox": the
    /// month's own key). `bound_to` is authenticated with it: the event's id and type.
    virtual Closed close(std::string_view owner, std::string_view bound_to, std::string_view plain) = 0;

    /// Nothing when the key has been destroyed. Throws std::runtime_error when the text was tampered with or moved.
    virtual std::optional<std::string> open(std::string_view key, std::string_view bound_to, std::string_view text) = 0;
};

}  // namespace hearback
