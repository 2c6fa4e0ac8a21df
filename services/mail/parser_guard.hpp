// Makes a raw mail harmless to the parser before it sees it: header fields and heads cut to their limits, messages that
// are known to exhaust its stack (address groups nested by the ten thousand) stripped to their head.
#pragma once

#include <string>
#include <string_view>

#include "mail/read_mail.hpp"

namespace hearback {

struct GuardedMail {
    std::string_view raw;     ///< the mail as given, when nothing had to be cut
    std::string copy;         ///< else the part of it that may be parsed
    std::string cut_because;  ///< what was cut, in words; empty when nothing was
};

GuardedMail guard_parser(std::string_view raw, const ReadLimits&);

}  // namespace hearback
