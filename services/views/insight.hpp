// What managers count, as facts to be counted: each comes with the question that opens it down to its messages. Instants
// are UTC; a period is from its first instant up to but not including its last.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "kernel/instant.hpp"
#include "views/row.hpp"
#include "views/view.hpp"

namespace hearback {

struct Period {
    Instant from{}, to{};
};

/// One promise.
struct PromiseFact {
    Instant received_at{}, given_at{};  ///< when the family wrote; when somebody had it (zero: nobody yet)
    Instant judged_at{}, kept_at{};     ///< kept_at is zero while it is open
    bool kept_late = false, broken = false, moved = false, no_answer = false;
};

/// Messages for families that waited for a working morning, by the London day on which they were written.
struct NightFact {
    std::string day;
    std::int64_t waited = 0, stopped = 0;
    Instant last_left{};
};

struct CauseFact {
    std::string because, owner, owner_name;
    std::array<std::int64_t, 3> went_up{};
};

/// One connection; one thread. `team` empty: the whole service.
class Insight {
  public:
    explicit Insight(const Views& views) : db_(views.reader()) {}

    std::vector<PromiseFact> due_in(const Period&, const std::string& team);   ///< of an answer or a call back, whose day ended in the period
    std::vector<PromiseFact> answered_in(const Period&, const std::string& team);  ///< answered, not set down, in it
    std::vector<PromiseFact> received_in(const Period&, const std::string& team);  ///< of an answer or a call back, for what the family wrote in the period
    /// All that is owed now, what was promised by hand too.
    std::vector<PromiseFact> open(const std::string& team);
    /// How often something came to each rung: team manager, head of service, complaints team.
    std::array<std::int64_t, 3> went_up(const Period&, const std::string& team);
    /// How often something came to each rung, by its cause: LateBecause, and who should have answered. The most frequent first.
    std::vector<CauseFact> causes(const Period&, const std::string& team);
    std::vector<NightFact> nights(const Period&, const std::string& team);

  private:
    std::vector<PromiseFact> facts(std::string_view where, const Period&, const std::string& team);
    Database db_;
    Prepared prepared_;
};

}  // namespace hearback
