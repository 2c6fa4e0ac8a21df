// Letters as poppler reads them back: where each word stands on the sheet, and that none is lost.
#include "words/letter.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <thread>

#include "words/printed.hpp"

using namespace hearback;

namespace {

const Values values = {{"name", "Sam"},        {"subject", "Ada’s taxi"},       {"body", "Ada gets a taxi."},
                       {"who", "Priya Nair"},  {"who_is", "Ada’s caseworker"}, {"telephone", "01632 960 114"},
                       {"hours", "9am to 4pm"}, {"number", "NM-2041"},          {"office", "Northmere Council"}};

const LetterHead head{"Northmere Council",
                      {"Town Hall, Market Square", "Northmere NM1 2AB"},
                      Date{std::chrono::year{2024} / 2 / 16},
                      {"Sam Okafor", "14 Harbour Lane", "Northmere", "BL9 0SW"}};

const std::vector<std::string> seven_lines = {"Mr and Mrs Oluwaseun Okafor-Featherstonehaugh", "Flat 12, The Old Harbour Warehouse",
                                              "14 Jubilee Lane", "Little Northmere", "Northmere", "Greater Northmereshire", "BL9 0SW"};

Values with(const std::string& field, const std::string& value) {
    Values changed = values;
    changed[field] = value;
    return changed;
}

LetterHead to(const std::vector<std::string>& address_lines) {
    LetterHead changed = head;
    changed.address_lines = address_lines;
    return changed;
}

Letter reply(const Values& of, const LetterHead& on = head) { return render_letter(shipped_template("reply"), of, on); }
std::vector<Finding> findings(const Values& of, const LetterHead& on = head) { return check_letter(shipped_template("reply"), of, on); }

bool has(const std::string& whole, const std::string& part) { return whole.find(part) != std::string::npos; }

std::string without_spaces(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
    return text;
}

struct Word {
    std::string text;
    double left, top, right, bottom;  // millimetres
};

std::vector<Word> words_on_first_page(const std::string& pdf) {
    std::istringstream lines(output_of("pdftotext -l 1 -bbox \"$PDF\" -", pdf));
    std::vector<Word> words;
    for (std::string line; std::getline(lines, line);) {
        Word word;
        const auto number = [&](const char* name) { return std::stod(line.substr(line.find(name) + std::string(name).size() + 2)) * 25.4 / 72; };
        if (line.find("<word") == line.npos) continue;
        word.text = line.substr(line.find('>') + 1, line.find("</word>") - line.find('>') - 1);
        word.left = number("xMin"), word.top = number("yMin"), word.right = number("xMax"), word.bottom = number("yMax");
        words.push_back(word);
    }
    return words;
}

/// Each page's lines from top to bottom, empty ones left out, the foot last.
std::vector<std::vector<std::string>> lines_of_pages(const std::string& pdf) {
    std::vector<std::vector<std::string>> pages(1);
    std::istringstream lines(printed_words(pdf));
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with('\f')) pages.emplace_back(), line.erase(0, 1);
        if (line.find_first_not_of(' ') != line.npos) pages.back().push_back(line);
    }
    if (pages.back().empty()) pages.pop_back();
    return pages;
}

std::string paragraphs(int count) {
    std::string text;
    for (int i = 1; i <= count; ++i) text += "Paragraph number " + std::to_string(i) + " stands here.\n\n";
    return text;
}

}  // namespace

TEST(Letter, TheAddressAndNothingElseStandsInTheWindow) {
    for (const auto& address : {head.address_lines, seven_lines}) {
        std::string in_window;
        for (const Word& word : words_on_first_page(reply(values, to(address)).pdf)) {
            EXPECT_TRUE(word.left >= 15 && word.right <= 195 && word.top >= 5 && word.bottom <= 292) << word.text << ": off the sheet's margins";
            const bool window_side = word.left < 120 && word.top < 95;
            if (!window_side) continue;
            in_window += word.text;
            EXPECT_TRUE(word.left >= 24.6 && word.right <= 120 && word.top >= 39.5 && word.bottom <= 66.3)
                << word.text << ' ' << word.left << ' ' << word.top << ' ' << word.right << ' ' << word.bottom;
        }
        std::string expected;
        for (const auto& line : address) expected += line;
        EXPECT_EQ(in_window, without_spaces(expected));
    }
}

