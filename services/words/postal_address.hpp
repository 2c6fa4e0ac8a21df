// An address that a letter can be posted to in the United Kingdom: the rules of GOV.UK Notify, which the print room and
// the post office can keep as well. Pure.
#pragma once

#include <string>
#include <vector>

#include "words/wording.hpp"

namespace hearback {

inline constexpr std::size_t address_lines_min = 3, address_lines_max = 7;

/// As it is printed: no empty lines, no spaces or commas at a line's end, the postcode as the post office writes it.
std::vector<std::string> tidy_address(const std::vector<std::string>& lines);

/// What is wrong with it, in words for the person who can mend it; nothing when a letter can be posted there.
/// The lines are the addressee's name first and the postcode last.
std::vector<Finding> check_address(const std::vector<std::string>& lines);

}  // namespace hearback
