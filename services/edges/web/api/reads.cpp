#include "edges/web/api/reads.hpp"

#include <nlohmann/json.hpp>

#include "edges/web/api/json_response.hpp"
#include "edges/web/api/problem.hpp"
#include "edges/web/api/query.hpp"
#include "edges/web/pages/guesses.hpp"
#include "edges/web/pages/pages.hpp"
#include "edges/web/pages/queue.hpp"

namespace hearback {

namespace {

using nlohmann::json;

Response as_json(const json& body) { return json_response(body); }

constexpr int rows_most = 2000, print_days_most = 400, ages_counted = 5;

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
    if (!file) return no_such("There is no such conversation. Look at /api/conversations.");
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
    if (!me) return no_such("There is no such member of staff. Look at /api/staff.");
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
    if (rows.empty()) return no_such("There is no such conversation. Look at /api/conversations.");
    json list = json::array();
    for (const auto& each : guesses_of(desk, rows.front())) list.push_back({{"case_id", each.case_id}, {"child", each.child}, {"likely", each.likely}, {"why", each.why}});
    return as_json({{"guesses", std::move(list)}});
}

Response original(const OfficeDesk& desk, const std::string& message) {
    auto found = original_of(desk, message);
    return found ? std::move(*found) : no_such("There is no such message, or it has been erased.");
}

Response one_act(const OfficeDesk& desk, const std::string& id) {
    const auto outcome = desk.reading().outcome(id);
    if (!outcome) return no_such("Nothing has come of an act of this name yet. One that is kept shows in a moment.");
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
    if (!p) return no_such("There is nobody like this in our lists. Look at /api/people.");
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
    if (!c) return no_such("There is no child with this number in our lists. Look at /api/cases.");
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

std::vector<Fault> wrong_in_query(const Request& r, const Address& address) {
    Query query(r);
    if (address.id.empty() && address.what == "conversations")
        query.text("owner").text("team").text("text").one_of("standing", {"open", "matching", "kept", "aside", "parked", "unanswered"}).number("rung", 1, 3).yes("broken").yes("waiting").yes("returned").instant("from").instant("to")
            .one_of("outcome", {"due", "kept", "kept_by_answering", "kept_on_first_day", "answered", "no_answer", "no_answer_sample", "open", "open_late", "went_up_1", "went_up_2", "went_up_3"});
    if (address.what == "figures") query.text("team").one_of("weeks", {"1", "4", "52"});
    if (address.what == "people" || (address.what == "cases" && address.id.empty())) query.text("text");
    if (address.what == "search")
        query.text("text").text("case").text("person").text("owner").one_of("kind", {"email", "call", "letter", "note"}).one_of("way", {"in", "out"}).date("from").date("to").one_of("order", {"best"}).number("page", 1, Search::pages_max);
    return query.faults();
}

}  // namespace

Response answer_read(const OfficeDesk& desk, const Request& r, const Address& address) {
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

}  // namespace hearback
