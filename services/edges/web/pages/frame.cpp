#include "edges/web/pages/frame.hpp"

#include "edges/web/person.hpp"
#include "kernel/text.hpp"
#include "views/words.hpp"
#include "words/email_text.hpp"

namespace hearback {

namespace {

Node navigation_item(std::string_view href, std::string_view words, std::string_view here, std::int64_t count) {
    return Node::Object{{"href", href}, {"words", words}, {"here", href == here}, {"count", count > 0 ? std::to_string(count) : std::string()}};
}

/// What has just been done, from the act in the address.
Node said(const Visit& visit) {
    const auto act = visit.request.asked("act");
    if (act.empty()) return false;
    const auto outcome = visit.desk.reading().outcome(std::string(act));
    if (!outcome) return false;
    const bool refused = outcome->result == "refused";
    const bool undo = !refused && visit.request.asked("undo") == "no-answer";
    return Node::Object{{"first", refused ? "Not done." : "Done."}, {"rest", keep_together(outcome->words)}, {"href", undo ? "#close" : ""}, {"link", undo ? "Undo: no answer needed" : ""}};
}

}  // namespace

std::string spaced(std::string text) {
    for (char& c : text)
        if (c == '_') c = ' ';
    return text;
}

Date Visit::today() const { return london_date(now()); }

Date date_of(const std::string& iso) { return date_from_iso(iso).value_or(Date{}); }

std::string moment_words(Instant at) { return day_words_with_year(london_date(at)) + ", " + time_words(at); }
std::string short_moment(Instant at) { return short_day_name(london_date(at)) + " " + time_words(at); }
std::string year_words(const std::string& year) {
    if (year.empty()) return {};
    return year.find_first_not_of("0123456789") == std::string::npos ? "Year " + year : year;
}
std::string relation_words(const std::string& relation) { return relation == "other" ? std::string() : spaced(relation); }

std::string cut_words(const std::string& text, std::size_t most) {
    std::string flat;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (!blank) flat += c;
        else if (!flat.empty() && flat.back() != ' ') flat += ' ';
    }
    if (flat.size() <= most) return flat;
    auto end = flat.rfind(' ', most);
    if (end == std::string::npos || end < most / 2) end = most;
    return cut_to(flat, end) + "…";
}

Node::List paragraphs(const std::string& text) {
    Node::List list;
    std::string one;
    const auto end_one = [&] {
        while (!one.empty() && (one.back() == '\n' || one.back() == ' ')) one.pop_back();
        if (!one.empty()) list.push_back(Node::Object{{"text", one}});
        one.clear();
    };
    std::size_t from = 0;
    while (from <= text.size()) {
        auto to = text.find('\n', from);
        if (to == std::string::npos) to = text.size();
        auto line = text.substr(from, to - from);
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.find_first_not_of(" \t") == std::string::npos) end_one();
        else one += line + "\n";
        from = to + 1;
    }
    end_one();
    return list;
}

Node due(DueKind kind, std::string words, std::string note) {
    return Node::Object{{"late", kind == DueKind::late}, {"soon", kind == DueKind::soon}, {"done", kind == DueKind::done}, {"plain", kind == DueKind::plain},
                        {"words", keep_together(words)}, {"note", keep_together(note)}};
}

Node due_of(const QueueRow& row, const Visit& visit) {
    if (row.told_day.empty()) return due(DueKind::plain, "No day");
    const Date day = date_of(row.rung > 0 && !row.rung_day.empty() ? row.rung_day : row.told_day);
    if (row.promise_kept_at != Instant{}) return due(DueKind::done, row.promise_kept_late ? "Answered late" : "Answered");
    if (row.standing == "kept") return due(DueKind::done, row.kept_late ? "Answered late" : "Answered");
    if (row.broken) {
        const auto was = "Was due " + day_name(date_of(row.told_day));
        return due(DueKind::late, "Late", row.rung > 0 && day >= visit.today() ? was + ", now by " + day_name(day) : was);
    }
    if (day == visit.today()) {
        const bool soon = visit.now() + std::chrono::minutes{30} >= row.target;
        return due(soon ? DueKind::soon : DueKind::plain, "Today by " + time_words(row.judged_at), "Best by " + time_words(row.target));
    }
    return due(DueKind::plain, day_words(day));
}

