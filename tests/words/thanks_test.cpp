#include "words/thanks.hpp"

#include <gtest/gtest.h>

using namespace hearback;

TEST(Thanks, AreShortAndAskNothing) {
    for (const auto* text : {"Thank you so much Priya, that is a weight off my mind.", "Brilliant, thanks.\n\nTom", "👍", "Perfect. Thanks again\nSent from my iPhone", "Sam Okafor reacted to your message:\n\n❤"})
        EXPECT_TRUE(seems_thanks_only(text)) << text;
}

TEST(Thanks, WithAQuestionInThemAreNone) {
    for (const auto* text : {"Thanks for this. Does it mean he keeps his help in maths?", "Thank you. Please send me the form", "Thanks, but the taxi did not come", "Thank you, I am still waiting for the plan",
                             "Many thanks. Could somebody ring me", "Thank you for your help. I forgot to say that we move on Monday", "No", "Is Ada's review on Monday?", "Thanks. I don't think that is right", ""})
        EXPECT_FALSE(seems_thanks_only(text)) << text;
    EXPECT_FALSE(seems_thanks_only("Thank you. " + std::string(400, 'x')));
}
