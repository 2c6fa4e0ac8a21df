#include <algorithm>
#include <map>
#include <set>

#include "deciders/family_words.hpp"
#include "edges/web/pages/pages.hpp"
#include "events/words.hpp"
#include "words/email_text.hpp"

namespace hearback {

namespace {

constexpr std::size_t given_at_once_max = 100;  // as many as one decision takes
constexpr const char* rung_names[] = {"Team manager", "Head of service", "Complaints team"};

/// The rung in the address, else the reader's own.
int rung_of(const Visit& visit) {
    const auto asked = visit.request.asked("rung");
    if (asked.size() == 1 && asked[0] >= '1' && asked[0] <= '3') return asked[0] - '0';
    return visit.me.role == "head_of_service" ? 2 : visit.me.role == "complaints_team" ? 3 : 1;
}

Node row_node(const QueueRow& row, const Visit& visit) {
    const auto with = row.holder == visit.me.id ? std::string("You") : row.holder_name;
    return Node::Object{{"pick", row.conversation}, {"href", "/conversations/" + row.conversation}, {"child", row.child.empty() ? "Not matched yet" : row.child}, {"who", row.writer},
                        {"who_is", relation_words(row.relation)}, {"words", cut_words(row.first_words.empty() ? row.subject : row.first_words, 58)}, {"due", due_of(row, visit)}, {"with", with}};
}

/// What the act in the address gave away, row by row.
Node::List given_nodes(const Visit& visit) {
    Node::List rows;
    for (const auto& row : visit.desk.reading().given(std::string(visit.request.asked("act"))))
        rows.push_back(Node::Object{{"href", "/conversations/" + row.conversation}, {"child", row.child.empty() ? "Not matched yet" : row.child}, {"who", row.writer}, {"who_is", relation_words(row.relation)},
                                    {"before", row.before.empty() ? "Nobody" : row.before}, {"now", row.now}});
    return rows;
}

/// What is to be done about a cause, beside giving the messages to somebody.
std::string advice(LateBecause because, const std::string& name) {
    switch (because) {
        case LateBecause::owner_is_away: return name + "’s families wait for somebody who is here. Give them to a colleague, in one decision.";
        case LateBecause::nobody_has_it: return "Their caseworker has left or was never named. Give them to a colleague.";
        case LateBecause::not_matched: return "We do not know the child yet. Match each one, and it finds its caseworker.";
        case LateBecause::owner_did_not_answer: return "Ask " + name + " what is in the way; answer yourself, or give some to a colleague.";
    }
    return {};
}

Node cause_node(const Visit& visit, const std::pair<std::string, std::string>& cause, const std::vector<QueueRow>& rows, int rung, const Node::List& colleagues, int number) {
    const auto because = from_word<LateBecause>(cause.second).value_or(LateBecause::owner_did_not_answer);
    const auto name = rows.front().late_owner_name.empty() ? "The caseworker" : rows.front().late_owner_name;
    Node::List list;
    for (const auto& row : rows)
        if (list.size() < given_at_once_max) list.push_back(row_node(row, visit));
    const auto n = std::to_string(rows.size());
    const auto more = rows.size() > list.size() ? " These are the first " + std::to_string(list.size()) + "; the others follow when they are given away." : std::string();
    return Node::Object{{"id", "cause-" + std::to_string(number)}, {"name", why_late(because, name)}, {"n", n}, {"says", keep_together(advice(because, name) + more)}, {"rung", std::to_string(rung)}, {"form", new_act()},
                        {"rows", std::move(list)}, {"colleagues", colleagues}, {"away", because == LateBecause::owner_is_away}, {"match", because == LateBecause::not_matched}};
}

}  // namespace

Response gone_up_page(const Visit& visit) {
    auto data = frame(visit, "Gone up", "/gone-up");
    const int rung = rung_of(visit);
    const std::string team = visit.me.role == "team_manager" ? visit.me.team : "";  // a team manager has what is their team's
    const auto f = visit.desk.reading().figures(team);
    const std::int64_t counts[] = {f.with_manager, f.with_head, f.with_complaints};
    Node::List strip, nodes;
    for (int n = 1; n <= 3; ++n)
        strip.push_back(Node::Object{{"n", std::to_string(counts[n - 1])}, {"words", rung_names[n - 1]}, {"href", "/gone-up?rung=" + std::to_string(n)}, {"note", ""}, {"on", n == rung}});
    // One conversation is one decision, whatever is owed in it.
    std::map<std::pair<std::string, std::string>, std::vector<QueueRow>> causes;
    std::set<std::string> known;
    for (const auto& row : visit.desk.reading().rows({.team = team, .rung = rung}))
        if (known.insert(row.conversation).second) causes[{row.late_owner, row.late_because}].push_back(row);
    std::vector<std::pair<std::pair<std::string, std::string>, std::vector<QueueRow>>> sorted(causes.begin(), causes.end());
    std::ranges::stable_sort(sorted, std::greater{}, [](const auto& each) { return each.second.size(); });
    const auto colleagues = colleague_choices(visit.desk.reading().staff());
    for (const auto& [cause, rows] : sorted) nodes.push_back(cause_node(visit, cause, rows, rung, colleagues, int(nodes.size()) + 1));
    data["caption"] = moment_words(visit.now());
    data["heading"] = std::string("Gone up: ") + rung_names[rung - 1];
    data["summary"] = nodes.empty() ? "No family waits here past its day." : "The day we told these families passed. What has one cause is decided as one.";
    data["strip"] = std::move(strip);
    auto given = given_nodes(visit);
    data["some_given"] = !given.empty();
    data["given"] = std::move(given);
    data["causes"] = std::move(nodes);
    data["complaints"] = rung == 3;
    return show("gone_up", data);
}

Response post_gone_up(const Visit& visit) {
    const auto& r = visit.request;
    const std::string id(r.filled("form"));
    HandOverAllAsked asked{.conversations = {}, .staff = {visit.me.id}, .to = {std::string(r.filled("to"))}, .tell_family = r.filled("tell") == "yes"};
    for (const auto& [name, value] : r.form)
        if (name.starts_with("c-") && value == "yes") asked.conversations.push_back({name});
    return after(visit, id, act(visit.desk, id, std::move(asked)), "/gone-up?rung=" + std::string(r.filled("rung")), "Your decision is kept.");
}

}  // namespace hearback
