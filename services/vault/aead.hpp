// XChaCha20-Poly1305 with a random nonce in front (libsodium), and base64.
#pragma once

#include <string>
#include <string_view>

namespace hearback {

inline constexpr std::size_t key_bytes = 32;

std::string random_bytes(std::size_t count);
std::string to_hex(std::string_view bytes);
std::string to_base64(std::string_view bytes);
/// Throws std::runtime_error for what is not base64.
std::string from_base64(std::string_view text);

/// BLAKE2b keyed with 32 bytes: 32 bytes that nobody without the key can make.
std::string keyed_hash(std::string_view key, std::string_view text);
/// Compares in a time that does not depend on where they differ.
bool same_bytes(std::string_view a, std::string_view b);

/// Nonce and ciphertext.
std::string aead_close(std::string_view key, std::string_view bound_to, std::string_view plain);
/// Throws std::runtime_error when the bytes were changed or belong to something else.
std::string aead_open(std::string_view key, std::string_view bound_to, std::string_view closed);

}  // namespace hearback
