#include "commands/calendar.hpp"

#include <charconv>
#include <istream>
#include <ostream>

#include "commands/calendar_batch.hpp"
#include "kernel/explain_dates.hpp"
#include "runtime/bank_holidays.hpp"

namespace hearback {

namespace {

constexpr int working_days_max = 1000;

int usage(std::ostream& out) {
    out << "hearback calendar 2024-02-15T21:40 [DAYS]   how a message received then (London time) gets its answer "
           "day,\n"
           "                                            DAYS working days later (0 to "
        << working_days_max
        << "; 1 when left out)\n"
           "hearback calendar 2024-02-15                whether that is a working day\n"
           "hearback calendar --batch                   reads questions as JSON lines, prints answers as JSON lines\n";
    return 2;
}

void warn_when_unknown(const WorkingDays& days, Date date, std::ostream& out) {
    if (date > days.known_until())
        out << "Bank holidays are known until " << day_words_with_year(days.known_until())
            << " only: later days are counted by weekday.\n";
}

int explain_day(const WorkingDays& days, Date date, std::ostream& out) {
    const std::string why = days.why_closed(date);
    out << day_words_with_year(date);
    if (why.empty())
        out << " is a working day.\n";
    else if (why == day_name(date))
        out << " is not a working day. The next one is " << day_words(days.on_or_after(date)) << ".\n";
    else
        out << " is " << why << ". The next working day is " << day_words(days.on_or_after(date)) << ".\n";
    warn_when_unknown(days, date, out);
    return 0;
}

int explain_message(const WorkingDays& days, Instant received, int count, std::ostream& out) {
    const OpenTime open(days, {});
    for (const auto& step : explain_answer_day(open, received, count)) out << step << '\n';
    out << explain_leaving(open, received) << '\n';
    warn_when_unknown(days, days.add(open.counts_as(received), count), out);
    return 0;
}

}  // namespace

int run_calendar(const std::vector<std::string>& args, std::istream& in, std::ostream& out) {
    if (args.size() == 1 && args[0] == "--batch") {
        answer_date_questions(in, out);
        return 0;
    }
    if (args.empty() || args.size() > 2) return usage(out);
    const WorkingDays days(shipped_bank_holidays(), {});
    if (const auto date = date_from_iso(args[0]); date && args.size() == 1) return explain_day(days, *date, out);
    const auto received = local_from_iso(args[0]);
    int count = 1;
    if (args.size() == 2) {
        const char* end = args[1].data() + args[1].size();
        const auto [stopped, error] = std::from_chars(args[1].data(), end, count);
        if (error != std::errc{} || stopped != end || count < 0 || count > working_days_max) return usage(out);
    }
    if (!received) return usage(out);
    return explain_message(days, from_london(*received), count, out);
}

}  // namespace hearback
