#include <cmark.h>

#include <functional>
#include <memory>

#include "words/email_text.hpp"
#include "words/template.hpp"

namespace hearback {

namespace {

using Names = std::vector<std::string>;

std::string_view value_of(const Values& values, std::string_view field) {
    const auto found = values.find(field);
    return found == values.end() ? std::string_view{} : std::string_view(found->second);
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/// The text with each field's character replaced by its value; without `lines`, a value is one line.
std::string filled(std::string_view text, const Names& names, const Values& values, bool lines) {
    std::string result;
    while (!text.empty()) {
        const std::size_t field = field_at(text);
        if (field == text.npos || field >= names.size()) {
            const std::size_t next = std::min(text.find('\xEE', 1), text.size());
            result += text.substr(0, next);
            text.remove_prefix(next);
            continue;
        }
        std::string_view value = value_of(values, names[field]);
        while (!value.empty() && is_space(value.back())) value.remove_suffix(1);
        for (const char c : value)
            if ((unsigned char)(c) >= 0x20 && c != 0x7f)
                result += c;
            else if (c == '\n' || c == '\t')
                result += lines && c == '\n' ? '\n' : ' ';
        text.remove_prefix(field_bytes);
    }
    return result;
}

bool is_safe_link(std::string_view url) { return url.starts_with("https://") || url.starts_with("mailto:"); }

/// Walks the Markdown once and writes both bodies.
class Writer {
  public:
    Writer(const Names& names, const Values& values) : names_(names), values_(values) {}

    void visit(cmark_node* node, bool entering) {
        switch (cmark_node_get_type(node)) {
            case CMARK_NODE_PARAGRAPH:
                entering ? open_paragraph(node) : close_paragraph(node);
                break;
            case CMARK_NODE_HEADING:
                entering ? open("h2", style::heading) : close_heading();
                break;
            case CMARK_NODE_BLOCK_QUOTE:
                entering ? open("div", style::inset) : close("div");
                break;
            case CMARK_NODE_LIST:
                entering ? open("ul", style::list) : close("ul");
                break;
            case CMARK_NODE_ITEM:
                entering ? open("li", style::item) : close("li");
                break;
            case CMARK_NODE_THEMATIC_BREAK:
                begin_small_print();
                break;
            case CMARK_NODE_STRONG:
                html_ += entering ? "<b>" : "</b>";
                break;
            case CMARK_NODE_LINK:
                entering ? open_link(node) : close_link();
                break;
            case CMARK_NODE_SOFTBREAK:
            case CMARK_NODE_LINEBREAK:
                write("\n");
                break;
            case CMARK_NODE_TEXT:
                write(filled(cmark_node_get_literal(node), names_, values_, alone_));
                break;
            default:
                break;
        }
    }

    std::string text() && { return std::move(text_); }
    std::string html() && { return std::move(html_) + (small_print_ ? "</div>\n" : ""); }

  private:
    void open(const char* tag, std::string_view css) {
        (((html_ += '<') += tag) += " style=\"") += css;
        html_ += "\">";
    }
    void close(const char* tag) { ((html_ += "</") += tag) += ">\n"; }

    static cmark_node_type parent_type(cmark_node* node) { return cmark_node_get_type(cmark_node_parent(node)); }

    void open_paragraph(cmark_node* node) {
        cmark_node* only = cmark_node_first_child(node);
        const char* literal = only && !cmark_node_next(only) ? cmark_node_get_literal(only) : nullptr;
        // A field that is a paragraph by itself may bring paragraphs of its own.
        alone_ =
            literal && std::string_view(literal).size() == field_bytes && field_at(literal) != std::string_view::npos;
        const auto parent = parent_type(node);
        if (parent == CMARK_NODE_ITEM) return;
        open("p", parent == CMARK_NODE_BLOCK_QUOTE ? style::inset_paragraph : style::paragraph);
    }

    void close_paragraph(cmark_node* node) {
        const bool item = parent_type(node) == CMARK_NODE_ITEM;
        if (!item) close("p");
        end_block(item ? "- " : "", !(item && cmark_list_is_open(node)));
        alone_ = false;
    }

    /// Whether another item follows directly.
    static bool cmark_list_is_open(cmark_node* paragraph) {
        return cmark_node_next(cmark_node_parent(paragraph)) != nullptr;
    }

    void close_heading() {
        close("h2");
        end_block("", false);
    }

    void begin_small_print() {
        if (small_print_) return;
        small_print_ = true;
        open("div", style::small_print);
        text_ += "-----\n\n";
    }

    void open_link(cmark_node* node) {
        url_ = filled(cmark_node_get_url(node), names_, values_, false);
        if (!is_safe_link(url_)) url_.clear();
        if (!url_.empty()) (((html_ += "<a href=\"") += escaped(url_)) += "\" style=\"") += style::link, html_ += "\">";
        link_start_ = block_.size();
    }

    void close_link() {
        if (url_.empty()) return;
        html_ += "</a>";
        const std::string address = url_.starts_with("mailto:") ? url_.substr(7) : url_;
        const bool shown_already = address.find(block_.substr(link_start_)) != address.npos;
        if (!shown_already) (block_ += ": ") += address;
    }

    void write(std::string_view words) {
        const std::string joined = keep_together(words);
        block_ += joined;
        std::string_view rest = joined;
        for (;;) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            html_ += escaped(rest.substr(0, end));
            if (end == rest.size()) return;
            rest.remove_prefix(end + 1);
            const bool new_paragraph = alone_ && rest.starts_with('\n');
            while (new_paragraph && rest.starts_with('\n')) rest.remove_prefix(1);
            if (new_paragraph)
                html_ += "</p>\n", open("p", style::paragraph);
            else
                html_ += "<br>";
        }
    }

    void end_block(std::string_view bullet, bool blank_line) {
        text_ += bullet;
        text_ += wrapped(block_, "", text_columns - bullet.size());
        text_ += blank_line ? "\n\n" : "\n";
        block_.clear();
    }

    const Names& names_;
    const Values& values_;
    std::string text_, html_, block_, url_;
    std::size_t link_start_ = 0;
    bool alone_ = false, small_print_ = false;
};

}  // namespace

Rendered render(const Template& which, const Values& values) {
    const Names& names = which.fields_.names;
    const auto has_value = [&](std::size_t field) { return !value_of(values, names[field]).empty(); };
    Rendered result;
    std::string source;
    expand(which.subject_, has_value, source);
    result.subject = filled(source, names, values, false);

    source.clear();
    expand(which.body_, has_value, source);
    const std::unique_ptr<cmark_node, decltype(&cmark_node_free)> document(
        cmark_parse_document(source.data(), source.size(), CMARK_OPT_DEFAULT), cmark_node_free);
    const std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> nodes(cmark_iter_new(document.get()),
                                                                        cmark_iter_free);
    Writer writer(names, values);
    for (auto event = cmark_iter_next(nodes.get()); event != CMARK_EVENT_DONE; event = cmark_iter_next(nodes.get()))
        writer.visit(cmark_iter_get_node(nodes.get()), event == CMARK_EVENT_ENTER);
    result.html = email_document(result.subject, std::move(writer).html());
    result.text = std::move(writer).text();
    while (result.text.ends_with("\n\n")) result.text.pop_back();
    return result;
}

}  // namespace hearback
