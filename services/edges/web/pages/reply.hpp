// A reply as it is being written, and the box in which it is: on the conversation's page, and alone when its words are checked.
#pragma once

#include <set>

#include "edges/web/pages/frame.hpp"
#include "events/casework.hpp"
#include "words/wording.hpp"

namespace hearback {

struct Draft {
    std::string words = {}, subject = {}, seen = {}, error = {};
    ReplyKind kind = ReplyKind::full;
    std::string new_day = {};                ///< of news: an ISO date, or empty when the day stays
    Signpost help = {};                      ///< of signposted and passed on
    std::set<std::string> answered = {};     ///< questions that are ticked
    std::set<std::string> cases = {};        ///< children whose promise it keeps
    bool by_post = false;
    std::string address = {};                ///< of a letter: the lines of the envelope
    bool check = false;                      ///< shown with its hints and as the family will read it
    bool changed = false;                    ///< the family has written since it was begun
};

/// A draft's words looked over, and how the family will read them: the template's own rendering, down to the signature.
struct ReadThrough {
    std::vector<Finding> hints;
    std::string text;
    bool may_finish = false;  ///< blocked words must go first
};
ReadThrough read_through(const Visit&, const CaseFile&, const Draft&);

/// What an empty box begins with.
Draft empty_draft(const Visit&, const CaseFile&);
/// What the part `editor` shows (pages/README.md).
Node reply_node(const Visit&, const CaseFile&, const Draft&);
/// The conversation's page with a draft that was not taken.
Response conversation_with(const Visit&, const CaseFile&, const Draft*);
/// "Ada Okafor, Year 6", or what it is instead.
std::string caption_of(const CaseFile&);

}  // namespace hearback
