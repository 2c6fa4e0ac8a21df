#include <algorithm>
#include <cstdio>

#include "deciders/family_words.hpp"
#include "edges/web/pages/charts.hpp"
#include "edges/web/pages/pages.hpp"
#include "events/words.hpp"
#include "words/email_text.hpp"

namespace hearback {

namespace {

constexpr int weeks_shown = 6, ages_shown = 5, nights_shown = 7;
constexpr int broken_shown = 60;

/// Whose figures, and of which days: both are in the address.
struct Scope {
    std::string team, team_name = "The whole service";
    int weeks = 1;  ///< this one and those before it
    Period period;
};

Scope scope_of(const Visit& visit, const std::vector<Colleague>& staff) {
    Scope scope{.team = std::string(visit.request.asked("team")), .period = {}};
    for (const auto& each : staff)
        if (!scope.team.empty() && each.team == scope.team) scope.team_name = each.team_name;
    if (scope.team_name == "The whole service") scope.team.clear();
    if (visit.request.asked("weeks") == "4") scope.weeks = 4;
    if (visit.request.asked("weeks") == "52") scope.weeks = 52;
    scope.period = weeks_up_to(visit.today(), scope.weeks);
    return scope;
}

/// The address of the list behind a number.
std::string list_of(const Scope& scope, std::string_view outcome, const Period& period) {
    return "/list?outcome=" + std::string(outcome) + "&from=" + to_iso(period.from) + "&to=" + to_iso(period.to) + (scope.team.empty() ? "" : "&team=" + scope.team);
}

std::string with_team(const Scope& scope, std::string href) { return scope.team.empty() ? href : href + "&team=" + scope.team; }

std::string hours_words(std::chrono::seconds time) {
    const auto minutes = std::chrono::floor<std::chrono::minutes>(time).count();
    if (minutes < 60) return std::to_string(minutes) + "m";
    return std::to_string(minutes / 60) + "h" + (minutes % 60 ? " " + std::to_string(minutes % 60) + "m" : "");
}

std::string within(const std::vector<std::chrono::seconds>& times, int percent) {
    const auto time = time_within(times, percent);
    return time ? hours_words(*time) : "-";
}

/// Working days since the family wrote; the last age has no end.
Node open_by_age(const Visit& visit, const Scope& scope) {
    const auto ages = by_age(visit.desk.insight().open(scope.team), visit.desk.answering, visit.now(), ages_shown);
    std::vector<Bar> drawn;
    Node::List rows;
    std::int64_t all = 0, all_late = 0;
    for (const auto& age : ages) {
        const auto name = age.days == 0 ? std::string("Today") : std::to_string(age.days) + (age.days == 1 ? " day" : " days") + (age.or_more ? " or more" : "");
        drawn.push_back({name, age.open, {}, age.late ? std::to_string(age.late) + " late" : ""});
        rows.push_back(table_row(name, {cell(age.open, list_of(scope, "open", age.received)), cell(age.late, list_of(scope, "open_late", age.received))}));
        all += age.open;
        all_late += age.late;
    }
    rows.push_back(table_row("All", {words_cell(std::to_string(all)), words_cell(std::to_string(all_late))}));
    return figure("age", "Open, by age", "Working days since the family wrote.", bars("Open by age", drawn), "Open messages by working days since the family wrote", {head("Age", false), head("Open"), head("Late")}, std::move(rows));
}

Node went_up(const Visit& visit, const Scope& scope) {
    const auto counts = visit.desk.insight().went_up(scope.period, scope.team);
    const char* rungs[] = {"Team manager", "Head of service", "Complaints team"};
    std::vector<Bar> drawn;
    Node::List rows;
    for (std::size_t n = 0; n < 3; ++n) {
        drawn.push_back({rungs[n], counts[n]});
        rows.push_back(table_row(rungs[n], {cell(counts[n], list_of(scope, "went_up_" + std::to_string(n + 1), scope.period))}));
    }
    return figure("up", "Went up", "The day we told the family passed, and somebody above was given it.", bars("Went up", drawn), "To whom it went", {head("To", false), head("How often")}, std::move(rows));
}

/// The same by what was behind it.
Node causes(const Visit& visit, const Scope& scope) {
    Node::List rows;
    for (const auto& cause : visit.desk.insight().causes(scope.period, scope.team)) {
        const auto because = from_word<LateBecause>(cause.because).value_or(LateBecause::owner_did_not_answer);
        Node::List cells;
        for (std::size_t n = 0; n < 3; ++n)
            cells.push_back(cell(cause.went_up[n], list_of(scope, "went_up_" + std::to_string(n + 1), scope.period) + "&late_because=" + cause.because + "&late_owner=" + cause.owner));
        rows.push_back(table_row(why_late(because, cause.owner_name.empty() ? "The caseworker" : cause.owner_name), std::move(cells)));
    }
    if (rows.empty()) rows.push_back(table_row("None", {words_cell("0"), words_cell("0"), words_cell("0")}));
    return figure("causes", "Why it went up", "As far as the lists know. What has one cause is decided as one, under “Gone up”.", false, "How often something went up, by cause", {head("Cause", false), head("Team manager"), head("Head of service"), head("Complaints team")}, std::move(rows));
}

Node kept(const Visit& visit, const Scope& scope) {
    auto insight = visit.desk.insight();
    std::vector<Bar> drawn;
    for (int back = weeks_shown - 1; back >= 0; --back) {
        const Date week{std::chrono::sys_days{monday_of(visit.today())} - std::chrono::weeks{back}};
        const auto s = shares_of(insight.due_in(weeks_up_to(week, 1), scope.team));
        drawn.push_back({day_words(week).substr(day_name(week).size() + 1), s.due == 0 ? 0 : 100 * s.kept / s.due, percent(s.kept, s.due), s.due == 0 ? "none due" : percent(s.by_answering, s.due_an_answer) + " by answering"});
    }
    const auto s = shares_of(insight.due_in(scope.period, scope.team));
    Node::List rows{table_row("Our count", {cell(s.kept, list_of(scope, "kept", scope.period)), words_cell(std::to_string(s.due)), words_cell(percent(s.kept, s.due))}),
                    table_row("Without “no answer needed”", {cell(s.by_answering, list_of(scope, "kept_by_answering", scope.period)), words_cell(std::to_string(s.due_an_answer)), words_cell(percent(s.by_answering, s.due_an_answer))}),
                    table_row("Without days we moved, as families see it", {cell(s.on_first_day, list_of(scope, "kept_on_first_day", scope.period)), words_cell(std::to_string(s.due_an_answer)), words_cell(percent(s.on_first_day, s.due_an_answer))})};
    return figure("kept", "Promises kept, week by week", "Weeks by their Monday. Our count takes an answer, a call that answers, or “no answer needed”.", bars("Share kept by week", drawn), "Share kept in the time that you chose",
                  {head("How we count", false), head("Kept"), head("Of"), head("Share")}, std::move(rows));
}

Node no_answer(const Visit& visit, const Scope& scope) {
    const auto fact = visit.desk.insight().no_answer(scope.period, scope.team);
    Node::List rows{table_row("All", {cell(fact.all, list_of(scope, "no_answer", scope.period))}),
                    table_row("To look at again, 1 in " + std::to_string(no_answer_sample_of) + " of each team", {cell(fact.sample, list_of(scope, "no_answer_sample", scope.period))})};
    return figure("no-answer", "No answer needed", "Somebody here decided that the family needs no answer. Read the sample as the family would; where you disagree, open it and take it back.", false, "Messages that were closed without an answer", {head("Which", false), head("Messages")}, std::move(rows));
}

Node time_to_answer(const Visit& visit, const Scope& scope) {
    const auto [wrote, given, before] = times_of(visit.desk.insight().answered_in(scope.period, scope.team), visit.desk.answering);
    Node::List rows{table_row("Since the family wrote", {words_cell(within(wrote, 50)), words_cell(within(wrote, 90)), cell(std::int64_t(wrote.size()), list_of(scope, "answered", scope.period))}),
                    table_row("Since it was given to someone", {words_cell(within(given, 50)), words_cell(within(given, 90)), words_cell(std::to_string(given.size()))}),
                    table_row("Before anyone had it", {words_cell(within(before, 50)), words_cell(within(before, 90)), words_cell(std::to_string(before.size()))})};
    return figure("time", "Time to an answer", "Working time. One clock starts when the family wrote, the other when it was given to someone: a gap between them is time lost before anyone had it.", false, "Working time to an answer",
                  {head("Clock", false), head("Half within"), head("9 in 10 within"), head("Answers")}, std::move(rows));
}

Node nights(const Visit& visit, const Scope& scope) {
    auto list = visit.desk.insight().nights(scope.period, scope.team);
    if (list.size() > std::size_t(nights_shown)) list.erase(list.begin(), list.end() - nights_shown);
    std::vector<Bar> drawn;
    Node::List rows;
    for (const auto& night : list) {
        const auto day = day_words(date_of(night.day));
        drawn.push_back({day.substr(0, day.rfind(' ')), night.waited});
        rows.push_back(table_row(day, {words_cell(std::to_string(night.waited)), words_cell(std::to_string(night.stopped)), words_cell(night.last_left == Instant{} ? "-" : short_moment(night.last_left))}));
    }
    if (rows.empty()) rows.push_back(table_row("None", {words_cell("0"), words_cell("0"), words_cell("-")}));
    return figure("night", "Waited until the morning", "Replies written after 6pm or at a weekend. None reached a family before 8am on a working day.", drawn.empty() ? Node(false) : bars("Replies that waited", drawn), "Replies that waited, and when the last one left",
                  {head("Written on", false), head("Waited"), head("Stopped"), head("Last one left")}, std::move(rows));
}

Node::List broken_now(const Visit& visit, const Scope& scope) {
    Node::List broken;
    for (const auto& row : visit.desk.reading().rows({.team = scope.team, .broken = true, .most = broken_shown})) {
        const auto relation = relation_words(row.relation);
        const auto with = row.holder_name.empty() ? "Nobody yet" : (row.holder == visit.me.id ? "You" : row.holder_name) + ", until " + day_name(date_of(row.rung_day));
        broken.push_back(Node::Object{{"href", "/conversations/" + row.conversation}, {"child", row.child.empty() ? "Not matched yet" : row.child}, {"who", relation.empty() ? row.writer : row.writer + ", " + relation},
                                      {"due", due(DueKind::late, "Late since " + day_words(date_of(row.told_day)))}, {"caseworker", row.owner_name.empty() ? "-" : row.owner_name}, {"with", with}});
    }
    return broken;
}

Node stat(std::string n, const char* words, std::string href, std::string note = {}, bool on = false) {
    return Node::Object{{"n", std::move(n)}, {"words", words}, {"href", std::move(href)}, {"note", std::move(note)}, {"on", on}};
}

Node::List strip_of(const Visit& visit, const Scope& scope, const Figures& f) {
    auto insight = visit.desk.insight();
    const auto s = shares_of(insight.due_in(scope.period, scope.team));
    const auto times = times_of(insight.answered_in(scope.period, scope.team), visit.desk.answering).since_written;
    const auto with = f.with_manager + f.with_head + f.with_complaints;
    return {stat(std::to_string(f.broken), "Broken now", "#broken", with ? std::to_string(with) + " went up" : "", true), stat(std::to_string(f.open), "Open", with_team(scope, "/list?standing=unanswered")),
            stat(percent(s.kept, s.due), "Kept, our count", "#kept", percent(s.on_first_day, s.due_an_answer) + " as families see it"), stat(within(times, 50), "Half answered in", "#time", "9 in 10 within " + within(times, 90)),
            stat(std::to_string(f.waiting_for_window), "Wait until morning", with_team(scope, "/list?waiting=true")), stat(std::to_string(f.matching), "Not matched", "/matching"), stat(std::to_string(f.returned), "Came back", with_team(scope, "/list?returned=true"))};
}

Node::List teams_of(const std::vector<Colleague>& staff, const Scope& scope) {
    Node::List list{Node::Object{{"value", ""}, {"choice", "The whole service"}, {"chosen", scope.team.empty()}}};
    std::string last;
    for (const auto& each : staff) {
        if (each.team.empty() || each.team == last) continue;
        last = each.team;
        list.push_back(Node::Object{{"value", each.team}, {"choice", each.team_name}, {"chosen", each.team == scope.team}});
    }
    return list;
}

}  // namespace

Response figures_page(const Visit& visit) {
    auto data = frame(visit, "Figures", "/figures");
    const auto staff = visit.desk.reading().staff();
    const auto scope = scope_of(visit, staff);
    const auto f = visit.desk.reading().figures(scope.team);
    const auto weeks = [&](int n, const char* value, const char* words) { return Node::Object{{"value", value}, {"choice", words}, {"chosen", scope.weeks == n}}; };
    data["caption"] = scope.team_name + ", " + moment_words(visit.now());
    data["heading"] = "Figures";
    data["summary"] = "Every number opens to its messages. Time means working time.";
    data["teams"] = teams_of(staff, scope);
    data["weeks"] = Node::List{weeks(1, "1", "This week"), weeks(4, "4", "Four weeks"), weeks(52, "52", "A year")};
    data["strip"] = strip_of(visit, scope, f);
    data["n_broken"] = std::to_string(f.broken);
    data["broken_says"] = f.broken == 0 ? "No family waits past its day." : "The day we told the family has passed and they have no answer.";
    data["broken"] = broken_now(visit, scope);
    data["figures"] = Node::List{open_by_age(visit, scope), went_up(visit, scope), causes(visit, scope), kept(visit, scope), no_answer(visit, scope), time_to_answer(visit, scope), nights(visit, scope)};
    const auto line = [](const char* what, std::int64_t n, std::string href) { return Node::Object{{"what", what}, {"n", std::to_string(n)}, {"href", n > 0 ? std::move(href) : std::string()}}; };
    data["lines"] = Node::List{line("With the team manager", f.with_manager, with_team(scope, "/list?rung=1")), line("With the head of service", f.with_head, with_team(scope, "/list?rung=2")), line("With the complaints team", f.with_complaints, with_team(scope, "/list?rung=3")),
                               line("Set aside: automatic replies, delivery reports, copies", f.aside, "/list?standing=aside"), line("Could not be understood", f.parked, "/list?standing=parked"), line("Nothing is owed now", f.settled, with_team(scope, "/list?standing=kept"))};
    return show("figures", data);
}

}  // namespace hearback
