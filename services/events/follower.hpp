// Reads the journal once for everybody in a process: applies the chain rule, decodes each decision once, and tells each
// listener in turn. Listeners are told from the first record on; who keeps a position of their own skips what they know.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "events/codec.hpp"
#include "log/journal.hpp"

namespace hearback {

using Types = std::set<std::string, std::less<>>;

/// A decision, shared by all who are told of it.
using Told = std::shared_ptr<const Decision>;

class Listener {
  public:
    virtual ~Listener() = default;
    virtual const Types& hears() const = 0;
    /// On the follower's thread: must be quick, or hand the work on. `head` includes this decision. The decision may
    /// hold events that others asked for.
    virtual void hear(const Told&, const Head& head) = 0;
    /// There is nothing more to read for now.
    virtual void caught_up() {}
};

class Follower {
  public:
    Follower(Log&, std::string authority, Seal&);
    /// Before run().
    void add(Listener&);
    /// Before run(): what `head` includes is known to all listeners and not told again. Without it, they are told everything.
    void go_on_from(Head head) { from_ = std::move(head); }
    /// Before run(): when there is nothing more to read it looks again only after so long, and what has come meanwhile is told together.
    void rest_between(Millis time) { rest_ = time; }
    /// Until it is stopped. A log that is unwell is tried again, with `trouble` told in words; what will not mend throws.
    void run(std::stop_token, const std::function<void(std::string_view)>& trouble);

    /// How many records that counted every listener has been told and has taken in.
    std::uint64_t sequence() const { return sequence_; }
    std::uint64_t ignored() const { return ignored_; }

  private:
    void tell(const Stored&, const Head&);
    void rest(const std::stop_token&) const;

    Log& log_;
    Head from_;
    Millis rest_{0};
    Seal& seal_;
    std::vector<Listener*> listeners_;
    Types wanted_;
    std::atomic<std::uint64_t> sequence_ = 0, ignored_ = 0;
};

}  // namespace hearback
