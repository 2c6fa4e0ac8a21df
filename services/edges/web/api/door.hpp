// Who comes in, and where there is something: keys for machines (RFC 6750) and the API's addresses.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <variant>

#include "edges/web/api/machine_keys.hpp"
#include "edges/web/http.hpp"

namespace hearback {

/// The machine whose key was shown (nobody when none is wanted), or 401.
std::variant<std::optional<Machine>, Response> at_the_door(const MachineKeys&, const Request&);
/// 403, for a key that may only read.
Response may_only_read(const Machine&);

/// /api/<what>[/<id>[/<verb>]]
struct Address {
    std::string what, id, verb;
    bool too_long = false;
};
Address address_of(std::string_view path);

/// "staff/*/today": what there is, and what may be done with it.
struct Route {
    std::string_view what, verb;
    bool has_id;
    bool reads, acts;
    bool leads(const Address&) const;
};
std::span<const Route> routes();

/// The route of a request, or 404, or 405 with what is allowed (RFC 9110 15.5.6).
std::variant<const Route*, Response> way_to(const Address&, const std::string& method);

}  // namespace hearback
