#include "edges/web/site.hpp"

#include <array>

#include "edges/web/api/api.hpp"
#include "edges/web/api/problem.hpp"
#include "edges/web/assets.hpp"
#include "edges/web/pages/pages.hpp"
#include "edges/web/person.hpp"
#include "vault/aead.hpp"

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

/// "/conversations/c-1/reply" as its parts.
std::array<std::string, 3> parts_of(const std::string& path) {
    std::array<std::string, 3> parts;
    std::size_t part = 0;
    for (std::size_t i = 1; i < path.size() && part < 3; ++i) {
        if (path[i] == '/') ++part;
        else parts[part] += path[i];
    }
    return parts;
}

Response get(const Visit& visit, const std::array<std::string, 3>& parts) {
    const auto& [what, id, verb] = parts;
    if (what == "queue" || what.empty()) return queue_page(visit);
    if (what == "figures") return figures_page(visit);
    if (what == "standard") return standard_page(visit);
    if (what == "matching") return matching_page(visit);
    if (what == "list") return list_page(visit);
    if (what == "call") return call_page(visit);
    if (what == "letter") return letter_page(visit);
    if (what == "people") return people_page(visit);
    if (what == "print-room") return print_room_page(visit);
    if (what == "gone-up") return gone_up_page(visit);
    if (what == "complaints") return complaints_page(visit);
    if (what == "keys") return keys_page(visit);
    if (what == "search") return search_page(visit);
    if (what == "contact") return contact_page(visit);
    if (what == "child") return child_page(visit);
    if (what == "conversations" && verb.empty()) return conversation_page(visit, id);
    if (what == "messages" && verb == "original") return original_mail(visit, id);
    return not_found(visit, "The address may be wrong. Nothing is lost.");
}

Response post(const Visit& visit, const std::array<std::string, 3>& parts) {
    const auto& [what, id, verb] = parts;
    if (!same_bytes(visit.request.filled("csrf"), form_guard(visit.desk, visit.me.id))) return not_found(visit, "This form is from an earlier visit. Go back, open the page again and send it once more.");
    if (what == "sign-out") {
        auto response = Response::see_other("/sign-in");
        response.headers["Set-Cookie"] = sign_out_cookie();
        return response;
    }
    if (what == "conversations" && verb == "reply") return post_reply(visit, id);
    if (what == "conversations" && verb == "claim") return post_claim(visit, id);
    if (what == "conversations" && verb == "no-answer") return post_no_answer(visit, id);
    if (what == "conversations" && verb == "match") return post_match(visit, id);
    if (what == "conversations" && verb == "reopen") return post_reopen(visit, id);
    if (what == "conversations" && verb == "note") return post_note(visit, id);
    if (what == "conversations" && verb == "done") return post_done(visit, id);
    if (what == "conversations" && verb == "hand-over") return post_hand_over(visit, id);
    if (what == "call") return post_call(visit);
    if (what == "letter") return post_letter(visit);
    if (what == "gone-up") return post_gone_up(visit);
    if (what == "complaints") return post_complaint(visit, id);
    if (what == "keys") return post_keys(visit);
    if (what == "print-room") return post_posted(visit, id);
    if (what == "people" && id == "away") return post_away(visit);
    if (what == "people" && id == "here") return post_here(visit);
    if (what == "people" && id == "left") return post_left(visit);
    if (what == "contact" && id == "correct") return post_correct(visit);
    if (what == "contact" && id == "confirm") return post_confirm(visit);
    if (what == "contact" && id == "unwanted") return post_unwanted(visit);
    if (what == "messages" && verb == "stop") return post_stop(visit, id);
    return not_found(visit, "The address may be wrong. Nothing is lost.");
}

/// The first page of the day says that its reader is at work: nobody is taken for missing who is here and reading.
void say_here(const Visit& visit) {
    if (visit.desk.reading().seen_on(visit.me.id, visit.today())) return;
    const Entry entry{Topic::inbox, encode_input({.id = "here-" + visit.me.id + "-" + to_iso(visit.today()), .time = visit.now(), .event = HereSaid{.staff = {visit.me.id}}}, visit.desk.authority, visit.desk.vault)};
    try {
        visit.desk.log.append({&entry, 1});
    } catch (const LogError&) {
        // A log that is unwell keeps nobody from reading; the next page says it again.
    }
}

}  // namespace

Response answer(const OfficeDesk& desk, const Request& request) {
    if (request.path == "/health") return health(desk);
    if (request.path == "/metrics") return {.content_type = "text/plain; version=0.0.4; charset=utf-8", .body = desk.metrics()};
    if (is_for_machines(request.path)) return answer_api(desk, request);
    if (auto found = asset(request)) return std::move(*found);
    if (request.path == "/sign-in") return request.method == "POST" ? sign_in(desk, request) : sign_in_page(desk, request);
    const auto me = signed_in(desk, request);
    if (!me) return Response::see_other("/sign-in");
    const Visit visit{.desk = desk, .request = request, .me = *me};
    say_here(visit);
    return request.method == "POST" ? post(visit, parts_of(request.path)) : get(visit, parts_of(request.path));
}

}  // namespace hearback
