// What is known of somebody: every address, since when and from where; who is in a child's list, and what they wrote.
#include <gtest/gtest.h>

#include "deciders/northmere.hpp"
#include "log/temp_folder.hpp"
#include "views/reading.hpp"

namespace hearback {

namespace {

class ListedPeople : public testing::Test {
  protected:
    ListedPeople() { conclude(northmere(), "2024-02-01T09:00"); }

    void conclude(std::vector<AnyEvent> events, std::string_view when) {
        Decision decision{.id = "d" + std::to_string(++head.sequence), .cause = "x", .time = at(when), .events = {}};
        for (auto& each : events) decision.events.push_back({{}, std::move(each)});
        views.hear(std::make_shared<const Decision>(decision), head);
        views.caught_up();
    }
    PersonFile sam() { return Reading(views).person("k-sam").value(); }
    ChildFile child(const CaseId& id) { return Reading(views).child(id.value).value(); }
    static std::vector<std::string> addresses(const PersonFile& file) {
        std::vector<std::string> found;
        for (const auto& each : file.addresses) found.push_back(each.email + (each.until == Instant{} ? "" : " no longer"));
        return found;
    }

    const CorrectionBegun begun{.conversation = {"c-1"}, .with_old_address = {"c-10d"}, .contact = {"k-sam"}, .case_id = ada, .staff = priya, .proof = AddressProof::letter, .before = "sam@example.org", .email = "sam@new.example", .name = "Sam Okafor", .note = {}};
    const AddressCorrected corrected{.conversation = {"c-1"}, .contact = {"k-sam"}, .how = ConfirmedHow::second_person, .staff = dana, .begun_by = priya, .before = "sam@example.org", .email = "sam@new.example", .reason = {}};

