#include "mail/reply_token.hpp"

#include <sodium.h>

#include <algorithm>
#include <stdexcept>

namespace hearback {
namespace {

constexpr std::size_t mac_bytes = 10, local_part_octets_max = 64;
constexpr std::string_view digits = "abcdefghijklmnopqrstuvwxyz234567";  // RFC 4648 base32, without padding
constexpr char packed_hex = 'h', packed_text = 't';

std::string base32(std::string_view bytes) {
    std::string text;
    unsigned held = 0, bits = 0;
    for (unsigned char byte : bytes) {
        held = held << 8 | byte;
        for (bits += 8; bits >= 5; bits -= 5) text += digits[held >> (bits - 5) & 31];
    }
    if (bits > 0) text += digits[held << (5 - bits) & 31];
    return text;
}

/// Only the spelling that base32() writes (but for case): no two texts mean the same bytes.
std::optional<std::string> from_base32(std::string_view text) {
    std::string bytes, lower;
    unsigned held = 0, bits = 0;
    for (char c : text) {
        lower += c >= 'A' && c <= 'Z' ? char(c + 32) : c;
        const auto digit = digits.find(lower.back());
        if (digit == digits.npos) return {};
        held = held << 5 | unsigned(digit);
        if ((bits += 5) >= 8) bytes += char(held >> (bits -= 8) & 255);
    }
    if (base32(bytes) != lower) return {};
    return bytes;
}

bool is_lower_hex(std::string_view text) {
    return !text.empty() && text.size() % 2 == 0 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

/// Hex is packed two digits a byte, so that a 128 bit id fits into the 64 octets of a local part.
std::string pack(std::string_view conversation) {
    if (!is_lower_hex(conversation)) return packed_text + std::string(conversation);
    std::string bytes(1, packed_hex);
    for (std::size_t i = 0; i < conversation.size(); i += 2)
        bytes += char(std::stoi(std::string(conversation.substr(i, 2)), nullptr, 16));
    return bytes;
}

std::string unpack(std::string_view packed) {
    if (packed.front() == packed_text) return std::string(packed.substr(1));
    std::string hex;
    for (unsigned char byte : packed.substr(1)) {
        hex += "0123456789abcdef"[byte >> 4];
        hex += "0123456789abcdef"[byte & 15];
    }
    return hex;
}

}  // namespace

std::string ReplyTokens::mac(std::string_view packed) const {
    // BLAKE2b hashes of at least 16 bytes only; ours is cut.
    unsigned char hash[crypto_generichash_BYTES_MIN];
    crypto_generichash(hash, sizeof hash, reinterpret_cast<const unsigned char*>(packed.data()), packed.size(),
                       secret_.data(), secret_.size());
    return std::string(reinterpret_cast<const char*>(hash), mac_bytes);
}

std::string ReplyTokens::token(std::string_view conversation) const {
    const auto packed = pack(conversation);
    return base32(mac(packed) + packed);
}

std::string ReplyTokens::address(std::string_view mailbox, std::string_view conversation) const {
    const auto at = mailbox.rfind('@');
    if (at == mailbox.npos || at == 0) throw std::invalid_argument("not a mailbox: " + std::string(mailbox));
    auto local = std::string(mailbox.substr(0, at)) + '+' + token(conversation);
    if (local.size() > local_part_octets_max)
        throw std::invalid_argument("the conversation's id is too long for a reply address: " +
                                    std::string(conversation));
    return local.append(mailbox.substr(at));
}

std::string ReplyTokens::message_id(std::string_view unique, std::string_view domain,
                                    std::string_view conversation) const {
    return std::string(unique).append("+").append(token(conversation)).append("@").append(domain);
}

std::optional<std::string> ReplyTokens::conversation(std::string_view address) const {
    const auto local = address.substr(0, address.rfind('@'));
    const auto plus = local.rfind('+');
    if (plus == local.npos) return {};
    const auto bytes = from_base32(local.substr(plus + 1));
    if (!bytes || bytes->size() < mac_bytes + 2) return {};
    const std::string_view packed = std::string_view(*bytes).substr(mac_bytes);
    if (packed.front() != packed_hex && packed.front() != packed_text) return {};
    if (sodium_memcmp(mac(packed).data(), bytes->data(), mac_bytes) != 0) return {};
    return unpack(packed);
}

}  // namespace hearback
