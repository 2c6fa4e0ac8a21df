// What is on record is found: by words, names and numbers, whatever is typed; the index goes on where it stood, and a new one is
// made beside the old one.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "deciders/northmere.hpp"
#include "log/temp_folder.hpp"
#include "runtime/clock.hpp"
#include "vault/vault.hpp"
#include "views/search.hpp"
#include "views/search_words.hpp"

namespace hearback {

using Strings = std::vector<std::string>;

class ASearchedLog : public testing::Test {
  protected:
    /// One decision, as the clerk would append it.
    void conclude(std::vector<AnyEvent> events, std::string_view when = "2027-02-11T14:20") {
        Decision decision{.id = "d" + std::to_string(head.sequence + 1), .cause = "x", .time = at(when), .events = {}};
        for (auto& each : events) decision.events.push_back({{decision.id + "." + std::to_string(decision.events.size() + 1)}, std::move(each)});
        Entry entry{Topic::journal, encode_decision(decision, "E1", vault)};
        chain(entry.record, head, 0);
        auto entries = vault.new_keys();
        entries.push_back(std::move(entry));
        log->append(entries);
        vault.keys_written();
    }
    /// An email from Sam or a stranger, in a conversation of its own, about a child or nobody's yet.
    MessageReceived mail(std::string text, std::string_view when, std::string subject = "Transport", std::string address = "sam@example.org") {
        MessageReceived e{.message = {"m-" + std::to_string(++mails)}, .conversation = {"c-" + std::to_string(mails)}, .received_at = at(when), .channel = Channel::email, .mail_kind = MessageKind::person};
        e.from_name = address == "sam@example.org" ? "Sam Okafor" : "";
        e.from_address = std::move(address);
        e.subject = std::move(subject);
        e.text = std::move(text);
        return e;
    }
    static MessageRouted to_priya(const MessageReceived& e, const CaseId& of = ada) {
        return {.message = e.message, .conversation = e.conversation, .case_id = of, .contact = {"k-sam"}, .relation = Relation::mother, .owner = priya, .team = send_team, .routed_by = RoutedBy::sender, .because = {}};
    }
    /// Runs the index's own thread until everything on record can be found.
    void take_in(SearchIndex& index) {
        std::jthread writer([&](std::stop_token stop) { index.run(*log, "E1", seal, stop, [&](std::string_view words) { trouble = words; }); });
        for (const auto end = monotonic() + Millis{20000}; (index.behind() || index.sequence() < head.sequence) && monotonic() < end; pause(Millis{2})) {
        }
        EXPECT_EQ(index.sequence(), head.sequence);
    }
    Strings subjects(const Search::Question& q) {
        Strings found;
        for (const auto& each : Search(index()).ask(q).messages) {
            std::string subject;
            for (const auto& piece : each.subject) subject += piece.text;
            found.push_back(subject);
        }
        return found;
    }
    Strings texted(const std::string& typed) { return subjects({.text = typed}); }
    Strings people(const std::string& typed) {
        Strings found;
        for (const auto& each : Search(index()).ask({.text = typed}).people) found.push_back(each.kind + " " + each.name + ": " + each.about);
        return found;
    }
    /// The index, with all that is on record.
    SearchIndex& index() {
        if (!index_) index_ = std::make_unique<SearchIndex>(folder.path());
        if (index_->sequence() < head.sequence) take_in(*index_);
        return *index_;
    }
    void close_index() { index_.reset(); }
    std::string file(const std::string& name) { return folder.path() + "/" + name; }

    TempFolder folder;
    std::unique_ptr<Log> log = open_sqlite_log({.folder = folder.path(), .authority = "E1"});
    Vault vault{*log, MasterKey::from_bytes({1}), [] { return at("2027-02-11T14:20"); }};
    Head head = genesis("E1");
    /// Counts what is opened.
    struct Counting : Seal {
        explicit Counting(Vault& v) : vault(v) {}
        Closed close(std::string_view owner, std::string_view bound_to, std::string_view plain) override { return vault.close(owner, bound_to, plain); }
        std::optional<std::string> open(std::string_view key, std::string_view bound_to, std::string_view text) override { return ++opened, vault.open(key, bound_to, text); }
        Vault& vault;
        int opened = 0;
    } seal{vault};
    int mails = 0;
    std::string trouble;

