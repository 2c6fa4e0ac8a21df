#include "edges/web/api/acting.hpp"

#include <nlohmann/json.hpp>

#include "edges/web/api/json_response.hpp"
#include "edges/web/api/problem.hpp"
#include "vault/aead.hpp"

namespace hearback {

namespace {

using nlohmann::json;

constexpr std::size_t act_digits = 32, idempotency_key_max = 255;

std::string hash_of(const Act& a, const std::string& text) {
    return to_hex(keyed_hash(a.desk.vault.master().derive("idempotency key"), text)).substr(0, act_digits);
}

std::string own_id(const Act& a) {
    const auto said = a.body.text("act");
    if (a.body.has("act") && (said.size() != act_digits || said.find_first_not_of("0123456789abcdef") != said.npos)) a.body.wrong("act", "It must be 32 digits from 0 to 9 and a to f.");
    if (!a.idempotency_key.empty()) return hash_of(a, a.machine + "\n" + a.idempotency_key);
    return said.empty() ? new_act() : said;
}

}  // namespace

std::optional<std::string> idempotency_key_in(std::string_view header) {
    if (header.size() < 3 || header.front() != '"' || header.back() != '"') return {};
    std::string text;
    const auto inside = header.substr(1, header.size() - 2);
    for (std::size_t n = 0; n < inside.size(); ++n) {
        if (inside[n] == '"') return {};
        if (inside[n] == '\\' && (++n == inside.size() || (inside[n] != '"' && inside[n] != '\\'))) return {};
        if (inside[n] < 0x20 || inside[n] > 0x7e) return {};
        text += inside[n];
    }
    if (text.size() > idempotency_key_max) return {};
    return text;
}

std::string act_id(const Act& a) { return own_id(a) + (a.machine.empty() ? "" : "-key-" + a.machine); }

std::optional<Response> mixed_up(const Act& a, const std::string& id) {
    if ((a.idempotency_key.empty() && !a.body.has("act")) || a.desk.used_keys.is_for(id, hash_of(a, a.request.path + "\n" + a.staff.value + "\n" + a.body.canonical()), a.desk.clock.now())) return {};
    return problem(422, "idempotency-key-reused", "This Idempotency-Key, or act, was used for another request", "Nothing was done. Send each request under a key of its own, and the same key only with the same words.");
}

Response done(const Act& a, AnyEvent event, std::span<const Blob> blobs) {
    const auto id = act_id(a);
    if (const auto faults = a.body.faults(); !faults.empty()) return problem(faults);
    if (auto refusal = mixed_up(a, id)) return std::move(*refusal);
    const auto shown = act(a.desk, id, std::move(event), blobs);
    if (!shown.shown) return json_response(json{{"act", id}, {"result", "kept"}, {"words", "We have your request. It will show in a moment."}}, 202);
    if (shown.outcome.result == "refused") return problem(409, "refused", "It was not done", shown.outcome.words);
    return json_response(json{{"act", id}, {"result", shown.outcome.result}, {"words", shown.outcome.words}, {"conversation", shown.outcome.conversation}}, 200);
}

}  // namespace hearback
