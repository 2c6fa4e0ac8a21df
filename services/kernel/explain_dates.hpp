// Says in words how a promise's day was counted, step by step, so that anyone can check it with a wall calendar.
// London time throughout; nothing here decides, it repeats what working_time.hpp counts.
#pragma once

#include <string>
#include <vector>

#include "kernel/working_time.hpp"

namespace hearback {

/// How a message received at this instant gets its answer day. One sentence a step, for example:
/// "Received Thursday 15 February 2024 at 9:40pm." "We closed at 6pm, so it counts for Friday 16 February."
/// "One working day later is Monday 19 February: Saturday 17 and Sunday 18 February do not count."
/// "So the answer is due by 6pm on Monday 19 February."
std::vector<std::string> explain_answer_day(const OpenTime& answering, Instant received, int working_days);

/// When a message that is ready now would leave, and why: "It can leave at once: ..." or "It waits until 8am on ...:
/// ...".
std::string explain_leaving(const OpenTime& window, Instant ready);

/// "one working day", "3 working days"
std::string working_days_words(int count);

}  // namespace hearback
