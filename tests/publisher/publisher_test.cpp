// What others are told of a journal, and where a publisher goes on.
#include "edges/publisher/publisher.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "events/members.hpp"
#include "log/journal.hpp"
#include "log/kafka_reader.hpp"
#include "log/kafka_world.hpp"
#include "runtime/clock.hpp"
#include "vault/vault.hpp"

namespace hearback {
namespace {

// ---- what leaves

/// Every text that a member can hold is a secret, but for ids; lists have one item.
struct Secret {
    void operator()(std::string& text) { text = "SECRET"; }
    void operator()(std::int64_t& number) { number = 7; }
    void operator()(bool& yes) { yes = true; }
    void operator()(Instant& at) { at = Instant{Millis{1'700'000'000'000}}; }
    void operator()(Date& date) { date = std::chrono::year{2024} / 2 / 29; }
    template <class T>
    void operator()(Id<T>& id) { id.value = "id-1"; }
    template <class T>
    void operator()(std::optional<T>& maybe) { (*this)(maybe.emplace()); }
    template <class T>
    void operator()(std::vector<T>& list) { (*this)(list.emplace_back()); }
    template <class T>
    void operator()(Personal<T>& personal) {
        T value{};
        (*this)(value);
        personal = std::move(value);
    }
    template <class T>
    void operator()(T& other) {
        if constexpr (!std::is_enum_v<T>)
            visit_members(other, [&](auto, auto& value, bool) { (*this)(value); }, [&](auto, auto& value, bool) { (*this)(value); });
    }
};

template <class... E>
std::vector<AnyEvent> one_of_each(std::variant<E...>*) {
    std::vector<AnyEvent> events;
    (events.emplace_back(E{}), ...);
    for (auto& event : events) std::visit(Secret{}, event);
    return events;
}

std::size_t times(std::string_view word, std::string_view text) {
    std::size_t count = 0;
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++count;
    return count;
}

TEST(WhatOthersMayRead, IsNoTextButWhatASchemaSaysIsPublic) {
    const std::map<std::string_view, std::size_t> texts{{"MessageReceived", 1}, {"ReturnReceived", 1}, {"MessageReturned", 1}, {"PromiseMade", 1}};
    for (const auto& event : one_of_each(static_cast<AnyEvent*>(nullptr))) {
        const auto found = texts.find(type_of(event));
        EXPECT_EQ(times("SECRET", public_json(event)), found == texts.end() ? 0 : found->second) << public_json(event);
        EXPECT_GE(times("SECRET", to_json(event)), times("SECRET", public_json(event)));
    }
}

TEST(WhatOthersMayRead, IsARecordThatNeedsNothingElse) {
    const Decision decision{.id = "in-1", .cause = "MailArrived", .time = Instant{Millis{1'707'123'600'000}}, .events = {
        {{"in-1.1"}, MessageSetAside{.message = {"m-1"}, .conversation = {"c-1"}, .mail_kind = MessageKind::bounce, .because = "Sam's mailbox is full"}},
        {{"in-1.2"}, RowsTaken{.run = "r", .chunk = 0, .taken = 60, .refused = 0}}}};
    const Record expected{.key = "conversation/c-1", .value = R"({"message":"m-1","conversation":"c-1","mail_kind":"bounce"})", .headers = {
        {"ce_specversion", "1.0"}, {"ce_id", "in-1.1"}, {"ce_source", "/authority/E08000002/routing"}, {"ce_type", "MessageSetAside"},
        {"ce_time", "2024-02-05T09:00:00.000Z"}, {"ce_sequence", "00000000000000000042.001"}, {"ce_decision", "in-1"}, {"content-type", "application/json"},
        {"ce_subject", "conversation/c-1"}}};
    EXPECT_EQ(public_record(decision, 1, "E08000002", 42), expected);
    const auto about_nothing = public_record(decision, 2, "E08000002", 42);
    EXPECT_EQ(about_nothing.key, "");
    EXPECT_EQ(about_nothing.header("ce_subject"), "");
    EXPECT_EQ(about_nothing.value, R"({"chunk":0,"taken":60,"refused":0})") << "0 is said";
    EXPECT_LT(public_sequence(9, 256), public_sequence(10, 1));
    EXPECT_LT(public_sequence(9, 99), public_sequence(9, 100));
}

// ---- where it goes on

class APublisher : public testing::Test {
  protected:
    APublisher() {
        create_kafka_topics(settings(), 1);
        log = open_kafka_log(settings());
        vault = std::make_unique<Vault>(*log, MasterKey::from_bytes({1}), [] { return Instant{}; });
    }
    KafkaLogSettings settings() const {
        return {.brokers = shared_broker().bootstrap(), .authority = authority, .blob_folder = folder.path(), .extra = {}};
    }
    static Decision decision(int n) {
        const std::string id = "d-" + std::to_string(n);
        Decision made{.id = id, .cause = "ClockStruck", .time = Instant{}, .events = {}};
        for (int e = 1; e <= 3; ++e)
            made.events.push_back({{id + "." + std::to_string(e)}, MessageRendered{.message = {id}, .conversation = {"c-1"}, .to = std::string("sam@example.org"), .bytes = {}}});
        return made;
    }
    void conclude(int count) {
        std::vector<Entry> entries;
        for (int n = 0; n < count; ++n) {
            auto record = encode_decision(decision(int(head.sequence) + 1), authority, *vault);
            auto lost = record;
            chain(record, head, 0);
            entries.push_back({Topic::journal, std::move(record)});
            Head stale = genesis(authority);
            chain(lost, stale, 0);  // a record that lost its race
            if (head.sequence % 5 == 2) entries.push_back({Topic::journal, std::move(lost)});
        }
        log->append(entries);
    }
    static std::vector<std::string> ids(int from, int to) {
        std::vector<std::string> found;
        for (int n = from; n <= to; ++n)
            for (int e = 1; e <= 3; ++e) found.push_back("d-" + std::to_string(n) + "." + std::to_string(e));
        return found;
    }
    std::vector<Record> records() const {
        const KafkaClient asker(settings(), KafkaClient::Kind::consumer, {{"group.id", "test"}});
        KafkaReader reader(settings(), events_topic_name(authority), asker);
        std::vector<Record> found;
        for (auto& stored : reader.read(0, 10000, Millis{1000})) found.push_back(std::move(stored.record));
        return found;
    }
    std::vector<std::string> published() const {
        std::vector<std::string> found;
        for (const auto& record : records()) found.emplace_back(record.header("ce_id"));
        return found;
    }
    /// Runs one until `done`, for ten seconds at most.
    std::optional<std::string> run_until(const std::function<bool(const Publisher&)>& done) {
        Publisher publisher(*log, settings());
        std::jthread thread([&](std::stop_token stop) { publisher.run(stop, [](std::string_view) {}); });
        for (int n = 0; n < 1000 && !done(publisher); ++n) pause(Millis{10});
        return publisher.trouble();
    }
    std::optional<std::string> publish() {
        return run_until([&](const Publisher& publisher) { return publisher.sequence() >= head.sequence; });
    }
    std::string trouble() {
        return run_until([](const Publisher& publisher) { return publisher.trouble().has_value(); }).value_or("none");
    }