Node::List colleague_choices(const std::vector<Colleague>& staff, const std::string& but, const std::string& chosen) {
    Node::List list;
    for (const auto& each : staff)
        if (!each.left && each.id != but) list.push_back(Node::Object{{"value", each.id}, {"colleague", each.name + ", " + spaced(each.role) + (each.team_name.empty() ? "" : ", " + each.team_name)}, {"chosen", each.id == chosen}});
    return list;
}

std::pair<std::string, std::string> leaving(const Visit& visit) {
    const auto now = visit.now();
    const auto& window = visit.desk.window;
    if (window.is_open(now)) return {"Leaves now", "It is " + time_words(now) + ". You can no longer stop it once it has left."};
    const Instant opens = window.next_opening(now);
    const Date today = visit.today();
    const std::string why = !window.days().is_working_day(today) ? "nothing goes to a family at a weekend or on a bank holiday" : now < window.opening_of(today) ? "nothing goes to a family before 8am" : "nothing goes to a family after 6pm";
    return {"Leaves " + slot_words(opens, opens + std::chrono::minutes{15}), "It is " + time_words(now) + " now and " + why + ". You can stop it until it leaves."};
}

bool keys_are_on(const Request& request) {
    const auto choice = request.cookies.find("hearback_keys");
    return choice == request.cookies.end() || choice->second != "off";
}

Node::Object frame(const Visit& visit, std::string title, std::string_view here) {
    const auto f = visit.desk.reading().figures();
    Node::List navigation{navigation_item("/queue", "Today", here, 0), navigation_item("/call", "Write down a call", here, 0), navigation_item("/letter", "Enter a letter", here, 0), navigation_item("/matching", "Match to a child", here, f.matching)};
    if (visit.me.role != "caseworker") {
        navigation.push_back(navigation_item("/gone-up", "Gone up", here, visit.desk.reading().gone_up(visit.me.role == "team_manager" ? visit.me.team : "")));
        navigation.push_back(navigation_item("/complaints", "Complaints", here, f.possible_complaints));
    }
    for (auto& item : {navigation_item("/search", "Find", here, 0), navigation_item("/people", "Who is here", here, f.not_seen), navigation_item("/print-room", "Letters to post", here, 0), navigation_item("/figures", "Figures", here, 0)}) navigation.push_back(item);
    return {{"title", std::move(title)}, {"council", visit.desk.council_name}, {"csrf", form_guard(visit.desk, visit.me.id)}, {"form", new_act()},
            {"me", Node::Object{{"name", visit.me.name}, {"role", spaced(visit.me.role)}}},
            {"navigation", std::move(navigation)},
            {"said", said(visit)}, {"keys", keys_are_on(visit.request)}, {"demo", visit.desk.made_up}, {"clock", visit.desk.made_up ? "It is " + moment_words(visit.now()) + "." : std::string()}};
}

Response show(std::string_view page_name, const Node::Object& data, int status) { return {.status = status, .body = page(page_name, data)}; }

Response after(const Visit& visit, const std::string& act_id, const ActShown& shown, const std::string& back, std::string says) {
    if (shown.shown) return Response::see_other(back + (back.find('?') == std::string::npos ? "?act=" : "&act=") + act_id);
    auto data = frame(visit, "We have your request", "");
    data["says"] = std::move(says);
    data["back"] = back;
    data["back_words"] = "See it now";
    return show("waiting", data, 202);
}

Response not_found(const Visit& visit, std::string_view says) {
    auto data = frame(visit, "We cannot find this page", "");
    data["heading"] = "We cannot find this page";
    data["paragraphs"] = Node::List{Node::Object{{"text", says}}};
    data["kept"] = "";
    data["back"] = "/queue";
    data["back_words"] = "Go to Today";
    return show("error", data, 404);
}

}  // namespace hearback
