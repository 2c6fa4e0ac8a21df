#include "edges/web/site.hpp"

#include "edges/web/api/api.hpp"
#include "edges/web/assets.hpp"

namespace hearback {

namespace {

Response health(const OfficeDesk& desk) {
    if (const auto words = desk.unwell()) return {.status = 503, .content_type = "text/plain; charset=utf-8", .body = *words + "\n"};
    return {.content_type = "text/plain; charset=utf-8", .body = "well\n"};
}

std::optional<Response> asset(const Request& request) {
    for (const auto& each : assets()) {
        if (each.path != request.path) continue;
        Response response{.content_type = std::string(each.content_type), .body = std::string(each.body),
                          .headers = {{"ETag", std::string(each.etag)}, {"Cache-Control", "no-cache"}}};
        if (request.if_none_match == each.etag) response.status = 304;
        return response;
    }
    return {};
}

}  // namespace

Response answer(const OfficeDesk& desk, const Request& request) {
    if (request.path == "/health") return health(desk);
    if (request.path == "/metrics") return {.content_type = "text/plain; version=0.0.4; charset=utf-8", .body = desk.metrics()};
    if (request.path.starts_with("/api/")) return answer_api(desk, request);
    if (auto found = asset(request)) return std::move(*found);
    return {.status = 404, .content_type = "text/plain; charset=utf-8", .body = "There is no page here.\n"};
}

}  // namespace hearback