TEST(Letter, ALineTooLongForTheWindowIsReportedAndStillPrintedWhole) {
    auto address = head.address_lines;
    address[1] = "The third cottage behind the old harbour master’s house beside the chapel, Harbour Lane";
    const auto found = findings(values, to(address));
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].place, "the address, line 2");
    EXPECT_EQ(found[0].better, "a shorter line, or two of them");
    for (const Word& word : words_on_first_page(reply(values, to(address)).pdf))
        EXPECT_TRUE(word.right <= 120 || word.left > 120 || word.top > 95) << word.text;
    EXPECT_TRUE(has(without_spaces(printed_words(reply(values, to(address)).pdf)), without_spaces(address[1])));
}

TEST(Letter, SaysWhoWritesWhenAndUnderWhichNumber) {
    const std::string words = printed_words(reply(values).pdf);
    for (const char* expected : {"Northmere Council", "Town Hall, Market Square", "Friday 16 February 2024", "Your number: NM-2041", "Priya Nair",
                                 "01632 960 114", "9am to 4pm", "Page 1 of 1"})
        EXPECT_TRUE(has(words, expected)) << expected << "\n" << words;
}

TEST(Letter, HoursWithoutATelephoneAreNotPrinted) { EXPECT_FALSE(has(printed_words(reply(with("telephone", "")).pdf), "4pm")); }

TEST(Letter, AHeadLongerThanItsPlacePushesTheTextDown) {
    LetterHead long_head = head;
    for (int i = 0; i < 20; ++i) long_head.write_to.push_back("One more line");
    double head_bottom = 0, title_top = 1000;
    for (const Word& word : words_on_first_page(reply(values, long_head).pdf)) {
        if (word.left > 120 && word.text == "4pm") head_bottom = word.bottom;
        if (word.text == "taxi") title_top = std::min(title_top, word.top);
    }
    EXPECT_GT(title_top, head_bottom);
}

TEST(Letter, IsTheSameBytesForTheSameWordsAndAsksNoClock) {
    const std::string once = reply(values).pdf;
    std::string elsewhere;
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // PDF writers like to note the second
    std::jthread([&] { elsewhere = reply(values).pdf; }).join();
    EXPECT_EQ(once, reply(values).pdf);
    EXPECT_EQ(once, elsewhere);
    EXPECT_TRUE(has(output_of("TZ=UTC pdfinfo \"$PDF\"", once), "CreationDate:    Fri Feb 16 00:00:00 2024 UTC"));
}

TEST(Letter, MayBeRenderedByManyThreadsAtOnce) {
    const std::vector<Values> several = {values, with("body", "محترم سام"), with("body", "নমস্কার"), with("body", "Слава **x** 🦄")};
    std::vector<std::string> expected;
    for (const auto& each : several) expected.push_back(reply(each).pdf);
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < several.size(); ++t)
        threads.emplace_back([&, t] {
            for (std::size_t k = 0; k < 40; ++k) {
                const std::size_t i = (t + k) % several.size();
                EXPECT_EQ(reply(several[i]).pdf, expected[i]);
            }
        });
}

