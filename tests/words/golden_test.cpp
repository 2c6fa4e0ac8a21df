// Each template's examples against the emails that people have read and agreed to. UPDATE_GOLDEN=1 writes them anew.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

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
            for (const auto& finding : check(which, values))
                ADD_FAILURE() << which.name() << ' ' << name << ": " << finding.place << ": " << finding.found << " -> "
                              << finding.better;
            const Rendered email = render(which, values);
            const std::string file = name == "usual" ? "expected" : "expected-" + name;
            compare(entry.path() / (file + ".txt"), "Subject: " + email.subject + "\n\n" + email.text);
            compare(entry.path() / (file + ".html"), email.html);
        }
        for (const auto& warning : which.warnings())
            ADD_FAILURE() << which.name() << ": " << warning.place << ": " << warning.found << " -> " << warning.better;
    }
}
