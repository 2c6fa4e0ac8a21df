// Who is who in a list of contacts: two people with one address are two, and one person with two addresses is one.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "deciders/directory/people.hpp"
#include "events/directory_import.hpp"

namespace hearback {

/// One row for each person and child, with all addresses of the person, in the order of the list. Rows are of one person when
/// they have one name and also one address, or the same relation to one child, or one home. A young person is never the
/// grown-up of the same name. Known people keep their id; one whose name alone has changed does too. `wrong` hears of rows
/// that contradict each other.
std::vector<ContactRow> persons_in(const People&, const std::vector<ContactRow>&, const std::string& run,
                                   const std::function<void(const ContactRow&, std::string column, std::string because)>& wrong);

}  // namespace hearback
