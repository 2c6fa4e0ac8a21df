#include "kernel/working_time.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "runtime/bank_holidays.hpp"

using namespace hearback;
using namespace std::chrono;

namespace {

Date date(const char* text) { return date_from_iso(text).value(); }
Instant at(const char* local) { return from_london(local_from_iso(local).value()); }
std::string shown(Instant instant) { return to_iso(to_london(instant)); }

const WorkingDays england(shipped_bank_holidays(), {});
const OpenTime window(england, {});

std::string after(const char* from, int days) { return to_iso(england.add(date(from), days)); }

}  // namespace

TEST(WorkingDays, CountTheNextWorkingDayAsDayOne) {
    EXPECT_EQ(after("2026-12-23", 5), "2027-01-04");
    EXPECT_EQ(after("2026-12-24", 1), "2026-12-29");
    EXPECT_EQ(after("2027-03-25", 3), "2027-04-01");
    EXPECT_EQ(after("2027-03-22", 10), "2027-04-07");
    EXPECT_EQ(after("2026-12-14", 20), "2027-01-14");
}

TEST(WorkingDays, CountBackwardsToo) {
    EXPECT_EQ(after("2027-01-04", -5), "2026-12-23");
    EXPECT_EQ(after("2026-12-29", -1), "2026-12-24");
}

TEST(WorkingDays, FromAClosedDayTheNextWorkingDayIsDayOne) {
    EXPECT_EQ(after("2024-02-17", 1), "2024-02-19");
    EXPECT_EQ(after("2024-02-17", 0), "2024-02-17");
}

TEST(WorkingDays, ThereAre253InEachOfThreeYearsAnd252In2028) {
    const auto count = [](int y) {
        int working = 0;
        for (sys_days day = year{y} / January / 1; day < sys_days{year{y + 1} / January / 1}; day += days{1})
            working += england.is_working_day(day);
        return working;
    };
    EXPECT_EQ(count(2025), 253);
    EXPECT_EQ(count(2026), 253);
    EXPECT_EQ(count(2027), 253);
    EXPECT_EQ(count(2028), 252);
}

TEST(WorkingDays, AClosureDayOfTheCouncilIsNotOne) {
    const WorkingDays northmere(shipped_bank_holidays(), {date("2026-12-29"), date("2026-12-30")});
    EXPECT_EQ(to_iso(northmere.add(date("2026-12-24"), 1)), "2026-12-31");
    EXPECT_EQ(northmere.why_closed(date("2026-12-29")), "a closure day");
}

TEST(WorkingDays, SayWhyADayIsClosed) {
    EXPECT_EQ(england.why_closed(date("2024-02-17")), "Saturday");
    EXPECT_EQ(england.why_closed(date("2020-05-08")), "a bank holiday");
    EXPECT_EQ(england.why_closed(date("2020-05-04")), "");
}

TEST(WorkingDays, AreKnownUntilTheEndOfTheLastYearWithBankHolidays) {
    EXPECT_EQ(to_iso(england.known_until()), "2028-12-31");
    EXPECT_EQ(to_iso(WorkingDays{}.known_until()), "1970-01-01");
    EXPECT_EQ(to_iso(WorkingDays{}.on_or_after(date("2027-12-27"))), "2027-12-27");
}

TEST(SendingWindow, HoldsFromSixUntilTheNextWorkingMorning) {
    EXPECT_EQ(shown(window.next_opening(at("2027-03-25T18:00"))), "2027-03-30T08:00:00");
    EXPECT_EQ(shown(window.next_opening(at("2026-03-27T17:59:59"))), "2026-03-27T17:59:59");
    EXPECT_EQ(shown(window.next_opening(at("2024-02-15T21:40"))), "2024-02-16T08:00:00");
    EXPECT_EQ(shown(window.next_opening(at("2024-02-16T07:59:59.999"))), "2024-02-16T08:00:00");
}

