// The journal: what was concluded, one decision a record, each chained to the last one that counted.
//
// The chain rule: a record counts iff its `prevhash` is the hash of the last record that counted. Everything else is
// ignored and counted. It gives conditional append, fencing of a stale clerk, atomic decisions and tamper evidence,
// with no clock, lease or transaction in the argument. Every reader goes through this class; nobody reads the topic
// raw.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "log/log.hpp"

namespace hearback {

/// The end of the chain: what the next record must name. A role keeps it and compares at start.
struct Head {
    std::uint64_t sequence = 0;  ///< how many records have counted
    std::string hash;            ///< of the last that counted; at first the hash of the topic's name
    Offset next = 0;             ///< first offset not looked at yet
    Offset inbox_next = 0;       ///< first inbox offset that no counted record has concluded
    bool operator==(const Head&) const = default;
};

/// The hash of a record: SHA-256 over the number of headers, each header's name and value behind its length (four
/// bytes, high end first) in name order, without `ce_hash`, then the value as stored. Lower-case hex.
std::string record_hash(const Record&);

/// The head before the first record of an authority's journal.
Head genesis(std::string_view authority);

/// Chains a record to `head`: sets the headers `ce_sequence`, `ce_prevhash`, `ce_inboxoffset` and `ce_hash` (those of
/// an earlier try are replaced), and moves `head` on as if it had counted (`head.next` is left alone). `inbox_next` is
/// the first inbox offset still undecided after this record.
void chain(Record&, Head& head, Offset inbox_next);

/// Reads the journal by the rule. One thread.
class Journal {
  public:
    Journal(Log&, Head from);

    /// Calls `counted` for each next record that counts, in order; waits up to `wait` for the first; returns how many
    /// records it looked at. Inside `counted`, head() includes the record already; when it throws, begin again with a
    /// new Journal from a kept head. Throws LogError{refused} when a record's own hash is wrong, an offset is missing
    /// (corruption is not a lost race) or the head that we began from is no longer in the journal, and {out_of_range}
    /// when the position is gone.
    std::size_t advance(std::size_t most, std::chrono::milliseconds wait,
                        const std::function<void(const Stored&)>& counted);

    const Head& head() const { return head_; }
    std::uint64_t ignored() const { return ignored_; }  ///< lost races seen so far

  private:
    void count(const Stored&, std::string_view hash);
    void ignore();
    void find_head();
    bool head_stands_in(Offset begin, Offset end);

    Log& log_;
    Head head_;
    std::uint64_t ignored_ = 0;
    int ignored_run_ = 0;
    bool checked_ = false;
};

/// Reads the whole journal up to a head that somebody has kept and demands that the chain leads exactly there. Finds
/// what a reader that only goes on cannot: records swapped or replaced further back. Throws LogError{refused}.
void prove_chain(Log&, std::string_view authority, const Head& kept);

}  // namespace hearback
