// `hearback calendar`: says how a day was counted, in words; or answers many questions about dates, one JSON a line.
// All times are London times. Bank holidays are England's, as shipped. Nothing is stored and no clock is read.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace hearback {

/// `args` is what follows the command's name:
///   2024-02-15T21:40 [DAYS]   how a message received then gets its answer day DAYS working days later (1 when left
///   out) 2024-02-15                whether that is a working day
///   --batch                   reads {"id": ..., "op": ..., ...} lines and prints {"id": ..., "result": ...} lines;
///                             {"id": ..., "skip": true} for a rule that this program does not have, and
///                             {"id": ..., "error": "..."} for a question that makes no sense.
/// Returns the program's exit status; a wrong argument is 2 and says what is expected.
int run_calendar(const std::vector<std::string>& args, std::istream& in, std::ostream& out);

}  // namespace hearback