TEST(Letter, NamesItsTitleAndLanguageAndBringsItsFonts) {
    const std::string pdf = reply(with("body", "Bonjour, ŵyr, محترم")).pdf;
    const std::string facts = output_of("pdfinfo \"$PDF\"", pdf);
    EXPECT_TRUE(has(facts, "Title:           Ada’s taxi")) << facts;
    EXPECT_TRUE(has(facts, "(A4)")) << facts;
    EXPECT_TRUE(has(pdf, "/Lang (en-GB)"));
    EXPECT_TRUE(has(pdf, "/DisplayDocTitle true"));
    std::istringstream fonts(output_of("pdffonts \"$PDF\" | tail -n +3", pdf));
    for (std::string font; std::getline(fonts, font);) EXPECT_TRUE(has(font, "yes yes yes")) << "not embedded, cut down, readable: " << font;
}

TEST(Letter, ValuesStayTextWhateverTheyHold) {
    const std::string evil = "<b>bold</b> **stars** ((who)) [x](https://evil.example) & \"quotes\"";
    EXPECT_TRUE(has(printed_words(reply(with("body", evil)).pdf), evil));
    EXPECT_NO_THROW(reply(with("body", std::string("\xff\xfe broken \xc3", 11))));
    EXPECT_TRUE(has(printed_words(reply(with("body", "one \xff two")).pdf), "two"));
}

TEST(Letter, SpeaksOfPaper) {
    const std::string words = printed_words(reply(with("yes_link", "https://send.example/yes")).pdf);
    EXPECT_TRUE(has(words, "Write to me at the address at the top right"));
    EXPECT_FALSE(has(words, "Reply to this email"));
    EXPECT_FALSE(has(words, "send.example/yes"));
}

TEST(Letter, AWordLongerThanALineIsBrokenAndWhole) {
    const std::string word(300, 'a');
    const std::string address = "https://send.example/" + std::string(200, 'x') + "/end";
    const std::string words = without_spaces(printed_words(reply(with("body", word + " " + address)).pdf));
    EXPECT_TRUE(has(words, word));
    EXPECT_TRUE(has(words, address));
}

TEST(Letter, OtherScriptsAreReadable) {
    const std::string body = "Mae gan Ada ddŵr a thŷ. Zażółć gęślą jaźń. Слава. Ελλάδα.\n\nمحترم سام، آدا کو ٹیکسی ملے گی۔\n\nনমস্কার ਸਤ નમસ્તે வணக்கம் ሰላም";
    const std::string words = printed_words(reply(with("body", body)).pdf);
    for (const char* word : {"ddŵr", "thŷ", "Zażółć", "gęślą", "Слава", "Ελλάδα", "محترم", "ٹیکسی", "নমস্কার", "வணக்கம்", "ሰላም"})
        EXPECT_TRUE(has(words, word)) << word << "\n" << words;
    EXPECT_TRUE(findings(with("body", body)).empty());
}

TEST(Letter, ACharacterThatNoFontHasIsABoxAndReported) {
    const auto found = findings(with("body", "Well done 🦄🦄 and 中!"));
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].severity, Finding::Severity::warn);
    EXPECT_EQ(found[0].found, "🦄");
    EXPECT_EQ(found[1].found, "中");
    const std::string words = printed_words(reply(with("body", "Well done 🦄 indeed")).pdf);
    EXPECT_TRUE(has(words, "Well done")) << words;
    EXPECT_TRUE(has(words, "indeed")) << words;
    auto address = head.address_lines;
    address[0] = "Sam 中";
    EXPECT_EQ(findings(values, to(address)).size(), 1u);
}

TEST(Letter, GoesOnOverAsManyPagesAsItNeeds) {
    const Letter letter = reply(with("body", paragraphs(60)));
    const auto pages = lines_of_pages(letter.pdf);
    ASSERT_EQ(letter.pages, int(pages.size()));
    ASSERT_EQ(letter.pages, 3);
    for (std::size_t i = 0; i < pages.size(); ++i)
        EXPECT_TRUE(has(pages[i].back(), "NM-2041") && has(pages[i].back(), "Page " + std::to_string(i + 1) + " of 3")) << pages[i].back();
    const std::string words = printed_words(letter.pdf);
    for (int i = 1; i <= 60; ++i) EXPECT_TRUE(has(words, "Paragraph number " + std::to_string(i) + " stands here.")) << i;
}

