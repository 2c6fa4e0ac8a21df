// Every kind of event survives the way through a record; what is not as its schema says is named.
#include "events/codec.hpp"

#include <gtest/gtest.h>

#include "events/members.hpp"
#include "log/temp_folder.hpp"
#include "vault/vault.hpp"

namespace hearback {

// ---- a value for every member of every shape
struct Filled {
    int n = 0;
    void operator()(std::string& text) { text = "wörds \"" + std::to_string(++n) + "\"\n\t\x01"; }
    void operator()(std::int64_t& number) { number = -(++n) * 1'000'000'000'007LL; }
    void operator()(bool& yes) { yes = true; }
    void operator()(Instant& at) { at = Instant{Millis{1'700'000'000'000 + ++n}}; }
    void operator()(Date& date) { date = std::chrono::year{2024} / 2 / 29; }
    template <class T>
    void operator()(Id<T>& id) { id.value = "id-" + std::to_string(++n); }
    template <class T>
    void operator()(std::optional<T>& maybe) { (*this)(maybe.emplace()); }
    template <class T>
    void operator()(std::vector<T>& list) {
        for (int i = 0; i < 2; ++i) (*this)(list.emplace_back());
    }
    template <class T>
    void operator()(Personal<T>& personal) {
        T value{};
        (*this)(value);
        personal = std::move(value);
    }
    template <class T>
    void operator()(T& other) {
        if constexpr (std::is_enum_v<T>) other = T(words_of(T{}).size() - 1);
        else visit_members(other, [&](auto, auto& value, bool) { (*this)(value); }, [&](auto, auto& value, bool) { (*this)(value); });
    }
};

template <class... E>
std::vector<AnyEvent> one_of_each(std::variant<E...>*) {
    std::vector<AnyEvent> all;
    const auto add = [&]<class One>(One*) {
        One event{};
        Filled{}(event);
        all.emplace_back(std::move(event));
    };
    (add(static_cast<E*>(nullptr)), ...);
    return all;
}
const std::vector<AnyEvent>& every_kind() {
    static const auto all = one_of_each(static_cast<AnyEvent*>(nullptr));
    return all;
}

class Codec : public testing::Test {
  protected:
    Decision there_and_back(const Decision& decision) { return decode_decision(encode_decision(decision, "E1", vault), vault); }
    Decision with(AnyEvent event) const { return {.id = "in-1", .cause = "MailArrived", .time = now, .events = {{{"in-1.1"}, std::move(event)}}}; }
    std::string complaint(const Record& record) {
        try {
            decode_input(record, vault);
        } catch (const BadEvent& bad) {
            return bad.what();
        }
        return {};
    }
    Record record(std::string type, std::string value) {
        return {.key = {}, .value = std::move(value), .headers = {{"ce_id", "in-1"}, {"ce_type", std::move(type)}, {"ce_time", to_iso(now)}}};
    }

