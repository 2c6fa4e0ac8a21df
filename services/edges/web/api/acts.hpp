// What the API does: each act is the event that a page would append, refused as a page would refuse it.
#pragma once

#include <string>

#include "edges/web/api/door.hpp"
#include "edges/web/http.hpp"
#include "edges/web/office_desk.hpp"

namespace hearback {

/// A POST to a path that there is. `machine` is the name of the key that let it in; empty without keys.
Response answer_act(const OfficeDesk&, const Request&, const Address&, const std::string& machine);

}  // namespace hearback
