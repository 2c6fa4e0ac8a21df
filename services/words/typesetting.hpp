// Words set in type for paper: broken into lines, placed on A4 pages, written as PDF. Lengths are points (1/72 inch),
// counted from the sheet's top left corner. The type is Liberation Sans, and Noto Sans for scripts that it lacks (Urdu,
// Bengali, ...), embedded in the PDF; no other font of the machine is looked at, so the same words give the same bytes.
// Any thread. Throws std::runtime_error when the fonts are not installed.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/instant.hpp"
#include "words/blocks.hpp"

typedef struct _PangoLayout PangoLayout;

namespace hearback {

constexpr double mm(double millimetres) { return millimetres * 72 / 25.4; }
inline constexpr double sheet_width = mm(210), sheet_height = mm(297);

struct Type {
    double size, leading;  ///< leading: from one line's top to the next one's
    bool bold = false;
};

struct Line {
    std::shared_ptr<PangoLayout> set;
    Type type;
    double width;
    bool right_to_left;  ///< its paragraph is: the line stands at the right
};

/// Lines no wider than `width`, broken at spaces; a longer word is broken where it must be. Never empty.
std::vector<Line> set_lines(const std::vector<Span>&, Type, double width);
/// One line, however wide.
Line set_line(std::string_view text, Type);

/// The characters that no font here has, each once. They are printed as a box with their number.
std::vector<std::string> without_a_letter(std::string_view text);

struct Page {
    struct PlacedLine {
        Line line;
        double left, top;
    };
    struct Rule {
        double left, top, width, height;
    };
    std::vector<PlacedLine> lines;
    std::vector<Rule> rules;
};

/// A PDF that names its language (British English), its title and the day it is from; no clock is asked.
std::string pdf_of(const std::vector<Page>&, const std::string& title, Date);

}  // namespace hearback
