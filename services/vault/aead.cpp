#include "vault/aead.hpp"

#include <openssl/evp.h>
#include <sodium.h>

#include <stdexcept>

namespace hearback {

namespace {

const unsigned char* raw(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

/// libsodium asks to be woken once.
const int awake = sodium_init();

constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

}  // namespace

std::string random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), count);
    return bytes;
}

std::string to_hex(std::string_view bytes) {
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), raw(bytes), bytes.size());
    text.pop_back();
    return text;
}

// What is encoded here is ciphertext, so libsodium's careful but slow base64 would protect nothing.
std::string to_base64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    text.resize(std::size_t(EVP_EncodeBlock(raw(text), raw(bytes), int(bytes.size()))));
    return text;
}

std::string from_base64(std::string_view text) {
    std::string bytes(text.size() / 4 * 3 + 3, '\0');
    const int length = text.size() % 4 == 0 ? EVP_DecodeBlock(raw(bytes), raw(text), int(text.size())) : -1;
    if (length < 0) throw std::runtime_error("this is not base64");
    const auto padding = text.ends_with("==") ? 2u : text.ends_with("=") ? 1u : 0u;
    bytes.resize(std::size_t(length) - padding);
    return bytes;
}

std::string keyed_hash(std::string_view key, std::string_view text) {
    std::string out(32, '\0');
    crypto_generichash(raw(out), out.size(), raw(text), text.size(), raw(key), key.size());
    return out;
}

bool same_bytes(std::string_view a, std::string_view b) { return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0; }

std::string aead_close(std::string_view key, std::string_view bound_to, std::string_view plain) {
    std::string closed(nonce_bytes + plain.size() + tag_bytes, '\0');
    randombytes_buf(closed.data(), nonce_bytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw(closed) + nonce_bytes, nullptr, raw(plain), plain.size(), raw(bound_to),
                                               bound_to.size(), nullptr, raw(closed), raw(key));
    return closed;
}

std::string aead_open(std::string_view key, std::string_view bound_to, std::string_view closed) {
    if (key.size() != key_bytes || closed.size() < nonce_bytes + tag_bytes)
        throw std::runtime_error("sealed words are too short: they were damaged");
    std::string plain(closed.size() - nonce_bytes - tag_bytes, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(plain), nullptr, nullptr, raw(closed) + nonce_bytes,
                                                   closed.size() - nonce_bytes, raw(bound_to), bound_to.size(), raw(closed),
                                                   raw(key)) != 0)
        throw std::runtime_error("sealed words do not open: they were changed or moved");
    return plain;
}

}  // namespace hearback
