#include "edges/web/api/problem.hpp"

#include <nlohmann/json.hpp>

#include "edges/web/api/json_response.hpp"

namespace hearback {

namespace {

using nlohmann::json;

Response of(const json& body) {
    return json_response(body, body["status"], "application/problem+json");
}

json members_of(int status, std::string_view type, std::string title, std::string detail) {
    return {{"type", "urn:hearback:problem:" + std::string(type)}, {"status", status}, {"title", std::move(title)}, {"detail", std::move(detail)}};
}

}  // namespace

Response problem(int status, std::string_view type, std::string title, std::string detail) { return of(members_of(status, type, std::move(title), std::move(detail))); }

Response problem(const std::vector<Fault>& faults) {
    json errors = json::array();
    std::string detail;
    for (const auto& [where, words] : faults) {
        errors.push_back({{"where", where}, {"words", words}});
        detail += (detail.empty() ? "" : " ") + where + ": " + words;
    }
    auto body = members_of(422, "invalid", "Something in this request is not as it should be", std::move(detail));
    body["errors"] = std::move(errors);
    return of(body);
}

Response no_such(std::string detail) { return problem(404, "not-found", "There is nothing here", std::move(detail)); }

}  // namespace hearback
