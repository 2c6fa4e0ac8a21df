// The clerk on a real log: every input concluded once, whatever dies, repeats or races.
#include "clerk/clerk.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "deciders/northmere.hpp"
#include "log/temp_folder.hpp"

namespace hearback {

class ClerkAtWork : public testing::Test {
  protected:
    void hear(const std::string& id, AnyEvent event) {
        const Entry entry{Topic::inbox, encode_input({id, clock.now(), std::move(event)}, "E1", vault)};
        log->append({&entry, 1});
    }
    void hear(Record record) {
        const Entry entry{Topic::inbox, std::move(record)};
        log->append({&entry, 1});
    }
    Clerk clerk(Vault& with) {
        auto settled = ordinary_council();
        settled.council.safety_phone = settled.council.complaints_phone = "0161 496 0999";
        settled.council.complaints_email = "complaints@northmere.example";
        return Clerk(*log, with, clock, {.authority = "E1", .settled = std::move(settled)});
    }
    void settle(Clerk& who) {
        for (std::uint64_t before = who.pulse().idle_passes, n = 0; who.pulse().idle_passes == before && n < 500; ++n) who.work(Millis{0});
    }
    std::vector<Decision> journal() {
        std::vector<Decision> all;
        Journal reader(*log, genesis("E1"));
        while (reader.advance(1000, Millis{0}, [&](const Stored& stored) { all.push_back(decode_decision(stored.record, vault)); }) > 0) {
        }
        return all;
    }
    template <class E>
    std::vector<E> said() {
        std::vector<E> found;
        for (const auto& decision : journal())
            for (const auto& each : decision.events)
                if (const auto* one = std::get_if<E>(&each.event)) found.push_back(*one);
        return found;
    }
    std::unique_ptr<Vault> another_vault() {
        return std::make_unique<Vault>(*log, MasterKey::from_bytes({1}), [this] { return clock.now(); });
    }
    void list_northmere() {
        RowsImported rows{.run = "r", .chunk = 0, .teams = std::vector{TeamRow{.line = 2, .team = "t-send", .name = "SEND", .manager = "priya", .head_of_service = {}, .complaints = {}, .matching = "priya"}},
                          .staff = {}, .cases = {}, .contacts = {}};
        hear("rows-0", rows);
        rows = {.run = "r", .chunk = 1, .teams = {}, .staff = std::vector{StaffRow{.line = 2, .staff = "priya", .name = "Priya Nair", .email = {}, .phone = {}, .role = "caseworker", .team = "t-send"}}, .cases = {}, .contacts = {}};
        hear("rows-1", rows);
    }

