#include "edges/web/page.hpp"

#include <algorithm>
#include <kainjow/mustache.hpp>
#include <stdexcept>

#include "embedded/web_pages.hpp"

namespace hearback {
namespace mustache = kainjow::mustache;

namespace {

constexpr int depth_max = 8;

std::string_view file_of(std::string_view path) {
    for (const auto& file : embedded::web_pages())
        if (file.path == path) return file.text;
    throw std::out_of_range("there is no page " + std::string(path));
}

/// `{{>part}}` becomes pages/parts/part.html, and in the layout `{{>page}}` the page.
std::string with_parts(std::string_view text, std::string_view page_text, int depth = 0) {
    if (depth > depth_max) throw std::logic_error("a part of a page contains itself");
    std::string whole;
    for (;;) {
        const auto begin = text.find("{{>");
        whole += text.substr(0, begin);
        if (begin == text.npos) return whole;
        const auto end = text.find("}}", begin);
        const std::string name(text.substr(begin + 3, end - begin - 3));
        whole += with_parts(name == "page" ? page_text : file_of("parts/" + name + ".html"), page_text, depth + 1);
        text.remove_prefix(end + 2);
    }
}

std::string source_of(std::string_view name) {
    std::string whole = with_parts(file_of("layout.html"), file_of(std::string(name) + ".html"));
    for (const char* unescaped : {"{{{", "{{&"})
        if (whole.find(unescaped) != whole.npos)
            throw std::logic_error(std::string(name) + ": " + unescaped + " is not allowed");
    return whole;
}

mustache::data to_mustache(const Node& node) {
    if (const auto* yes = std::get_if<bool>(&node.value)) return mustache::data(*yes);
    if (const auto* text = std::get_if<std::string>(&node.value))
        return text->empty() ? mustache::data(false) : mustache::data(*text);
    if (const auto* list = std::get_if<Node::List>(&node.value)) {
        mustache::data items(mustache::data::type::list);
        for (const Node& item : *list) items.push_back(to_mustache(item));
        return items;
    }
    mustache::data object(mustache::data::type::object);
    for (const auto& [name, value] : std::get<Node::Object>(node.value)) {
        object.set(name, to_mustache(value));
        if (const auto* list = std::get_if<Node::List>(&value.value))
            object.set("has_" + name, mustache::data(!list->empty()));
    }
    return object;
}

/// Walks a template beside its data and collects the names that are not there.
class Lint {
  public:
    Lint(std::string_view text, const Node::Object& data) : text_(text), stack_{&data} { walk(0, true); }
    std::vector<std::string> missing;

  private:
    const Node* look_up(std::string_view name) const {
        // `has_rows` is there with the list `rows`.
        if (name.starts_with("has_")) name.remove_prefix(4);
        for (auto level = stack_.rbegin(); level != stack_.rend(); ++level)
            if (const auto found = (*level)->find(name); found != (*level)->end()) return &found->second;
        return nullptr;
    }

    const Node* need(std::string_view name, std::size_t at) {
        const Node* found = name == "." ? &here_ : look_up(name);
        const auto line = 1 + std::count(text_.begin(), text_.begin() + std::ptrdiff_t(at), '\n');
        if (!found) missing.push_back(std::string(name) + ", line " + std::to_string(line));
        return found;
    }

    /// From `at` to the end of the section, which is where it returns; looks names up only where the section shows.
    std::size_t walk(std::size_t at, bool shows) {
        for (;;) {
            const auto begin = text_.find("{{", at);
            if (begin == text_.npos) return begin;
            const auto end = text_.find("}}", begin);
            const std::string_view tag = text_.substr(begin + 2, end - begin - 2);
            at = end + 2;
            if (tag.starts_with('/')) return at;
            if (tag.starts_with('!')) continue;
            const bool section = tag.starts_with('#'), inverted = tag.starts_with('^');
            const std::string_view name = section || inverted ? tag.substr(1) : tag;
            const Node* node = shows ? need(name, begin) : nullptr;
            if (section || inverted) at = walk_section(node, at, inverted, name.starts_with("has_"));
        }
    }

    std::size_t walk_section(const Node* node, std::size_t at, bool inverted, bool only_asks) {
        if (!node) return walk(at, false);
        if (inverted) return walk(at, !is_yes(*node));
        if (only_asks) return walk(at, is_yes(*node));
        if (const auto* list = std::get_if<Node::List>(&node->value); list && !list->empty()) {
            std::size_t end = at;
            for (const Node& item : *list) end = walk_inside(item, at);
            return end;
        }
        return is_yes(*node) ? walk_inside(*node, at) : walk(at, false);
    }

    std::size_t walk_inside(const Node& node, std::size_t at) {
        const auto* object = std::get_if<Node::Object>(&node.value);
        if (object) stack_.push_back(object);
        const std::size_t end = walk(at, true);
        if (object) stack_.pop_back();
        return end;
    }

    static bool is_yes(const Node& node) {
        if (const auto* yes = std::get_if<bool>(&node.value)) return *yes;
        if (const auto* text = std::get_if<std::string>(&node.value)) return !text->empty();
        if (const auto* list = std::get_if<Node::List>(&node.value)) return !list->empty();
        return true;
    }

    std::string_view text_;
    std::vector<const Node::Object*> stack_;
    const Node here_{true};
};

}  // namespace

Node due(std::string_view kind, std::string words, std::string note) {
    return Node::Object{{"late", kind == "late"},   {"soon", kind == "soon"},    {"done", kind == "done"},
                        {"plain", kind == "plain"}, {"words", std::move(words)}, {"note", std::move(note)}};
}

std::string page(std::string_view name, const Node::Object& data) {
    // A parsed template keeps its last error, so each thread has its own.
    thread_local std::map<std::string, mustache::mustache, std::less<>> parsed;
    auto known = parsed.find(name);
    if (known == parsed.end()) {
        mustache::mustache read(source_of(name));
        if (!read.is_valid()) throw std::logic_error(std::string(name) + ": " + read.error_message());
        known = parsed.emplace(name, std::move(read)).first;
    }
    return known->second.render(to_mustache(data));
}

std::vector<std::string> missing_names(std::string_view name, const Node::Object& data) {
    const std::string source = source_of(name);
    return Lint(source, data).missing;
}

std::vector<std::string> page_names() {
    std::vector<std::string> names;
    for (const auto& file : embedded::web_pages())
        if (file.path.find('/') == file.path.npos && file.path != "layout.html")
            names.emplace_back(file.path.substr(0, file.path.size() - 5));
    return names;
}

}  // namespace hearback
