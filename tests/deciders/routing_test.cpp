// Which conversation, which child, whose: and nobody gets into a conversation by quoting.
#include "deciders/northmere.hpp"
#include "deciders/routing/routing.hpp"

namespace hearback {

Scenario<Alone<Routing>> desk() { return std::move(Scenario<Alone<Routing>>().given(northmere())); }

TEST(Routing, GoesFromTheSenderToTheChildToTheNamedPerson) {
    auto routing = desk();
    routing.when(from_sam("2024-02-14T10:00"), "abc");
    const auto routed = routing.the<MessageRouted>();
    EXPECT_EQ(routed.case_id, ada);
    EXPECT_EQ(routed.owner, priya);
    EXPECT_EQ(routed.routed_by, RoutedBy::sender);
    EXPECT_EQ(routed.because.or_empty(), "Sam Okafor is Ada’s mother. You have been Ada’s caseworker since 3 November.");
    EXPECT_EQ(routing.the<MessageReceived>().conversation, ConversationId{"c-abc"});
    EXPECT_TRUE(routing.the<MessageReceived>().opens_conversation);
}

TEST(Routing, JoinsByOurSignedToken) {
    auto routing = desk();
    routing.when(from_sam("2024-02-14T10:00"), "one");
    auto again = from_sam("2024-02-14T11:00");
    again.token_conversation = {"c-one"};
    routing.when(again, "two");
    EXPECT_EQ(routing.the<MessageRouted>().conversation, ConversationId{"c-one"});
    EXPECT_EQ(routing.the<MessageRouted>().routed_by, RoutedBy::reply_address);
}

TEST(Routing, JoinsByReferencesToTheirMailAndToOurs) {
    auto routing = desk();
    auto first = from_sam("2024-02-14T10:00");
    first.message_ref = "hash-1";
    routing.when(first, "one").given({AcknowledgementPrepared{.message = {"m-one.ack"}, .conversation = {"c-one"}}});
    for (const auto* reference : {"hash-1", "own/m-one.ack"}) {
        auto again = from_sam("2024-02-14T11:00");
        again.refers_to = {"unknown", reference};
        routing.when(again, reference);
        EXPECT_EQ(routing.the<MessageRouted>().conversation, ConversationId{"c-one"}) << reference;
        EXPECT_EQ(routing.the<MessageRouted>().routed_by, RoutedBy::earlier_mail);
    }
}

TEST(Routing, NobodyGetsIntoAConversationByQuotingIt) {
    auto routing = desk();
    auto first = from_sam("2024-02-14T10:00");
    first.message_ref = "hash-1";
    routing.when(first, "one");
    auto stranger = mail_from("mallory@example.org", "2024-02-14T11:00");
    stranger.token_conversation = {"c-one"};
    stranger.refers_to = {"hash-1"};
    routing.when(stranger, "two").then_says({"MessageReceived", "MessageUnmatched"});
    EXPECT_EQ(routing.the<MessageUnmatched>().conversation, ConversationId{"c-two"});
}

/// Lee is Ada's father; he answers a message that was Sam's.
MessageRouted lee_answers(const std::string& home_of_lee) {
    auto routing = desk();
    routing.given({ContactListed{.contact = {"k-sam"}, .case_id = ada, .relation = Relation::mother, .name = "Sam Okafor", .email = "sam@example.org", .phone = {}, .home = "12 Mill Lane"},
                   ContactListed{.contact = {"k-lee"}, .case_id = ada, .relation = Relation::father, .name = "Lee", .email = "lee@example.org", .phone = {}, .home = home_of_lee}});
    routing.when(from_sam("2024-02-14T10:00"), "one");
    auto lee = mail_from("lee@example.org", "2024-02-14T11:00");
    lee.token_conversation = {"c-one"};
    routing.when(lee, "two");
    return routing.the<MessageRouted>();
}

TEST(Routing, WhoLivesWithTheWriterJoins) {
    const auto joined = lee_answers("12 Mill Lane");
    EXPECT_EQ(joined.conversation, ConversationId{"c-one"});
    EXPECT_EQ(joined.relation, Relation::father);
}

TEST(Routing, TheOtherHomeHasAConversationOfItsOwn) {
    for (const auto* home : {"3 Dock Street", ""}) {
        const auto own = lee_answers(home);
        EXPECT_EQ(own.conversation, ConversationId{"c-two"}) << home;
        EXPECT_EQ(own.case_id, ada);
    }
}

TEST(Routing, AMessageThatNamesTwoChildrenIsAboutBoth) {
    auto routing = desk();
    routing.when(mail_from("donna@example.org", "2024-02-14T10:00", "Kai and Bo"), "one").then_says({"MessageReceived", "MessageRouted", "MessageRouted"});
    auto more = mail_from("donna@example.org", "2024-02-14T11:00", "And the taxi");
    more.token_conversation = {"c-one"};
    routing.when(more, "two").then_says({"MessageReceived", "MessageRouted", "MessageRouted"});
    more.subject = "Only Bo";
    routing.when(more, "three").then_says({"MessageReceived", "MessageRouted"});
    EXPECT_EQ(routing.the<MessageRouted>().case_id, bo);
}

TEST(Routing, FindsTheSiblingThatIsNamed) {
    auto routing = desk();
    auto mail = mail_from("donna@example.org", "2024-02-14T10:00", "Taxi for Bo");
    routing.when(mail);
    EXPECT_EQ(routing.the<MessageRouted>().case_id, bo);
}

TEST(Routing, ANameInsideAnotherWordNamesNobody) {
    desk().when(mail_from("donna@example.org", "2024-02-14T10:00", "About Boston")).then_says({"MessageReceived", "MessageUnmatched"});
}

TEST(Routing, SiblingsWithoutANameWaitToBeMatched) {
    auto routing = desk();
    routing.when(mail_from("donna@example.org", "2024-02-14T10:00"));
    EXPECT_EQ(routing.the<MessageUnmatched>().because, UnmatchedBecause::several_children);
}

TEST(Routing, AStrangerWaitsToBeMatchedAndMayWriteAgain) {
    auto routing = desk();
    routing.when(mail_from("gran@example.org", "2024-02-14T10:00"), "one");
    EXPECT_EQ(routing.the<MessageUnmatched>().because, UnmatchedBecause::unknown_sender);
    auto again = mail_from("gran@example.org", "2024-02-14T11:00");
    again.token_conversation = {"c-one"};
    routing.when(again, "two");
    EXPECT_EQ(routing.the<MessageUnmatched>().conversation, ConversationId{"c-one"});
}

TEST(Routing, WhoHasClaimedItKeepsIt) {
    auto routing = desk();
    routing.when(from_sam("2024-02-14T10:00"), "one").given({ConversationClaimed{.conversation = {"c-one"}, .staff = dana, .before = priya}});
    auto again = from_sam("2024-02-14T11:00");
    again.token_conversation = {"c-one"};
    routing.when(again, "two");
    EXPECT_EQ(routing.the<MessageRouted>().owner, dana);
}

TEST(Routing, SetsAsideWhatNoPersonWroteToUs) {
    for (const auto kind : {MessageKind::auto_reply, MessageKind::report, MessageKind::loop}) {
        auto mail = from_sam("2024-02-14T10:00");
        mail.mail_kind = kind;
        desk().when(mail).then_says({"MessageReceived", "MessageSetAside"});
    }
    auto copy = from_sam("2024-02-14T10:00");
    copy.copy_only = true;
    desk().when(copy).then_says({"MessageReceived", "MessageSetAside"});
}

TEST(Routing, AskedByNameInACopyIsAskedAllTheSame) {
    auto copy = from_sam("2024-02-14T10:00");
    copy.copy_only = true;
    copy.text = "Dear head teacher, the taxi was late. Priya, when does it start?";
    desk().when(copy).then_says({"MessageReceived", "MessageRouted"});
    copy.text = "Dear head teacher, Priya Nair told me to ask you.";
    desk().when(copy).then_says({"MessageReceived", "MessageSetAside"});
}

TEST(Routing, WhoOnceWroteToUsInCopyIsRoutedWhenTheyWriteToUs) {
    auto routing = desk();
    auto copy = from_sam("2024-02-14T10:00");
    copy.copy_only = true;
    copy.message_ref = "hash-1";
    routing.when(copy, "one");
    auto to_us = from_sam("2024-02-14T11:00");
    to_us.refers_to = {"hash-1"};
    routing.when(to_us, "two");
    EXPECT_EQ(routing.the<MessageRouted>().conversation, ConversationId{"c-one"});
    EXPECT_EQ(routing.the<MessageRouted>().case_id, ada);
}

TEST(Routing, ABounceNamesTheMessageThatCameBack) {
    auto bounce = mail_from("", "2024-02-14T10:00");
    bounce.mail_kind = MessageKind::bounce;
    bounce.failed_message = {"r-1"};
    bounce.failed_for_good = true;
    bounce.failed_status = "5.1.1";
    auto routing = desk();
    routing.when(bounce, "b").then_says({"MessageReceived", "MessageSetAside", "ReturnReceived"});
    EXPECT_EQ(routing.the<ReturnReceived>(), (ReturnReceived{.message = {"r-1"}, .report = {"m-b"}, .for_good = true, .status = "5.1.1"}));
}

const ContactListed lee{.contact = {"k-lee"}, .case_id = ada, .relation = Relation::father, .name = "Lee Okafor", .email = "sam@example.org"};

TEST(Routing, ACoupleWithOneAddressIsOneOfThem) {
    auto routing = desk();
    routing.given({lee}).when(from_sam("2024-02-14T10:00"), "one");
    const auto routed = routing.the<MessageRouted>();
    EXPECT_EQ(routed.case_id, ada);
    EXPECT_EQ(routed.contact, ContactId{});
    EXPECT_EQ(routed.one_of, (std::vector<ContactId>{{"k-sam"}, {"k-lee"}}));
    EXPECT_EQ(routed.because.or_empty(), "It is written from the shared address of Sam Okafor and Lee Okafor, Ada’s mother and father. You have been Ada’s caseworker since 3 November.");
}

TEST(Routing, OfACoupleTheOneWhoSignsWrote) {
    auto routing = desk();
    auto mail = from_sam("2024-02-14T10:00");
    mail.from_name = "lee okafor";
    routing.given({lee}).when(mail, "one");
    EXPECT_EQ(routing.the<MessageRouted>().contact, ContactId{"k-lee"});
    EXPECT_EQ(routing.the<MessageRouted>().relation, Relation::father);
}

/// Two schools' secretaries, or one office for many children: each child has its own entry with the one address.
Scenario<Alone<Routing>> school() {
    const auto office_of = [](const char* id, const CaseId& child, const char* name) { return ContactListed{.contact = {id}, .case_id = child, .relation = Relation::school, .name = name, .email = "office@school.example"}; };
    return std::move(desk().given({office_of("k-ada-school", ada, "Ms Hill"), office_of("k-kai-school", kai, "Mr Dale")}));
}

TEST(Routing, AnOfficeOfManyChildrenIsRoutedByTheChildThatItNames) {
    const auto named = [](const char* subject, const char* text) {
        auto mail = mail_from("office@school.example", "2024-02-14T10:00", subject);
        mail.text = text;
        auto routing = school();
        routing.when(mail, "one");
        return routing.the<MessageRouted>();
    };
    EXPECT_EQ(named("Plan", "About kai bennett, please.").case_id, kai);
    EXPECT_EQ(named("Plan", "Your number nm-2042").contact, ContactId{"k-kai-school"});
    EXPECT_EQ(named("Ada’s plan", "See above.").case_id, ada);
    EXPECT_EQ(named("Plan", "NM-2041. With regards, Kai Bennett").case_id, ada);  // the number is the surest
}

TEST(Routing, WhatNamesNoChildOfAnOfficeOrTwoOfThemWaitsWithGuesses) {
    auto routing = school();
    auto mail = mail_from("office@school.example", "2024-02-14T10:00", "Plan");
    mail.text = "With regards, Ada";  // a writer's own name is no child's
    routing.when(mail, "one").then_says({"MessageReceived", "MessageUnmatched"});
    EXPECT_EQ(routing.the<MessageUnmatched>().because, UnmatchedBecause::shared_address);
    EXPECT_EQ(routing.the<MessageUnmatched>().guesses, (std::vector{ada, kai}));
    mail.text = "Ada Okafor and Kai Bennett";
    routing.when(mail, "two");
    EXPECT_EQ(routing.the<MessageUnmatched>().guesses, (std::vector{ada, kai}));
}

TEST(Routing, AnotherHomesChildNeverGetsIntoAConversation) {
    auto routing = school();
    routing.when(mail_from("office@school.example", "2024-02-14T10:00", "Ada’s plan"), "one");
    auto again = mail_from("office@school.example", "2024-02-14T11:00", "Re: Ada’s plan");
    again.token_conversation = {"c-one"};
    routing.when(again, "two");
    EXPECT_EQ(routing.the<MessageRouted>().conversation, ConversationId{"c-one"});
    again.subject = "Kai’s plan";
    routing.when(again, "three");
    EXPECT_EQ(routing.the<MessageRouted>().conversation, ConversationId{"c-three"});
    EXPECT_EQ(routing.the<MessageRouted>().case_id, kai);
}

TEST(Routing, OnePersonWritesFromTwoAddresses) {
    auto routing = desk();
    routing.given({ContactListed{.contact = {"k-sam"}, .case_id = ada, .relation = Relation::mother, .name = "Sam Okafor", .email = "sam@example.org", .more_emails = std::vector<std::string>{"sam@work.example"}}});
    routing.when(from_sam("2024-02-14T10:00"), "one");
    auto again = mail_from("sam@work.example", "2024-02-14T11:00");
    again.token_conversation = {"c-one"};
    routing.when(again, "two");
    EXPECT_EQ(routing.the<MessageRouted>().conversation, ConversationId{"c-one"});
    EXPECT_EQ(routing.the<MessageRouted>().contact, ContactId{"k-sam"});
}

TEST(Routing, WhoIsInNoListAnyMoreWaitsToBeMatchedAndWhatIsOpenStays) {
    auto routing = desk();
    routing.when(from_sam("2024-02-14T10:00"), "one").given({ContactRemoved{.contact = {"k-sam"}, .case_id = ada}});
    routing.when(from_sam("2024-02-14T11:00"), "two");
    EXPECT_EQ(routing.the<MessageUnmatched>().because, UnmatchedBecause::unknown_sender);
    auto reply = from_sam("2024-02-14T12:00");
    reply.token_conversation = {"c-one"};
    routing.given({CaseClosed{.case_id = ada}}).when(reply, "three");
    EXPECT_EQ(routing.the<MessageRouted>().case_id, ada);
    EXPECT_EQ(routing.the<MessageRouted>().owner, priya);
    EXPECT_EQ(routing.the<MessageRouted>().because.or_empty(), "You have been Ada’s caseworker since 3 November. It answers an earlier message. The address is in no list of ours now.");
}

}  // namespace hearback
