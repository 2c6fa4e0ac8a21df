// Answers questions about dates, one JSON object a line (calendar.hpp). Ends at the end of the input; a line that makes
// no sense gets an error line and stops nothing.
#pragma once

#include <iosfwd>

namespace hearback {

void answer_date_questions(std::istream& in, std::ostream& out);

}  // namespace hearback
