#include "words/blocks.hpp"

#include <cmark.h>

#include <memory>

#include "words/email_text.hpp"

namespace hearback {

namespace {

using Names = std::vector<std::string>;

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

class Reader {
  public:
    Reader(const Names& names, const Values& values) : names_(names), values_(values) {}

    std::vector<Block> blocks_from(cmark_node* node) const {
        std::vector<Block> blocks;
        for (; node; node = cmark_node_next(node)) switch (cmark_node_get_type(node)) {
                case CMARK_NODE_PARAGRAPH:
                    add_paragraphs(node, blocks);
                    break;
                case CMARK_NODE_HEADING:
                    blocks.push_back({Block::Kind::heading, words_in(node), {}});
                    break;
                case CMARK_NODE_BLOCK_QUOTE:
                    blocks.push_back({Block::Kind::inset, {}, blocks_from(cmark_node_first_child(node))});
                    break;
                case CMARK_NODE_LIST:
                    blocks.push_back({Block::Kind::list, {}, blocks_from(cmark_node_first_child(node))});
                    break;
                case CMARK_NODE_ITEM:
                    blocks.push_back(item(node));
                    break;
                case CMARK_NODE_THEMATIC_BREAK:
                    blocks.push_back({Block::Kind::small_print, {}, blocks_from(cmark_node_next(node))});
                    return blocks;
                default:
                    break;
            }
        return blocks;
    }

  private:
    void add_paragraphs(cmark_node* node, std::vector<Block>& blocks) const {
        cmark_node* only = cmark_node_first_child(node);
        const char* literal = only && !cmark_node_next(only) ? cmark_node_get_literal(only) : nullptr;
        const bool alone = literal && std::string_view(literal).size() == field_bytes &&
                           field_at(literal) != std::string_view::npos;
        if (!alone) return blocks.push_back({Block::Kind::paragraph, words_in(node), {}});
        // A field that is a paragraph by itself may bring paragraphs of its own.
        const std::string value = filled(literal, names_, values_, true);
        for (std::size_t begin = value.find_first_not_of('\n'); begin != value.npos;) {
            const std::size_t end = std::min(value.find("\n\n", begin), value.size());
            blocks.push_back({Block::Kind::paragraph, {{keep_together(value.substr(begin, end - begin)), false, {}}}, {}});
            begin = value.find_first_not_of('\n', end);
        }
    }

    Block item(cmark_node* node) const {
        cmark_node* first = cmark_node_first_child(node);
        const bool has_words = first && cmark_node_get_type(first) == CMARK_NODE_PARAGRAPH;
        return {Block::Kind::item, has_words ? words_in(first) : std::vector<Span>{},
                blocks_from(has_words ? cmark_node_next(first) : first)};
    }

    std::vector<Span> words_in(cmark_node* block) const {
        std::vector<Span> words;
        add_words(cmark_node_first_child(block), {}, words);
        return words;
    }

    void add_words(cmark_node* node, const Span& manner, std::vector<Span>& words) const {
        for (; node; node = cmark_node_next(node)) {
            Span inner = manner;
            switch (cmark_node_get_type(node)) {
                case CMARK_NODE_TEXT:
                    add(keep_together(filled(cmark_node_get_literal(node), names_, values_, false)), manner, words);
                    break;
                case CMARK_NODE_SOFTBREAK:
                case CMARK_NODE_LINEBREAK:
                    add("\n", manner, words);
                    break;
                case CMARK_NODE_LINK:
                    inner.link = filled(cmark_node_get_url(node), names_, values_, false);
                    if (!is_safe_link(inner.link)) inner.link.clear();
                    add_words(cmark_node_first_child(node), inner, words);
                    break;
                case CMARK_NODE_STRONG:
                    inner.bold = true;
                    [[fallthrough]];
                default:
                    add_words(cmark_node_first_child(node), inner, words);
            }
        }
    }

    static void add(std::string text, const Span& manner, std::vector<Span>& words) {
        if (!words.empty() && words.back().bold == manner.bold && words.back().link == manner.link)
            words.back().text += text;
        else
            words.push_back({std::move(text), manner.bold, manner.link});
    }

    const Names& names_;
    const Values& values_;
};

}  // namespace

Written written(const Template& which, const Values& values) {
    const Names& names = which.fields_.names;
    const auto has_value = [&](std::size_t field) { return !value_of(values, names[field]).empty(); };
    std::string source;
    expand(which.subject_, has_value, source);
    Written result{filled(source, names, values, false), {}};

    source.clear();
    expand(which.body_, has_value, source);
    const std::unique_ptr<cmark_node, decltype(&cmark_node_free)> document(
        cmark_parse_document(source.data(), source.size(), CMARK_OPT_DEFAULT), cmark_node_free);
    result.blocks = Reader(names, values).blocks_from(cmark_node_first_child(document.get()));
    return result;
}

std::vector<Span> with_addresses(const std::vector<Span>& words) {
    std::vector<Span> result;
    std::string shown;  // the link's words so far
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& link = words[i].link;
        result.push_back({words[i].text, words[i].bold, {}});
        if (link.empty()) continue;
        shown += words[i].text;
        if (i + 1 < words.size() && words[i + 1].link == link) continue;
        const std::string address = link.starts_with("mailto:") ? link.substr(7) : link;
        if (address.find(shown) == address.npos) result.push_back({": " + address, false, {}});
        shown.clear();
    }
    return result;
}

}  // namespace hearback
