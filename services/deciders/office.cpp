#include "deciders/office.hpp"

namespace hearback {

std::string composed(std::string_view prefix, std::string_view cause) {
    std::string id(prefix);
    for (const char c : cause.substr(0, 24)) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
        id += plain ? c : '-';
    }
    return id;
}

}  // namespace hearback
