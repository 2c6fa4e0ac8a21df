#include <ostream>

#include "commands/commands.hpp"
#include "views/search.hpp"

namespace hearback {

int rebuild_search(const Where& where, std::ostream& out) {
    make_folder(where.data);
    SearchIndex::ask_for_new(where.data);
    out << "When the program starts next, the search is made anew from the log. The old one answers until the new one has caught up.\n";
    return 0;
}

}  // namespace hearback
