// The JSON API (schemas/openapi.yaml): what stories, the demo and machines read and do. Errors are RFC 9457 problems.
#pragma once

#include "edges/web/http.hpp"
#include "edges/web/office_desk.hpp"

namespace hearback {

/// Answers every path under /api/.
Response answer_api(const OfficeDesk&, const Request&);

}  // namespace hearback
