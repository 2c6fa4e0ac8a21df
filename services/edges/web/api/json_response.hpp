// A JSON document as an answer. The library's type comes from who calls: no header of ours includes it.
#pragma once

#include "edges/web/http.hpp"

namespace hearback {

/// What is no UTF-8 in it becomes U+FFFD: an answer that can be read is better than none.
template <class Json>
Response json_response(const Json& body, int status = 200, std::string content_type = "application/json") {
    return {.status = status, .content_type = std::move(content_type), .body = body.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

}  // namespace hearback
