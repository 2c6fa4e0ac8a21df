// SHA-256 as lower-case hex.
#pragma once

#include <string>
#include <string_view>

namespace hearback {

std::string content_digest(std::string_view bytes);

}  // namespace hearback
