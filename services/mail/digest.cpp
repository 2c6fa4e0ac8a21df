#include "mail/digest.hpp"

#include <openssl/evp.h>

#include <new>

namespace hearback {

ContentDigest::ContentDigest() : context_(EVP_MD_CTX_new()) {
    if (!context_) throw std::bad_alloc();
    EVP_DigestInit_ex(static_cast<EVP_MD_CTX*>(context_), EVP_sha256(), nullptr);
}

ContentDigest::~ContentDigest() { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_)); }

void ContentDigest::add(std::string_view bytes) {
    EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_), bytes.data(), bytes.size());
}

std::string ContentDigest::hex() {
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(context_), hash, &length);
    std::string text;
    for (unsigned i = 0; i < length; ++i) {
        text += "0123456789abcdef"[hash[i] >> 4];
        text += "0123456789abcdef"[hash[i] & 15];
    }
    return text;
}

std::string content_digest(std::string_view bytes) {
    ContentDigest digest;
    digest.add(bytes);
    return digest.hex();
}

}  // namespace hearback
