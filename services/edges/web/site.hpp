// Every address of the web: pages, acts, assets, the API, /health and /metrics.
#pragma once

#include "edges/web/http.hpp"
#include "edges/web/office_desk.hpp"

namespace hearback {

Response answer(const OfficeDesk&, const Request&);

}  // namespace hearback