TEST(SendingWindow, OpensByTheWallClockAfterAClockChange) {
    EXPECT_EQ(to_iso(window.next_opening(at("2026-03-29T12:00"))), "2026-03-30T07:00:00.000Z");
    EXPECT_EQ(to_iso(window.next_opening(at("2026-10-25T12:00"))), "2026-10-26T08:00:00.000Z");
}

TEST(SendingWindow, ClosesAtTheEndOfThisStretchOrOfTheNext) {
    EXPECT_EQ(shown(window.closing(at("2024-02-16T08:00"))), "2024-02-16T18:00:00");
    EXPECT_EQ(shown(window.closing(at("2024-02-16T18:00"))), "2024-02-19T18:00:00");
    EXPECT_EQ(shown(window.closing(at("2024-02-17T03:00"))), "2024-02-19T18:00:00");
}

TEST(AnsweringHours, MailThatArrivesClosedCountsForTheNextOpening) {
    EXPECT_EQ(to_iso(window.counts_as(at("2024-02-15T17:59:59.999"))), "2024-02-15");
    EXPECT_EQ(to_iso(window.counts_as(at("2024-02-15T18:00"))), "2024-02-16");
    EXPECT_EQ(to_iso(window.counts_as(at("2024-02-15T06:00"))), "2024-02-15");
    EXPECT_EQ(to_iso(window.counts_as(at("2024-02-18T10:00"))), "2024-02-19");
}

TEST(OpenTime, AddsWorkingTimeAcrossNightsAndWeekends) {
    EXPECT_EQ(shown(window.add_working_time(at("2024-02-16T16:00"), hours{10})), "2024-02-19T16:00:00");
    EXPECT_EQ(shown(window.add_working_time(at("2024-02-16T19:00"), hours{10})), "2024-02-19T18:00:00");
    EXPECT_EQ(shown(window.add_working_time(at("2024-02-17T10:00"), seconds{1})), "2024-02-19T08:00:01");
    EXPECT_EQ(shown(window.add_working_time(at("2024-02-16T16:00"), seconds{-5})), "2024-02-16T16:00:00");
}

TEST(OpenTime, CountsOnlyOpenTimeBetween) {
    EXPECT_EQ(window.working_time_between(at("2024-02-16T16:00"), at("2024-02-19T09:30")), hours{2} + minutes{90});
    EXPECT_EQ(window.working_time_between(at("2024-02-17T00:00"), at("2024-02-18T23:00")), hours{0});
    EXPECT_EQ(window.working_time_between(at("2024-02-19T10:00"), at("2024-02-16T10:00")), hours{0});
}

TEST(OpenTime, AlwaysIsOpenAtNightAndOnHolidays) {
    const OpenTime open = OpenTime::always();
    const Instant christmas_night = at("2027-12-25T23:00");
    EXPECT_TRUE(open.is_open(christmas_night));
    EXPECT_EQ(open.next_opening(christmas_night), christmas_night);
    EXPECT_EQ(to_iso(open.counts_as(christmas_night)), "2027-12-25");
    EXPECT_EQ(open.add_working_time(christmas_night, hours{2}), christmas_night + hours{2});
    EXPECT_EQ(open.working_time_between(christmas_night, christmas_night + hours{2}), hours{2});
}

TEST(OpenTime, MayStayOpenUntilMidnight) {
    const OpenTime open(england, {minutes{0}, hours{24}});
    EXPECT_EQ(shown(open.add_working_time(at("2024-02-15T23:00"), hours{2})), "2024-02-16T01:00:00");
    EXPECT_EQ(shown(open.closing(at("2024-02-16T23:00"))), "2024-02-17T00:00:00");
}

TEST(OpenTime, RefusesHoursThatEndBeforeTheyBegin) {
    EXPECT_THROW(OpenTime(england, {hours{18}, hours{8}}), std::invalid_argument);
    EXPECT_THROW(OpenTime(england, {hours{8}, hours{8}}), std::invalid_argument);
    EXPECT_THROW(OpenTime(england, {hours{8}, hours{25}}), std::invalid_argument);
}
