// The email addresses of a person: as the lists have them, as they were corrected, and who is found by them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "deciders/directory/people.hpp"
#include "events/directory_import.hpp"

namespace hearback {

using Addresses = std::vector<std::string>;

bool has(const Addresses&, std::string_view address);
/// Something before and after one "@", and nothing that no address of a family has.
bool is_address(std::string_view text);
/// Lower case, each once, in the order in which they are written.
Addresses in_row(const ContactRow&);
Addresses addresses_of(const ContactListed&);

/// What counts where the lists say this: each correction that they do not know yet holds against them.
Addresses that_count(Addresses in_lists, const std::vector<Corrected>&);

/// The person as an event about one child's list.
ContactListed listed(const Contact&, const CaseId&, Relation, ListedBy);

void is_found(People&, Contact&);
void no_longer_found(People&, const Contact&);

}  // namespace hearback
