// Whether a person wrote a mail or a machine did, with the reason in words; and whether a machine may answer it.
// In doubt it is a person's: a machine's mail in the queue costs a glance, a parent's mail set aside costs an answer.
#pragma once

#include "mail/mail.hpp"
#include "mail/mime_leaves.hpp"
#include "mail/read_mail.hpp"

namespace hearback {

/// Sets kind, kind_reason and no_answer_because from the headers, deliveries and text that `mail` already has.
void tell_kind(const MimeTree&, const ReadLimits&, Mail&);

}  // namespace hearback
