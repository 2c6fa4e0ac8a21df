// One act of a machine or a page's equal: who acts, with what words, and what came of it.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "edges/web/api/body.hpp"
#include "edges/web/office_desk.hpp"

namespace hearback {

struct Act {
    const OfficeDesk& desk;
    const Request& request;
    const Body& body;
    StaffId staff;                   ///< in whose name
    std::string machine;             ///< whose key was shown; empty when none is wanted
    std::string idempotency_key = {};  ///< the header's text; empty when there is none
};

/// The text of an Idempotency-Key header, a quoted one (RFC 8941 3.3.3); nothing when it is not.
std::optional<std::string> idempotency_key_in(std::string_view header);

/// Whether an act that was named from outside is another request than the one that its name was used for: then 422.
std::optional<Response> mixed_up(const Act&, const std::string& act_id);
/// Names the act: by its Idempotency-Key, else by the body's "act", else anew; of a machine with the name of its key in
/// it, so that inbox and journal keep for ever which key did it (at its end: other ids are composed of its beginning).
std::string act_id(const Act&);

/// Does it, unless something is wrong with the body, and says what came of it.
Response done(const Act&, AnyEvent, std::span<const Blob> = {});

}  // namespace hearback