    TempFolder folder;
    Views views{folder.path()};
    Head head;
};

TEST_F(ListedPeople, ACorrectedAddressIsKnownWithItsProofAndTheOldOneWithItsEnd) {
    conclude({begun}, "2024-02-14T10:00");
    ASSERT_TRUE(sam().waiting);
    EXPECT_EQ(sam().waiting->email, "sam@new.example");
    EXPECT_EQ(addresses(sam()), std::vector<std::string>{"sam@example.org"});
    conclude({corrected}, "2024-02-15T10:00");
    const auto file = sam();
    EXPECT_FALSE(file.waiting);
    EXPECT_EQ(addresses(file), (std::vector<std::string>{"sam@new.example", "sam@example.org no longer"}));
    EXPECT_EQ(file.addresses[0].since, at("2024-02-15T10:00"));
    EXPECT_EQ(file.addresses[0].source, "corrected");
    EXPECT_EQ(file.addresses[0].staff_name, "Priya Nair");
    EXPECT_EQ(file.addresses[0].proof, "letter");
    EXPECT_EQ(file.addresses[1].until, at("2024-02-15T10:00"));
    EXPECT_EQ(child(ada).people.front().email, "sam@new.example");
}

/// An import that changes a telephone number says the address again: since when we know it stays.
TEST_F(ListedPeople, WhatIsSaidAgainIsNotNew) {
    conclude({begun, corrected}, "2024-02-15T10:00");
    conclude({ContactListed{.contact = {"k-sam"}, .case_id = ada, .relation = Relation::mother, .name = "Sam Okafor", .email = "sam@new.example", .in_lists = std::vector<std::string>{"sam@example.org"}, .phone = "07700 900002"}}, "2024-03-01T10:00");
    const auto file = sam();
    EXPECT_EQ(addresses(file), (std::vector<std::string>{"sam@new.example", "sam@example.org no longer"}));
    EXPECT_EQ(file.addresses[0].since, at("2024-02-15T10:00"));
    EXPECT_EQ(file.addresses[0].source, "corrected");
    EXPECT_EQ(file.phone, "07700 900002");
}

TEST_F(ListedPeople, WhoSharesAnAddressIsNamed) {
    conclude({ContactListed{.contact = {"k-lee"}, .case_id = ada, .relation = Relation::father, .name = "Lee Okafor", .email = "sam@example.org"}}, "2024-02-14T10:00");
    EXPECT_EQ(sam().addresses.front().shared_with, (std::vector<std::pair<std::string, std::string>>{{"k-lee", "Lee Okafor"}}));
    conclude({ContactRemoved{.contact = {"k-lee"}, .case_id = ada}}, "2024-02-15T10:00");
    EXPECT_TRUE(sam().addresses.front().shared_with.empty());
}

TEST_F(ListedPeople, WhoHasLeftTheListIsStillKnownAndNoLongerOffered) {
    conclude({ContactRemoved{.contact = {"k-sam"}, .case_id = ada}, CaseClosed{.case_id = kai}}, "2024-02-14T10:00");
    EXPECT_EQ(sam().children.front().removed, at("2024-02-14T10:00"));
    EXPECT_TRUE(child(ada).people.empty());
    EXPECT_TRUE(child(kai).closed);
    EXPECT_TRUE(Reading(views).people_like("Sam", 9).empty());
    EXPECT_TRUE(Reading(views).cases("Kai", 9).empty());
    EXPECT_EQ(Reading(views).cases("Bo", 9).size(), 1U);
}

TEST_F(ListedPeople, TheirConversationsAreFoundTheNewestFirst) {
    const auto wrote = [&](const char* n, const char* when, const ContactId& who, std::vector<ContactId> one_of) {
        MessageReceived e{.message = {std::string("m-") + n}, .conversation = {std::string("c-") + n}, .received_at = at(when), .channel = Channel::email, .mail_kind = MessageKind::person, .opens_conversation = true};
        e.from_address = "sam@example.org";
        conclude({e, MessageRouted{.message = e.message, .conversation = e.conversation, .case_id = ada, .contact = who, .one_of = std::move(one_of), .owner = priya, .team = send_team}}, when);
    };
    wrote("one", "2024-02-14T10:00", {"k-sam"}, {});
    wrote("two", "2024-02-14T11:00", {"k-lee"}, {});
    wrote("three", "2024-02-14T12:00", {}, {{"k-sam"}, {"k-lee"}});
    std::vector<std::string> found;
    for (const auto& row : sam().conversations) found.push_back(row.conversation);
    EXPECT_EQ(found, (std::vector<std::string>{"c-three", "c-one"}));
    EXPECT_EQ(child(ada).conversations.size(), 3U);
    EXPECT_TRUE(child(bo).conversations.empty());
}

/// What is open about a child goes with the child, unless somebody has taken it on.
TEST_F(ListedPeople, AChildWhoMovesTakesTheirOpenPromisesAlong) {
    for (const auto* n : {"one", "two"}) {
        MessageReceived e{.message = {std::string("m-") + n}, .conversation = {std::string("c-") + n}, .received_at = at("2024-02-14T10:00"), .channel = Channel::email, .mail_kind = MessageKind::person, .opens_conversation = true};
        conclude({e, MessageRouted{.message = e.message, .conversation = e.conversation, .case_id = ada, .contact = {"k-sam"}, .owner = priya, .team = send_team},
                  PromiseMade{.promise = {std::string("p-") + n}, .conversation = e.conversation, .kind = PromiseKind::answer, .case_id = ada, .message = e.message, .told_day = day("2024-02-15")}}, "2024-02-14T10:00");
    }
    conclude({ConversationClaimed{.conversation = {"c-two"}, .staff = jo, .before = priya}}, "2024-02-14T11:00");
    conclude({CaseListed{.case_id = ada, .caseworker = dana, .deputy = {}, .team = send_team, .since = {}, .child = "Ada Okafor", .year = "4"}}, "2024-02-14T12:00");
    EXPECT_EQ(Reading(views).rows({.owner = dana.value, .standing = "open"}).size(), 1U);
    EXPECT_EQ(Reading(views).rows({.owner = jo.value, .standing = "open"}).size(), 1U);
    EXPECT_TRUE(Reading(views).rows({.owner = priya.value, .standing = "open"}).empty());
}

}  // namespace

}  // namespace hearback
