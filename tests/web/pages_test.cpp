// Each page with its example data: no name is missing, nothing a person wrote becomes mark-up. The rendered examples
// are left in pages/ of the build folder for the browser's checks and for people to look at.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <fstream>

#include "edges/web/assets.hpp"
#include "edges/web/page.hpp"

using namespace hearback;
namespace fs = std::filesystem;

namespace {

const fs::path examples = fs::path(HEARBACK_SOURCE) / "services/edges/web/pages/examples";

Node to_node(const YAML::Node& yaml) {
    if (yaml.IsSequence()) {
        Node::List list;
        for (const auto& item : yaml) list.push_back(to_node(item));
        return list;
    }
    if (yaml.IsMap()) {
        Node::Object object;
        for (const auto& item : yaml) object[item.first.as<std::string>()] = to_node(item.second);
        return object;
    }
    const bool quoted = yaml.Tag() == "!";
    if (!quoted && yaml.Scalar() == "true") return true;
    if (!quoted && yaml.Scalar() == "false") return false;
    return yaml.Scalar();
}

Node::Object example(const std::string& name) {
    const Node layout = to_node(YAML::LoadFile(examples / "layout.yaml"));
    const Node own = to_node(YAML::LoadFile(examples / (name + ".yaml")));
    Node::Object data = std::get<Node::Object>(layout.value);
    for (const auto& [key, value] : std::get<Node::Object>(own.value)) data[key] = value;
    return data;
}

/// Every text in the data becomes mark-up that must not survive.
Node hostile(const Node& node) {
    if (std::holds_alternative<std::string>(node.value)) return "<script>\"'&{{csrf}}";
    if (const auto* list = std::get_if<Node::List>(&node.value)) {
        Node::List bad;
        for (const auto& item : *list) bad.push_back(hostile(item));
        return bad;
    }
    if (const auto* object = std::get_if<Node::Object>(&node.value)) {
        Node::Object bad;
        for (const auto& [name, value] : *object) bad[name] = hostile(value);
        return bad;
    }
    return node;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++n;
    return n;
}

}  // namespace

TEST(Pages, ShowTheirExamplesWithoutAGap) {
    const fs::path out = fs::path(HEARBACK_BUILD) / "pages";
    fs::create_directories(out);
    EXPECT_EQ(page_names().size(), 19u);
    for (const auto& name : page_names()) {
        const auto data = example(name);
        for (const auto& missing : missing_names(name, data))
            ADD_FAILURE() << name << ": " << missing << " has no value";
        std::ofstream(out / (name + ".html")) << page(name, data);
    }
}

TEST(Pages, NoValueBecomesMarkUp) {
    for (const auto& name : page_names()) {
        const Node bad = hostile(Node(example(name)));
        const auto& data = std::get<Node::Object>(bad.value);
        const std::string html = page(name, data);
        EXPECT_EQ(count(html, "<script"), 1u) << name;
        EXPECT_EQ(count(html, "csrf-token"), 0u) << name;
    }
}

TEST(Pages, EveryFormThatActsCarriesItsTokens) {
    for (const auto& name : page_names()) {
        const std::string html = page(name, example(name));
        EXPECT_EQ(count(html, "method=\"post\""), count(html, "name=\"csrf\" value=\"csrf-token\"")) << name;
    }
}

TEST(Pages, NothingInlineAndNothingFromElsewhere) {
    for (const auto& name : page_names()) {
        const std::string html = page(name, example(name));
        for (const char* forbidden : {" style=", "<style", " onclick", "javascript:", "http://", "https://"})
            EXPECT_EQ(count(html, forbidden), 0u) << name << ' ' << forbidden;
    }
}

TEST(Pages, AMissingNameIsFoundWithItsLine) {
    auto data = example("waiting");
    data.erase("says");
    EXPECT_EQ(missing_names("waiting", data).size(), 1u);
    EXPECT_TRUE(missing_names("waiting", data).front().starts_with("says, line "));
    EXPECT_THROW(page("none", data), std::out_of_range);
}

TEST(Assets, ComeFromTheProgramWithATagOfTheirOwn) {
    ASSERT_EQ(assets().size(), 2u);
    const Asset &css = assets()[0], &script = assets()[1];
    EXPECT_EQ(css.path, "/assets/hearback.css");
    EXPECT_EQ(css.content_type, "text/css; charset=utf-8");
    EXPECT_EQ(script.path, "/assets/hearback.js");
    EXPECT_NE(css.etag, script.etag);
    EXPECT_EQ(css.etag.size(), 18u);
    EXPECT_GT(css.body.size(), 50'000u);
    EXPECT_EQ(css.body.find("GDS Transport"), css.body.npos);
    for (const char* elsewhere : {"url(http", "url(//", "@import"}) EXPECT_EQ(css.body.find(elsewhere), css.body.npos);
}
