#include <charconv>

#include "deciders/trial.hpp"
#include "edges/web/pages/charts.hpp"
#include "edges/web/pages/pages.hpp"

namespace hearback {

namespace {

constexpr int weeks_tried = 12, days_max = 20;

/// A whole number of the address, or what stands now.
int days_asked(const Visit& visit, std::string_view name, int now) {
    const auto text = visit.request.asked(name);
    int days = now;
    std::from_chars(text.data(), text.data() + text.size(), days);
    return std::clamp(days, name == "answer" ? 0 : 1, days_max);
}

Standard standard_asked(const Visit& visit) {
    auto tried = visit.desk.standard;
    tried.answer_days = days_asked(visit, "answer", tried.answer_days);
    const char* names[] = {"manager", "head", "complaints"};
    for (std::size_t n = 0; n < tried.ladder.size() && n < 3; ++n) tried.ladder[n].days = days_asked(visit, names[n], tried.ladder[n].days);
    return tried;
}

std::vector<Asked> past_of(const Visit& visit, const std::string& team) {
    const Date today = visit.today();
    const Instant from = at_london(Date{std::chrono::sys_days{today} - std::chrono::days{7 * weeks_tried}}, Millis{0});
    std::vector<Asked> past;
    for (const auto& fact : visit.desk.insight().received_in({from, visit.now() + Millis{1}}, team))
        past.push_back({fact.received_at, fact.kept_at == Instant{} ? std::nullopt : std::optional(fact.kept_at)});
    return past;
}

Node tried_figure(const char* id, std::string name, const std::vector<TriedWeek>& weeks) {
    std::vector<Bar> drawn;
    Node::List rows;
    TriedWeek all;
    const auto row = [&](std::string what, const TriedWeek& w) {
        rows.push_back(table_row(std::move(what), {words_cell(std::to_string(w.due)), words_cell(percent(w.kept, w.due)), words_cell(std::to_string(w.reached[0])), words_cell(std::to_string(w.reached[1])), words_cell(std::to_string(w.reached[2]))}));
    };
    for (const auto& week : weeks) {
        const auto day = day_words(week.monday).substr(day_name(week.monday).size() + 1);
        drawn.push_back({day, 100 * week.kept / std::max(week.due, 1), percent(week.kept, week.due), week.reached[0] ? std::to_string(week.reached[0]) + " went up" : ""});
        row(day, week);
        all.due += week.due;
        all.kept += week.kept;
        for (std::size_t n = 0; n < all.reached.size(); ++n) all.reached[n] += week.reached[n];
    }
    row("All", all);
    auto says = all.due == 0 ? std::string("No answer was due in these weeks.") : percent(all.kept, all.due) + " of " + std::to_string(all.due) + " answers in time.";
    return figure(id, std::move(name), std::move(says), drawn.empty() ? Node(false) : bars("Share answered in time, by week", drawn), "Week by week: answers due, answered in time, came to each rung",
                  {head("Week of", false), head("Due"), head("In time"), head("Team manager"), head("Head of service"), head("Complaints team")}, std::move(rows));
}

std::string described(const Standard& s) {
    const auto days = [](int n) { return n == 0 ? std::string("the same day") : n == 1 ? std::string("1 working day") : std::to_string(n) + " working days"; };
    return "an answer in " + days(s.answer_days) + ", then " + std::to_string(s.ladder[0].days) + ", " + std::to_string(s.ladder[1].days) + " and " + std::to_string(s.ladder[2].days) + " on the way up";
}

}  // namespace

Response standard_page(const Visit& visit) {
    auto data = frame(visit, "Try a standard", "/figures");
    const auto tried = standard_asked(visit);
    const auto past = past_of(visit, std::string(visit.request.asked("team")));
    data["caption"] = moment_words(visit.now());
    data["heading"] = "Try a standard";
    data["summary"] = "What would have been, on what families wrote in the last 12 weeks. Nothing is changed.";
    data["answer"] = std::to_string(tried.answer_days);
    data["manager"] = std::to_string(tried.ladder[0].days);
    data["head"] = std::to_string(tried.ladder[1].days);
    data["complaints"] = std::to_string(tried.ladder[2].days);
    data["figures"] = Node::List{tried_figure("tried", "As tried: " + described(tried), try_standard(past, visit.desk.answering, tried, visit.now())),
                                 tried_figure("now", "As it is now: " + described(visit.desk.standard), try_standard(past, visit.desk.answering, visit.desk.standard, visit.now()))};
    return show("standard", data);
}

}  // namespace hearback
