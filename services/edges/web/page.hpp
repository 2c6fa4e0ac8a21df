// A page is a mustache template (pages/NAME.html inside pages/layout.html) and the data that it shows
// (pages/README.md). Every value is escaped; nothing can be put in unescaped, for `{{{` and `{{&` are refused in the
// templates.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hearback {

/// What a page shows: text, yes or no, a list, or named parts. Empty text counts as "no" in `{{#section}}`; with a list
/// `rows` comes `has_rows`.
struct Node {
    using List = std::vector<Node>;
    using Object = std::map<std::string, Node, std::less<>>;

    Node() : value(false) {}
    Node(bool yes) : value(yes) {}
    Node(std::string text) : value(std::move(text)) {}
    Node(std::string_view text) : value(std::string(text)) {}
    Node(const char* text) : value(std::string(text)) {}
    Node(List list) : value(std::move(list)) {}
    Node(Object object) : value(std::move(object)) {}

    std::variant<bool, std::string, List, Object> value;
};

/// When something is due, as the pages show it: `kind` is "late", "soon", "done" or "plain".
Node due(std::string_view kind, std::string words, std::string note = "");

/// The whole HTML document. Throws std::out_of_range when there is no such page, std::logic_error for a bad template.
std::string page(std::string_view name, const Node::Object& data);

/// Names that the page uses and this data does not have, each with its line: a page never shows a gap in silence.
std::vector<std::string> missing_names(std::string_view name, const Node::Object& data);

/// The names of all pages.
std::vector<std::string> page_names();

}  // namespace hearback
