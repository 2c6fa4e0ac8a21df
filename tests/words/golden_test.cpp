// Each template's examples against the emails and letters that people have read and agreed to. UPDATE_GOLDEN=1 writes
// them anew. A letter is compared as the words that `pdftotext` finds, where they stand on its pages.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "words/letter.hpp"
#include "words/printed.hpp"
#include "words/template.hpp"

using namespace hearback;
namespace fs = std::filesystem;

namespace {

const fs::path folder = fs::path(HEARBACK_SOURCE) / "templates";

std::string read(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

void compare(const fs::path& path, const std::string& got) {
    if (std::getenv("UPDATE_GOLDEN")) std::ofstream(path) << got;
    EXPECT_EQ(read(path), got) << path;
}

Values with(Values values, const YAML::Node& changes) {
    for (const auto& field : changes) values[field.first.as<std::string>()] = field.second.as<std::string>();
    return values;
}

LetterHead head_for(const Values& values) {
    const auto name = value_of(values, "name");
    return {"Northmere Council",
            {"Town Hall, Market Square", "Northmere NM1 2AB", "send@northmere.example"},
            Date{std::chrono::year{2024} / 2 / 16},
            {name.empty() ? "Sam Okafor" : std::string(name), "14 Harbour Lane", "Northmere", "BL9 0SW"}};
}

}  // namespace

TEST(Golden, EveryTemplateSaysWhatWasAgreed) {
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (!entry.is_directory()) continue;
        const Template which(entry.path().filename(), read(entry.path() / "template.md"));
        const YAML::Node examples = YAML::LoadFile(entry.path() / "example.yaml");
        const Values usual = with({}, examples["usual"]);
        for (const auto& example : examples) {
            const auto name = example.first.as<std::string>();
            const Values values = with(usual, example.second);
            const LetterHead head = head_for(values);
            for (const auto& finding : check_letter(which, values, head))
                ADD_FAILURE() << which.name() << ' ' << name << ": " << finding.place << ": " << finding.found << " -> "
                              << finding.better;
            const Rendered email = render(which, values);
            const std::string file = name == "usual" ? "expected" : "expected-" + name;
            compare(entry.path() / (file + ".txt"), "Subject: " + email.subject + "\n\n" + email.text);
            compare(entry.path() / (file + ".html"), email.html);
            const std::string letter = printed_words(render_letter(which, values, head).pdf);
            compare(entry.path() / (file + ".letter.txt"), letter);
            for (const char* screen_only : {"Reply", "just reply", "to this email"})
                EXPECT_EQ(letter.find(screen_only), letter.npos) << which.name() << ' ' << name << ": on paper: " << screen_only;
        }
        for (const auto& warning : which.warnings())
            ADD_FAILURE() << which.name() << ": " << warning.place << ": " << warning.found << " -> " << warning.better;
    }
}
