#include "deciders/trial.hpp"

#include <map>

namespace hearback {

namespace {

/// Up the ladder until somebody answers or the present is reached: as escalation would, one rung at each opening.
void climb(TriedWeek& week, const Asked& asked, Instant judged_at, const OpenTime& answering, const Standard& standard, Instant now) {
    for (std::size_t rung = 0; rung < standard.ladder.size() && rung < week.reached.size(); ++rung) {
        const Instant goes_up_at = answering.next_opening(judged_at);
        if (goes_up_at > now || (asked.answered_at && *asked.answered_at < goes_up_at)) return;
        ++week.reached[rung];
        judged_at = answering.closing_of(answering.days().add(answering.counts_as(goes_up_at), standard.ladder[rung].days));
        if (asked.answered_at && *asked.answered_at < judged_at) return;
    }
}

}  // namespace

std::vector<TriedWeek> try_standard(const std::vector<Asked>& all, const OpenTime& answering, const Standard& standard, Instant now) {
    std::map<Date, TriedWeek> weeks;
    for (const auto& asked : all) {
        const Instant judged_at = answering.closing_of(answering.days().add(answering.counts_as(asked.received_at), standard.answer_days));
        const bool kept = asked.answered_at && *asked.answered_at < judged_at;
        if (!kept && judged_at > now) continue;
        const Date monday = monday_of(london_date(asked.received_at));
        auto& week = weeks[monday];
        week.monday = monday;
        ++week.due;
        week.kept += kept;
        if (!kept) climb(week, asked, judged_at, answering, standard, now);
    }
    std::vector<TriedWeek> found;
    for (auto& [monday, week] : weeks) found.push_back(std::move(week));
    return found;
}

}  // namespace hearback