  private:
    std::unique_ptr<SearchIndex> index_;
};

TEST_F(ASearchedLog, FindsWordsNewestFirstWithWhatIsKnownOfThem) {
    conclude(northmere());
    const auto old = mail("Ada’s taxi did not come. Who puts this right?", "2027-02-01T09:00", "Taxi");
    const auto young = mail("The taxi came late again.", "2027-02-11T14:20", "Late taxi");
    conclude({old, to_priya(old)});
    conclude({young, to_priya(young)});
    EXPECT_EQ(texted("taxi"), (Strings{"Late taxi", "Taxi"}));
    EXPECT_EQ(texted("taxi right"), Strings{"Taxi"});
    EXPECT_EQ(texted("ta"), (Strings{"Late taxi", "Taxi"})) << "the last word may go on";
    EXPECT_EQ(texted("ta right"), Strings{}) << "only the last";
    EXPECT_EQ(texted("\"taxi came\""), Strings{"Late taxi"});
    EXPECT_EQ(texted("\"came taxi\""), Strings{});
    const auto found = Search(index()).ask({.text = "puts"});
    ASSERT_EQ(found.messages.size(), 1U);
    const auto& m = found.messages.front();
    EXPECT_EQ(m.child + "|" + m.writer + "|" + m.kind + "|" + m.way + "|" + m.owner_name + "|" + m.conversation, "Ada Okafor|Sam Okafor|email|in|Priya Nair|c-1");
    EXPECT_EQ(m.at, at("2027-02-01T09:00"));
    ASSERT_EQ(m.words.size(), 3U);
    EXPECT_EQ(m.words[1].text, "puts");
    EXPECT_TRUE(m.words[1].found && !m.words[0].found);
    EXPECT_EQ(found.up_to, at("2027-02-11T14:20"));
    EXPECT_FALSE(found.behind);
}

TEST_F(ASearchedLog, FindsPeopleAndChildrenByNameNumberAndTelephone) {
    conclude(northmere());
    const Strings sam{"contact Sam Okafor: Ada Okafor’s mother, 07700 900001"}, child{"child Ada Okafor: Year 4, NM-2041, caseworker Priya Nair"};
    EXPECT_EQ(people("Okafor"), (Strings{child[0], sam[0]}));
    EXPECT_EQ(people("NM-2041"), child);
    EXPECT_EQ(people("nm2041"), child);
    EXPECT_EQ(people("07700 900"), sam);
    EXPECT_EQ(people("+44 7700 900 001"), sam);
    EXPECT_EQ(people("priya"), Strings{"staff Priya Nair: caseworker"});
    EXPECT_EQ(people("donna"), Strings{"contact Donna Bennett: Kai Bennett’s carer, Bo Bennett’s carer"});
    conclude({CaseListed{.case_id = ada, .caseworker = dana, .deputy = {}, .team = send_team, .since = {}, .child = "Ada Okafor-Bell", .year = "5"}});
    EXPECT_EQ(people("bell"), Strings{"child Ada Okafor-Bell: Year 5, NM-2041, caseworker Dana Reid"});
    EXPECT_EQ(people("okafor").size(), 2U);
}

TEST_F(ASearchedLog, FindsCallsLettersRepliesAndNotes) {
    conclude(northmere());
    auto call = mail("She asks for the minibus. Ring 07700 900318, please", "2027-02-08T10:00", "Telephone call");
    call.channel = Channel::call;
    auto letter = mail("I enclose the minibus receipts.", "2027-02-09T10:00", "Letter");
    letter.channel = Channel::letter;
    letter.parts = std::vector{Attachment{.name = "Receipts March.pdf", .content_type = {}, .bytes = 1, .sha256 = {}}};
    conclude({call, to_priya(call)});
    conclude({letter, to_priya(letter)});
    conclude({CallNoted{.message = call.message, .conversation = call.conversation, .staff = priya, .at = at("2027-02-08T10:01"), .we_rang = false, .outcome = CallOutcome::answered, .with_note = false, .they_said = {}, .we_said = "The minibus is full", .given = {}}});
    ReplyWritten reply{.message = {"r-1"}, .conversation = letter.conversation, .answers = letter.message, .staff = priya, .kind = ReplyKind::full, .cases = {}, .new_day = {}, .answered = {}, .template_ = TemplateName::reply};
    reply.to = "sam@example.org";
    reply.subject = "Re: Letter";
    reply.text = "The minibus money comes on Monday.";
    conclude({reply}, "2027-02-10T09:00");
    conclude({NoteKept{.note = {"n-1"}, .conversation = letter.conversation, .staff = dana, .text = "Minibus firm rang twice."}}, "2027-02-10T10:00");
    EXPECT_EQ(Search(index()).ask({.text = "minibus"}).total, 5);
    EXPECT_FALSE(Search(index()).ask({.text = "money"}).messages.at(0).unsent);
    conclude({SendCancelled{.message = reply.message, .conversation = reply.conversation, .staff = priya}});
    EXPECT_TRUE(Search(index()).ask({.text = "money"}).messages.at(0).unsent) << "it was stopped";
    EXPECT_EQ(subjects({.text = "minibus", .kind = "call"}), (Strings{"Telephone call", "Telephone call"}));
    EXPECT_EQ(subjects({.text = "minibus", .kind = "call", .way = "in"}), Strings{"Telephone call"});
    EXPECT_EQ(subjects({.text = "minibus", .kind = "letter"}), Strings{"Letter"});
    EXPECT_EQ(subjects({.text = "minibus", .way = "out"}), (Strings{"Re: Letter", "Telephone call"}));
    EXPECT_EQ(subjects({.kind = "note"}), Strings{""});
    EXPECT_EQ(texted("march"), Strings{"Letter"}) << "by the name of what was enclosed";
    EXPECT_EQ(texted("07700900318"), Strings{"Telephone call"}) << "however it is spaced";
    EXPECT_EQ(texted("+44 7700 900"), Strings{"Telephone call"});
    EXPECT_EQ(subjects({.text = "minibus", .person = "k-sam"}), (Strings{"Re: Letter", "Letter", "Telephone call"})) << "from her and to her";
    EXPECT_EQ(subjects({.text = "minibus", .person = "dana"}), Strings{""});
}

TEST_F(ASearchedLog, NarrowsByChildOwnerAndDay) {
    conclude(northmere());
    for (const auto* when : {"2027-02-09T23:59", "2027-02-10T00:00", "2027-02-10T23:59", "2027-02-11T00:00"}) {
        const auto e = mail("School place", when, when);
        conclude({e, to_priya(e, std::string_view(when).ends_with("59") ? ada : kai)});
    }
    EXPECT_EQ(subjects({.from = day("2027-02-10"), .to = day("2027-02-10")}), (Strings{"2027-02-10T23:59", "2027-02-10T00:00"}));
    EXPECT_EQ(subjects({.text = "place", .from = day("2027-02-11")}), Strings{"2027-02-11T00:00"});
    EXPECT_EQ(subjects({.case_id = "NM-2042"}), (Strings{"2027-02-11T00:00", "2027-02-10T00:00"}));
    EXPECT_EQ(texted("kai school"), (Strings{"2027-02-11T00:00", "2027-02-10T00:00"})) << "a child is found in messages that do not name it";
    conclude({ConversationClaimed{.conversation = {"c-1"}, .staff = dana, .before = priya}});
    EXPECT_EQ(subjects({.owner = "dana"}), Strings{"2027-02-09T23:59"});
    EXPECT_EQ(subjects({.text = "place", .owner = "priya"}).size(), 3U);
}

TEST_F(ASearchedLog, WhatIsMatchedLaterIsFoundUnderItsChild) {
    conclude(northmere());
    const auto e = mail("My granddaughter waits for the bus", "2027-02-10T09:00", "Bus", "grace@example.net");
    conclude({e, MessageUnmatched{.message = e.message, .conversation = e.conversation, .because = UnmatchedBecause::unknown_sender}});
    EXPECT_EQ(texted("grace@example.net"), Strings{"Bus"});
    EXPECT_EQ(subjects({.case_id = "NM-2041"}), Strings{});
    conclude({ConversationMatched{.conversation = e.conversation, .case_id = ada, .relation = Relation::grandparent, .owner = priya, .team = send_team, .staff = dana, .email = "grace@example.net", .name = {}}});
    EXPECT_EQ(subjects({.case_id = "NM-2041"}), Strings{"Bus"});
    EXPECT_EQ(subjects({.text = "ada bus", .owner = "priya"}), Strings{"Bus"});
}

TEST_F(ASearchedLog, TwoChildrenInOneMessageAreFoundByEach) {
    conclude(northmere());
    const auto e = mail("Both need a coat", "2027-02-10T09:00", "Coats", "donna@example.org");
    conclude({e, to_priya(e, kai), to_priya(e, bo)});
    EXPECT_EQ(subjects({.case_id = "NM-2042"}), Strings{"Coats"});
    EXPECT_EQ(subjects({.case_id = "NM-2050"}), Strings{"Coats"});
    EXPECT_EQ(Search(index()).ask({.text = "coat"}).messages.front().child, "Kai Bennett and Bo Bennett");
    auto first = mail("Kai needs shoes", "2027-02-10T10:00", "Shoes"), then = mail("And Bo", "2027-02-10T11:00", "More shoes");
    conclude({first, to_priya(first, kai)});
    EXPECT_EQ(subjects({.text = "shoes", .case_id = "NM-2050"}), Strings{});
    then.conversation = first.conversation;
    conclude({then, to_priya(then, bo)});
    EXPECT_EQ(subjects({.text = "shoes", .case_id = "NM-2050"}), (Strings{"More shoes", "Shoes"})) << "what a conversation is about holds for all of it";
}

TEST_F(ASearchedLog, AccentsAreFoldedAndOtherScriptsFound) {
    conclude(northmere());
    const auto french = mail("L’école de Noël ne répond pas", "2027-02-10T09:00", "École");
    const auto polish = mail("Dziękuję, Łucja czeka na autobus", "2027-02-10T09:01", "Dziękuję");
    const auto urdu = mail("میری بیٹی کی بس نہیں آئی", "2027-02-10T09:02", "بس");
    conclude({french, to_priya(french), polish, to_priya(polish), urdu, to_priya(urdu)});
    EXPECT_EQ(texted("ecole noel"), Strings{"École"});
    EXPECT_EQ(texted("RÉPOND"), Strings{"École"});
    EXPECT_EQ(texted("dziekuje"), Strings{"Dziękuję"});
    EXPECT_EQ(texted("بیٹی"), Strings{"بس"});
}

TEST_F(ASearchedLog, NothingThatIsTypedIsAnError) {
    conclude(northmere());
    const auto e = mail("taxi NEAR the school, and not OR near", "2027-02-10T09:00");
    conclude({e, to_priya(e)});
    Search search(index());
    for (const std::string typed : {"\"", "\"\"", "\"\"\"", "*", "-", "--", "NEAR(", "NEAR(taxi school, 2)", "AND", "OR", "NOT taxi", "taxi OR", "who:", "facts:all", "{who}:x", "^taxi", "taxi*", "'", "';--", "\\", "(", "())", "“",
                                    "—", "😀", "\xff\xfe", "\x02\x03", "a\"b", "+", "+44", "0", "%_", "taxi AND \"", "a b c d e f g h i j k l m n o p q r s t u v w x y z", "NM-", "-taxi", "07700 - 900", "\n\t"})
        EXPECT_NO_THROW(search.ask({.text = typed})) << typed;
    EXPECT_NO_THROW(search.ask({.text = std::string("a\0b", 3)}));
    EXPECT_NO_THROW(search.ask({.text = std::string(100'000, 'x')}));
    EXPECT_NO_THROW(search.ask({.text = "x", .case_id = "\"", .owner = "*", .person = ")", .kind = "x y", .way = "'"}));
    EXPECT_NO_THROW(search.ask({.text = "taxi", .best_first = true, .page = -3}));
    EXPECT_NO_THROW(search.ask({.text = "taxi", .page = 1'000'000'000}));
    EXPECT_EQ(texted("NEAR"), Strings{"Transport"}) << "an operator is a word";
    EXPECT_EQ(texted("-taxi!"), Strings{"Transport"});
    EXPECT_EQ(texted("NM-2041 taxi"), Strings{"Transport"});
    EXPECT_EQ(texted("all"), Strings{}) << "what is asked of a message is no word of it";
    EXPECT_EQ(search.ask({.text = "***"}).total, 0);
}

TEST_F(ASearchedLog, CountsToAThousandAndShowsTwentyAPage) {
    conclude(northmere());
    std::vector<AnyEvent> many;
    for (int n = 0; n < 1010; ++n) {  // all in one second, as an import is
        many.push_back(mail("school " + std::string(n == 7 ? "taxi taxi taxi" : "place"), "2027-02-10T09:00", std::to_string(n)));
        if (many.size() == 101) conclude(std::exchange(many, {}));
    }
    auto found = Search(index()).ask({.text = "school"});
    EXPECT_EQ(found.total, 1000);
    EXPECT_TRUE(found.more);
    EXPECT_EQ(subjects({.text = "school"}).front(), "1009");
    EXPECT_EQ(subjects({.text = "school", .page = 2}).front(), "989");
    EXPECT_EQ(subjects({.text = "school"}).size(), 20U);
    EXPECT_EQ(texted("taxi"), Strings{"7"});
}

TEST_F(ASearchedLog, BestFirstPutsWhatSaysItMostOnTop) {
    conclude(northmere());
    conclude({mail("taxi. Taxi! The taxi", "2027-02-01T09:00", "Taxi"), mail("A long message about many other things, the school, the plan, the meeting, and once a taxi as well", "2027-02-10T09:00", "Many things")});
    EXPECT_EQ(texted("taxi"), (Strings{"Many things", "Taxi"}));
    EXPECT_EQ(subjects({.text = "taxi", .best_first = true}), (Strings{"Taxi", "Many things"}));
}

TEST_F(ASearchedLog, GoesOnWhereItStood) {
    conclude(northmere());
    const auto e = mail("taxi", "2027-02-10T09:00", "One");
    conclude({e, to_priya(e)});
    EXPECT_EQ(texted("taxi"), Strings{"One"});
    close_index();
    {
        SearchIndex again(folder.path());
        EXPECT_EQ(again.sequence(), 2U) << "before anything is read";
        EXPECT_TRUE(again.behind());
    }
    const auto other = mail("taxi", "2027-02-10T10:00", "Two");
    conclude({other, to_priya(other)});
    seal.opened = 0;
    EXPECT_EQ(texted("taxi"), (Strings{"Two", "One"}));
    EXPECT_EQ(seal.opened, 2) << "what it knows is not read again";
    EXPECT_EQ(trouble, "");
}

TEST_F(ASearchedLog, ANewIndexIsMadeBesideTheOldOneWhichAnswersMeanwhile) {
    conclude(northmere());
    const auto e = mail("taxi", "2027-02-10T09:00", "One");
    conclude({e, to_priya(e)});
    EXPECT_EQ(texted("taxi"), Strings{"One"});
    close_index();
    const auto other = mail("taxi", "2027-02-10T10:00", "Two");
    conclude({other, to_priya(other)});
    for (const bool of_another_shape : {true, false}) {
        if (of_another_shape) Database(file("search.sqlite")).run("UPDATE stands_at SET shape = 'older'");
        else SearchIndex::ask_for_new(folder.path());
        SearchIndex index(folder.path());
        EXPECT_EQ(index.sequence(), 0U);
        {
            Search meanwhile(index);
            const auto found = meanwhile.ask({.text = "taxi"});
            EXPECT_EQ(found.total, of_another_shape ? 1 : 2) << "the old one, as it stands";
            EXPECT_TRUE(found.behind);
        }
        take_in(index);
        EXPECT_EQ(Search(index).ask({.text = "taxi"}).total, 2);
        EXPECT_FALSE(std::filesystem::exists(file("search.beside.sqlite")));
        EXPECT_TRUE(std::filesystem::exists(file("search.sqlite")));
    }
    EXPECT_EQ(trouble, "");
}

TEST_F(ASearchedLog, AnUnfinishedNewIndexIsGoneOnWith) {
    conclude(northmere());
    const auto e = mail("taxi", "2027-02-10T09:00", "One");
    conclude({e, to_priya(e)});
    EXPECT_EQ(texted("taxi"), Strings{"One"});
    close_index();
    SearchIndex::ask_for_new(folder.path());
    {
        SearchIndex begun(folder.path());
        Journal reader(*log, genesis("E1"));
        reader.advance(1, Millis{0}, [&](const Stored& stored) { begun.hear(std::make_shared<const Decision>(decode_decision(stored.record, vault)), reader.head()); });
    }
    SearchIndex index(folder.path());
    EXPECT_EQ(index.sequence(), 1U);
    EXPECT_EQ(Search(index).ask({.text = "taxi"}).total, 1) << "the old one answers";
    take_in(index);
    EXPECT_FALSE(std::filesystem::exists(file("search.beside.sqlite")));
    EXPECT_EQ(Search(index).ask({.text = "taxi"}).total, 1);
    EXPECT_EQ(Search(index).ask({.text = "okafor"}).people.size(), 2U);
}

TEST_F(ASearchedLog, WhatAKilledProgramLeftOfTheOldIndexIsNotTakenForPartOfTheNewOne) {
    conclude(northmere());
    const auto e = mail("taxi", "2027-02-10T09:00", "One");
    conclude({e, to_priya(e)});
    EXPECT_EQ(texted("taxi"), Strings{"One"});
    std::filesystem::copy_file(file("search.sqlite-wal"), file("as-killed"));
    close_index();
    SearchIndex::ask_for_new(folder.path());
    std::filesystem::rename(file("as-killed"), file("search.sqlite-wal"));
    const auto other = mail("taxi and bus", "2027-02-10T10:00", "Two");
    conclude({other, to_priya(other)});
    EXPECT_EQ(texted("taxi"), (Strings{"Two", "One"}));
    EXPECT_EQ(texted("bus"), Strings{"Two"});
    close_index();
    auto check = Database(file("search.sqlite")).prepare("PRAGMA integrity_check");
    EXPECT_TRUE(check.step() && check.bytes(0) == "ok");
}

TEST_F(ASearchedLog, ADamagedOrForeignIndexIsMadeAnew) {
    conclude(northmere());
    const auto e = mail("taxi", "2027-02-10T09:00", "One");
    conclude({e, to_priya(e)});
    std::ofstream(file("search.sqlite")) << "This is not a database, but it is as long as its beginning would be, which is a hundred bytes and more.";
    {
        SearchIndex index(folder.path());
        EXPECT_TRUE(Search(index).ask({.text = "taxi"}).behind) << "nothing can be found yet, which is no error";
        EXPECT_FALSE(Search(index).person("child", "NM-2041"));
    }
    EXPECT_EQ(texted("taxi"), Strings{"One"});
    close_index();
    Database(file("search.sqlite")).run("UPDATE stands_at SET hash = 'of another log'");
    EXPECT_EQ(texted("taxi"), Strings{"One"});
    EXPECT_EQ(trouble, "");
    close_index();
    const auto other = mail("taxi", "2027-02-10T10:00", "Two");
    conclude({other, to_priya(other)});
    EXPECT_EQ(texted("taxi"), (Strings{"Two", "One"}));
    EXPECT_NE(trouble, "");
}

TEST_F(ASearchedLog, WhatIsErasedIsNotInAnIndexThatIsMadeAnew) {
    conclude(northmere());
    const auto kept = mail("taxi", "2027-02-10T09:00", "One"), erased = mail("taxi", "2027-02-10T10:00", "Two");
    conclude({kept, to_priya(kept)});
    conclude({erased, to_priya(erased)});
    EXPECT_EQ(texted("taxi"), (Strings{"Two", "One"}));
    vault.destroy("conversation/" + erased.conversation.value);
    EXPECT_EQ(texted("taxi"), (Strings{"Two", "One"})) << "a live index does not know of it";
    close_index();
    SearchIndex::ask_for_new(folder.path());
    EXPECT_EQ(texted("taxi"), Strings{"One"});
    EXPECT_EQ(subjects({.case_id = "NM-2041"}), Strings{"One"});
}

TEST(WhatIsTyped, BecomesAnExpressionThatMeansIt) {
    const auto match = [](std::string_view typed) { return match_words(typed, "{a numbers}"); };
    EXPECT_EQ(match("no taxi"), "{a numbers} : ((\"no\" \"taxi\"*))");
    EXPECT_EQ(match("“no taxi”"), "{a numbers} : ((\"no taxi\"))");
    EXPECT_EQ(match("07700 900"), "{a numbers} : (((\"07700\" \"900\"*) OR numbers : \"07700900\"*))");
    EXPECT_EQ(match(" * - \" "), "");
    EXPECT_EQ(numbers_in("ring +44 (0)7700 900-318 or 01632 960 123, room 12, NM-2041"), "07700900318 01632960123");
    EXPECT_EQ(fact('c', "N\""), "c4e22");
}

}  // namespace hearback
