// The journal: what was concluded, one decision a record, each chained to the last one that counted.
//
// The chain rule: a record counts iff its `prevhash` is the hash of the last record that counted. Everything else is
// ignored and counted. It gives conditional append, fencing of a stale clerk, atomic decisions and tamper evidence,
// with no clock, lease or transaction in the argument. Every reader goes through this class; nobody reads the topic raw.
#pragma once

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

/// The hash of a record (design 12): SHA-256 over the length-prefixed headers in name order (all but `hash`), then the
/// value as stored. Lower-case hex.
std::string record_hash(const Record&);

/// The head before the first record of an authority's journal.
Head genesis(std::string_view authority);

/// Chains a record to `head`: adds `sequence`, `prevhash`, `inboxoffset` and `hash`, and moves `head` on as if it had
/// counted (`head.next` is left alone). `inbox_next` is the first inbox offset still undecided after this record.
void chain(Record&, Head& head, Offset inbox_next);

/// Reads the journal by the rule. One thread.
class Journal {
  public:
    Journal(Log&, Head from);

    /// Calls `counted` for each next record that counts, in order; waits up to `wait` for the first; returns how many
    /// records it looked at. Throws LogError{refused} when a record's own `hash` is wrong or offsets have a hole where
    /// the log promises none (corruption is not a lost race), and {out_of_range} when the position is gone.
    std::size_t advance(std::size_t most, std::chrono::milliseconds wait, const std::function<void(const Stored&)>& counted);

    const Head& head() const { return head_; }
    std::uint64_t ignored() const { return ignored_; }  ///< lost races seen so far

  private:
    Log& log_;
    Head head_;
    std::uint64_t ignored_ = 0;
};

}  // namespace hearback
