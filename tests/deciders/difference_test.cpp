// What an import would change, and who is who in a list.
#include "deciders/northmere.hpp"

#include "deciders/directory/difference.hpp"

namespace hearback {

namespace {

/// The council of northmere(), and lists that say exactly what stands.
struct Import {
    Directory::State stands;
    Lists lists;

    Import() {
        for (const auto& each : northmere()) evolve(each);
        lists.names_staff = lists.names_cases = lists.names_contacts = true;
        for (const auto& [id, of] : stands.people.staff) lists.staff.push_back({.line = next(), .staff = id.value, .name = of.name.or_empty(), .email = {}, .phone = {}, .role = std::string(to_word(of.role)), .team = of.team.value});
        for (const auto& [id, of] : stands.people.cases)
            lists.cases.push_back({.line = next(), .case_ref = id.value, .child = of.child.or_empty(), .year = of.year.or_empty(), .caseworker = of.caseworker.value, .deputy = of.deputy.value, .team = of.team.value, .since = {}});
        person(ada, "Sam Okafor", "sam@example.org", "mother", {}, "07700 900001");
        person(kai, "Donna Bennett", "donna@example.org", "carer");
        person(bo, "Donna Bennett", "donna@example.org", "carer");
    }
    std::int64_t next() { return ++line; }
    void evolve(const AnyEvent& event) {
        std::visit([&]<class E>(const E& e) {
            if constexpr (remembers<Directory, E>) Directory::evolve(stands, e);
        }, event);
    }
    ContactRow& person(const CaseId& child, std::string name, std::string email, std::string relation, std::string home = {}, std::string phone = {}) {
        lists.contacts.push_back({.line = next(), .contact = {}, .case_ref = child.value, .name = std::move(name), .email = std::move(email), .more_emails = {}, .phone = std::move(phone), .relation = std::move(relation), .home = std::move(home)});
        return lists.contacts.back();
    }
    Difference ask() const {
        const auto settled = ordinary_council();
        return difference(stands, lists, "run", {.now = at("2024-02-14T10:00"), .window = settled.window, .answering = settled.answering, .people = stands.people, .standard = settled.standard, .council = settled.council, .cause = "run"});
    }
    /// Takes the difference in, as the decider does.
    void take_in() {
        const auto found = ask();
        const auto settled = ordinary_council();
        const RowsImported rows{.run = "run", .chunk = ++chunk, .teams = found.rows.teams, .staff = found.rows.staff, .cases = found.rows.cases, .contacts = found.rows.contacts, .gone_cases = found.gone_cases, .gone_contacts = found.gone_contacts};
        for (const auto& said : Directory::decide(stands, rows, {.now = at("2024-02-14T10:00"), .window = settled.window, .answering = settled.answering, .people = stands.people, .standard = settled.standard, .council = settled.council, .cause = "run"}))
            std::visit([&](const auto& e) { evolve(e); }, said);
    }
    std::int64_t line = 0, chunk = 0;
};

std::vector<std::string> names(const std::vector<const Contact*>& people) {
    std::vector<std::string> found;
    for (const auto* each : people) found.push_back(each->name.or_empty());
    std::sort(found.begin(), found.end());
    return found;
}

TEST(Difference, OfListsThatSayWhatStandsThereIsNone) {
    const auto found = Import().ask();
    EXPECT_TRUE(found.is_empty());
    EXPECT_EQ(found.cases.same, 3U);
    EXPECT_EQ(found.contacts.same, 3U);
    EXPECT_EQ(found.share(), 0U);
}

TEST(Difference, AFirstImportIsNeverStopped) {
    Import import;
    import.stands = {};
    import.lists.teams.push_back({.line = import.next(), .team = "t-send", .name = "SEND"});
    const auto found = import.ask();
    EXPECT_TRUE(found.faults.empty());
    EXPECT_EQ(found.cases.added, 3U);
    EXPECT_EQ(found.share(), 0U);
}

TEST(Difference, CountsWhoLeavesAndWhoMoves) {
    Import import;
    import.lists.cases.front().caseworker = dana.value;  // Ada goes to Dana
    import.lists.cases.front().deputy.clear();
    std::erase_if(import.lists.cases, [](const CaseRow& row) { return row.case_ref == bo.value; });
    std::erase_if(import.lists.contacts, [](const ContactRow& row) { return row.case_ref == bo.value; });
    const auto found = import.ask();
    EXPECT_EQ(found.cases.moved, 1U);
    EXPECT_EQ(found.moved.front().before.caseworker, priya);
    EXPECT_EQ(found.gone_cases, std::vector{bo});
    EXPECT_EQ(found.contacts.removed, 1U);
    EXPECT_EQ(found.share(), 67U);  // two of three children
}

TEST(Difference, AListThatIsNotGivenTakesNobodyAway) {
    Import import;
    import.lists.contacts.clear();
    import.lists.names_contacts = false;
    EXPECT_TRUE(import.ask().is_empty());
}

TEST(Difference, WhomAColleagueMatchedIsInNoListAndStays) {
    Import import;
    import.evolve(ContactListed{.contact = {"k-gran"}, .case_id = ada, .relation = Relation::grandparent, .listed_by = ListedBy::matched, .name = "Gran", .email = "gran@example.org"});
    EXPECT_TRUE(import.ask().is_empty());
}

TEST(Difference, ALeaverIsNobodysCaseworker) {
    Import import;
    import.evolve(WorkHandedOver{.from = priya, .to = dana, .staff = jo, .on = day("2024-02-13"), .tell = {}, .children = 3, .promises = 0});
    const auto found = import.ask();
    ASSERT_EQ(found.faults.size(), 3U);
    EXPECT_EQ(found.faults.front().because, "Priya Nair has left. Write who has the child now.");
}

TEST(Difference, TwoPeopleWithOneAddressAreTwo) {
    Import import;
    import.person(ada, "Lee Okafor", "sam@example.org", "father");
    import.take_in();
    EXPECT_EQ(names(import.stands.people.at_address("Sam@Example.org")), (std::vector<std::string>{"Lee Okafor", "Sam Okafor"}));
    EXPECT_TRUE(import.ask().is_empty());
}

TEST(Difference, OnePersonWithTwoAddressesIsOne) {
    Import import;
    import.person(ada, "Sam Okafor", "sam@work.example", "mother");
    import.take_in();
    const auto there = import.stands.people.at_address("sam@work.example");
    ASSERT_EQ(there.size(), 1U);
    EXPECT_EQ(there, import.stands.people.at_address("sam@example.org"));
    EXPECT_EQ(there.front()->email, "sam@example.org");  // the first one is where we write
    EXPECT_TRUE(import.ask().is_empty());
}

TEST(Difference, AYoungPersonIsNotTheGrownUpOfTheSameName) {
    Import import;
    import.person(ada, "Sam Okafor", "sam@example.org", "young_person");
    import.take_in();
    EXPECT_EQ(import.stands.people.at_address("sam@example.org").size(), 2U);
    EXPECT_TRUE(import.ask().is_empty());
}

TEST(Difference, WhoHasAnotherNameAndTheSameAddressAndChildIsTheSame) {
    Import import;
    import.lists.contacts.front().name = "Samantha Hill";
    import.take_in();
    ASSERT_EQ(import.stands.people.at_address("sam@example.org").size(), 1U);
    EXPECT_EQ(import.stands.people.at_address("sam@example.org").front()->id, ContactId{"k-sam"});
}

TEST(Difference, TheSamePersonTwiceInOneListIsAsked) {
    Import import;
    import.person(ada, "Sam Okafor", "sam@example.org", "carer");
    const auto found = import.ask();
    ASSERT_EQ(found.faults.size(), 1U);
    EXPECT_EQ(found.faults.front().because, "Sam Okafor is in the list of NM-2041 twice, as mother and as carer. Leave one of the two lines.");
}

TEST(Difference, ACorrectedAddressHoldsUntilTheListAgrees) {
    Import import;
    import.evolve(AddressCorrected{.conversation = {"c-1"}, .contact = {"k-sam"}, .how = ConfirmedHow::second_person, .staff = dana, .begun_by = priya, .before = "sam@example.org", .email = "sam@new.example", .reason = {}});
    auto found = import.ask();
    EXPECT_TRUE(found.is_empty());
    ASSERT_EQ(found.kept.size(), 1U);
    EXPECT_EQ(found.kept.front().corrected.now, "sam@new.example");
    import.lists.contacts.front().phone = "07700 900002";  // what else changes is taken, the address stays
    import.take_in();
    EXPECT_TRUE(import.stands.people.at_address("sam@example.org").empty());
    ASSERT_EQ(import.stands.people.at_address("sam@new.example").size(), 1U);
    import.lists.contacts.front().email = "sam@new.example";
    EXPECT_EQ(import.ask().contacts.moved, 0U);
    import.take_in();
    found = import.ask();
    EXPECT_TRUE(found.is_empty());
    EXPECT_TRUE(found.kept.empty());
    import.lists.contacts.front().email = "sam@third.example";  // from now on the list leads again
    EXPECT_EQ(import.ask().contacts.moved, 1U);
}

}  // namespace

}  // namespace hearback