TEST(Letter, NoHeadingAndNoFirstOrLastLineStandsAloneOnAPage) {
    const std::string five_lines = "First. aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa aaaa\ntwo\nthree\nfour\nLast.";
    int turned = 0;
    for (int step = 0; step < 60; ++step) {
        std::string before = paragraphs(step / 2);
        if (step % 2 == 1) before += "One line\nand another.\n\n";
        const auto pages = lines_of_pages(reply(with("body", before + five_lines)).pdf);
        turned += pages.size() > 1;
        for (std::size_t i = 0; i < pages.size(); ++i) {
            ASSERT_GE(pages[i].size(), 2u);
            const std::string& last = pages[i][pages[i].size() - 2];  // above the foot
            for (const char* alone : {"If something is wrong", "First.", "Priya Nair"})
                EXPECT_FALSE(last.starts_with(alone)) << step << ": at the foot of page " << i + 1 << ": " << alone;
            EXPECT_FALSE(pages[i].front().starts_with("Last.")) << step << ": a last line alone";
            EXPECT_FALSE(pages[i].front().starts_with("Ada’s caseworker")) << step << ": a signature torn";
        }
    }
    EXPECT_GT(turned, 30);
}

TEST(Letter, LinesStandCloserWhenThatSavesAPage) {
    double usual = 0, closest = 100;
    for (int count = 2; count < 20; ++count) {
        const Letter letter = reply(with("body", paragraphs(count)));
        std::vector<double> tops;
        for (const Word& word : words_on_first_page(letter.pdf))
            if (word.text == "Paragraph") tops.push_back(word.top);
        const double step = tops[1] - tops[0];
        if (count == 2) usual = step;
        if (letter.pages == 1) closest = std::min(closest, step);
        if (letter.pages == 2) {
            EXPECT_NEAR(step, usual, 0.01) << "set closer for nothing";
        }
    }
    EXPECT_NEAR(closest, usual * 0.92, 0.05);
}

TEST(Letter, ABlockLongerThanAPageIsNotLost) {
    std::string about;
    for (int i = 1; i <= 400; ++i) about += "word" + std::to_string(i) + ' ';
    const Values late = {{"promised_day", "Monday 19 February"}, {"about", about}, {"who", "Jo Marsh"}, {"who_is", "the team manager"},
                         {"answer_by", "Tuesday 20 February"}, {"number", "NM-2041"}};
    const Letter letter = render_letter(shipped_template("not-answered-in-time"), late, head);
    const std::string words = printed_words(letter.pdf);
    for (int i = 1; i <= 400; ++i) EXPECT_TRUE(has(words, "word" + std::to_string(i))) << i;
    EXPECT_TRUE(has(words, "Tuesday 20 February"));
}

TEST(CheckLetter, FindsWhatCheckFindsAndWhatPaperNeeds) {
    EXPECT_TRUE(findings(values).empty());
    const auto places = [](const std::vector<Finding>& found) {
        std::vector<std::string> result;
        for (const auto& finding : found) result.push_back(finding.place);
        return result;
    };
    LetterHead bare = head;
    bare.council.clear(), bare.write_to = {""}, bare.address_lines = {"Sam Okafor", "Northmere"};
    EXPECT_EQ(places(findings(with("who", ""), bare)),
              (std::vector<std::string>{"who", "the address", "the address, line 2", "the council's name", "where to write back"}));
}

TEST(CheckLetter, RefusesMorePagesThanAnEnvelopeTakes) {
    EXPECT_TRUE(findings(with("body", paragraphs(200))).empty());
    const auto found = findings(with("body", paragraphs(400)));
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].severity, Finding::Severity::block);
    EXPECT_EQ(found[0].better, "at most 10 pages");
}
