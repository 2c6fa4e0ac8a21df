#include "views/insight.hpp"

#include <algorithm>
#include <map>

#include "kernel/london.hpp"

namespace hearback {

namespace {

std::int64_t millis(Instant at) { return at.time_since_epoch().count(); }

}  // namespace

std::vector<PromiseFact> Insight::facts(std::string_view where, const Period& period, const std::string& team) {
    auto& select = prepared_.get(db_, "SELECT received_at, given_at, judged_at, kept_at, kept_late, broken, moved, kept_how = 'no_answer_needed' FROM promises WHERE (?3 = '' OR team = ?3) AND " + std::string(where));
    select.bind(1, millis(period.from));
    select.bind(2, millis(period.to));
    select.bind_text(3, team);
    std::vector<PromiseFact> found;
    while (select.step())
        found.push_back({instant_at(select, 0), instant_at(select, 1), instant_at(select, 2), instant_at(select, 3), select.number(4) != 0, select.number(5) != 0, select.number(6) != 0, select.number(7) != 0});
    return found;
}

std::vector<PromiseFact> Insight::due_in(const Period& period, const std::string& team) { return facts("kind IN ('answer','call_back') AND judged_at >= ?1 AND judged_at < ?2", period, team); }

std::vector<PromiseFact> Insight::received_in(const Period& period, const std::string& team) { return facts("kind IN ('answer','call_back') AND received_at >= ?1 AND received_at < ?2", period, team); }

std::vector<PromiseFact> Insight::answered_in(const Period& period, const std::string& team) {
    return facts("kind IN ('answer','call_back') AND kept_at >= ?1 AND kept_at < ?2 AND kept_how NOT IN ('', 'no_answer_needed')", period, team);
}

std::vector<PromiseFact> Insight::open(const std::string& team) { return facts("kept_at = 0 AND ?1 = ?2", {}, team); }

std::array<std::int64_t, 3> Insight::went_up(const Period& period, const std::string& team) {
    auto& select = prepared_.get(db_, "SELECT rung, COUNT(*) FROM escalations WHERE at >= ?1 AND at < ?2 AND (?3 = '' OR team = ?3) GROUP BY rung");
    select.bind(1, millis(period.from));
    select.bind(2, millis(period.to));
    select.bind_text(3, team);
    std::array<std::int64_t, 3> counts{};
    while (select.step())
        if (const auto rung = select.number(0); rung >= 1 && rung <= 3) counts[std::size_t(rung) - 1] = select.number(1);
    return counts;
}

NoAnswerFact Insight::no_answer(const Period& period, const std::string& team) {
    auto& select = prepared_.get(db_, "SELECT COUNT(*) FROM promises WHERE kind IN ('answer','call_back') AND kept_at >= ?1 AND kept_at < ?2 AND kept_how = 'no_answer_needed' AND (?3 = '' OR team = ?3) GROUP BY team");
    select.bind(1, millis(period.from));
    select.bind(2, millis(period.to));
    select.bind_text(3, team);
    NoAnswerFact fact;
    while (select.step()) {
        const auto of_team = select.number(0);
        fact.all += of_team;
        fact.sample += (of_team + no_answer_sample_of - 1) / no_answer_sample_of;
    }
    return fact;
}

std::vector<CauseFact> Insight::causes(const Period& period, const std::string& team) {
    auto& select = prepared_.get(db_, "SELECT e.because, e.owner, IFNULL(s.name,''), SUM(rung=1), SUM(rung=2), SUM(rung=3) FROM escalations e LEFT JOIN staff s ON s.id = e.owner WHERE at >= ?1 AND at < ?2 AND (?3 = '' OR e.team = ?3) GROUP BY 1, 2 ORDER BY COUNT(*) DESC, 1, 2");
    select.bind(1, millis(period.from));
    select.bind(2, millis(period.to));
    select.bind_text(3, team);
    std::vector<CauseFact> found;
    while (select.step()) found.push_back({text_at(select, 0), text_at(select, 1), text_at(select, 2), {select.number(3), select.number(4), select.number(5)}});
    return found;
}

std::vector<NightFact> Insight::nights(const Period& period, const std::string& team) {
    auto& select = prepared_.get(db_, "SELECT o.written_at, o.standing = 'stopped', o.sent_at FROM outgoing o JOIN conversations c ON c.id = o.conversation WHERE o.was_held = 1 AND o.kind IN ('reply','news') AND o.written_at >= ?1 AND o.written_at < ?2 AND (?3 = '' OR c.team = ?3)");
    select.bind(1, millis(period.from));
    select.bind(2, millis(period.to));
    select.bind_text(3, team);
    std::map<std::string, NightFact> by_day;
    while (select.step()) {
        const auto day = to_iso(london_date(instant_at(select, 0)));
        auto& night = by_day[day];
        night.day = day;
        ++night.waited;
        night.stopped += select.number(1);
        night.last_left = std::max(night.last_left, instant_at(select, 2));
    }
    std::vector<NightFact> found;
    for (auto& [day, night] : by_day) found.push_back(std::move(night));
    return found;
}

Period weeks_up_to(Date day, int weeks) {
    const std::chrono::sys_days next_monday = std::chrono::sys_days{monday_of(day)} + std::chrono::weeks{1};
    return {at_london(Date{next_monday - std::chrono::weeks{weeks}}, Millis{0}), at_london(Date{next_monday}, Millis{0})};
}

Shares shares_of(const std::vector<PromiseFact>& facts) {
    Shares s;
    for (const auto& fact : facts) {
        const bool kept = fact.kept_at != Instant{} && !fact.kept_late;
        if (!kept && !fact.broken && !fact.kept_late) continue;
        ++s.due;
        s.kept += kept;
        s.due_an_answer += !fact.no_answer;
        s.by_answering += kept && !fact.no_answer;
        s.on_first_day += kept && !fact.no_answer && !fact.moved;
    }
    return s;
}

AnswerTimes times_of(const std::vector<PromiseFact>& answered, const OpenTime& answering) {
    AnswerTimes times;
    for (const auto& fact : answered) {
        times.since_written.push_back(answering.working_time_between(fact.received_at, fact.kept_at));
        if (fact.given_at == Instant{}) continue;
        times.since_given.push_back(answering.working_time_between(fact.given_at, fact.kept_at));
        times.before_given.push_back(answering.working_time_between(fact.received_at, fact.given_at));
    }
    return times;
}

std::optional<std::chrono::seconds> time_within(std::vector<std::chrono::seconds> times, int percent) {
    if (times.empty()) return {};
    std::sort(times.begin(), times.end());
    const auto rank = (times.size() * std::size_t(percent) + 99) / 100;
    return times[std::max<std::size_t>(rank, 1) - 1];
}

std::vector<AgeCount> by_age(const std::vector<PromiseFact>& open, const OpenTime& answering, Instant now, int ages) {
    const Date today = answering.counts_as(now);
    std::vector<AgeCount> counts;
    for (int age = 0; age < ages; ++age) {
        const bool last = age == ages - 1;
        AgeCount count{.days = age, .or_more = last, .received = {last ? Instant{} : answering.closing_of(answering.days().add(today, -age - 1)), age == 0 ? now + Millis{1} : answering.closing_of(answering.days().add(today, -age))}};
        for (const auto& fact : open) {
            if (fact.received_at < count.received.from || fact.received_at >= count.received.to) continue;
            ++count.open;
            count.late += fact.broken;
        }
        counts.push_back(count);
    }
    return counts;
}

}  // namespace hearback
