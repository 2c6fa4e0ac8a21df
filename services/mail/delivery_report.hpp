// What a bounce says about each recipient: RFC 3464 where the other server keeps it, its prose where it does not.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/mail.hpp"
#include "mail/mime_leaves.hpp"

namespace hearback {

/// The recipients of the message/delivery-status parts, and X-Failed-Recipients.
std::vector<DeliveryFailure> reported_deliveries(const MimeTree&);

/// The recipients that a bounce in prose names, with the words said about each. `text` is the mail's whole text.
std::vector<DeliveryFailure> deliveries_in_prose(std::string_view text);

/// Adds the prose's words to failures that have none of their own, and what it tells about where they were refused.
void explain_from_prose(std::string_view text, std::vector<DeliveryFailure>&);

/// The Message-ID of the mail that is reported on, from the returned copy or headers; empty when none is found.
std::string reported_message_id(const MimeTree&, std::string_view text);

/// RFC 3463 status in `words` ("550 5.1.1 no such user"), "5.0.0" or "4.0.0" for a bare reply code; empty without
/// either.
std::string status_in(std::string_view words);

/// Whether the words or status mean that the address is bad for good. A full mailbox, a policy or a dead line do not.
bool is_hard(std::string_view status, std::string_view words);

}  // namespace hearback
