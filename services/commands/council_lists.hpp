// The council's lists as files: CSV with a header line, told apart by their columns.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "deciders/directory/difference.hpp"

namespace hearback {

/// The rows of all files, each with a number of its own, and where each stands.
struct CouncilLists {
    struct Place {
        std::string file;
        std::int64_t line = 0;
    };
    Lists rows;
    std::map<std::int64_t, Place> places;
    std::vector<std::string> unreadable;  ///< lines that are no rows: file, line and what to do

    /// "contacts.csv, line 3, column email: ...".
    std::string told(const Difference::Fault&) const;
};

/// Throws BadConfig for a file that cannot be read or is none of our lists.
CouncilLists read_lists(const std::vector<std::string>& files);

}  // namespace hearback
