// Who is signed in. In a demo people sign in by picking a name; a signed cookie remembers it, and forms carry a token
// that only this cookie's owner can have (OWASP: signed double submit).
#pragma once

#include <optional>
#include <string>

#include "edges/web/http.hpp"
#include "edges/web/office_desk.hpp"

namespace hearback {

std::optional<Colleague> signed_in(const OfficeDesk&, const Request&);
std::string sign_in_cookie(const OfficeDesk&, const std::string& staff);
std::string sign_out_cookie();
std::string form_guard(const OfficeDesk&, const std::string& staff);

}  // namespace hearback
