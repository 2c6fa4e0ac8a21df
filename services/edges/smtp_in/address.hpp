// Which envelope addresses are taken (RFC 5321 4.1.2, narrower where width has been used for relaying).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hearback {

/// Where the path that begins with '<' ends; a '>' inside a quoted local part does not count. npos without an end.
std::size_t end_of_path(std::string_view path);

/// `a@b` of `@relay:a@b`: a sender's source route is taken and passed over (RFC 5321 appendix C). Never makes the null
/// sender of something else.
std::string_view without_route(std::string_view path);

/// An address that a delivery report could go to: local@domain, no blanks, no source route; beyond ASCII only `utf8`.
bool is_sender(std::string_view address, bool utf8);

/// `mailbox`, `name+anything` of one, postmaster of one's domain, or plain "postmaster"; without case. Nothing else:
/// quoted local parts, percent signs, bangs and source routes never match.
bool is_mailbox_of(std::string_view address, const std::vector<std::string>& mailboxes);

}  // namespace hearback
