// Children whom a message from an unknown address may be about, and why. A hint for the person who matches, never proof.
#pragma once

#include <string>
#include <vector>

#include "edges/web/office_desk.hpp"

namespace hearback {

struct Guess {
    std::string case_id, child, why;
    bool likely = false;  ///< more than a first name speaks for this child
};

/// By what the sender writes and is called: the child's number, a telephone number or a name from the child's list, the child's own
/// name; the strongest first, at most five. When the address itself is in several lists, those children and no others. Nothing is
/// chosen beforehand, and nobody outside is told anything.
std::vector<Guess> guesses_of(const OfficeDesk&, const QueueRow&);

}  // namespace hearback
