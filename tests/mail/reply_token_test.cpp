#include "mail/reply_token.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace hearback {
namespace {

ReplyTokens tokens(unsigned char seed = 7) {
    ReplyTokens::Secret secret{};
    secret.fill(seed);
    return ReplyTokens(secret);
}

const std::string mailbox = "send-team@council.example", conversation = "00ff12ab34cd56ef00ff12ab34cd56ef";

TEST(ReplyTokens, LeadBackToTheConversation) {
    const auto address = tokens().address(mailbox, conversation);
    EXPECT_TRUE(address.starts_with("send-team+"));
    EXPECT_TRUE(address.ends_with("@council.example"));
    EXPECT_LE(address.find('@'), 64u);
    EXPECT_EQ(tokens().conversation(address), conversation);
    EXPECT_EQ(tokens().conversation(tokens().address(mailbox, "Talk-9.x")), "Talk-9.x");
}

TEST(ReplyTokens, SurviveAnotherCase) {
    auto address = tokens().address(mailbox, "Talk-9.x");
    for (char& c : address) c = char(std::toupper(static_cast<unsigned char>(c)));
    EXPECT_EQ(tokens().conversation(address), "Talk-9.x");
}

TEST(ReplyTokens, ThatAreForgedCutOrAlteredGiveNothing) {
    const auto address = tokens().address(mailbox, conversation);
    EXPECT_FALSE(tokens(8).conversation(address));
    EXPECT_FALSE(tokens().conversation(mailbox));
    EXPECT_FALSE(tokens().conversation(""));
    EXPECT_FALSE(tokens().conversation("send-team+@council.example"));
    const auto begin = address.find('+') + 1, end = address.find('@');
    for (auto i = begin; i < end; ++i) {
        auto cut = address, altered = address;
        cut.erase(i, 1);
        altered[i] = altered[i] == 'a' ? 'b' : 'a';
        EXPECT_FALSE(tokens().conversation(cut)) << cut;
        EXPECT_FALSE(tokens().conversation(altered)) << altered;
    }
}

TEST(ReplyTokens, StandInAMessageIdToo) {
    const auto id = tokens().message_id("9f3a.1", "council.example", conversation);
    EXPECT_EQ(tokens().conversation(id), conversation);
}

TEST(ReplyTokens, RefuseAnIdThatNoLocalPartCanHold) {
    EXPECT_THROW(tokens().address(mailbox, std::string(40, 'z')), std::invalid_argument);
    EXPECT_THROW(tokens().address("nobody", conversation), std::invalid_argument);
}

}  // namespace
}  // namespace hearback
