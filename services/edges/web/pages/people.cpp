#include <algorithm>

#include "edges/web/pages/pages.hpp"

namespace hearback {

namespace {

bool leads(const Visit& visit) { return visit.me.role != "caseworker"; }

/// Who shows no sign of being here while families are due: one decision moves all that they have.
Node::List missing_node(const Visit& visit, const std::vector<Colleague>& staff, const std::vector<NotSeen>& missing) {
    Node::List list;
    for (const auto& each : missing)
        list.push_back(Node::Object{{"id", each.staff}, {"name", each.name}, {"due", each.due == 1 ? "1 family was told today" : std::to_string(each.due) + " families were told today"}, {"day", to_iso(visit.today())}, {"form_away", new_act()}, {"form_here", new_act()}, {"colleagues", colleague_choices(staff, each.staff)}});
    return list;
}

std::string days_away(const Away& away) {
    const auto from = "from " + day_words(date_of(away.from));
    return away.to.empty() ? from + ", nobody knows until when" : away.from == away.to ? "on " + day_words(date_of(away.from)) : from + " to " + day_words(date_of(away.to));
}

}  // namespace

Response people_page(const Visit& visit) {
    auto data = frame(visit, "Who is here", "/people");
    auto reading = visit.desk.reading();
    const auto staff = reading.staff();
    const auto missing = reading.not_seen();
    const auto absences = reading.absences(visit.today());
    Node::List away, teams, people;
    for (const auto& each : absences) {
        const bool may_end = leads(visit) || each.who == visit.me.id;
        away.push_back(Node::Object{{"name", each.name}, {"days", days_away(each)}, {"cover", each.cover_name}, {"end", may_end ? Node(Node::Object{{"id", each.who}, {"form", new_act()}}) : Node(false)}});
    }
    std::string team;
    const auto end_team = [&] {
        if (!people.empty()) teams.push_back(Node::Object{{"team", team.empty() ? "Without a team" : team}, {"people", std::move(people)}});
        people = {};
    };
    for (const auto& each : staff) {
        if (each.team_name != team) end_team();
        team = each.team_name;
        const auto off = std::find_if(absences.begin(), absences.end(), [&](const Away& a) { return a.who == each.id && date_of(a.from) <= visit.today(); });
        const bool suspected = std::any_of(missing.begin(), missing.end(), [&](const NotSeen& m) { return m.staff == each.id; });
        const auto says = each.left ? "Has left" : off != absences.end() ? "Away; " + off->cover_name + " answers" : suspected ? "No sign of them today" : "";
        people.push_back(Node::Object{{"name", each.name}, {"role", spaced(each.role)}, {"telephone", each.phone}, {"says", says}});
    }
    end_team();
    data["caption"] = moment_words(visit.now());
    data["heading"] = "Who is here";
    data["summary"] = missing.empty() ? "Whoever is away has somebody who answers for them." : "Families are due today, and somebody shows no sign of being here.";
    data["missing"] = leads(visit) ? missing_node(visit, staff, missing) : Node::List{};
    data["away"] = std::move(away);
    data["teams"] = std::move(teams);
    data["set"] = Node::Object{{"form", new_act()}, {"today", to_iso(visit.today())}, {"may_choose", leads(visit)}, {"me_id", visit.me.id}, {"who", colleague_choices(staff, "", visit.me.id)}, {"colleagues", colleague_choices(staff, visit.me.id)}};
    data["leaving"] = leads(visit) ? Node(Node::Object{{"form", new_act()}, {"who", colleague_choices(staff, visit.me.id)}, {"colleagues", colleague_choices(staff, "")}}) : Node(false);
    return show("people", data);
}

Response post_away(const Visit& visit) {
    const auto& r = visit.request;
    const std::string id(r.filled("form"));
    const auto from = date_from_iso(r.filled("from"));
    return after(visit, id, act(visit.desk, id, AwaySaid{.who = {std::string(r.filled("who"))}, .staff = {visit.me.id}, .from = from.value_or(visit.today()), .to = date_from_iso(r.filled("to")),
                                                         .cover = {std::string(r.filled("cover"))}, .tell_families = r.filled("tell") == "yes"}), "/people", "Your word is kept.");
}

Response post_here(const Visit& visit) {
    const std::string id(visit.request.filled("form"));
    return after(visit, id, act(visit.desk, id, BackSaid{.who = {std::string(visit.request.filled("who"))}, .staff = {visit.me.id}}), "/people", "Your word is kept.");
}

Response post_left(const Visit& visit) {
    const auto& r = visit.request;
    const std::string id(r.filled("form"));
    return after(visit, id, act(visit.desk, id, LeavingSaid{.who = {std::string(r.filled("who"))}, .staff = {visit.me.id}, .to = {std::string(r.filled("to"))}, .tell_families = r.filled("tell") == "yes"}), "/people", "Your word is kept.");
}

}  // namespace hearback
