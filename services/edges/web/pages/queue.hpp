// Somebody's day as lists of what waits for them: what the page Today and the API show.
#pragma once

#include <vector>

#include "edges/web/pages/frame.hpp"

namespace hearback {

struct Group {
    std::string id, name, says, more;
    bool waiting = false;
    std::vector<QueueRow> rows;
};

/// The caseworker's day, in groups. A group is never hidden; an empty one says so.
std::vector<Group> groups_of(const Visit&);

}  // namespace hearback
