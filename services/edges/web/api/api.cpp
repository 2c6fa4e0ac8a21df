#include "edges/web/api/api.hpp"

#include <nlohmann/json.hpp>

#include "events/words.hpp"

namespace hearback {

namespace {

using nlohmann::json;

Response as_json(const json& body, int status = 200) {
    return {.status = status, .content_type = "application/json", .body = body.dump(-1, ' ', false, json::error_handler_t::replace)};
}

Response problem(int status, std::string title, std::string detail = {}) {
    auto response = as_json({{"type", "about:blank"}, {"status", status}, {"title", title}, {"detail", detail}}, status);
    response.content_type = "application/problem+json";
    return response;
}

json maybe_time(Instant at) { return at == Instant{} ? json() : json(to_iso(at)); }

json of_row(const QueueRow& r) {
    return {{"conversation", r.conversation}, {"case_id", r.case_id}, {"child", r.child}, {"writer", r.writer}, {"relation", r.relation}, {"subject", r.subject}, {"first_words", r.first_words},
            {"because", r.because}, {"owner", r.owner}, {"owner_name", r.owner_name}, {"standing", r.standing}, {"newest_at", maybe_time(r.newest_at)}, {"answer_by", r.told_day},
            {"promise", r.promise}, {"kind", r.kind}, {"what", r.what}, {"channel", r.channel}, {"thanks_only", r.thanks_only}, {"moved", r.moved}, {"offered", r.offered},
            {"judged_at", maybe_time(r.judged_at)}, {"target", maybe_time(r.target)}, {"broken", r.broken}, {"asks_again", r.asks_again}, {"rung", r.rung}, {"with", r.holder}, {"with_name", r.holder_name},
            {"rung_day", r.rung_day}, {"late_because", r.late_because}, {"late_owner", r.late_owner}, {"waiting_reply", r.waiting}, {"waiting_until", maybe_time(r.waiting_until)}, {"answered_late", r.kept_late}, {"returned", r.returned}};
}

json of_item(const TimelineItem& i) {
    return {{"at", to_iso(i.at)}, {"kind", i.kind}, {"title", i.title}, {"byline", i.byline}, {"because", i.because}, {"body", i.body}, {"badge", i.badge}, {"message", i.message}, {"event", i.event},
            {"attachments", i.attachments}, {"standing", i.standing}, {"until", maybe_time(i.until)}};
}

Response list_conversations(const OfficeDesk& desk, const Request& r) {
    json rows = json::array();
    for (const auto& row : desk.reading().rows(rows_asked(r, 2000))) rows.push_back(of_row(row));
    return as_json({{"conversations", std::move(rows)}});
}

Response one_conversation(const OfficeDesk& desk, const std::string& id) {
    const auto file = desk.reading().casefile(id);
    if (!file) return problem(404, "There is no such conversation");
    json body = of_row(file->row);
    body["newest_message"] = file->newest_message;
    body["address"] = file->address;
    body["deputy_name"] = file->deputy_name;
    body["owed"] = json::array();
    for (const auto& row : file->owed) body["owed"].push_back(of_row(row));
    body["guesses"] = json::array();
    for (const auto& c : desk.reading().guesses(id)) body["guesses"].push_back({{"case_id", c.id}, {"child", c.child}});
    body["timeline"] = json::array();
    for (const auto& item : file->timeline) body["timeline"].push_back(of_item(item));
    return as_json(body);
}

Response figures(const OfficeDesk& desk, const Request& r) {
    const auto f = desk.reading().figures(std::string(r.asked("team")));
    return as_json({{"totals", f.totals}, {"open", f.open}, {"broken", f.broken}, {"with_team_manager", f.with_manager}, {"with_head_of_service", f.with_head}, {"with_complaints_team", f.with_complaints},
                    {"waiting_for_window", f.waiting_for_window}, {"matching", f.matching}, {"set_aside", f.aside}, {"parked", f.parked}, {"returned", f.returned}, {"now", to_iso(desk.clock.now())}});
}

Response staff(const OfficeDesk& desk) {
    json list = json::array();
    auto reading = desk.reading();
    for (const auto& s : reading.staff())
        list.push_back({{"staff", s.id}, {"name", s.name}, {"role", s.role}, {"team", s.team}, {"team_name", s.team_name}, {"phone", s.phone}, {"left", s.left}});
    json away = json::array(), missing = json::array();
    for (const auto& a : reading.absences(london_date(desk.clock.now()))) away.push_back({{"staff", a.who}, {"from", a.from}, {"to", a.to}, {"cover", a.cover}});
    for (const auto& m : reading.not_seen()) missing.push_back({{"staff", m.staff}, {"team", m.team}, {"day", m.day}, {"due", m.due}});
    return as_json({{"staff", std::move(list)}, {"away", std::move(away)}, {"missing", std::move(missing)}});
}

Response cases(const OfficeDesk& desk, const Request& r) {
    json list = json::array();
    for (const auto& c : desk.reading().cases(std::string(r.asked("text")), 50)) list.push_back({{"case_id", c.id}, {"child", c.child}, {"year", c.year}, {"caseworker_name", c.caseworker_name}});
    return as_json({{"cases", std::move(list)}});
}

Response print_days(const OfficeDesk& desk) {
    json list = json::array();
    for (const auto& d : desk.reading().print_days(60)) list.push_back({{"day", d.day}, {"letters", d.letters}, {"pages", d.pages}, {"posted", d.posted}});
    return as_json({{"days", std::move(list)}});
}

Response complaints(const OfficeDesk& desk) {
    json list = json::array();
    for (const auto& c : desk.reading().complaints(500))
        list.push_back({{"conversation", c.conversation}, {"child", c.child}, {"writer", c.writer}, {"stands", c.stands}, {"opened_at", to_iso(c.opened_at)}, {"answered", c.answered}, {"decided_by_name", c.staff_name},
                        {"decided_at", maybe_time(c.decided_at)}, {"reason", c.reason}, {"answer_by", c.told_day}, {"owed", c.owed}});
    return as_json({{"complaints", std::move(list)}});
}

Response people(const OfficeDesk& desk, const Request& r) {
    json list = json::array();
    for (const auto& p : desk.reading().people_like(std::string(r.asked("text")), 50))
        list.push_back({{"contact", p.contact}, {"name", p.name}, {"relation", p.relation}, {"telephone", p.phone}, {"case_id", p.case_id}, {"child", p.child}, {"year", p.year}});
    return as_json({{"people", std::move(list)}});
}

json of_rows(const std::vector<QueueRow>& rows) {
    json list = json::array();
    for (const auto& row : rows) list.push_back(of_row(row));
    return list;
}

Response one_contact(const OfficeDesk& desk, const std::string& id) {
    const auto p = desk.reading().person(id);
    if (!p) return problem(404, "There is nobody like this in our lists");
    json children = json::array(), addresses = json::array(), waiting;
    for (const auto& c : p->children)
        children.push_back({{"case_id", c.case_id}, {"child", c.child}, {"relation", c.relation}, {"listed_by", c.listed_by}, {"since", to_iso(c.since)}, {"removed", maybe_time(c.removed)}});
    for (const auto& a : p->addresses) {
        json shared = json::array();
        for (const auto& [contact, name] : a.shared_with) shared.push_back({{"contact", contact}, {"name", name}});
        addresses.push_back({{"email", a.email}, {"since", to_iso(a.since)}, {"until", maybe_time(a.until)}, {"source", a.source}, {"corrected_by", a.staff_name}, {"proof", a.proof}, {"shared_with", std::move(shared)}});
    }
    if (const auto& w = p->waiting)
        waiting = {{"conversation", w->conversation}, {"before", w->before}, {"email", w->email}, {"staff", w->staff}, {"proof", w->proof}, {"note", w->note}, {"doubted", w->doubted}, {"question", w->standing}, {"at", to_iso(w->at)}};
    return as_json({{"contact", p->contact}, {"name", p->name}, {"telephone", p->phone}, {"home", p->home}, {"children", std::move(children)}, {"addresses", std::move(addresses)}, {"waiting", std::move(waiting)}, {"conversations", of_rows(p->conversations)}});
}

Response one_case(const OfficeDesk& desk, const std::string& id) {
    const auto c = desk.reading().child(id);
    if (!c) return problem(404, "There is no child with this number in our lists");
    json people = json::array();
    for (const auto& p : c->people) people.push_back({{"contact", p.contact}, {"name", p.name}, {"relation", p.relation}, {"email", p.email}, {"telephone", p.phone}});
    return as_json({{"case_id", c->case_id}, {"child", c->child}, {"year", c->year}, {"caseworker", c->caseworker}, {"caseworker_name", c->caseworker_name}, {"deputy_name", c->deputy_name}, {"team_name", c->team_name}, {"since", c->since},
                    {"closed", c->closed}, {"people", std::move(people)}, {"conversations", of_rows(c->conversations)}});
}

json of_pieces(const std::vector<FoundPiece>& pieces) {
    json list = json::array();
    for (const auto& piece : pieces) list.push_back({{"text", piece.text}, {"found", piece.found}});
    return list;
}

Response search(const OfficeDesk& desk, const Request& r) {
    for (const auto* day : {"from", "to"})
        if (!r.asked(day).empty() && !date_from_iso(r.asked(day))) return problem(422, "\"" + std::string(day) + "\" must be a date like 2027-02-11");
    const auto q = search_asked(r);
    const auto found = Search(desk.search).ask(q);
    json people = json::array(), messages = json::array();
    for (const auto& p : found.people) people.push_back({{"kind", p.kind}, {"id", p.id}, {"name", p.name}, {"about", p.about}});
    for (const auto& m : found.messages)
        messages.push_back({{"conversation", m.conversation}, {"message", m.message}, {"kind", m.kind}, {"way", m.way}, {"at", to_iso(m.at)}, {"writer", m.writer}, {"child", m.child}, {"owner_name", m.owner_name}, {"unsent", m.unsent},
                            {"subject", of_pieces(m.subject)}, {"words", of_pieces(m.words)}});
    return as_json({{"people", std::move(people)}, {"messages", std::move(messages)}, {"total", found.total}, {"more", found.more}, {"page", q.page}, {"indexed_up_to", found.up_to ? json(to_iso(*found.up_to)) : json()}, {"behind", found.behind}});
}

/// A member of the request's JSON as text; what is missing or not text is empty.
std::string text_in(const json& body, const char* name) {
    const auto found = body.find(name);
    return found != body.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Response done(const OfficeDesk& desk, const json& body, AnyEvent event) {
    auto id = text_in(body, "act");
    if (id.size() != 32 || id.find_first_not_of("0123456789abcdef") != id.npos) id = new_act();
    const auto shown = act(desk, id, std::move(event));
    if (!shown.shown) return as_json({{"act", id}, {"result", "kept"}, {"words", "We have your request. It will show in a moment."}}, 202);
    if (shown.outcome.result == "refused") return problem(409, "It was not done", shown.outcome.words);
    return as_json({{"act", id}, {"result", shown.outcome.result}, {"words", shown.outcome.words}, {"conversation", shown.outcome.conversation}});
}

std::vector<std::string> texts_in(const json& body, const char* name) {
    std::vector<std::string> texts;
    if (const auto found = body.find(name); found != body.end() && found->is_array())
        for (const auto& each : *found)
            if (each.is_string()) texts.push_back(each.get<std::string>());
    return texts;
}

template <class Id>
std::vector<Id> ids_in(const json& body, const char* name) {
    std::vector<Id> ids;
    for (auto& text : texts_in(body, name)) ids.push_back({std::move(text)});
    return ids;
}

bool yes_in(const json& body, const char* name) {
    const auto found = body.find(name);
    return found != body.end() && found->is_boolean() && found->get<bool>();
}

std::int64_t number_in(const json& body, const char* name) {
    const auto found = body.find(name);
    return found != body.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

Signpost signpost_in(const json& body) {
    const auto found = body.find("signpost");
    if (found == body.end() || !found->is_object()) return {};
    return {.who = text_in(*found, "who"), .contact = text_in(*found, "contact"), .by = text_in(*found, "by")};
}

/// What was promised in a call; nothing when one of them is not as it should be.
std::optional<std::vector<Given>> given_in(const json& body) {
    std::vector<Given> given;
    const auto found = body.find("promised");
    if (found == body.end()) return given;
    if (!found->is_array()) return {};
    for (const auto& each : *found) {
        const auto kind = each.is_object() ? from_word<PromiseKind>(text_in(each, "kind")) : std::nullopt;
        const auto by = each.is_object() ? date_from_iso(text_in(each, "by")) : std::nullopt;
        if (!kind || !by) return {};
        given.push_back({.kind = *kind, .what = text_in(each, "what"), .by = *by});
    }
    return given;
}

Response post_call(const OfficeDesk& desk, const json& body, const StaffId& staff_id) {
    const auto outcome = from_word<CallOutcome>(text_in(body, "outcome"));
    if (!outcome) return problem(422, "The outcome must be one of answered, to_answer, missed, not_reached");
    auto given = given_in(body);
    if (!given) return problem(422, "Each promise needs a kind (call_back, meeting, something), what, and a date by");
    const auto at = body.contains("at") ? instant_from_iso(text_in(body, "at")) : std::optional(desk.clock.now());
    if (!at) return problem(422, "\"at\" must be an RFC 3339 date-time");
    return done(desk, body, CallLogged{.conversation = {text_in(body, "conversation")}, .case_id = {text_in(body, "case_id")}, .contact = {text_in(body, "contact")}, .staff = staff_id, .at = *at,
                                       .we_rang = yes_in(body, "we_rang"), .outcome = *outcome, .name = text_in(body, "name"), .telephone = text_in(body, "telephone"),
                                       .they_said = text_in(body, "they_said"), .we_said = text_in(body, "we_said"), .given = std::move(*given), .send_note = yes_in(body, "send_note"), .note = text_in(body, "note")});
}

Response post_letter(const OfficeDesk& desk, const json& body, const StaffId& staff_id) {
    const auto received_on = date_from_iso(text_in(body, "received_on"));
    if (!received_on) return problem(422, "\"received_on\" must be a date like 2027-02-11");
    return done(desk, body, LetterLogged{.conversation = {text_in(body, "conversation")}, .case_id = {text_in(body, "case_id")}, .contact = {text_in(body, "contact")}, .staff = staff_id, .received_on = *received_on,
                                         .name = text_in(body, "name"), .subject = text_in(body, "subject"), .text = text_in(body, "text"), .scan = {}, .scan_name = {}});
}

Response post_print_day(const OfficeDesk& desk, const std::string& id, std::string_view verb, const json& body, const StaffId& staff_id) {
    const auto day = date_from_iso(id);
    if (!day || verb != "posted") return problem(404, "There is no such act");
    return done(desk, body, PostedSaid{.day = *day, .staff = staff_id});
}

Response post_contact(const OfficeDesk& desk, const ContactId& contact, std::string_view verb, const json& body, const StaffId& staff_id) {
    if (verb == "confirm") return done(desk, body, CorrectionAgreed{.contact = contact, .staff = staff_id, .reason = text_in(body, "reason")});
    if (verb == "take-back") return done(desk, body, CorrectionUnwanted{.contact = contact, .staff = staff_id});
    if (verb != "correct") return problem(404, "There is no such act");
    const auto proof = from_word<AddressProof>(text_in(body, "proof"));
    if (!proof) return problem(422, "The proof must be one of told_by_telephone, told_in_person, letter, from_old_address");
    return done(desk, body, CorrectionAsked{.contact = contact, .staff = staff_id, .proof = *proof, .before = text_in(body, "before"), .email = text_in(body, "email"), .note = text_in(body, "note")});
}

Response post_staff(const OfficeDesk& desk, const StaffId& who, std::string_view verb, const json& body, const StaffId& staff_id) {
    if (verb == "here") return done(desk, body, BackSaid{.who = who, .staff = staff_id});
    if (verb == "left") return done(desk, body, LeavingSaid{.who = who, .staff = staff_id, .to = {text_in(body, "to")}, .tell_families = yes_in(body, "tell_families")});
    if (verb != "away") return problem(404, "There is no such act");
    const auto from = date_from_iso(text_in(body, "from"));
    const auto to = date_from_iso(text_in(body, "to"));
    if (!from || (!to && !text_in(body, "to").empty())) return problem(422, "\"from\" and \"to\" must be dates like 2027-02-11");
    return done(desk, body, AwaySaid{.who = who, .staff = staff_id, .from = *from, .to = to, .cover = {text_in(body, "cover")}, .tell_families = yes_in(body, "tell_families")});
}

Response post_conversation(const OfficeDesk& desk, const ConversationId& id, std::string_view verb, const json& body, const StaffId& staff_id) {
    if (verb == "claim") return done(desk, body, ClaimAsked{.conversation = id, .staff = staff_id});
    if (verb == "reply") {
        const auto kind = body.contains("kind") ? from_word<ReplyKind>(text_in(body, "kind")) : std::optional(ReplyKind::full);
        const auto new_day = date_from_iso(text_in(body, "new_day"));
        if (!kind || kind == ReplyKind::after_call) return problem(422, "The kind must be one of full, part, holding, signposted, passed_on");
        if (!new_day && !text_in(body, "new_day").empty()) return problem(422, "\"new_day\" must be a date like 2027-02-11");
        return done(desk, body, ReplyHandedIn{.conversation = id, .staff = staff_id, .last_seen = {text_in(body, "last_seen")}, .kind = *kind, .cases = ids_in<CaseId>(body, "cases"), .left_open = number_in(body, "left_open"),
                                              .new_day = new_day, .signpost = signpost_in(body), .answered = texts_in(body, "answered"), .by_post = yes_in(body, "by_post"), .address = texts_in(body, "address"), .subject = text_in(body, "subject"), .text = text_in(body, "text")});
    }
    if (verb == "hand-over") return done(desk, body, HandOverAsked{.conversation = id, .staff = staff_id, .to = {text_in(body, "to")}, .tell_family = yes_in(body, "tell_family")});
    if (verb == "file-complaint") return done(desk, body, ComplaintFileAsked{.conversation = id, .staff = staff_id});
    if (verb == "decline-complaint") {
        const auto reason = from_word<NoComplaintReason>(text_in(body, "reason"));
        if (!reason) return problem(422, "The reason must be one of family_does_not_want_it, answered_meanwhile, same_complaint_stands, another_way");
        return done(desk, body, ComplaintDeclineAsked{.conversation = id, .staff = staff_id, .reason = *reason, .note = text_in(body, "note")});
    }
    if (verb == "reopen") return done(desk, body, ReopenAsked{.conversation = id, .staff = staff_id});
    if (verb == "note") return done(desk, body, NoteWritten{.conversation = id, .staff = staff_id, .text = text_in(body, "text")});
    if (verb == "done") return done(desk, body, DoneSaid{.promise = {text_in(body, "promise")}, .conversation = id, .staff = staff_id, .note = text_in(body, "note")});
    if (verb == "no-answer-needed") {
        const auto reason = from_word<NoAnswerReason>(text_in(body, "reason"));
        if (!reason) return problem(422, "The reason must be one of thanks_only, answered_already, not_for_us, same_message_twice");
        return done(desk, body, NoAnswerSaid{.conversation = id, .staff = staff_id, .reason = *reason, .note = text_in(body, "note")});
    }
    if (verb == "match") {
        const auto relation = from_word<Relation>(text_in(body, "relation"));
        if (!relation) return problem(422, "The relation is not one that we know");
        return done(desk, body, MatchAsked{.conversation = id, .staff = staff_id, .case_id = {text_in(body, "case_id")}, .relation = *relation});
    }
    return problem(404, "There is no such act");
}

Response go_to(const OfficeDesk& desk, const json& body) {
    if (!desk.go_to) return problem(403, "The clock runs by itself", "It can be set only in a made-up council that was started with --set-clock.");
    const auto to = instant_from_iso(text_in(body, "to"));
    if (!to) return problem(422, "\"to\" must be an RFC 3339 date-time");
    desk.go_to(*to);
    return as_json({{"now", to_iso(desk.clock.now())}});
}

Response post(const OfficeDesk& desk, const Request& r, std::string_view what, const std::string& id, std::string_view verb) {
    if (!r.content_type.starts_with("application/json")) return problem(415, "Send application/json");
    const auto body = json::parse(r.body.empty() ? "{}" : r.body, nullptr, false);
    if (!body.is_object()) return problem(400, "The request is not a JSON object");
    if (what == "clock") return go_to(desk, body);
    const StaffId staff_id{r.staff_header.empty() ? text_in(body, "staff") : r.staff_header};
    if (staff_id.empty()) return problem(401, "Say who acts", "Give \"staff\" or the header X-Hearback-Staff.");
    if (what == "conversations") return post_conversation(desk, {id}, verb, body, staff_id);
    if (what == "hand-over" && id.empty()) return done(desk, body, HandOverAllAsked{.conversations = ids_in<ConversationId>(body, "conversations"), .staff = staff_id, .to = {text_in(body, "to")}, .tell_family = yes_in(body, "tell_family")});
    if (what == "calls" && id.empty()) return post_call(desk, body, staff_id);
    if (what == "letters" && id.empty()) return post_letter(desk, body, staff_id);
    if (what == "print-days") return post_print_day(desk, id, verb, body, staff_id);
    if (what == "messages" && verb == "came-back") return done(desk, body, CameBackSaid{.message = {id}, .staff = staff_id, .why = text_in(body, "why")});
    if (what == "staff") return post_staff(desk, {id}, verb, body, staff_id);
    if (what == "contacts") return post_contact(desk, {id}, verb, body, staff_id);
    if (what == "messages" && verb == "stop") return done(desk, body, StopAsked{.message = {id}, .staff = staff_id});
    return problem(404, "There is nothing here");
}

}  // namespace

Response answer_api(const OfficeDesk& desk, const Request& r) {
    // /api/<what>[/<id>[/<verb>]]
    std::string_view rest = std::string_view(r.path).substr(5);
    const auto take = [&] {
        const auto slash = rest.find('/');
        const auto part = std::string(rest.substr(0, slash));
        rest = slash == rest.npos ? std::string_view{} : rest.substr(slash + 1);
        return part;
    };
    const auto what = take(), id = take(), verb = take();
    if (r.method == "POST") return post(desk, r, what, id, verb);
    if (r.method != "GET") return problem(405, "Use GET or POST");
    if (what == "conversations") return id.empty() ? list_conversations(desk, r) : one_conversation(desk, id);
    if (what == "figures") return figures(desk, r);
    if (what == "staff") return staff(desk);
    if (what == "print-days") return print_days(desk);
    if (what == "people") return people(desk, r);
    if (what == "complaints") return complaints(desk);
    if (what == "search") return search(desk, r);
    if (what == "cases") return id.empty() ? cases(desk, r) : one_case(desk, id);
    if (what == "contacts") return one_contact(desk, id);
    if (what == "clock") return as_json({{"now", to_iso(desk.clock.now())}, {"can_be_set", bool(desk.go_to)}});
    return problem(404, "There is nothing here");
}

}  // namespace hearback
