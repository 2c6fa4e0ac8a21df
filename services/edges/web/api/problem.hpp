// What the API says when something was not done: RFC 9457 problems. `type` is urn:hearback:problem: and a word of
// schemas/openapi.yaml; `detail` says what to do. Nothing of the inside is ever told.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "edges/web/http.hpp"

namespace hearback {

Response problem(int status, std::string_view type, std::string title, std::string detail);

/// 404; `detail` says where what there is can be found.
Response no_such(std::string detail);

/// One thing that is wrong with what was sent: a member of the body ("promised[0].by"), a parameter or a header.
struct Fault {
    std::string where, words;
};
/// 422, with all that is wrong at once.
Response problem(const std::vector<Fault>&);

inline bool is_for_machines(std::string_view path) { return path.starts_with("/api/"); }

}  // namespace hearback
