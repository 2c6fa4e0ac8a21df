#include "edges/web/api/api.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <tuple>

#include "edges/web/api/acting.hpp"
#include "edges/web/api/body.hpp"
#include "edges/web/api/door.hpp"
#include "edges/web/api/problem.hpp"
#include "edges/web/api/query.hpp"
#include "edges/web/pages/pages.hpp"
#include "edges/web/pages/queue.hpp"
#include "edges/web/pages/reply.hpp"
#include "kernel/text.hpp"
#include "vault/aead.hpp"
#include "vault/vault.hpp"
#include "words/postal_address.hpp"
#include "words/template.hpp"

namespace hearback {

namespace {

using nlohmann::json;

Response as_json(const json& body, int status = 200) {
    return {.status = status, .content_type = "application/json", .body = body.dump(-1, ' ', false, json::error_handler_t::replace)};
}

constexpr int rows_most = 2000, print_days_most = 400, ages_counted = 5;
constexpr std::size_t handed_over_most = 100;
constexpr std::chrono::days clock_leap_max{800};

Response nothing_here(std::string detail) { return problem(404, "not-found", "There is nothing here", std::move(detail)); }

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
    for (const auto& row : desk.reading().rows(rows_asked(r, rows_most))) rows.push_back(of_row(row));
    return as_json({{"conversations", std::move(rows)}});
}

Response one_conversation(const OfficeDesk& desk, const std::string& id) {
    const auto file = desk.reading().casefile(id);
    if (!file) return nothing_here("There is no such conversation. Look at /api/conversations.");
    json body = of_row(file->row);
    body["newest_message"] = file->newest_message;
    body["address"] = file->address;
    body["deputy_name"] = file->deputy_name;
    body["since"] = file->since;
    body["team"] = file->team;
    body["claimed"] = file->claimed;
    body["questions"] = file->questions;
    body["family"] = json::array();
    for (const auto& c : file->contacts) body["family"].push_back({{"contact", c.contact}, {"name", c.name}, {"relation", c.relation}, {"email", c.email}, {"telephone", c.phone}});
    body["owed"] = json::array();
    for (const auto& row : file->owed) body["owed"].push_back(of_row(row));
    body["timeline"] = json::array();
    for (const auto& item : file->timeline) body["timeline"].push_back(of_item(item));
    return as_json(body);
}

json of_times(const std::vector<std::chrono::seconds>& times) {
    const auto seconds = [&](int percent) {
        const auto time = time_within(times, percent);
        return time ? json(time->count()) : json();
    };
    return {{"answers", times.size()}, {"half_within", seconds(50)}, {"nine_in_ten_within", seconds(90)}};
}

/// What the managers' page draws, of this week and those before it.
json over_weeks(const OfficeDesk& desk, const std::string& team, const Period& period) {
    auto insight = desk.insight();
    const auto s = shares_of(insight.due_in(period, team));
    const auto times = times_of(insight.answered_in(period, team), desk.answering);
    const auto up = insight.went_up(period, team);
    json ages = json::array(), nights = json::array();
    for (const auto& age : by_age(insight.open(team), desk.answering, desk.clock.now(), ages_counted))
        ages.push_back({{"days", age.days}, {"or_more", age.or_more}, {"open", age.open}, {"late", age.late}, {"from", to_iso(age.received.from)}, {"to", to_iso(age.received.to)}});
    for (const auto& night : insight.nights(period, team)) nights.push_back({{"day", night.day}, {"waited", night.waited}, {"stopped", night.stopped}, {"last_left", maybe_time(night.last_left)}});
    return {{"from", to_iso(period.from)}, {"to", to_iso(period.to)}, {"promises", {{"due", s.due}, {"kept", s.kept}, {"due_an_answer", s.due_an_answer}, {"kept_by_answering", s.by_answering}, {"kept_on_first_day", s.on_first_day}}},
            {"time_to_answer", {{"since_written", of_times(times.since_written)}, {"since_given", of_times(times.since_given)}, {"before_given", of_times(times.before_given)}}},
            {"went_up", {{"team_manager", up[0]}, {"head_of_service", up[1]}, {"complaints_team", up[2]}}}, {"open_by_age", std::move(ages)}, {"nights", std::move(nights)}};
}

Response figures(const OfficeDesk& desk, const Request& r) {
    const std::string team(r.asked("team"));
    const auto f = desk.reading().figures(team);
    const int weeks = r.asked("weeks") == "52" ? 52 : r.asked("weeks") == "4" ? 4 : 1;
    json body = over_weeks(desk, team, weeks_up_to(london_date(desk.clock.now()), weeks));
    body.update({{"totals", f.totals}, {"settled", f.settled}, {"open", f.open}, {"broken", f.broken}, {"with_team_manager", f.with_manager}, {"with_head_of_service", f.with_head}, {"with_complaints_team", f.with_complaints},
                 {"waiting_for_window", f.waiting_for_window}, {"matching", f.matching}, {"set_aside", f.aside}, {"parked", f.parked}, {"returned", f.returned}, {"now", to_iso(desk.clock.now())}});
    return as_json(body);
}

Response staff(const OfficeDesk& desk) {
    json list = json::array();
    auto reading = desk.reading();
    for (const auto& s : reading.staff())
        list.push_back({{"staff", s.id}, {"name", s.name}, {"role", s.role}, {"team", s.team}, {"team_name", s.team_name}, {"phone", s.phone}, {"left", s.left}});
    json away = json::array(), missing = json::array();
    for (const auto& a : reading.absences(london_date(desk.clock.now()))) away.push_back({{"staff", a.who}, {"name", a.name}, {"from", a.from}, {"to", a.to}, {"cover", a.cover}, {"cover_name", a.cover_name}});
    for (const auto& m : reading.not_seen()) missing.push_back({{"staff", m.staff}, {"name", m.name}, {"team", m.team}, {"day", m.day}, {"due", m.due}});
    return as_json({{"staff", std::move(list)}, {"away", std::move(away)}, {"missing", std::move(missing)}});
}

/// The lists of somebody's page Today.
Response today(const OfficeDesk& desk, const Request& r, const std::string& id) {
    const auto me = desk.reading().member(id);
    if (!me) return nothing_here("There is no such member of staff. Look at /api/staff.");
    json groups = json::array();
    for (const auto& group : groups_of({.desk = desk, .request = r, .me = *me})) {
        json rows = json::array();
        for (const auto& row : group.rows) rows.push_back(of_row(row));
        groups.push_back({{"group", group.id}, {"name", group.name}, {"says", group.says}, {"conversations", std::move(rows)}});
    }
    return as_json({{"staff", id}, {"groups", std::move(groups)}});
}

/// Children whom a message from somebody unknown may be about.
Response guesses(const OfficeDesk& desk, const std::string& id) {
    const auto rows = desk.reading().rows({.conversation = id, .most = 1});
    if (rows.empty()) return nothing_here("There is no such conversation. Look at /api/conversations.");
    json list = json::array();
    for (const auto& each : guesses_of(desk, rows.front())) list.push_back({{"case_id", each.case_id}, {"child", each.child}, {"likely", each.likely}, {"why", each.why}});
    return as_json({{"guesses", std::move(list)}});
}

Response original(const OfficeDesk& desk, const std::string& message) {
    auto found = original_of(desk, message);
    return found ? std::move(*found) : nothing_here("There is no such message, or it has been erased.");
}

Response one_act(const OfficeDesk& desk, const std::string& id) {
    const auto outcome = desk.reading().outcome(id);
    if (!outcome) return nothing_here("Nothing has come of an act of this name yet. One that is kept shows in a moment.");
    return as_json({{"act", id}, {"result", outcome->result}, {"words", outcome->words}, {"conversation", outcome->conversation}});
}

Response cases(const OfficeDesk& desk, const Request& r) {
    json list = json::array();
    for (const auto& c : desk.reading().cases(std::string(r.asked("text")), 50)) list.push_back({{"case_id", c.id}, {"child", c.child}, {"year", c.year}, {"caseworker_name", c.caseworker_name}});
    return as_json({{"cases", std::move(list)}});
}

Response print_days(const OfficeDesk& desk) {
    json list = json::array();
    for (const auto& d : desk.reading().print_days(print_days_most)) list.push_back({{"day", d.day}, {"letters", d.letters}, {"pages", d.pages}, {"posted", d.posted}});
    return as_json({{"days", std::move(list)}});
}

Response people(const OfficeDesk& desk, const Request& r) {
    json list = json::array();
    for (const auto& p : desk.reading().people_like(std::string(r.asked("text")), 50))
        list.push_back({{"contact", p.contact}, {"name", p.name}, {"relation", p.relation}, {"telephone", p.phone}, {"case_id", p.case_id}, {"child", p.child}, {"year", p.year}});
    return as_json({{"people", std::move(list)}});
}

Response complaints(const OfficeDesk& desk) {
    json list = json::array();
    for (const auto& c : desk.reading().complaints(500))
        list.push_back({{"conversation", c.conversation}, {"child", c.child}, {"writer", c.writer}, {"stands", c.stands}, {"opened_at", to_iso(c.opened_at)}, {"answered", c.answered}, {"decided_by_name", c.staff_name},
                        {"decided_at", maybe_time(c.decided_at)}, {"reason", c.reason}, {"answer_by", c.told_day}, {"owed", c.owed}});
    return as_json({{"complaints", std::move(list)}});
}

json of_rows(const std::vector<QueueRow>& rows) {
    json list = json::array();
    for (const auto& row : rows) list.push_back(of_row(row));
    return list;
}

Response one_contact(const OfficeDesk& desk, const std::string& id) {
    const auto p = desk.reading().person(id);
    if (!p) return nothing_here("There is nobody like this in our lists. Look at /api/people.");
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
    if (!c) return nothing_here("There is no child with this number in our lists. Look at /api/cases.");
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
    const auto q = search_asked(r);
    const auto found = Search(desk.search).ask(q);
    json people = json::array(), messages = json::array();
    for (const auto& p : found.people) people.push_back({{"kind", p.kind}, {"id", p.id}, {"name", p.name}, {"about", p.about}});
    for (const auto& m : found.messages)
        messages.push_back({{"conversation", m.conversation}, {"message", m.message}, {"kind", m.kind}, {"way", m.way}, {"at", to_iso(m.at)}, {"writer", m.writer}, {"child", m.child}, {"owner_name", m.owner_name}, {"unsent", m.unsent},
                            {"subject", of_pieces(m.subject)}, {"words", of_pieces(m.words)}});
    return as_json({{"people", std::move(people)}, {"messages", std::move(messages)}, {"total", found.total}, {"more", found.more}, {"page", q.page}, {"indexed_up_to", found.up_to ? json(to_iso(*found.up_to)) : json()}, {"behind", found.behind}});
}

/// What was promised in a call.
std::vector<Given> given_in(const Body& body) {
    std::vector<Given> given;
    for (const auto& each : body.objects("promised")) {
        given.push_back({.kind = needed_word<PromiseKind>(each, "kind"), .what = needed_text(each, "what"), .by = needed_date(each, "by")});
        const auto kind = text_in(each, "kind");
        if (kind == to_word(PromiseKind::answer)) each.wrong("kind", "An answer is owed by the outcome to_answer, not by a promise.");
        if (kind == to_word(PromiseKind::complaint)) each.wrong("kind", "A complaint is filed: file-complaint of its conversation.");
    }
    return given;
}

Signpost signpost_in(const Body& body) {
    const auto found = body.object("signpost");
    return found ? Signpost{.who = text_in(*found, "who"), .contact = text_in(*found, "contact"), .by = text_in(*found, "by")} : Signpost{};
}

void must_say_who(const Body& body) {
    if (text_in(body, "conversation").empty() && text_in(body, "case_id").empty() && text_in(body, "contact").empty() && text_in(body, "name").empty())
        body.wrong("name", "Say who it was: a conversation, a child's number, a contact, or a name.");
}

/// What a page would not let go to a family does not go from here.
void must_be_fit_to_send(const Body& body, const std::vector<Finding>& findings, const char* words_are_in) {
    for (const auto& each : findings)
        if (each.severity == Finding::Severity::block && !each.found.empty()) body.wrong(each.place == "subject" ? "subject" : words_are_in, "It says “" + each.found + "”. Better: " + each.better + ".");
}

void must_be_a_call(const Body& body, CallOutcome outcome) {
    must_say_who(body);
    const bool spoke = outcome == CallOutcome::answered || outcome == CallOutcome::to_answer;
    if (spoke && (text_in(body, "they_said") + text_in(body, "we_said")).empty()) body.wrong("they_said", "Write down what was said: one line is enough.");
    if (!yes_in(body, "send_note")) return;
    must_be_fit_to_send(body, check(shipped_template("after-our-call"), {{"body", needed_text(body, "note")}}), "note");
}

Response post_call(const Act& act) {
    const auto& body = act.body;
    const auto outcome = needed_word<CallOutcome>(body, "outcome");
    must_be_a_call(body, outcome);
    return done(act, CallLogged{.conversation = {text_in(body, "conversation")}, .case_id = {text_in(body, "case_id")}, .contact = {text_in(body, "contact")}, .staff = act.staff, .at = body.instant("at").value_or(act.desk.clock.now()),
                                .we_rang = yes_in(body, "we_rang"), .outcome = outcome, .name = text_in(body, "name"), .telephone = text_in(body, "telephone"),
                                .they_said = text_in(body, "they_said"), .we_said = text_in(body, "we_said"), .given = given_in(body), .send_note = yes_in(body, "send_note"), .note = text_in(body, "note")});
}

/// The bytes of a scan that came in base64 (RFC 4648 4).
std::string scan_in(const Body& body) {
    try {
        return from_base64(text_in(body, "scan"));
    } catch (const std::runtime_error&) {
        body.wrong("scan", "It must be a file in base64.");
        return {};
    }
}

Response post_letter(const Act& act) {
    const auto& body = act.body;
    must_say_who(body);
    LetterLogged letter{.conversation = {text_in(body, "conversation")}, .case_id = {text_in(body, "case_id")}, .contact = {text_in(body, "contact")}, .staff = act.staff, .received_on = needed_date(body, "received_on"),
                        .name = text_in(body, "name"), .subject = text_in(body, "subject"), .text = text_in(body, "text"), .scan = {}, .scan_name = text_in(body, "scan_name")};
    std::vector<Blob> blobs;
    if (const auto scan = scan_in(body); !scan.empty()) {
        auto sealed = seal_blob(scan);
        blobs.push_back(std::move(sealed.blob));
        letter.scan = std::move(sealed.ref);
    } else if (text_in(body, "text").empty()) {
        body.wrong("text", "Say what the letter says, in short, or add the scan of it.");
    }
    return done(act, std::move(letter), blobs);
}

Response post_print_day(const Act& act, const std::string& id) {
    const auto days = act.desk.reading().print_days(print_days_most);
    if (std::none_of(days.begin(), days.end(), [&](const PrintDay& day) { return day.day == id; })) return nothing_here("There are no letters of this day. Look at /api/print-days.");
    return done(act, PostedSaid{.day = date_from_iso(id).value_or(Date{}), .staff = act.staff});
}

Response post_staff(const Act& act, const StaffId& who, std::string_view verb) {
    const auto& body = act.body;
    if (!act.desk.reading().member(who.value)) return nothing_here("There is no such member of staff. Look at /api/staff.");
    if (verb == "here") return done(act, BackSaid{.who = who, .staff = act.staff});
    if (verb == "left") return done(act, LeavingSaid{.who = who, .staff = act.staff, .to = {needed_text(body, "to")}, .tell_families = yes_in(body, "tell_families")});
    return done(act, AwaySaid{.who = who, .staff = act.staff, .from = needed_date(body, "from"), .to = date_in(body, "to"), .cover = {needed_text(body, "cover")}, .tell_families = yes_in(body, "tell_families")});
}

Response post_message(const Act& act, const MessageId& message, std::string_view verb) {
    if (act.desk.reading().conversation_of_ours(message.value).empty()) return nothing_here("There is no such message for a family. A conversation's timeline names them.");
    if (verb == "stop") return done(act, StopAsked{.message = message, .staff = act.staff});
    return done(act, CameBackSaid{.message = message, .staff = act.staff, .why = text_in(act.body, "why")});
}

Response post_contact(const Act& act, const ContactId& contact, std::string_view verb) {
    const auto& body = act.body;
    if (!act.desk.reading().person(contact.value)) return nothing_here("There is nobody like this in our lists. Look at /api/people.");
    if (verb == "confirm") return done(act, CorrectionAgreed{.contact = contact, .staff = act.staff, .reason = needed_text(body, "reason")});
    if (verb == "take-back") return done(act, CorrectionUnwanted{.contact = contact, .staff = act.staff});
    return done(act, CorrectionAsked{.contact = contact, .staff = act.staff, .proof = needed_word<AddressProof>(body, "proof"), .before = text_in(body, "before"), .email = needed_text(body, "email"), .note = text_in(body, "note")});
}

Response post_hand_over(const Act& act) {
    const auto& body = act.body;
    auto conversations = ids_in<ConversationId>(body, "conversations");
    if (conversations.empty() || conversations.size() > handed_over_most) body.wrong("conversations", "Name 1 to " + std::to_string(handed_over_most) + " of them.");
    return done(act, HandOverAllAsked{.conversations = std::move(conversations), .staff = act.staff, .to = {needed_text(body, "to")}, .tell_family = yes_in(body, "tell_family")});
}

ReplyKind reply_kind_in(const Body& body) {
    const auto kind = body.has("kind") ? word_in<ReplyKind>(body, "kind") : ReplyKind::full;
    if (kind == ReplyKind::after_call) body.wrong("kind", "What is said after a call goes with the call: send_note of /api/calls.");
    return kind;
}

Draft draft_in(const Body& body) {
    const auto answered = texts_in(body, "answered");
    Draft draft{.words = needed_text(body, "text"), .subject = text_in(body, "subject"), .kind = reply_kind_in(body), .help = signpost_in(body), .answered = {answered.begin(), answered.end()}};
    if (const auto day = date_in(body, "new_day")) draft.new_day = to_iso(*day);
    return draft;
}

ReadThrough read_by(const Act& act, const ConversationId& id, const Draft& draft) {
    const auto me = act.desk.reading().member(act.staff.value);
    const auto file = act.desk.reading().casefile(id.value);
    return me && file ? read_through({.desk = act.desk, .request = act.request, .me = *me}, *file, draft) : ReadThrough{};
}

/// What would be said of a reply's words on its page, and how it would read; nothing is kept.
Response check_reply(const Act& act, const ConversationId& id) {
    const auto draft = draft_in(act.body);
    if (const auto faults = act.body.faults(); !faults.empty()) return problem(faults);
    const auto read = read_by(act, id, draft);
    json hints = json::array();
    for (const auto& hint : read.hints) hints.push_back({{"found", hint.found}, {"must", hint.severity == Finding::Severity::block}, {"better", hint.better}, {"why", hint.why}, {"place", hint.place}});
    return as_json({{"may_finish", read.may_finish}, {"hints", std::move(hints)}, {"text", read.text}});
}

/// The lines of an envelope, as the post wants them.
std::vector<std::string> envelope_in(const Body& body) {
    auto lines = texts_in(body, "address");
    if (!yes_in(body, "by_post")) return {};
    lines = tidy_address(std::move(lines));
    for (const auto& wrong : check_address(lines)) body.wrong("address", (wrong.found.empty() ? "" : wrong.found + ": ") + wrong.better);
    return lines;
}

Response post_reply(const Act& act, const ConversationId& id) {
    const auto& body = act.body;
    const auto draft = draft_in(body);
    must_be_fit_to_send(body, read_by(act, id, draft).hints, "text");
    return done(act, ReplyHandedIn{.conversation = id, .staff = act.staff, .last_seen = {needed_text(body, "last_seen")}, .kind = draft.kind, .cases = ids_in<CaseId>(body, "cases"), .left_open = number_in(body, "left_open"),
                                   .new_day = date_from_iso(draft.new_day), .signpost = draft.help, .answered = texts_in(body, "answered"), .by_post = yes_in(body, "by_post"), .address = envelope_in(body),
                                   .subject = draft.subject, .text = draft.words});
}

Response post_conversation(const Act& act, const ConversationId& id, std::string_view verb) {
    const auto& body = act.body;
    if (act.desk.reading().rows({.conversation = id.value, .most = 1}).empty()) return nothing_here("There is no such conversation. Look at /api/conversations.");
    if (verb == "claim") return done(act, ClaimAsked{.conversation = id, .staff = act.staff});
    if (verb == "reply") return post_reply(act, id);
    if (verb == "check-reply") return check_reply(act, id);
    if (verb == "hand-over") return done(act, HandOverAsked{.conversation = id, .staff = act.staff, .to = {needed_text(body, "to")}, .tell_family = yes_in(body, "tell_family")});
    if (verb == "file-complaint") return done(act, ComplaintFileAsked{.conversation = id, .staff = act.staff});
    if (verb == "decline-complaint") return done(act, ComplaintDeclineAsked{.conversation = id, .staff = act.staff, .reason = needed_word<NoComplaintReason>(body, "reason"), .note = text_in(body, "note")});
    if (verb == "reopen") return done(act, ReopenAsked{.conversation = id, .staff = act.staff});
    if (verb == "note") return done(act, NoteWritten{.conversation = id, .staff = act.staff, .text = needed_text(body, "text")});
    if (verb == "done") return done(act, DoneSaid{.promise = {needed_text(body, "promise")}, .conversation = id, .staff = act.staff, .note = text_in(body, "note")});
    if (verb == "no-answer-needed") return done(act, NoAnswerSaid{.conversation = id, .staff = act.staff, .reason = needed_word<NoAnswerReason>(body, "reason"), .note = text_in(body, "note")});
    return done(act, MatchAsked{.conversation = id, .staff = act.staff, .case_id = {needed_text(body, "case_id")}, .relation = needed_word<Relation>(body, "relation")});
}

Response go_to(const Act& act) {
    const auto& [desk, body] = std::tie(act.desk, act.body);
    if (!desk.go_to) return problem(403, "clock-runs", "The clock runs by itself", "It can be set only in a made-up council that was started with --set-clock.");
    body.must_have("to");
    const auto to = body.instant("to");
    if (to && *to > desk.clock.now() + clock_leap_max) body.wrong("to", "It must be within " + std::to_string(clock_leap_max.count()) + " days from now.");
    const auto id = act_id(act);
    if (const auto faults = body.faults(); !faults.empty()) return problem(faults);
    if (auto refusal = mixed_up(act, id)) return std::move(*refusal);
    desk.go_to(*to);
    return as_json({{"now", to_iso(desk.clock.now())}});
}

bool is_json(std::string_view content_type) {
    const auto type = lower_case(content_type.substr(0, content_type.find(';')));
    return type.substr(0, type.find_last_not_of(' ') + 1) == "application/json";
}

/// In whose name: the header's, or the body's.
StaffId staff_of(const OfficeDesk& desk, const Request& r, const Body& body) {
    const auto said = text_in(body, "staff");
    const auto& staff = r.staff_header ? *r.staff_header : said;
    if (staff.empty()) body.wrong("staff", "Say in whose name: a member of staff, here or in the header X-Hearback-Staff.");
    else if (body.has("staff") && said != staff) body.wrong("staff", "It is another than the one in the header X-Hearback-Staff. Say it once.");
    else if (!desk.reading().member(staff)) body.wrong("staff", "There is no such member of staff. Look at /api/staff.");
    return {staff};
}

Response post(const OfficeDesk& desk, const Request& r, const Address& address, const std::string& machine) {
    const auto& [what, id, verb, too_long] = address;
    if (!(r.body.empty() && r.content_type.empty()) && !is_json(r.content_type)) return problem(415, "wrong-media-type", "This is not JSON", "Send application/json.");
    const auto body = Body::read(r.body);
    if (!body) return problem(400, "not-json", "This is not a JSON object", "Send one object, like {\"staff\": \"priya-nair\"}.");
    const auto key = r.idempotency_key ? idempotency_key_in(*r.idempotency_key) : std::string();
    if (!key) return problem(400, "idempotency-key-malformed", "The Idempotency-Key cannot be read", "Send 1 to 255 characters in quotation marks, like \"8e03978e-40d5\".");
    const Act act{.desk = desk, .request = r, .body = *body, .staff = what == "clock" ? StaffId{} : staff_of(desk, r, *body), .machine = machine, .idempotency_key = *key};
    if (what == "clock") return go_to(act);
    if (what == "hand-over") return post_hand_over(act);
    if (what == "contacts") return post_contact(act, {id}, verb);
    if (what == "calls") return post_call(act);
    if (what == "letters") return post_letter(act);
    if (what == "print-days") return post_print_day(act, id);
    if (what == "staff") return post_staff(act, {id}, verb);
    if (what == "messages") return post_message(act, {id}, verb);
    return post_conversation(act, {id}, verb);
}

std::vector<Fault> wrong_in_query(const Request& r, const Address& address) {
    Query query(r);
    if (address.id.empty() && address.what == "conversations")
        query.text("owner").text("team").text("text").one_of("standing", {"open", "matching", "kept", "aside", "parked", "unanswered"}).number("rung", 1, 3).yes("broken").yes("waiting").yes("returned").instant("from").instant("to")
            .one_of("outcome", {"due", "kept", "kept_by_answering", "kept_on_first_day", "answered", "open", "open_late", "went_up_1", "went_up_2", "went_up_3"});
    if (address.what == "figures") query.text("team").one_of("weeks", {"1", "4", "52"});
    if (address.what == "people" || (address.what == "cases" && address.id.empty())) query.text("text");
    if (address.what == "search")
        query.text("text").text("case").text("person").text("owner").one_of("kind", {"email", "call", "letter", "note"}).one_of("way", {"in", "out"}).date("from").date("to").one_of("order", {"best"}).number("page", 1, Search::pages_max);
    return query.faults();
}

Response get(const OfficeDesk& desk, const Request& r, const Address& address) {
    const auto& [what, id, verb, too_long] = address;
    if (const auto faults = wrong_in_query(r, address); !faults.empty()) return problem(faults);
    if (verb == "guesses") return guesses(desk, id);
    if (what == "acts") return one_act(desk, id);
    if (what == "conversations") return id.empty() ? list_conversations(desk, r) : one_conversation(desk, id);
    if (what == "figures") return figures(desk, r);
    if (what == "messages") return original(desk, id);
    if (what == "staff") return id.empty() ? staff(desk) : today(desk, r, id);
    if (what == "print-days") return print_days(desk);
    if (what == "people") return people(desk, r);
    if (what == "complaints") return complaints(desk);
    if (what == "contacts") return one_contact(desk, id);
    if (what == "search") return search(desk, r);
    if (what == "cases") return id.empty() ? cases(desk, r) : one_case(desk, id);
    return as_json({{"now", to_iso(desk.clock.now())}, {"can_be_set", bool(desk.go_to)}});
}

}  // namespace

Response answer_api(const OfficeDesk& desk, const Request& r) {
    auto let_in = at_the_door(desk.machine_keys, r);
    if (auto* refusal = std::get_if<Response>(&let_in)) return std::move(*refusal);
    const auto& machine = std::get<std::optional<Machine>>(let_in);
    const auto address = address_of(r.path);
    auto way = way_to(address, r.method);
    if (auto* refusal = std::get_if<Response>(&way)) return std::move(*refusal);
    if (r.method != "POST") return get(desk, r, address);
    if (machine && machine->may == MachineMay::read) return may_only_read(*machine);
    return post(desk, r, address, machine ? machine->name : std::string());
}

}  // namespace hearback
