// What the API reads: the same views as the pages.
#pragma once

#include "edges/web/api/door.hpp"
#include "edges/web/http.hpp"
#include "edges/web/office_desk.hpp"

namespace hearback {

/// A GET of a path that there is. A wrong query is a problem (400) that names each fault; what is not there is a 404.
Response answer_read(const OfficeDesk&, const Request&, const Address&);

}  // namespace hearback
