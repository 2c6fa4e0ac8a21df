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

struct ImportOptions {
    bool dry_run = false, show_all = false;
    int allow_share = -1;  ///< percent that may leave or move this time; -1: as the setting directory.share_max says
};
/// Reads the council's lists (CSV with a header line: teams, staff, cases, contacts, or one list of all), shows what would
/// change against what stands, and appends it. 1 and nothing appended when a row is bad (each is named with file, line, column
/// and what to do), or when more would leave or move than may.
int import_directory(const Where&, const std::vector<std::string>& files, const ImportOptions&, std::ostream& out);

/// Runs a standard (a YAML file with settings of standard.*, answering_hours, closure_days; what it leaves out is as it is now) dry
/// on what has happened, week by week, beside the one that is in force. Changes nothing.
int try_standard_file(const Where&, const std::string& file, std::ostream& out);

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
