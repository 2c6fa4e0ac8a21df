#include "edges/web/api/door.hpp"

#include <algorithm>

#include "edges/web/api/problem.hpp"
#include "kernel/text.hpp"

namespace hearback {

namespace {

constexpr Route all_routes[] = {
    {"acts", "", true, true, false},
    {"calls", "", false, false, true},
    {"cases", "", false, true, false},
    {"cases", "", true, true, false},
    {"clock", "", false, true, true},
    {"complaints", "", false, true, false},
    {"contacts", "", true, true, false},
    {"contacts", "confirm", true, false, true},
    {"contacts", "correct", true, false, true},
    {"contacts", "take-back", true, false, true},
    {"conversations", "", false, true, false},
    {"conversations", "", true, true, false},
    {"conversations", "check-reply", true, false, true},
    {"conversations", "claim", true, false, true},
    {"conversations", "decline-complaint", true, false, true},
    {"conversations", "done", true, false, true},
    {"conversations", "file-complaint", true, false, true},
    {"conversations", "guesses", true, true, false},
    {"conversations", "hand-over", true, false, true},
    {"conversations", "match", true, false, true},
    {"conversations", "no-answer-needed", true, false, true},
    {"conversations", "note", true, false, true},
    {"conversations", "reopen", true, false, true},
    {"conversations", "reply", true, false, true},
    {"figures", "", false, true, false},
    {"hand-over", "", false, false, true},
    {"letters", "", false, false, true},
    {"messages", "came-back", true, false, true},
    {"messages", "original", true, true, false},
    {"messages", "stop", true, false, true},
    {"people", "", false, true, false},
    {"print-days", "", false, true, false},
    {"print-days", "posted", true, false, true},
    {"search", "", false, true, false},
    {"staff", "", false, true, false},
    {"staff", "away", true, false, true},
    {"staff", "here", true, false, true},
    {"staff", "left", true, false, true},
    {"staff", "today", true, true, false},
};

Response not_known(std::string detail, std::string more) {
    auto response = problem(401, "key-needed", "This needs a key", std::move(detail));
    response.headers["WWW-Authenticate"] = "Bearer realm=\"hearback\"" + std::move(more);
    return response;
}

}  // namespace

std::span<const Route> routes() { return all_routes; }

std::variant<std::optional<Machine>, Response> at_the_door(const MachineKeys& keys, const Request& r) {
    if (!keys.are_wanted()) return std::optional<Machine>();
    constexpr std::string_view scheme = "bearer ";
    if (lower_case(std::string_view(r.authorization).substr(0, scheme.size())) != scheme) return not_known("Send Authorization: Bearer and a key. `hearback key add` makes one.", "");
    auto machine = keys.whose(std::string_view(r.authorization).substr(scheme.size()));
    if (!machine) return not_known("This key is not known, or was taken back. `hearback key list` shows the names of those that are.", ", error=\"invalid_token\"");
    return machine;
}

Response may_only_read(const Machine& machine) {
    auto response = problem(403, "may-only-read", "This key may only read", "Nothing was done. For acts make another key: `hearback key add NAME --may act`. This one is " + machine.name + ".");
    response.headers["WWW-Authenticate"] = "Bearer realm=\"hearback\", error=\"insufficient_scope\"";
    return response;
}

Address address_of(std::string_view path) {
    auto rest = path.substr(std::string_view("/api/").size());
    const auto take = [&] {
        const auto slash = rest.find('/');
        const auto part = std::string(rest.substr(0, slash));
        rest = slash == rest.npos ? std::string_view{} : rest.substr(slash + 1);
        return part;
    };
    Address address{.what = take(), .id = take(), .verb = take()};
    address.too_long = !rest.empty() || path.ends_with('/');
    return address;
}

bool Route::leads(const Address& to) const { return !to.too_long && to.what == what && to.verb == verb && to.id.empty() != has_id; }

std::variant<const Route*, Response> way_to(const Address& to, const std::string& method) {
    const auto route = std::find_if(std::begin(all_routes), std::end(all_routes), [&](const Route& each) { return each.leads(to); });
    if (route == std::end(all_routes)) return problem(404, "not-found", "There is nothing here", "The address may be wrong: schemas/openapi.yaml has them all.");
    if ((route->reads && (method == "GET" || method == "HEAD")) || (route->acts && method == "POST")) return route;
    const std::string allowed = route->reads ? route->acts ? "GET, HEAD, POST" : "GET, HEAD" : "POST";
    auto response = problem(405, "method-not-allowed", "This cannot be done here", "Use " + allowed + ".");
    response.headers["Allow"] = allowed;
    return response;
}

}  // namespace hearback
