#include "mail/html_words.hpp"

#include <algorithm>
#include <vector>

#include "kernel/text.hpp"
#include "mail/ascii.hpp"
#include "mail/html_entity.hpp"

namespace hearback {
namespace {

constexpr std::size_t quote_depth_max = 64;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::size_t find_without_case(std::string_view text, std::string_view wanted, std::size_t from) {
    const auto found = std::search(text.begin() + std::ptrdiff_t(from), text.end(), wanted.begin(), wanted.end(),
                                   [](char a, char b) { return lower(a) == b; });
    return found == text.end() ? text.npos : std::size_t(found - text.begin());
}

struct Tag {
    std::string name;  ///< lower case
    std::string_view attributes;
    bool closes = false;
};

/// The tag at the front of `html` ("<p class=x>"); its length is returned, 0 when it is only a "<".
std::size_t take_tag(std::string_view html, Tag& tag) {
    std::size_t i = 1;
    tag.name.clear();
    tag.closes = false;
    if (i < html.size() && html[i] == '/') {
        tag.closes = true;
        ++i;
    }
    for (; i < html.size() && (std::isalnum(static_cast<unsigned char>(html[i])) || html[i] == ':'); ++i)
        tag.name += lower(html[i]);
    if (tag.name.empty()) return 0;
    const auto begin = i;
    char quote = 0;
    for (; i < html.size(); ++i) {
        if (quote) {
            if (html[i] == quote) quote = 0;
        } else if ((html[i] == '"' || html[i] == '\'') && html[i - 1] == '=') {
            quote = html[i];
        } else if (html[i] == '>') {
            tag.attributes = html.substr(begin, i - begin);
            return i + 1;
        }
    }
    // A quote that is never closed must not swallow the rest of the mail.
    const auto end = html.find('>', begin);
    if (end == html.npos) return 0;
    tag.attributes = html.substr(begin, end - begin);
    return end + 1;
}

/// Text as it grows: blanks folded to one, at most one empty line, quote marks before quoted lines.
class Lines {
  public:
    explicit Lines(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    void character(char c) {
        if (is_blank(c) && !preformatted) {
            blank_ = true;
            return;
        }
        if (c == '\n') return line_break();
        if (c != '\r') word_character(std::string_view(&c, 1));
    }
    void word_character(std::string_view bytes) {
        begin_word();
        text_ += bytes;
    }
    /// The break itself is written when a word follows, so that a mail cannot end in a thousand of them.
    void line_break() { breaks_ = std::min(breaks_ + 1, 2), blank_ = false; }
    void block() {
        breaks_ = std::max(breaks_, 1);
        blank_ = false;
    }
    void paragraph() { breaks_ = 2, blank_ = false; }
    void gap() { blank_ = true; }

    bool full() const { return text_.size() >= bytes_max_; }
    std::string finish() {
        return cut_to(text_, bytes_max_);
    }

    std::size_t quote_depth = 0;
    bool preformatted = false;

  private:
    void begin_word() {
        const bool at_start = text_.empty();
        for (; breaks_ > 0 && !at_start; --breaks_) {
            text_ += '\n';
            if (breaks_ > 1 && std::min(quote_depth, last_depth_) > 0) text_ += '>';
        }
        const bool new_line = at_start || text_.back() == '\n';
        breaks_ = 0;
        last_depth_ = quote_depth;
        if (new_line && quote_depth > 0)
            text_.append(std::string(quote_depth, '>')).append(" ");
        else if (blank_ && !new_line)
            text_ += ' ';
        blank_ = false;
    }

    std::string text_;
    std::size_t bytes_max_, last_depth_ = 0;
    int breaks_ = 0;
    bool blank_ = false;
};

class Reader {
  public:
    Reader(std::string_view html, std::size_t bytes_max) : html_(html), lines_(bytes_max) {}

