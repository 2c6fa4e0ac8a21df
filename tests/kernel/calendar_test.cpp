#include "commands/calendar.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>

#include "kernel/explain_dates.hpp"
#include "runtime/bank_holidays.hpp"

using namespace hearback;

namespace {

Instant at(const char* local) { return from_london(local_from_iso(local).value()); }

std::string said(const std::vector<std::string>& args, const std::string& input = "", int status = 0) {
    std::istringstream in(input);
    std::ostringstream out;
    EXPECT_EQ(run_calendar(args, in, out), status);
    return out.str();
}

std::string refusal(const char* json) {
    try {
        bank_holidays_from(json);
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
    return "accepted";
}

}  // namespace

TEST(Calendar, ExplainsAnEveningMessageStepByStep) {
    EXPECT_EQ(
        said({"2024-02-15T21:40"}),
        "Received Thursday 15 February 2024 at 9:40pm.\n"
        "We close at 6pm, so it counts for Friday 16 February.\n"
        "One working day later is Monday 19 February: Saturday 17 February and Sunday 18 February do not count.\n"
        "So the answer is due by 6pm on Monday 19 February 2024.\n"
        "A message to the family that is ready then waits until 8am on Friday 16 February: we do not send messages "
        "in the evening, at night, at weekends or on bank holidays.\n");
}

TEST(Calendar, ExplainsBankHolidaysByName) {
    const OpenTime open(WorkingDays(shipped_bank_holidays(), {}), {});
    const auto steps = explain_answer_day(open, at("2026-12-24T19:00"), 1);
    EXPECT_EQ(steps.at(1), "We close at 6pm, so it counts for Tuesday 29 December.");
    EXPECT_EQ(explain_answer_day(open, at("2027-03-26T10:00"), 1).at(1),
              "We are closed on Friday 26 March, a bank holiday, so it counts for Tuesday 30 March.");
    EXPECT_EQ(explain_answer_day(open, at("2027-03-25T10:00"), 1).at(2),
              "One working day later is Tuesday 30 March: Friday 26 March (a bank holiday), Saturday 27 March, "
              "Sunday 28 March and Monday 29 March (a bank holiday) do not count.");
    EXPECT_EQ(explain_answer_day(open, at("2024-02-16T06:00"), 2).at(1),
              "We open at 8am, so it counts for Friday 16 February.");
}

TEST(Calendar, SaysWhenBankHolidaysAreNotKnown) {
    EXPECT_NE(said({"2029-01-01"}).find("Bank holidays are known until Sunday 31 December 2028 only"),
              std::string::npos);
}

TEST(Calendar, ExplainsItselfWhenItIsAskedNonsense) {
    for (const auto& args : std::vector<std::vector<std::string>>{
             {}, {"soon"}, {"2024-02-30"}, {"2024-02-15T21:40", "-1"}, {"2024-02-15T21:40", "2x"}, {"2024-02-15", "1"}})
        EXPECT_NE(said(args, "", 2).find("hearback calendar --batch"), std::string::npos);
}

TEST(CalendarBatch, AnswersEachLineAndOutlivesABadOne) {
    EXPECT_EQ(said({"--batch"},
                   "{\"id\": 1, \"op\": \"add_working_days\", \"date\": \"2026-12-24\", \"days\": 1}\n"
                   "nonsense\n"
                   "{\"id\": \"two\", \"op\": \"is_working_day\", \"date\": \"2026-12-24\", \"closure_days\": "
                   "[\"2026-12-24\"]}\n"
                   "{\"id\": 3, \"op\": \"phase_of_the_moon\", \"date\": \"2026-12-24\"}\n"
                   "{\"id\": 4, \"op\": \"add_days\", \"date\": \"2026-02-30\", \"days\": 1}\n"
                   "{\"id\": 5, \"op\": \"in_window\", \"closed_from\": \"20:00\", \"closed_to\": \"08:00\", \"now\": "
                   "\"08:00\"}\n"),
              "{\"id\": 1, \"result\": \"2026-12-29\"}\n"
              "{\"id\": null, \"error\": \"a question is one JSON object a line\"}\n"
              "{\"id\": \"two\", \"result\": false}\n"
              "{\"id\": 3, \"skip\": true}\n"
              "{\"id\": 4, \"error\": \"date: \\\"2026-02-30\\\" is not a date such as 2027-12-27\"}\n"
              "{\"id\": 5, \"result\": false}\n");
}

TEST(CalendarBatch, CountsOtherOpenHoursInLondonAndLeavesOtherCountriesOut) {
    const std::string hours =
        "\"working_hours\": {\"Mon\": [[9, 17]], \"Tue\": [[9, 17]], \"Wed\": [[9, 17]], "
        "\"Thu\": [[9, 17]], \"Fri\": [[9, 17]]}, \"holidays_mmdd\": []";
    const std::string question =
        "\"op\": \"add_working_seconds\", \"local\": \"2024-02-16T16:30:00\", \"seconds\": 3600, ";
    EXPECT_EQ(said({"--batch"}, "{\"id\": 1, " + question + hours + "}"),
              "{\"id\": 1, \"result\": \"2024-02-19T09:30:00\"}\n");
    EXPECT_EQ(said({"--batch"}, "{\"id\": 1, \"time_zone\": \"Asia/Tokyo\", " + question + hours + "}"),
              "{\"id\": 1, \"skip\": true}\n");
}

TEST(BankHolidays, AreReadFromTheWholeFileOrFromOneDivision) {
    EXPECT_EQ(
        bank_holidays_from(R"({"england-and-wales": {"events": [{"date": "2027-12-27"}]}, "scotland": 1})").size(), 1u);
    EXPECT_EQ(bank_holidays_from(R"({"division": "england-and-wales", "events": [{"date": "2027-12-27"}]})").size(),
              1u);
    EXPECT_EQ(shipped_bank_holidays().size(), 83u);
}

TEST(BankHolidays, ABadFileIsRefusedWithItsPlaceAndReason) {
    EXPECT_EQ(refusal("[]"), "bank holidays: the file: is not a JSON object");
    EXPECT_EQ(refusal("{\n\"events\": [}"), "bank holidays: line 2: illegal flow end");
    EXPECT_EQ(refusal(R"({"events": []})"), "bank holidays: england-and-wales.events: is not a list of days");
    EXPECT_EQ(refusal(R"({"events": [{"date": "2027-12-27"}, {"date": "2027-02-29"}]})"),
              "bank holidays: england-and-wales.events[1].date: \"2027-02-29\" is not a date such as 2027-12-27");
    EXPECT_EQ(refusal(R"({"events": [{"title": "x"}]})"),
              "bank holidays: england-and-wales.events[0].date: is missing");
}

TEST(BankHolidays, AlarmNineMonthsBeforeTheyRunOut) {
    const WorkingDays days(shipped_bank_holidays(), {});
    EXPECT_FALSE(bank_holiday_alarm(days, date_from_iso("2028-03-31").value()));
    EXPECT_TRUE(bank_holiday_alarm(days, date_from_iso("2028-04-01").value()));
    EXPECT_TRUE(bank_holiday_alarm(WorkingDays{}, date_from_iso("2026-11-24").value()));
}
