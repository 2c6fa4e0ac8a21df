// What a template says with these values, as a tree of blocks: its Markdown is read here and nowhere else. The email's
// two bodies and the letter on paper are written from the same tree, so they cannot say different things.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "words/template.hpp"

namespace hearback {

/// Words in one manner. `\n` ends a line; what people read as one thing is joined by non-breaking spaces.
struct Span {
    std::string text;
    bool bold = false;
    std::string link;  ///< https: or mailto:, else empty
};

struct Block {
    enum class Kind {
        paragraph,
        heading,
        inset,       ///< the things to read first
        list,        ///< of items
        item,        ///< its words, then what else is in it
        small_print  ///< the end of the text
    };
    Kind kind;
    std::vector<Span> words;    ///< of a paragraph, a heading, an item
    std::vector<Block> inside;  ///< of the others
};

struct Written {
    std::string subject;
    std::vector<Block> blocks;
};

/// Total, like render().
Written written(const Template&, const Values&);

/// For readers who cannot follow a link: its address stands behind its words, unless the words are the address.
std::vector<Span> with_addresses(const std::vector<Span>&);

}  // namespace hearback
