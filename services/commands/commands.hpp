// The commands beside `run` and `calendar`: each reads or appends beside a running program. Results go to `out`; the
// value is the exit status. Anything wrong is thrown as one sentence that says what to do.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "commands/premises.hpp"
#include "edges/web/api/machine_keys.hpp"

namespace hearback {

/// Makes what is missing of the log (Kafka's topics, or the embedded file) and says what it did.
int create_log(const Where&, int replication, std::ostream& out);

/// Reads the council's lists (CSV with a header line: teams, staff, cases, contacts, or one list of all), reports every
/// bad row with file, line and reason, and appends the good ones. 1 when a row was bad.
int import_directory(const Where&, const std::vector<std::string>& files, std::ostream& out);

struct JournalOptions {
    bool json = false, follow = false, verify = false;
};
/// Shows the journal, one decision after the other; verify: reads the whole chain and says whether it holds.
int show_journal(const Where&, const JournalOptions&, std::ostream& out);

/// What each decider hears and says, from the types.
int show_services(std::ostream& out);

/// The causes of an event up to the mail or the click that began it.
int explain_why(const Where&, const std::string& event, std::ostream& out);

/// Keys for machines, beside a running program: it sees them at its next request. The new key is shown once.
int add_machine_key(const Where&, const std::string& name, MachineMay, std::ostream& out);
int list_machine_keys(const Where&, std::ostream& out);
int remove_machine_key(const Where&, const std::string& name, std::ostream& out);

/// The search index is made anew beside the live one when the program starts next.
int rebuild_search(const Where&, std::ostream& out);

/// Every stored message as one JSON object a line, for checking readers of mail against a corpus.
int dump_messages(const Where&, std::ostream& out);

}  // namespace hearback
