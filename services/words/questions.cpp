#include "words/questions.hpp"

#include <algorithm>

namespace hearback {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// One line, single spaces, without what a list puts before it.
std::string tidy(std::string_view sentence) {
    std::string text;
    for (const char c : sentence) {
        if (!is_space(c)) text += c;
        else if (!text.empty() && text.back() != ' ') text += ' ';
    }
    const auto begin = text.find_first_not_of(" -*•0123456789.)(");
    return begin == text.npos ? std::string() : text.substr(begin);
}

/// Where the sentence that ends before `end` begins: after another sentence's end, or after an empty line.
std::size_t begin_of(std::string_view text, std::size_t end) {
    for (std::size_t at = end; at > 0; --at) {
        const char c = text[at - 1];
        const bool sentence_ended = (c == '.' || c == '!' || c == '?') && at < text.size() && is_space(text[at]);
        const bool paragraph_ended = c == '\n' && at < text.size() && (text[at] == '\n' || text[at] == '\r' || text[at] == '-' || text[at] == '*');
        if (sentence_ended || paragraph_ended) return at;
    }
    return 0;
}

}  // namespace

std::vector<std::string> questions_in(std::string_view text) {
    std::vector<std::string> found;
    for (auto mark = text.find('?'); mark != text.npos && found.size() < questions_max; mark = text.find('?', mark + 1)) {
        const bool ends = mark + 1 == text.size() || is_space(text[mark + 1]) || text[mark + 1] == '"' || text[mark + 1] == ')';
        if (!ends) continue;  // part of an address
        const auto begin = begin_of(text, mark);
        auto question = tidy(text.substr(begin, mark + 1 - begin));
        if (question.size() < 6 || question.size() > question_bytes_max) continue;
        if (std::find(found.begin(), found.end(), question) == found.end()) found.push_back(std::move(question));
    }
    return found;
}

}  // namespace hearback