    TempFolder folder;
    std::unique_ptr<Log> log = open_sqlite_log({.folder = folder.path(), .authority = "E1"});
    SetClock clock{at("2024-02-14T20:00")};
    Vault vault{*log, MasterKey::from_bytes({1}), [this] { return clock.now(); }};
};

TEST_F(ClerkAtWork, AMailInTheEveningIsPromisedAndItsAcknowledgementWaitsForTheMorning) {
    auto one = clerk(vault);
    one.fold();
    list_northmere();
    hear("mail-1", from_sam("2024-02-14T20:00"));
    settle(one);
    EXPECT_EQ(said<PromiseMade>().size(), 1U);
    EXPECT_EQ(said<SendHeld>().size(), 1U);
    EXPECT_EQ(one.pulse().due, at("2024-02-15T08:00"));
    clock.go_to(at("2024-02-15T08:00"));
    settle(one);
    EXPECT_EQ(said<SendReleased>().size(), 1U);
    const auto all = journal();
    EXPECT_EQ(all.back().id, "clock/2024-02-15T08:00:00.000Z/0");
    EXPECT_EQ(all.back().events.front().id.value, all.back().id + ".1");
}

TEST_F(ClerkAtWork, ARepeatIsConcludedOnceAlsoByTheNextClerk) {
    auto one = clerk(vault);
    one.fold();
    for (int n = 0; n < 2; ++n) hear("mail-1", from_sam("2024-02-14T20:00"));
    settle(one);
    auto fresh = another_vault();
    auto next = clerk(*fresh);
    next.fold();
    hear("mail-1", from_sam("2024-02-14T20:00"));
    settle(next);
    EXPECT_EQ(said<MessageReceived>().size(), 1U);
}

TEST_F(ClerkAtWork, ParksWhatItCannotUnderstandAndGoesOn) {
    auto one = clerk(vault);
    one.fold();
    hear({.key = {}, .value = "{", .headers = {{"ce_id", "bad-1"}, {"ce_type", "ClaimAsked"}, {"ce_time", "2024-02-14T10:00:00Z"}}});
    hear({.key = {}, .value = "no headers at all", .headers = {}});
    hear({.key = {}, .value = "x", .headers = {{"ce_id", "bad-2"}, {"ce_type", std::string(60'000, 't')}}});
    hear("mail-1", from_sam("2024-02-14T20:00"));
    settle(one);
    const auto parked = said<InputParked>();
    ASSERT_EQ(parked.size(), 3U);
    EXPECT_EQ(parked[0].because, "the record is not JSON");
    EXPECT_EQ(parked[0].input.or_empty(), "ew==");
    EXPECT_EQ(said<MessageReceived>().size(), 1U);
    EXPECT_EQ(one.pulse().parked, 3U);
}

TEST_F(ClerkAtWork, ParksAnInputThatComesToMoreThanADecisionHoldsAndForgetsWhatItHadThought) {
    auto one = clerk(vault);
    one.fold();
    RowsImported rows{.run = "r", .chunk = 0, .teams = {}, .staff = {}, .cases = {}, .contacts = {}};
    std::vector<TeamRow> teams;
    for (int n = 0; n < 300; ++n) teams.push_back({.line = n, .team = "t-" + std::to_string(n), .name = "T", .manager = {}, .head_of_service = {}, .complaints = {}, .matching = {}});
    rows.teams = teams;
    hear("rows", rows);
    hear("staff", RowsImported{.run = "s", .chunk = 0, .teams = {}, .staff = std::vector{StaffRow{.line = 2, .staff = "s", .name = "S", .email = {}, .phone = {}, .role = "caseworker", .team = "t-1"}}, .cases = {}, .contacts = {}});
    settle(one);
    EXPECT_EQ(said<InputParked>().size(), 1U);
    EXPECT_TRUE(said<TeamListed>().empty());
    EXPECT_EQ(said<RowRefused>().size(), 1U) << "the team was never listed";
}

TEST_F(ClerkAtWork, ManyThingsDueAtOnceFitTheirRecords) {
    auto one = clerk(vault);
    one.fold();
    list_northmere();
    const std::string id(20, 'x');
    const auto write = [&](const std::string& who) {
        for (int n = 0; n < 100; ++n) hear(std::to_string(1000 + n) + who + id, mail_from(who + std::to_string(n) + "@example.org", to_iso(to_london(clock.now()))));
        settle(one);
    };
    write("early");
    clock.go_to(at("2024-02-16T18:00"));
    settle(one);
    write("late");
    clock.go_to(at("2024-02-19T09:00"));
    settle(one);
    EXPECT_EQ(said<PromiseBroken>().size(), 100U);
    EXPECT_EQ(said<NoticePrepared>().size(), 100U);
    EXPECT_EQ(said<SendReleased>().size(), 300U);
    std::size_t largest = 0;
    for (const auto& stored : log->read(Topic::journal, 0, 10'000, Millis{0})) largest = std::max(largest, stored.record.bytes());
    EXPECT_LT(largest, record_bytes_max / 2) << "a real council's names and words are longer";
}

TEST_F(ClerkAtWork, TwoClerksConcludeEachInputOnce) {
    constexpr int inputs = 200;
    auto theirs = another_vault();
    auto one = clerk(vault), two = clerk(*theirs);
    std::string troubles;
    {
        std::jthread a([&](std::stop_token stop) { one.run(stop, [&](std::string_view) {}); });
        std::jthread b([&](std::stop_token stop) { two.run(stop, [&](std::string_view) {}); });
        for (int n = 0; n < inputs; ++n) hear("mail-" + std::to_string(n), mail_from("a" + std::to_string(n) + "@example.org", "2024-02-14T20:00"));
        const auto patience = monotonic() + Millis{30'000};
        while (monotonic() < patience && said<MessageReceived>().size() < inputs) pause(Millis{50});
    }
    std::set<MessageId> distinct;
    for (const auto& each : said<MessageReceived>()) distinct.insert(each.message);
    EXPECT_EQ(said<MessageReceived>().size(), std::size_t(inputs));
    EXPECT_EQ(distinct.size(), std::size_t(inputs));
}

}  // namespace hearback
