#include "words/letter.hpp"

#include <algorithm>
#include <utility>

#include "kernel/london.hpp"
#include "words/blocks.hpp"
#include "words/typesetting.hpp"

namespace hearback {

namespace {

// Where things stand: GOV.UK Notify's address window (from 24.6 mm on), contact block and first page, by its validator.
constexpr Page::Rule window{mm(25), mm(39.5), mm(95), mm(26.8)};
constexpr double head_left = mm(128), head_top = mm(15), head_width = mm(65);
constexpr double text_left = window.left, text_width = mm(155), indent = mm(5);
constexpr double first_text_top = mm(95), text_top = mm(20), text_bottom = mm(278), foot_top = mm(283);

// GOV.UK: nothing that a family has to read is smaller than 12 points. What it only looks up may be.
constexpr Type body{12, 16.5}, title{15, 20, true}, heading{13, 18, true}, small_print{11, 14.5}, quiet{10, 13.5},
    council{12, 16.5, true}, person{10, 13.5, true};
constexpr double paragraph_gap = 8, heading_gap = 14, item_gap = 3, head_gap = 8, bar_width = 2.5;

constexpr double close = 0.92;  // lines as near to each other as they may be to save a page

constexpr std::size_t whole_lines_max = 4;  // a paragraph of so few lines stays on one page: a signature does

Values on_paper(Values values) {
    values["paper"] = "yes";
    return values;
}

/// A line of the text, ready to be placed.
struct Row {
    Line line;
    double left;
    double gap;               ///< above it, but not at the top of a page
    bool holds_next = false;  ///< the next row must be on the same page
    bool barred = false;      ///< a bar stands left of it
    bool ruled = false;       ///< a rule stands above it
    bool beside = false;      ///< at the height of the row before: a bullet's words
};

/// The text's blocks in rows.
class Rows {
  public:
    explicit Rows(const Written& text) {
        add({{text.subject, false, {}}}, title, 0);
        rows_.back().holds_next = true;
        add(text.blocks, {body, text_left, false});
    }

    std::vector<Row> rows() && { return std::move(rows_); }

  private:
    struct Manner {
        Type type;
        double left;
        bool barred;
    };

    void add(const std::vector<Block>& blocks, const Manner& manner) {
        for (const Block& block : blocks) switch (block.kind) {
                case Block::Kind::paragraph:
                    add(block.words, manner.type, paragraph_gap, manner.left, manner.barred);
                    break;
                case Block::Kind::heading:
                    add_heading(block, manner);
                    break;
                case Block::Kind::inset:
                    add_inset(block, manner);
                    break;
                case Block::Kind::list:
                    add(block.inside, manner);
                    break;
                case Block::Kind::item:
                    add_item(block, manner);
                    break;
                case Block::Kind::small_print:
                    add_small_print(block, manner);
                    break;
            }
    }

    void add(const std::vector<Span>& words, const Type& type, double gap, double left = text_left, bool barred = false) {
        const double width = text_left + text_width - left;
        const auto lines = set_lines(with_addresses(words), type, width);
        const std::size_t count = lines.size();
        if (std::exchange(under_heading_, false)) gap = item_gap;
        for (std::size_t i = 0; i < count; ++i) {
            // Neither a first nor a last line of a paragraph stands alone on a page.
            const bool holds = i + 1 < count && (count <= whole_lines_max || i == 0 || i + 2 == count);
            const double at = lines[i].right_to_left ? left + width - lines[i].width : left;
            rows_.push_back({lines[i], at, i == 0 ? gap : 0, holds, barred});
        }
    }

    /// It stays with what it is the heading of, and near to it.
    void add_heading(const Block& block, const Manner& manner) {
        const std::size_t first = rows_.size();
        add(block.words, heading, heading_gap, manner.left, manner.barred);
        for (std::size_t i = first; i < rows_.size(); ++i) rows_[i].holds_next = true;
        under_heading_ = true;
    }

    void add_inset(const Block& block, const Manner& manner) {
        const std::size_t first = rows_.size();
        add(block.inside, {manner.type, manner.left + indent, true});
        for (std::size_t i = first; i + 1 < rows_.size(); ++i) rows_[i].holds_next = true;
    }

