#include "log/sha256.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace hearback {

namespace {

// Fetched once: looking the algorithm up costs more than hashing a small record.
const EVP_MD* algorithm() {
    static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> fetched(EVP_MD_fetch(nullptr, "SHA256", nullptr),
                                                                         EVP_MD_free);
    if (!fetched) throw std::runtime_error("OpenSSL has no SHA-256");
    return fetched.get();
}

}  // namespace

struct Sha256::State {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};

    State() { begin(); }
    void begin() {
        if (!context || EVP_DigestInit_ex2(context.get(), algorithm(), nullptr) != 1)
            throw std::runtime_error("OpenSSL cannot begin SHA-256");
    }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) { EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()); }

std::string Sha256::hex() {
    static constexpr char digits[] = "0123456789abcdef";
    std::array<unsigned char, 32> digest{};
    EVP_DigestFinal_ex(state_->context.get(), digest.data(), nullptr);
    state_->begin();
    std::string text;
    text.reserve(2 * digest.size());
    for (const unsigned char byte : digest) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::string sha256_hex(std::string_view bytes) {
    static thread_local Sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

}  // namespace hearback
