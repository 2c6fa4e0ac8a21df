// The letter on paper: A4, from the same text as the email, with the field `paper` set (templates/README.md). The
// addressee stands where GOV.UK Notify and window envelopes look for the address, and nothing else does.
#pragma once

#include <string>
#include <vector>

#include "kernel/instant.hpp"
#include "words/postal_address.hpp"
#include "words/template.hpp"

namespace hearback {

/// What stands on paper around the text. Who writes, their telephone and the number to quote come from the values.
struct LetterHead {
    std::string council;                     ///< "Northmere Council"
    std::vector<std::string> write_to;       ///< where the family can write back: a postal address, an email address
    Date date;                               ///< of the release
    std::vector<std::string> address_lines;  ///< of the addressee, the name first
};

struct Letter {
    std::string pdf;
    int pages;
};

inline constexpr int letter_pages_max = 10;  ///< of GOV.UK Notify: five sheets

/// Total like render(), and the same arguments give the same bytes. Ask check_letter() first; what it blocks is not to
/// be sent. Throws std::runtime_error when the fonts are not installed.
Letter render_letter(const Template&, const Values&, const LetterHead&);

/// What check() finds; what is wrong with the address and the head; characters that would be printed as boxes (a
/// warning); too many pages.
std::vector<Finding> check_letter(const Template&, const Values&, const LetterHead&, const Wording& = Wording::shipped());

}  // namespace hearback
