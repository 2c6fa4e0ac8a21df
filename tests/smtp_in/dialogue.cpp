#include "dialogue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace hearback::dialogue {
namespace {

std::string unescaped(std::string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            bytes += text[i];
            continue;
        }
        const char c = text[++i];
        if (c == 'r')
            bytes += '\r';
        else if (c == 'n')
            bytes += '\n';
        else if (c == '0')
            bytes += '\0';
        else if (c == 'x')
            bytes += char(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16)), i += 2;
        else
            bytes += c;
    }
    return bytes;
}

SmtpVerdict verdict(const std::string& word) {
    if (word == "later") return {SmtpVerdict::try_later, {}};
    if (word == "full") return {SmtpVerdict::storage_full, {}};
    if (word == "big") return {SmtpVerdict::too_big, {}};
    if (word == "refused") return {SmtpVerdict::refused, "not for us"};
    return {};
}

Dialogue read(const std::filesystem::path& file) {
    Dialogue made{file.stem().string(), {}, false};
    std::ifstream in(file);
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.empty() || line.front() == '#') continue;
        const auto text = line.size() > 3 ? line.substr(3) : std::string();
        if (line.front() == 'W')
            made.whole = true;
        else if (line.starts_with("C:"))
            made.steps.push_back({'C', unescaped(text) + "\r\n", number});
        else
            made.steps.push_back({line.front(), unescaped(text), number});
    }
    return made;
}

}  // namespace

std::vector<Dialogue> all() {
    std::vector<Dialogue> found;
    for (const auto& file : std::filesystem::directory_iterator(HEARBACK_SOURCE "/tests/smtp_in/dialogues"))
        if (file.path().extension() == ".txt") found.push_back(read(file.path()));
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return found;
}

SmtpVerdict Desk::deliver(const SmtpEnvelope& from, std::string_view raw) {
    if (verdict.kind != SmtpVerdict::taken) return verdict;
    ++taken;
    message = std::string(raw);
    envelope = from;
    return {};
}

SmtpSettings settings() {
    SmtpSettings chosen;
    chosen.host_name = "mx.council.example";
    chosen.mailboxes = {"send-team@council.example"};
    chosen.limits.message_bytes = 2000;
    chosen.limits.recipients = 3;
    chosen.limits.errors = 5;
    chosen.limits.idle_commands = 30;
    return chosen;
}

void play(const Dialogue& dialogue, Line& line, Desk& desk) {
    std::string outgoing;
    for (const auto& step : dialogue.steps) {
        SCOPED_TRACE(dialogue.name + ".txt:" + std::to_string(step.line));
        if (step.kind == 'C') {
            outgoing += step.text;
            continue;
        }
        if (!outgoing.empty()) line.send(std::exchange(outgoing, {}));
        if (step.kind == 'S') {
            ASSERT_EQ(line.reply(), step.text);
        }
        if (step.kind == 'T') line.start_tls();
        if (step.kind == 'V') desk.verdict = verdict(step.text);
        if (step.kind == 'H') desk.health = verdict(step.text);
        if (step.kind == 'N') {
            EXPECT_EQ(std::to_string(desk.taken), step.text);
        }
        if (step.kind == 'B') {
            EXPECT_EQ(desk.message, step.text);
        }
        if (step.kind == 'R') {
            auto envelope = desk.envelope.sender + " >";
            for (const auto& recipient : desk.envelope.recipients) envelope += " " + recipient;
            EXPECT_EQ(envelope, step.text);
        }
    }
}

}  // namespace hearback::dialogue
