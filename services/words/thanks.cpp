#include "words/thanks.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "kernel/text.hpp"

namespace hearback {

namespace {

constexpr std::size_t short_enough = 300;  // bytes, greeting and name included

constexpr std::array thanking{"thank", "thx", "cheers", "brilliant", "perfect", "lovely", "great news", "that's great", "that’s great", "much appreciated", "diolch",
                              "👍", "🙏", "❤", "😊", "🙂", "😀"};
constexpr std::array reacting{"reacted to your message", "reacted via gmail", "liked your message", "reacted to your email"};
/// Words of asking, doubt, need, or of something more to come.
constexpr std::array asking{"please", "could", "can you", "can i", "can we", "would", "when", "why", "how ", "what", "who ", "where", "which", "whether", " but", "however", "still", "need",
                            "wait", "also", "let me know", "not ", "n't", "n’t", " if ", "unless", "worried", "concern", "problem", "wrong", "complain", "disappoint", "forgot", "one more", "another thing",
                            "look forward to hearing", "asap", "ring me", "call me", "attach"};

template <std::size_t N>
bool has_one_of(const std::string& text, const std::array<const char*, N>& words) {
    return std::any_of(words.begin(), words.end(), [&](const char* word) { return text.find(word) != text.npos; });
}

}  // namespace

bool seems_thanks_only(std::string_view new_words) {
    const auto text = lower_case(new_words);
    if (has_one_of(text, reacting)) return true;
    return text.size() <= short_enough && text.find('?') == text.npos && has_one_of(text, thanking) && !has_one_of(text, asking);
}

}  // namespace hearback