    TempFolder folder;
    std::unique_ptr<Log> log = open_sqlite_log({.folder = folder.path(), .authority = "E1"});
    Instant now{Millis{1'700'000'000'000}};
    Vault vault{*log, MasterKey::from_bytes({1}), [this] { return now; }};
};

TEST_F(Codec, EveryKindOfEventSurvivesARecord) {
    ASSERT_GT(every_kind().size(), 40U);
    for (const auto& event : every_kind()) {
        const auto back = there_and_back(with(event));
        ASSERT_EQ(back.events.size(), 1U);
        EXPECT_TRUE(back.events[0].event == event) << type_of(event) << to_json(event) << to_json(back.events[0].event);
        EXPECT_EQ(back.cause, "MailArrived");
        EXPECT_EQ(decode_input(encode_input({"in-1", now, event}, "E1", vault), vault).event, event);
    }
}

TEST_F(Codec, WhatIsErasedStaysErasedWhenItIsSaidAgain) {
    for (auto event : every_kind()) {
        std::visit([](auto& e) { visit_members(e, [](auto&&...) {}, [](auto, auto& value, bool) { value = std::remove_reference_t<decltype(value)>::erased(); }); }, event);
        EXPECT_EQ(there_and_back(with(event)).events[0].event, event) << type_of(event);
    }
}

TEST_F(Codec, NothingPersonalStandsInTheClear) {
    for (const auto& event : every_kind())
        if (std::visit([](const auto& e) { return e.has_personal; }, event)) {
            const auto value = *encode_decision(with(event), "E1", vault).value;
            EXPECT_NE(value.find("\"sealed\":"), value.npos);
            for (const auto* name : {"\"from_address\"", "\"subject\":\"w", "\"fields\"", "\"to\""}) EXPECT_EQ(value.find(name), value.npos) << type_of(event) << name;
        }
}

TEST_F(Codec, AnErasedKeyLeavesTheRestReadable) {
    MessageReceived mail{};
    Filled{}(mail);
    const auto stored = encode_decision(with(mail), "E1", vault);
    log->append(vault.new_keys());
    vault.destroy("conversation/" + mail.conversation.value);
    const auto back = std::get<MessageReceived>(decode_decision(stored, vault).events[0].event);
    EXPECT_EQ(back.received_at, mail.received_at);
    EXPECT_TRUE(back.from_address.is_erased());
    EXPECT_TRUE(back.raw.is_erased());
}

TEST_F(Codec, ASealThatWasMovedToAnotherEventDoesNotOpen) {
    auto stored = encode_input({"in-1", now, every_kind()[0]}, "E1", vault);
    for (auto& header : stored.headers)
        if (header.name == "ce_id") header.value = "in-2";
    EXPECT_THROW(decode_input(stored, vault), std::runtime_error);
}

TEST_F(Codec, NamesWhatIsWrong) {
    EXPECT_EQ(complaint(record("ClaimAsked", "{")), "the record is not JSON");
    EXPECT_EQ(complaint(record("ClaimAsked", "[]")), "ClaimAsked: data is not an object");
    EXPECT_EQ(complaint(record("ClaimAsked", R"({"conversation":"c"})")), "ClaimAsked: staff is missing");
    EXPECT_EQ(complaint(record("ClaimAsked", R"({"conversation":"c","staff":7})")), "ClaimAsked: staff is not text");
    EXPECT_EQ(complaint(record("Unheard", "{}")), "nobody here knows the type Unheard");
    EXPECT_EQ(complaint(record("MatchAsked", R"({"conversation":"c","staff":"s","case_id":"k","relation":"boss"})")), "MatchAsked: relation has a word that its schema does not know");
    EXPECT_EQ(complaint(record("PromiseMade", R"({"promise":"p","conversation":"c","kind":"answer","message":"m","received_at":"yesterday"})")), "PromiseMade: received_at is not a date-time");
    auto tombstone = record("ClaimAsked", "");
    tombstone.value.reset();
    EXPECT_EQ(complaint(tombstone), "the record is empty");
}

TEST_F(Codec, BytesThatAreNoUtf8AreReplacedAndNotLost) {
    NoAnswerSaid said{.conversation = {"c"}, .staff = {"s"}, .reason = NoAnswerReason::thanks_only, .note = std::string("a\xff\xc3z")};
    const auto back = std::get<NoAnswerSaid>(decode_input(encode_input({"in-1", now, said}, "E1", vault), vault).event);
    EXPECT_EQ(back.note.or_empty(), "a\xEF\xBF\xBD\xEF\xBF\xBDz");
}

TEST_F(Codec, SkipsByTheHeaderOfTypes) {
    const auto stored = encode_decision(with(ChaserJoined{}), "E1", vault);
    EXPECT_TRUE(speaks_of(stored, {"ChaserJoined"}));
    EXPECT_FALSE(speaks_of(stored, {"Chaser", "PromiseMade"}));
    const std::set<std::string, std::less<>> others{"PromiseMade"};
    EXPECT_TRUE(decode_decision(stored, vault, &others).events.empty());
}

}  // namespace hearback
