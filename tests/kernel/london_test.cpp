#include "kernel/london.hpp"

#include <gtest/gtest.h>

using namespace hearback;
using namespace std::chrono;

namespace {

Instant utc(const char* text) { return instant_from_iso(text).value(); }
LocalTime local(const char* text) { return local_from_iso(text).value(); }

}  // namespace

TEST(London, SpringsForwardAtOneOnTheLastSundayInMarch) {
    EXPECT_EQ(to_iso(to_london(utc("2026-03-29T00:59:59.999Z"))), "2026-03-29T00:59:59.999");
    EXPECT_EQ(to_iso(to_london(utc("2026-03-29T01:00:00Z"))), "2026-03-29T02:00:00");
}

TEST(London, FallsBackAtOneUniversalTimeOnTheLastSundayInOctober) {
    EXPECT_EQ(to_iso(to_london(utc("2026-10-25T00:59:59Z"))), "2026-10-25T01:59:59");
    EXPECT_EQ(to_iso(to_london(utc("2026-10-25T01:00:00Z"))), "2026-10-25T01:00:00");
}

TEST(London, ATimeThatClocksSkipIsReadAnHourLater) {
    EXPECT_EQ(to_iso(to_london(from_london(local("2026-03-29T01:30:00")))), "2026-03-29T02:30:00");
}

TEST(London, ATimeThatClocksRepeatIsItsFirstOccurrence) {
    EXPECT_EQ(to_iso(from_london(local("2026-10-25T01:30:00"))), "2026-10-25T00:30:00.000Z");
}

TEST(London, TheDateIsTheOneOnTheWallNotTheUniversalOne) {
    EXPECT_EQ(to_iso(london_date(utc("2026-07-01T23:30:00Z"))), "2026-07-02");
    EXPECT_EQ(to_iso(london_date(utc("2026-12-01T23:30:00Z"))), "2026-12-01");
}

TEST(London, LocalTimesAreReadAsFormsSendThem) {
    EXPECT_EQ(local("2024-02-15T21:40"), local("2024-02-15T21:40:00.000"));
    for (const char* wrong : {"2024-02-15T21:40Z", "2024-02-15T21:40:00+01:00", "2024-02-30T21:40", "2024-02-15", ""})
        EXPECT_FALSE(local_from_iso(wrong)) << wrong;
}

TEST(DateWords, AreSpelledAsPeopleSayThem) {
    const Date day = year{2024} / February / 19;
    EXPECT_EQ(day_words(day), "Monday 19 February");
    EXPECT_EQ(day_words_with_year(day), "Monday 19 February 2024");
    EXPECT_EQ(short_day_name(day), "Mon");
}

TEST(DateWords, TimesHaveTwelveHoursAndNamesForTheTwoThatConfuse) {
    const auto words = [](const char* text) { return time_words(from_london(local(text))); };
    EXPECT_EQ(words("2024-07-15T21:40"), "9:40pm");
    EXPECT_EQ(words("2024-07-15T08:00"), "8am");
    EXPECT_EQ(words("2024-07-15T08:05"), "8:05am");
    EXPECT_EQ(words("2024-07-15T12:00"), "midday");
    EXPECT_EQ(words("2024-07-15T12:01"), "12:01pm");
    EXPECT_EQ(words("2024-07-15T00:00"), "midnight");
    EXPECT_EQ(words("2024-07-15T00:20"), "12:20am");
}
