#include "words/questions.hpp"

#include <gtest/gtest.h>

using namespace hearback;
using Found = std::vector<std::string>;

TEST(Questions, AreTheSentencesThatAsk) {
    EXPECT_EQ(questions_in("Hello Priya,\n\nWhen does the taxi come? I have rung twice. Can Ada's\nassistant come, and who pays?\nThank you."),
              (Found{"When does the taxi come?", "Can Ada's assistant come, and who pays?"}));
}

TEST(Questions, InAListStandWithoutTheirMarks) {
    EXPECT_EQ(questions_in("I want to know\n- when is the review?\n- who comes to it?\n1. Is it at school?"), (Found{"when is the review?", "who comes to it?", "Is it at school?"}));
}

TEST(Questions, AnAddressAsksNothing) { EXPECT_TRUE(questions_in("See https://example.org/a?b=c for it. Thanks").empty()); }

TEST(Questions, TheSameOneIsAskedOnce) { EXPECT_EQ(questions_in("Is it on Monday? Hello? Is it on Monday?").size(), 2U); }

TEST(Questions, NobodyIsGivenAListWithoutEnd) {
    std::string many;
    for (int n = 0; n < 50; ++n) many += "Is it number " + std::to_string(n) + "? ";
    EXPECT_EQ(questions_in(many).size(), questions_max);
    EXPECT_TRUE(questions_in(std::string(5000, 'x') + "?").empty());
}
