// Whether a message seems to say thank you, or to be a reaction (a thumb, a heart), and to ask nothing.
#pragma once

#include <string_view>

namespace hearback {

/// A guess that is offered to a person and never acted on: the clock runs until somebody agrees. It errs towards "asks
/// something": a word of asking, doubt or need, a question mark or many words make it false.
bool seems_thanks_only(std::string_view new_words);

}  // namespace hearback