    std::string words() {
        std::size_t i = 0;
        std::string character;
        while (i < html_.size() && !lines_.full()) {
            if (html_[i] == '<') {
                i += mark_up(i);
            } else if (html_[i] == '&') {
                character.clear();
                const auto length = take_entity(html_.substr(i), character);
                if (length == 0)
                    lines_.character('&');
                else if (character == "\u00a0")
                    lines_.gap();
                else
                    lines_.word_character(character);
                i += std::max<std::size_t>(length, 1);
            } else if (const auto end = end_of_word(i); end > i) {
                lines_.word_character(html_.substr(i, end - i));
                i = end;
            } else {
                lines_.character(html_[i++]);
            }
        }
        return lines_.finish();
    }

  private:
    std::size_t end_of_word(std::size_t i) const {
        while (i < html_.size() && static_cast<unsigned char>(html_[i]) > ' ' && html_[i] != '<' && html_[i] != '&')
            ++i;
        return i;
    }

    /// Handles what begins with "<" at `at`; returns how many bytes it took.
    std::size_t mark_up(std::size_t at) {
        const auto rest = html_.substr(at);
        if (rest.starts_with("<!--")) return skip_to("-->", at, 4);
        if (rest.starts_with("<!") || rest.starts_with("<?")) return skip_to(">", at, 2);
        auto& tag = tag_;
        const auto length = unclosed_tags_ ? 0 : take_tag(rest, tag);
        if (length == 0) {
            // No ">" follows anywhere: asking again at each "<" would take quadratic time.
            unclosed_tags_ = unclosed_tags_ || rest.find('>') == rest.npos;
            lines_.character('<');
            return 1;
        }
        if (!tag.closes && is_one_of(tag.name, {"script", "style", "title", "noscript", "template"}))
            return skip_to("</" + tag.name, at, length);
        act(tag);
        return length;
    }

    /// To the end of a comment or script. One that never ends is taken for a stray tag, so that nothing after it is
    /// lost.
    std::size_t skip_to(std::string_view end, std::size_t at, std::size_t fallback) {
        if (std::find(never_found_.begin(), never_found_.end(), end) != never_found_.end()) return fallback;
        const auto found = find_without_case(html_, end, at + fallback);
        if (found == html_.npos) {
            never_found_.emplace_back(end);
            return fallback;
        }
        const auto close = html_.find('>', found);
        return close == html_.npos ? html_.size() - at : close + 1 - at;
    }

    void act(const Tag& tag) {
        if (tag.name == "br") return lines_.line_break();
        if (tag.name == "blockquote") return quote(tag);
        if (tag.name == "pre") lines_.preformatted = !tag.closes;
        if (is_one_of(tag.name, {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre", "hr"}))
            return lines_.paragraph();
        if (tag.name == "li") {
            lines_.block();
            if (!tag.closes) lines_.word_character("- ");
            return;
        }
        if (is_one_of(tag.name,
                      {"div", "tr", "section", "article", "header", "footer", "dd", "dt", "address", "center"}))
            return lines_.block();
        if (is_one_of(tag.name, {"td", "th"})) lines_.gap();
    }

    /// Only what a mail program marks as history is one; people use blockquote to indent their own words.
    void quote(const Tag& tag) {
        lines_.paragraph();
        if (!tag.closes) {
            const bool history = find_without_case(tag.attributes, "cite", 0) != html_.npos ||
                                 find_without_case(tag.attributes, "quote", 0) != html_.npos;
            if (quotes_.size() < quote_depth_max) quotes_.push_back(history);
        } else if (!quotes_.empty()) {
            quotes_.pop_back();
        }
        lines_.quote_depth = std::size_t(std::count(quotes_.begin(), quotes_.end(), true));
    }

    std::string_view html_;
    Lines lines_;
    Tag tag_;
    std::vector<bool> quotes_;
    std::vector<std::string> never_found_;
    bool unclosed_tags_ = false;
};

}  // namespace

std::string html_words(std::string_view html, std::size_t bytes_max) { return Reader(html, bytes_max).words(); }

}  // namespace hearback
