// Reply addresses that lead a mail back to its conversation: `send-team+<token>@council.example`.
// A token carries the conversation's id and a keyed hash (BLAKE2b, 80 bits), so it cannot be made up, cut or altered.
// It survives lower-casing and upper-casing. It opens nothing by itself: who may join a conversation is decided
// elsewhere.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace hearback {

class ReplyTokens {
  public:
    using Secret = std::array<unsigned char, 32>;
    explicit ReplyTokens(const Secret& secret) : secret_(secret) {}

    /// `mailbox` is local@domain. Throws std::invalid_argument when the local part would pass 64 octets (RFC 5321
    /// 4.5.3.1.1): ids of up to 32 lower-case hex digits or 16 other characters fit any mailbox name of 18.
    std::string address(std::string_view mailbox, std::string_view conversation) const;
    /// The conversation that an address or Message-ID with a token of ours names; nothing for a forged or cut one.
    std::optional<std::string> conversation(std::string_view address) const;

    /// A Message-ID (without angle brackets) with a token: `<unique>+<token>@domain`, for clients that reply elsewhere.
    std::string message_id(std::string_view unique, std::string_view domain, std::string_view conversation) const;

  private:
    std::string token(std::string_view conversation) const;
    std::string mac(std::string_view packed) const;
    Secret secret_;
};

}  // namespace hearback