    void add_item(const Block& block, const Manner& manner) {
        const Row bullet{set_line("•", manner.type), manner.left + indent / 2, item_gap, true, manner.barred};
        rows_.push_back(bullet);
        const std::size_t first = rows_.size();
        add(block.words, manner.type, 0, manner.left + indent + bullet.line.width, manner.barred);
        rows_[first].beside = true;
        add(block.inside, {manner.type, manner.left + indent, manner.barred});
    }

    void add_small_print(const Block& block, const Manner& manner) {
        const std::size_t first = rows_.size();
        add(block.inside, {small_print, manner.left, manner.barred});
        if (first == rows_.size()) return;
        rows_[first].ruled = true;
        rows_[first].gap = 2 * heading_gap;
    }

    std::vector<Row> rows_;
    bool under_heading_ = false;
};

/// Puts rows on pages, those that hold together on one.
class Pages {
  public:
    Pages(double top, double closeness) : pages_(1), closeness_(closeness), at_(top) {}

    void place(const std::vector<Row>& rows) {
        for (std::size_t begin = 0, end = 0; begin < rows.size(); begin = end) {
            for (end = begin + 1; end < rows.size() && rows[end - 1].holds_next;) ++end;
            double height = 0;
            for (std::size_t i = begin; i < end; ++i) height += height_of(rows[i]);
            if (at_ + height > text_bottom && at_ > text_top) turn();
            for (std::size_t i = begin; i < end; ++i) place(rows[i]);
        }
    }

    std::vector<Page> pages() && { return std::move(pages_); }

  private:
    double leading_of(const Row& row) const { return closeness_ * row.line.type.leading; }
    double gap_above(const Row& row) const { return fresh_ ? 0 : closeness_ * row.gap; }
    double height_of(const Row& row) const { return row.beside ? 0 : closeness_ * row.gap + leading_of(row); }

    void turn() {
        pages_.emplace_back();
        at_ = text_top;
        fresh_ = true;
    }

    void place(const Row& row) {
        if (row.beside) {
            pages_.back().lines.push_back({row.line, row.left, at_ - leading_of(row)});
            return;
        }
        // What holds together and is longer than a page goes on over it all the same.
        if (at_ + height_of(row) > text_bottom) turn();
        const double gap = gap_above(row), top = at_ + gap;
        const bool bar_goes_on = row.barred && barred_ && !fresh_;
        at_ = top + leading_of(row);
        if (row.barred) {
            const double bar_top = bar_goes_on ? top - gap : top;
            pages_.back().rules.push_back({text_left, bar_top, bar_width, at_ - bar_top});
        }
        if (row.ruled && !fresh_) pages_.back().rules.push_back({text_left, top - gap / 2, text_width, 0.5});
        pages_.back().lines.push_back({row.line, row.left, top});
        fresh_ = false;
        barred_ = row.barred;
    }

