#include "kernel/explain_dates.hpp"

namespace hearback {
using namespace std::chrono;

namespace {

std::string joined(const std::vector<std::string>& items) {
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) text += i + 1 == items.size() ? " and " : ", ";
        text += items[i];
    }
    return text;
}

/// The closed days strictly between two dates: "Saturday 17 February and Monday 19 February (a bank holiday)".
std::vector<std::string> closed_days_between(const WorkingDays& working, Date from, Date to) {
    std::vector<std::string> closed;
    for (sys_days day = sys_days{from} + days{1}; day < sys_days{to}; day += days{1}) {
        const std::string why = working.why_closed(day);
        if (why.empty()) continue;
        closed.push_back(day_words(day) + (why == day_name(day) ? "" : " (" + why + ")"));
    }
    return closed;
}

/// Why nothing is open at this instant, as the start of a sentence.
std::string why_closed_at(const OpenTime& open, Instant at) {
    const Date date = london_date(at);
    const std::string why = open.days().why_closed(date);
    if (why == day_name(date)) return "We are closed on " + why + "s";
    if (!why.empty()) return "We are closed on " + day_words(date) + ", " + why;
    if (at < open.opening_of(date)) return "We open at " + time_words(open.opening_of(date));
    return "We close at " + time_words(open.closing_of(date));
}

}  // namespace

std::string working_days_words(int count) {
    return count == 1 ? "one working day" : std::to_string(count) + " working days";
}

std::vector<std::string> explain_answer_day(const OpenTime& answering, Instant received, int working_days) {
    std::vector<std::string> steps;
    const Date arrived = london_date(received), counts = answering.counts_as(received);
    steps.push_back("Received " + day_words_with_year(arrived) + " at " + time_words(received) + ".");
    if (answering.is_open(received))
        steps.push_back("We are open, so it counts for that day.");
    else
        steps.push_back(why_closed_at(answering, received) + ", so it counts for " + day_words(counts) + ".");

    const Date due = answering.days().add(counts, working_days);
    std::string counted = working_days_words(working_days) + " later is " + day_words(due);
    counted[0] = char(counted[0] == 'o' ? 'O' : counted[0]);
    const auto closed = closed_days_between(answering.days(), counts, due);
    if (!closed.empty()) counted += ": " + joined(closed) + (closed.size() == 1 ? " does" : " do") + " not count";
    steps.push_back(counted + ".");
    steps.push_back("So the answer is due by " + time_words(answering.closing_of(due)) + " on " +
                    day_words_with_year(due) + ".");
    return steps;
}

std::string explain_leaving(const OpenTime& window, Instant ready) {
    if (window.is_open(ready)) return "A message to the family that is ready then can leave at once.";
    const Instant leaves = window.next_opening(ready);
    std::string text = "A message to the family that is ready then waits until " + time_words(leaves) + " on " +
                       day_words(london_date(leaves)) + ": ";
    return text + "we do not send messages in the evening, at night, at weekends or on bank holidays.";
}

}  // namespace hearback
