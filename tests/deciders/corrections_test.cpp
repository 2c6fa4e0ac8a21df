// An address that has changed: asked at the new one, told at the old one, and counting for nothing until it is confirmed.
#include "deciders/northmere.hpp"

namespace hearback {

namespace {

const ContactId sam{"k-sam"};

CorrectionAsked new_address(std::string email = "Sam@New.example", std::string before = "sam@example.org", const StaffId& staff = priya) {
    return {.contact = sam, .staff = staff, .proof = AddressProof::told_by_telephone, .before = std::move(before), .email = std::move(email), .note = {}};
}

Scenario<> begun() {
    auto all = office();
    all.when(new_address(), "ask");
    return all;
}

CorrectionRefusedBecause refused(Scenario<>& all, const Input& act) { return all.when(act).the<CorrectionRefused>().because; }

std::string value(const AddressLetterPrepared& letter, std::string_view name) {
    for (const auto& field : letter.fields.or_empty())
        if (field.name == name) return field.value;
    return {};
}

MailArrived reply_from(std::string address, std::string conversation) {
    auto mail = mail_from(std::move(address), "2024-02-14T11:00", "Re: Is this your new email address?");
    mail.token_conversation = {std::move(conversation)};
    mail.text = "Yes";
    return mail;
}

const CorrectionAgreed dana_agrees{.contact = sam, .staff = dana, .reason = "I rang her too"};

TEST(Corrections, TheNewAddressIsAskedAndTheOldOneTold) {
    auto all = begun();
    all.then_says({"CorrectionBegun", "AddressLetterPrepared", "AddressLetterPrepared", "SendReleased", "SendReleased"});
    EXPECT_EQ(all.the<CorrectionBegun>().email, "sam@new.example");
    EXPECT_EQ(all.the<CorrectionBegun>().with_old_address, ConversationId{"c-ask0d"});
}

/// A slip of the pen sends our question to a stranger.
TEST(Corrections, TheQuestionNamesNoFamilyAndTheWordToTheOldAddressNotTheNewOne) {
    auto directory = Scenario<Alone<Directory>>();
    directory.given(northmere()).when(new_address(), "ask");
    directory.then_says({"CorrectionBegun", "AddressLetterPrepared", "AddressLetterPrepared"});
    for (const auto& letter : directory.all<AddressLetterPrepared>()) {
        const auto words = as_json({letter});
        if (letter.template_ == TemplateName::is_this_your_address) {
            for (const auto* word : {"Sam Okafor", "\"Sam\"", "Ada", "NM-2041"}) EXPECT_EQ(words.find(word), words.npos) << word;
            EXPECT_EQ(value(letter, "who"), "Priya Nair");
        } else {
            EXPECT_EQ(words.find("new.example"), words.npos);
            EXPECT_EQ(value(letter, "how"), "by telephone");
        }
    }
}

TEST(Corrections, OneMoreAddressIsToldWhereWeWriteNow) {
    auto all = office();
    all.when(new_address("sam@work.example", ""), "ask");
    EXPECT_EQ(all.count<AddressLetterPrepared>(), 2U);
    all.when(reply_from("sam@example.org", "c-ask0d"), "not-me");
    EXPECT_EQ(all.count<CorrectionDoubted>(), 1U);
}

/// Both of a person's addresses are theirs, and the answer goes to the one from which they wrote.
TEST(Corrections, OneMoreAddressTakesNothingFromTheFirst) {
    auto all = office();
    all.when(new_address("sam@work.example", ""), "ask").when(dana_agrees);
    for (const auto* address : {"sam@example.org", "sam@work.example"}) {
        all.when(mail_from(address, "2024-02-14T11:00"), address);
        EXPECT_EQ(all.the<MessageRouted>().contact, sam);
        all.when(reply_to(all.the<MessageReceived>()));
        EXPECT_EQ(all.the<ReplyWritten>().to, address);
    }
}

TEST(Corrections, UnconfirmedItCountsForNothing) {
    auto all = begun();
    all.when(mail_from("sam@new.example", "2024-02-14T11:00"), "mail");
    EXPECT_EQ(all.the<MessageUnmatched>().because, UnmatchedBecause::unknown_sender);
    all.when(from_sam("2024-02-14T12:00"), "old");
    EXPECT_EQ(all.the<MessageRouted>().contact, sam);
}

TEST(Corrections, AReplyFromTheNewAddressConfirmsAndIsSams) {
    auto all = begun();
    all.when(reply_from("sam@new.example", "c-ask"), "yes");
    EXPECT_EQ(all.the<AddressCorrected>().how, ConfirmedHow::replied);
    const auto routed = all.the<MessageRouted>();
    EXPECT_EQ(routed.contact, sam);
    EXPECT_EQ(routed.case_id, ada);
    all.when(mail_from("sam@new.example", "2024-02-14T12:00"), "next");
    EXPECT_EQ(all.the<MessageRouted>().contact, sam);
    all.when(from_sam("2024-02-14T12:30"), "old");
    EXPECT_EQ(all.the<MessageUnmatched>().because, UnmatchedBecause::unknown_sender);
}

TEST(Corrections, NothingElseConfirmsByItself) {
    auto away = reply_from("sam@new.example", "c-ask");
    away.mail_kind = MessageKind::auto_reply;
    auto stranger = reply_from("mallory@example.org", "c-ask");
    for (const auto& mail : {away, stranger, reply_from("sam@new.example", "c-ask0d")}) {
        auto all = begun();
        all.when(mail, "mail");
        EXPECT_EQ(all.count<AddressCorrected>(), 0U);
    }
}

TEST(Corrections, AWordFromTheOldAddressLeavesItToAPerson) {
    auto all = begun();
    all.when(reply_from("sam@example.org", "c-ask0d"), "not-me");
    EXPECT_EQ(all.count<CorrectionDoubted>(), 1U);
    EXPECT_EQ(all.the<MessageRouted>().conversation, ConversationId{"c-ask0d"});  // never into the one with the new address
    all.when(reply_from("sam@new.example", "c-ask"), "yes");
    EXPECT_EQ(all.count<AddressCorrected>(), 0U);
    all.when(dana_agrees);
    EXPECT_EQ(all.the<AddressCorrected>().how, ConfirmedHow::second_person);
}

TEST(Corrections, ASecondPersonConfirmsWithAReason) {
    auto all = begun();
    EXPECT_EQ(refused(all, CorrectionAgreed{.contact = sam, .staff = priya, .reason = "I am sure"}), CorrectionRefusedBecause::needs_a_second_person);
    EXPECT_EQ(refused(all, CorrectionAgreed{.contact = sam, .staff = dana, .reason = " "}), CorrectionRefusedBecause::no_reason);
    all.when(dana_agrees);
    EXPECT_EQ(all.the<AddressCorrected>().staff, dana);
    EXPECT_EQ(refused(all, dana_agrees), CorrectionRefusedBecause::none_is_open);
}

TEST(Corrections, ItCanBeTakenBack) {
    auto all = begun();
    all.when(CorrectionUnwanted{.contact = sam, .staff = dana}).then_says({"CorrectionTakenBack"});
    all.when(reply_from("sam@new.example", "c-ask"), "yes");
    EXPECT_EQ(all.count<AddressCorrected>(), 0U);
}

TEST(Corrections, WhatIsWrongIsSaid) {
    auto all = begun();
    EXPECT_EQ(refused(all, new_address("other@example.org")), CorrectionRefusedBecause::one_is_open);
    auto fresh = office();
    EXPECT_EQ(refused(fresh, new_address("sam at home")), CorrectionRefusedBecause::not_an_address);
    EXPECT_EQ(refused(fresh, new_address("SAM@example.org")), CorrectionRefusedBecause::theirs_already);
    EXPECT_EQ(refused(fresh, new_address("s@example.org", "donna@example.org")), CorrectionRefusedBecause::not_their_address);
    EXPECT_EQ(refused(fresh, new_address("s@example.org", "", {"nobody"})), CorrectionRefusedBecause::unknown_person);
    fresh.given({ContactRemoved{.contact = sam, .case_id = ada}});
    EXPECT_EQ(refused(fresh, new_address()), CorrectionRefusedBecause::not_in_our_lists);
}

TEST(Corrections, AReplyThatIsWrittenAfterwardsGoesToTheNewAddress) {
    auto all = office();
    all.when(from_sam("2024-02-14T10:00"), "one");
    const auto message = all.the<MessageReceived>();
    all.when(new_address(), "ask").when(dana_agrees).when(reply_to(message));
    EXPECT_EQ(all.the<ReplyWritten>().to, "sam@new.example");
}

}  // namespace

}  // namespace hearback
