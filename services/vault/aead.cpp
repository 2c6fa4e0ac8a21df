#include "vault/aead.hpp"

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

std::string to_base64(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), raw(bytes), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();
    return text;
}

std::string from_base64(std::string_view text) {
    std::string bytes(text.size(), '\0');
    std::size_t length = 0;
    if (sodium_base642bin(raw(bytes), bytes.size(), text.data(), text.size(), nullptr, &length, nullptr,
                          sodium_base64_VARIANT_ORIGINAL) != 0)
        throw std::runtime_error("this is not base64");
    bytes.resize(length);
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