    std::vector<Page> pages_;
    const double closeness_;
    double at_;
    bool fresh_ = true, barred_ = false;
};

struct Head {
    std::vector<Page::PlacedLine> lines;
    double bottom = head_top;
};

/// Who writes, when, and under which number, at the top right.
Head head_of(const Values& values, const LetterHead& letter) {
    Head head;
    const auto add = [&](std::string_view words, const Type& type, double gap = 0) {
        if (words.empty()) return;
        head.bottom += gap;
        for (auto& line : set_lines({{std::string(words), false, {}}}, type, head_width)) {
            head.lines.push_back({std::move(line), head_left, head.bottom});
            head.bottom += type.leading;
        }
    };
    add(letter.council, council);
    for (const auto& line : letter.write_to) add(line, quiet);
    add(day_words_with_year(letter.date), quiet, head_gap);
    const auto number = value_of(values, "number");
    if (!number.empty()) add("Your number: " + std::string(number), quiet);
    add(value_of(values, "who"), person, head_gap);
    const auto telephone = value_of(values, "telephone");
    add(telephone, quiet);
    if (!telephone.empty()) add(value_of(values, "hours"), quiet);
    return head;
}

/// As large as seven lines allow, so that every address fits the window.
Type address_type(std::size_t lines) {
    const double leading = std::min(13.0, window.height / double(std::max<std::size_t>(lines, 1)));
    return {leading / 1.2, leading};
}

void place_address(const LetterHead& letter, Page& page) {
    const auto address = tidy_address(letter.address_lines);
    const Type type = address_type(address.size());
    for (std::size_t i = 0; i < address.size(); ++i) {
        Line line = set_line(address[i], type);
        // Printed smaller rather than cut or broken; check_letter() asks for a shorter one.
        if (line.width > window.width) line = set_line(address[i], {type.size * window.width / line.width, type.leading});
        page.lines.push_back({std::move(line), window.left, window.top + double(i) * type.leading});
    }
}

void place_feet(const Values& values, std::vector<Page>& pages) {
    const std::string number(value_of(values, "number"));
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const std::string count = "Page " + std::to_string(i + 1) + " of " + std::to_string(pages.size());
        Line foot = set_line(count, quiet);
        pages[i].lines.push_back({set_line(number, quiet), text_left, foot_top});
        pages[i].lines.push_back({foot, text_left + text_width - foot.width, foot_top});
    }
}

/// The text on as few pages as it can be read on.
std::vector<Page> text_pages(const Written& text, double top) {
    const auto rows = Rows(text).rows();
    const auto placed = [&](double closeness) {
        Pages filling(top, closeness);
        filling.place(rows);
        return std::move(filling).pages();
    };
    auto pages = placed(1);
    if (pages.size() == 1) return pages;
    auto closer = placed(close);
    return closer.size() < pages.size() ? closer : pages;
}

std::vector<Page> pages_of(const Written& text, const Values& values, const LetterHead& letter) {
    const Head head = head_of(values, letter);
    auto pages = text_pages(text, std::max(first_text_top, head.bottom + paragraph_gap));
    // Read first, so written first: who is written to, who writes, then the text.
    Page above;
    place_address(letter, above);
    above.lines.insert(above.lines.end(), head.lines.begin(), head.lines.end());
    auto& first = pages.front().lines;
    first.insert(first.begin(), above.lines.begin(), above.lines.end());
    place_feet(values, pages);
    return pages;
}

void words_of(const std::vector<Block>& blocks, std::string& out) {
    for (const Block& block : blocks) {
        for (const Span& span : with_addresses(block.words)) out += span.text;
        words_of(block.inside, out);
    }
}

void check_head(const LetterHead& letter, std::vector<Finding>& findings) {
    if (letter.council.empty())
        findings.push_back({Finding::Severity::block, "the council's name", "", "a name", "The family would not see who writes."});
    if (std::all_of(letter.write_to.begin(), letter.write_to.end(), [](const auto& line) { return line.empty(); }))
        findings.push_back({Finding::Severity::block, "where to write back", "", "a postal address or an email address of the office",
                            "The family could not answer a letter."});
}

void check_window(const LetterHead& letter, std::vector<Finding>& findings) {
    const auto address = tidy_address(letter.address_lines);
    for (std::size_t i = 0; i < address.size(); ++i)
        if (set_line(address[i], address_type(address.size())).width > window.width)
            findings.push_back({Finding::Severity::block, "the address, line " + std::to_string(i + 1), address[i],
                                "a shorter line, or two of them", "The window of the envelope would cut it off."});
}

}  // namespace

Letter render_letter(const Template& which, const Values& given, const LetterHead& letter) {
    const Values values = on_paper(given);
    const Written text = written(which, values);
    const auto pages = pages_of(text, values, letter);
    return {pdf_of(pages, text.subject, letter.date), int(pages.size())};
}

std::vector<Finding> check_letter(const Template& which, const Values& given, const LetterHead& letter, const Wording& wording) {
    const Values values = on_paper(given);
    auto findings = check(which, values, wording);
    for (auto& finding : check_address(letter.address_lines)) findings.push_back(std::move(finding));
    check_head(letter, findings);
    check_window(letter, findings);

    const Written text = written(which, values);
    std::string words = text.subject;
    words_of(text.blocks, words);
    for (const auto* lines : {&letter.address_lines, &letter.write_to})
        for (const auto& line : *lines) words += line;
    for (const auto& character : without_a_letter(words))
        findings.push_back({Finding::Severity::warn, "the letter", character, "other letters, or leave it out",
                            "The printer has no such letter: it prints a box."});
    const auto pages = pages_of(text, values, letter).size();
    if (pages > std::size_t(letter_pages_max))
        findings.push_back({Finding::Severity::block, "the letter", std::to_string(pages) + " pages",
                            "at most " + std::to_string(letter_pages_max) + " pages", "It does not go into the envelope, and is too long to read."});
    return findings;
}

}  // namespace hearback
