// Rows of the council's lists: taken, or refused with the line and the reason.
#include "deciders/northmere.hpp"

namespace hearback {

Scenario<Alone<Directory>> lists() { return std::move(Scenario<Alone<Directory>>().given(northmere())); }

std::string refusal(Scenario<Alone<Directory>> directory, const RowsImported& rows) {
    directory.when(rows);
    EXPECT_EQ(directory.the<RowsTaken>().taken, 0);
    EXPECT_EQ(directory.the<RowsTaken>().refused, 1);
    const auto refused = directory.the<RowRefused>();
    return refused.column + ": " + refused.because.substr(0, 28);
}

TEST(Directory, TakesAContactAndSaysOnlyWhatIsNew) {
    const ContactRow known{.line = 2, .contact = {"k-sam"}, .case_ref = ada.value, .name = "Sam Okafor", .email = "SAM@example.org", .phone = "07700 900001", .relation = "mother"};
    const ContactRow other{.line = 3, .contact = {"k-lee"}, .case_ref = ada.value, .name = "Lee Okafor", .email = "lee@example.org", .phone = {}, .relation = "father"};
    lists().when(RowsImported{.run = "run", .chunk = 0, .teams = {}, .staff = {}, .cases = {}, .contacts = std::vector{known, other}})
        .then({ContactListed{.contact = {"k-lee"}, .case_id = ada, .relation = Relation::father, .name = "Lee Okafor", .email = "lee@example.org", .phone = {}},
               RowsTaken{.run = "run", .chunk = 0, .taken = 2, .refused = 0}});
}

TEST(Directory, OnePersonWithTwoChildrenInOneListIsOneContact) {
    const ContactRow one{.line = 2, .contact = {"k-lee"}, .case_ref = kai.value, .name = "Lee", .email = "lee@example.org", .phone = {}, .relation = "father"};
    ContactRow two = one;
    two.line = 3, two.case_ref = bo.value;
    auto directory = lists();
    directory.when(RowsImported{.run = "run", .chunk = 0, .teams = {}, .staff = {}, .cases = {}, .contacts = std::vector{one, two}})
        .then_says({"ContactListed", "ContactListed", "RowsTaken"});
}

TEST(Directory, RefusesRowsWithTheReason) {
    RowsImported rows{.run = "run", .chunk = 0, .teams = {}, .staff = {}, .cases = {}, .contacts = {}};
    auto teams = rows, staff = rows, role = rows, cases = rows, date = rows, address = rows, relation = rows, no_case = rows;
    teams.teams = std::vector{TeamRow{.line = 2, .team = "t", .name = ""}};
    EXPECT_EQ(refusal(lists(), teams), "name: A team needs a name. Write i");
    staff.staff = std::vector{StaffRow{.line = 2, .staff = "s", .name = "S", .email = {}, .phone = {}, .role = "caseworker", .team = "none"}};
    EXPECT_EQ(refusal(lists(), staff), "team: There is no team \"none\". Wri");
    role.staff = std::vector{StaffRow{.line = 2, .staff = "s", .name = "S", .email = {}, .phone = {}, .role = "boss", .team = "t-send"}};
    EXPECT_EQ(refusal(lists(), role), "role: The role \"boss\" is none of o");
    CaseRow row{.line = 2, .case_ref = "NM-1", .child = "Kim", .year = {}, .caseworker = "nobody", .deputy = {}, .team = {}, .since = {}};
    cases.cases = std::vector{row};
    EXPECT_EQ(refusal(lists(), cases), "caseworker: \"nobody\" is not in the list ");
    row.caseworker = "priya", row.since = "3/11/2023";
    date.cases = std::vector{row};
    EXPECT_EQ(refusal(lists(), date), "since: \"3/11/2023\" is not a date. W");
    ContactRow contact{.line = 2, .contact = {"k-lee"}, .case_ref = ada.value, .name = "Lee", .email = "lee at home", .phone = {}, .relation = "father"};
    address.contacts = std::vector{contact};
    EXPECT_EQ(refusal(lists(), address), "email: \"lee at home\" is not an emai");
    contact.email = "lee@example.org", contact.relation = "boss";
    relation.contacts = std::vector{contact};
    EXPECT_EQ(refusal(lists(), relation), "relation: The relation \"boss\" is not o");
    contact.relation = "father", contact.case_ref = "NM-0";
    no_case.contacts = std::vector{contact};
    EXPECT_EQ(refusal(lists(), no_case), "case_ref: There is no case \"NM-0\". Wri");
}

TEST(Directory, AMatchedStrangerIsAContactFromNowOn) {
    const ConversationMatched matched{.conversation = {"c-1"}, .case_id = ada, .relation = Relation::grandparent, .owner = priya, .team = send_team,
                                      .staff = dana, .email = "Gran@example.org", .name = "Gran"};
    lists().when(AnyEvent(matched)).then({ContactListed{.contact = {"k-c-1"}, .case_id = ada, .relation = Relation::grandparent, .listed_by = ListedBy::matched, .name = "Gran",
                                                         .email = "gran@example.org", .phone = {}}});
}

TEST(Directory, MatchingAKnownPersonToAnotherChildKeepsTheirNameAndTelephone) {
    const ConversationMatched matched{.conversation = {"c-1"}, .case_id = kai, .relation = Relation::other, .owner = priya, .team = send_team,
                                      .staff = dana, .email = "sam@example.org", .name = "sam's phone"};
    lists().when(AnyEvent(matched)).then({ContactListed{.contact = {"k-sam"}, .case_id = kai, .relation = Relation::other, .listed_by = ListedBy::matched, .name = "Sam Okafor",
                                                         .email = "sam@example.org", .phone = "07700 900001"}});
}

RowsImported gone(std::vector<CaseId> cases, std::vector<Gone> contacts) {
    return {.run = "run", .chunk = 0, .teams = {}, .staff = {}, .cases = {}, .contacts = {}, .gone_cases = std::move(cases), .gone_contacts = std::move(contacts)};
}

TEST(Directory, WhoIsInNoListAnyMoreLeavesIt) {
    lists().when(gone({kai}, {{.contact = {"k-sam"}, .case_id = ada}, {.contact = {"k-nobody"}, .case_id = ada}}))
        .then({CaseClosed{.case_id = kai}, ContactRemoved{.contact = {"k-sam"}, .case_id = ada}, RowsTaken{.run = "run", .chunk = 0, .taken = 2, .refused = 0}});
}

TEST(Directory, AChildWhoHasLeftHasNobodyNew) {
    const ContactRow row{.line = 2, .contact = {"k-lee"}, .case_ref = kai.value, .name = "Lee", .email = "lee@example.org", .phone = {}, .relation = "father"};
    EXPECT_EQ(refusal(std::move(lists().given({CaseClosed{.case_id = kai}})), RowsImported{.run = "run", .chunk = 1, .teams = {}, .staff = {}, .cases = {}, .contacts = std::vector{row}}).substr(0, 20), "case_ref: There is n");
}

TEST(Directory, AMatchedWriterOfASharedAddressIsWhoSigns) {
    const ContactListed lee{.contact = {"k-lee"}, .case_id = ada, .relation = Relation::father, .name = "Lee Okafor", .email = "sam@example.org"};
    const ConversationMatched matched{.conversation = {"c-1"}, .case_id = kai, .relation = Relation::other, .owner = priya, .team = send_team, .staff = dana, .email = "sam@example.org", .name = "Lee Okafor"};
    auto directory = std::move(lists().given({lee}));
    directory.when(AnyEvent(matched));
    EXPECT_EQ(directory.the<ContactListed>().contact, ContactId{"k-lee"});
}

}  // namespace hearback
