#include "words/postal_address.hpp"

#include <gtest/gtest.h>

using namespace hearback;

namespace {

using Lines = std::vector<std::string>;

/// "place: better" of each finding.
Lines wrong_with(const Lines& lines) {
    Lines words;
    for (const auto& finding : check_address(lines)) {
        EXPECT_EQ(finding.severity, Finding::Severity::block);
        words.push_back(finding.place + ": " + finding.better);
    }
    return words;
}

Lines with_postcode(const std::string& postcode) { return {"Sam Okafor", "14 Harbour Lane", postcode}; }

}  // namespace

TEST(PostalAddress, IsPrintedAsThePostOfficeReadsIt) {
    EXPECT_EQ(tidy_address({" Sam  Okafor, ", "", "14 Harbour Lane,,", "  ", "Northmere\r\n", "bl90sw "}),
              (Lines{"Sam Okafor", "14 Harbour Lane", "Northmere", "BL9 0SW"}));
    EXPECT_EQ(tidy_address({"Sam Okafor", "not a code"}).back(), "not a code");
    EXPECT_EQ(tidy_address({}), Lines{});
}

TEST(PostalAddress, GoodOnesPass) {
    for (const char* postcode : {"BL9 0SW", "m11ae", "SW1A 2AA", "EC1A1BB", "W1A 0AX", "CR2 6XH", "DN55 1PT", "BF1 2AU", "gir 0aa", "B L9 0SW"})
        EXPECT_EQ(wrong_with(with_postcode(postcode)), Lines{}) << postcode;
    EXPECT_EQ(wrong_with({"Sam Okafor", "1", "2", "3", "4", "5", "BL9 0SW"}), Lines{});
    EXPECT_EQ(wrong_with({"Łukasz Żak", "Tŷ Gwyn", "Ḥ", "LL57 2DG"}), Lines{});
}

TEST(PostalAddress, WhatIsNoPostcodeIsNamedWithItsLine) {
    for (const char* wrong : {"Northmere", "XM1 1AA", "BL9 0SC", "BL9 OSW", "BL 0SW", "BL999 0SW", "BL9", "0SW", "BL9 0SW UK", "9BL 0SW", "BLé 0SW"})
        EXPECT_EQ(wrong_with(with_postcode(wrong)), Lines{"the address, line 3: a UK postcode alone on the last line, such as BL9 0SW"}) << wrong;
}

TEST(PostalAddress, HasThreeToSevenLines) {
    EXPECT_EQ(wrong_with({}), Lines{"the address: a postal address"});
    EXPECT_EQ(wrong_with({" ", ","}), Lines{"the address: a postal address"});
    EXPECT_EQ(wrong_with({"Sam Okafor", "", "BL9 0SW"}), Lines{"the address: at least 3 lines: the name, the street, the postcode"});
    EXPECT_EQ(wrong_with({"Sam", "1", "2", "3", "4", "5", "6", "BL9 0SW"}), Lines{"the address: at most 7 lines: put two of them on one"});
}

TEST(PostalAddress, LinesThatThePostCannotUseAreRefused) {
    EXPECT_EQ(wrong_with({"@sam", "14 Harbour Lane", "BL9 0SW"}), Lines{"the address, line 1: a line that begins with a letter or a number"});
    EXPECT_EQ(wrong_with({"Sam Okafor", "-", "BL9 0SW"}), Lines{"the address, line 2: a name or a street"});
    for (const char* nowhere : {"NFA", "No fixed abode", "of no fixed address"})
        EXPECT_EQ(wrong_with({"Sam Okafor", nowhere, "BL9 0SW"}),
                  Lines{"the address, line 2: where this person fetches their post, or another way to reach them"});
    EXPECT_EQ(wrong_with({"Sam Okafor", "Nfano Street", "BL9 0SW"}), Lines{});
}
