#include "words/blocks.hpp"
#include "words/email_text.hpp"
#include "words/template.hpp"

namespace hearback {

namespace {

class TextBody {
  public:
    void write(const std::vector<Block>& blocks) {
        for (const Block& block : blocks) switch (block.kind) {
                case Block::Kind::paragraph:
                    end_lines(block, "", "\n\n");
                    break;
                case Block::Kind::heading:
                    end_lines(block, "", "\n");
                    break;
                case Block::Kind::item:
                    end_lines(block, "- ", &block == &blocks.back() ? "\n\n" : "\n");
                    write(block.inside);
                    break;
                case Block::Kind::small_print:
                    text_ += "-----\n\n";
                    [[fallthrough]];
                case Block::Kind::inset:
                case Block::Kind::list:
                    write(block.inside);
                    break;
            }
    }

    std::string text() && {
        while (text_.ends_with("\n\n")) text_.pop_back();
        return std::move(text_);
    }

  private:
    void end_lines(const Block& block, std::string_view bullet, std::string_view end) {
        std::string words;
        for (const Span& span : with_addresses(block.words)) words += span.text;
        text_ += bullet;
        text_ += wrapped(words, "", text_columns - bullet.size());
        text_ += end;
    }

    std::string text_;
};

class HtmlBody {
  public:
    void write(const std::vector<Block>& blocks, std::string_view paragraph = style::paragraph) {
        for (const Block& block : blocks) switch (block.kind) {
                case Block::Kind::paragraph:
                    write(block, "p", paragraph);
                    break;
                case Block::Kind::heading:
                    write(block, "h2", style::heading);
                    break;
                case Block::Kind::inset:
                    write(block, "div", style::inset, style::inset_paragraph);
                    break;
                case Block::Kind::list:
                    write(block, "ul", style::list);
                    break;
                case Block::Kind::item:
                    write(block, "li", style::item);
                    break;
                case Block::Kind::small_print:
                    write(block, "div", style::small_print);
                    break;
            }
    }

    std::string html() && { return std::move(html_); }

  private:
    void write(const Block& block, const char* tag, std::string_view css,
               std::string_view paragraph = style::paragraph) {
        (((html_ += '<') += tag) += " style=\"") += css;
        html_ += "\">";
        for (const Span& span : block.words) write(span);
        turn({});
        write(block.inside, paragraph);
        ((html_ += "</") += tag) += ">\n";
    }

    void write(const Span& span) {
        turn({{}, span.bold, span.link});
        std::string_view rest = span.text;
        for (std::size_t end = rest.find('\n'); end != rest.npos; end = rest.find('\n')) {
            (html_ += escaped(rest.substr(0, end))) += "<br>";
            rest.remove_prefix(end + 1);
        }
        html_ += escaped(rest);
    }

    /// Ends and begins mark-up so that what follows is in this manner: bold stands inside a link.
    void turn(Span manner) {
        const bool other_link = manner.link != manner_.link;
        if (manner_.bold && (!manner.bold || other_link)) html_ += "</b>";
        if (other_link && !manner_.link.empty()) html_ += "</a>";
        if (other_link && !manner.link.empty())
            (((html_ += "<a href=\"") += escaped(manner.link)) += "\" style=\"") += style::link, html_ += "\">";
        if (manner.bold && (!manner_.bold || other_link)) html_ += "<b>";
        manner_ = std::move(manner);
    }

    std::string html_;
    Span manner_;
};

}  // namespace

Rendered render(const Template& which, const Values& values) {
    const Written message = written(which, values);
    TextBody text;
    text.write(message.blocks);
    HtmlBody html;
    html.write(message.blocks);
    return {message.subject, std::move(text).text(), email_document(message.subject, std::move(html).html())};
}

}  // namespace hearback
