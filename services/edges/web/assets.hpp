// The style sheet and the script that every page asks for, carried inside the program.
// `etag` is a strong entity tag with its quotes (RFC 9110 8.8.3): it changes when and only when the body does.
#pragma once

#include <span>
#include <string_view>

namespace hearback {

struct Asset {
    std::string_view path;  ///< "/assets/hearback.css"
    std::string_view content_type, etag, body;
};

std::span<const Asset> assets();

}  // namespace hearback
