// What a member of staff enters by hand, a call or a letter, and why it cannot be taken. Routing files it and casework
// notes it: both ask here, so that neither does half of it.
#pragma once

#include <optional>

#include "deciders/office.hpp"
#include "events/casework.hpp"
#include "events/web.hpp"

namespace hearback {

std::optional<RefusedBecause> why_refused(const Office&, const CallLogged&);
std::optional<RefusedBecause> why_refused(const Office&, const LetterLogged&);

}  // namespace hearback
