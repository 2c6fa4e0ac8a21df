// Small things about text that several rooms need.
#pragma once

#include <string>
#include <string_view>

namespace hearback {

/// ASCII letters only: email addresses and header words are compared so (RFC 5321 2.4 leaves the rest to the host).
inline std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
    return lower;
}

}  // namespace hearback
