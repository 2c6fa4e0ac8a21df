// The questions in what a person wrote, offered to whoever answers as a list to tick.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hearback {

/// More are not offered: nobody ticks a longer list.
inline constexpr std::size_t questions_max = 12;
inline constexpr std::size_t question_bytes_max = 300;

/// Each sentence that ends in a question mark, in order, once, without line breaks. A hint and no more: a question without
/// its mark is not found, so answering is never a matter of ticks alone.
std::vector<std::string> questions_in(std::string_view text);

}  // namespace hearback
