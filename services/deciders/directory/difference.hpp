// What an import would change: the council's lists against the directory as it stands. The decider itself is asked about
// each row, so what is shown is what would be concluded.
#pragma once

#include <string>
#include <vector>

#include "deciders/directory/directory.hpp"

namespace hearback {

/// Rows of all files of one import. Each has a number of its own in `line`.
struct Lists {
    std::vector<TeamRow> teams;
    std::vector<StaffRow> staff;
    std::vector<CaseRow> cases;
    std::vector<ContactRow> contacts;
    /// Whether a list of that kind was among the files: only then is gone who is not in it.
    bool names_staff = false, names_cases = false, names_contacts = false;
};

struct Difference {
    struct Count {
        std::size_t standing = 0, added = 0, changed = 0, same = 0;
        std::size_t moved = 0;    ///< children: to another caseworker or team; people: to other addresses. Counted as changed too
        std::size_t removed = 0;
    };
    struct Moved {
        CaseListed before, after;
    };
    struct Readdressed {
        Contact before;
        std::vector<std::string> after;
    };
    /// A corrected address that the lists do not have yet: it stays.
    struct Kept {
        Contact person;
        Corrected corrected;
    };
    struct Fault {
        std::int64_t line = 0;
        std::string column, because;
    };

    Count teams, staff, cases, contacts;
    std::vector<Moved> moved;
    std::vector<Readdressed> readdressed;
    std::vector<Kept> kept;
    std::vector<Fault> faults;  ///< rows that cannot be taken: then nothing of the import is
    std::vector<StaffListed> not_in_staff_list;  ///< still here by our book: they are never removed, their work would be nobody's

    Lists rows;  ///< those that would change something
    std::vector<CaseId> gone_cases;
    std::vector<Gone> gone_contacts;

    bool is_empty() const;
    /// Percent of the children, or of the people, who would leave or move: the greater one, rounded up.
    std::size_t share() const;
};

/// `run` names the import: ids of new people are made of it.
Difference difference(const Directory::State&, const Lists&, const std::string& run, const Office&);

}  // namespace hearback
