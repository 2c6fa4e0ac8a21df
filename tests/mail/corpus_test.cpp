// The mails of tests/mail/corpus say what other parsers agree that they say; each with LF and with CR LF.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "mail/ascii.hpp"
#include "mail/read_mail.hpp"

namespace hearback {
namespace {

const std::string folder = HEARBACK_SOURCE "/tests/mail/corpus/";

std::string read(const std::string& name) {
    std::ifstream in(folder + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string with_crlf(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) out += '\r';
        out += text[i];
    }
    return out;
}

/// Blanks of every kind as one.
std::string folded(std::string_view text) {
    std::string line;
    for (char c : text)
        if (static_cast<unsigned char>(c) > ' ')
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    return std::string(trimmed(line));
}

/// "word value" of each line about one mail.
using Expected = std::vector<std::pair<std::string, std::string>>;

std::vector<std::string> values(const Expected& expected, const std::string& word) {
    std::vector<std::string> found;
    for (const auto& [key, value] : expected)
        if (key == word) found.push_back(value);
    return found;
}

std::vector<std::string> found(const Mail& mail, const std::string& word) {
    std::vector<std::string> result;
    if (word == "kind") result = {std::string(to_words(mail.kind))};
    if (word == "subject") result = {folded(mail.subject)};
    if (word == "message-id") result = {mail.message_id};
    if (word == "date") result = {mail.date ? std::to_string(mail.date->time_since_epoch().count() / 1000) : "none"};
    if (word == "html") result = {mail.has_html ? "yes" : "no"};
    if (word == "answer") result = {mail.no_answer_because.empty() ? "yes" : "no"};
    if (word == "from") {
        std::string line;
        for (const auto& from : mail.from) line += (line.empty() ? "" : " ") + lower_case(from.address);
        result = {line};
    }
    for (const auto& part : mail.parts)
        if (word == "part" && !part.name.empty() && !part.is_inner)
            result.push_back(part.sha256 + " " + std::to_string(part.bytes) + " " + part.name);
    for (const auto& delivery : mail.deliveries)
        if (word == "bounce") result.push_back(delivery.hard ? "hard" : "soft");
    return result;
}

void compare(const Mail& mail, const Expected& expected) {
    for (const auto* word : {"kind", "subject", "message-id", "from", "date", "html", "answer", "part", "bounce"}) {
        auto wanted = values(expected, word), got = found(mail, word);
        if (wanted.empty() || wanted == std::vector<std::string>{"any"}) continue;
        std::sort(wanted.begin(), wanted.end());
        std::sort(got.begin(), got.end());
        EXPECT_EQ(got, wanted) << word;
    }
    for (const auto& text : values(expected, "text")) EXPECT_EQ(folded(mail.text).substr(0, text.size()), text);
}

TEST(Corpus, SaysWhatOtherParsersAgreeOn) {
    std::istringstream lines(read("expected.txt"));
    std::string line, file;
    Expected expected;
    int mails = 0;
    while (std::getline(lines, line)) {
        const auto blank = line.find(' ');
        if (line.starts_with("file "))
            file = line.substr(blank + 1);
        else if (!line.empty())
            expected.emplace_back(line.substr(0, blank), line.substr(blank + 1));
        if (!line.empty()) continue;
        SCOPED_TRACE(file);
        const auto raw = read(file);
        ASSERT_FALSE(raw.empty());
        compare(read_mail(raw), expected);
        compare(read_mail(with_crlf(raw)), expected);
        expected.clear();
        ++mails;
    }
    EXPECT_GT(mails, 40);
}

}  // namespace
}  // namespace hearback
