#include "mail/digest.hpp"

#include <openssl/sha.h>

namespace hearback {

std::string content_digest(std::string_view bytes) {
    unsigned char hash[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), hash);
    std::string hex;
    hex.reserve(2 * sizeof hash);
    for (unsigned char byte : hash) {
        hex += "0123456789abcdef"[byte >> 4];
        hex += "0123456789abcdef"[byte & 15];
    }
    return hex;
}

}  // namespace hearback
