// What the two pages share on which a call or a letter is written down: whom it is from.
#pragma once

#include "edges/web/pages/frame.hpp"

namespace hearback {

/// Whom an entry is from, as far as its address or form says.
struct From {
    std::string conversation = {}, case_id = {}, contact = {}, name = {}, telephone = {};
    std::string child = {}, year = {}, relation = {}, email = {};  ///< as the list has them
    std::vector<QueueRow> owed = {};
    bool is_chosen() const { return !conversation.empty() || !case_id.empty() || !name.empty(); }
};

/// From ?conversation=, ?case= and ?contact=, or the form's fields of these names.
From from_whom(const Visit&);
/// What the part `from` shows: who it is, or a box to look them up and who was found.
Node from_node(const Visit&, const From&, std::string_view page);

}  // namespace hearback