    const TempFolder folder;
    const std::string authority = fresh_authority();
    std::unique_ptr<Log> log;
    std::unique_ptr<Vault> vault;
    Head head = genesis(authority);
};

TEST_F(APublisher, TellsWhatCountedInOrderAndGoesOnBehindTheLastRecord) {
    conclude(250);
    EXPECT_EQ(publish(), std::nullopt);
    EXPECT_EQ(published(), ids(1, 250));
    conclude(7);
    EXPECT_EQ(publish(), std::nullopt);
    EXPECT_EQ(published(), ids(1, 257)) << "nothing twice without need";
    for (const auto& record : records()) {
        EXPECT_EQ(record.value->find("sam@"), std::string::npos);
        EXPECT_EQ(record.value->find("sealed"), std::string::npos);
    }
}

TEST_F(APublisher, GoesOnInTheMiddleOfADecision) {
    conclude(20);
    std::vector<Record> begun;
    for (int n = 1; n <= 10; ++n)
        for (std::size_t e = 1; e <= (n < 10 ? 3U : 2U); ++e) begun.push_back(public_record(decision(n), e, authority, std::uint64_t(n)));
    KafkaEvents(settings()).append(begun);
    EXPECT_EQ(publish(), std::nullopt);
    EXPECT_EQ(published(), ids(1, 20));
}

TEST_F(APublisher, WritesNothingBehindRecordsOfAnotherJournal) {
    conclude(3);
    auto foreign = decision(2);
    foreign.events[0].id = {"x-2.1"};
    KafkaEvents(settings()).append({{public_record(foreign, 1, authority, 2)}});
    EXPECT_NE(trouble().find("is not in the journal at its place"), std::string::npos);
    KafkaEvents(settings()).append({{public_record(decision(4), 1, authority, 4)}});
    EXPECT_NE(trouble().find("is not in the journal yet"), std::string::npos);
    KafkaEvents(settings()).append({{Record{.key = {}, .value = "hello", .headers = {}}}});
    EXPECT_NE(trouble().find("was not written by a publisher"), std::string::npos);
    EXPECT_EQ(published(), (std::vector<std::string>{"x-2.1", "d-4.1", ""}));
}

}  // namespace
}  // namespace hearback
