// What managers count, as facts to be counted: each comes with the question that opens it down to its messages. Instants
// are UTC; a period is from its first instant up to but not including its last.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "kernel/instant.hpp"
#include "kernel/working_time.hpp"
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

/// What staff finished for families, answers and news of one, that waited for a working morning, by the London day on which they were written.
struct NightFact {
    std::string day;
    std::int64_t waited = 0, stopped = 0;
    Instant last_left{};
};

struct NoAnswerFact {
    std::int64_t all = 0, sample = 0;
};
/// One of so many in each team is listed to be looked at again: who closes work without an answer is not the only one who sees it.
inline constexpr int no_answer_sample_of = 5;

struct CauseFact {
    std::string because, owner, owner_name;
    std::array<std::int64_t, 3> went_up{};
};
/// The week of this day and those before it, as many as are asked.
Period weeks_up_to(Date, int weeks);

/// How many promises were kept, in three ways of counting.
struct Shares {
    std::int64_t due = 0, kept = 0;                                 ///< "no answer needed" keeps one
    std::int64_t due_an_answer = 0, by_answering = 0, on_first_day = 0;  ///< only an answer does; only by the first day told
};
/// Of the promises whose day ended; one that is open still, with its day not over, is not judged.
Shares shares_of(const std::vector<PromiseFact>&);

/// Working times to an answer.
struct AnswerTimes {
    std::vector<std::chrono::seconds> since_written, since_given, before_given;
};
AnswerTimes times_of(const std::vector<PromiseFact>& answered, const OpenTime& answering);
/// The smallest time within which this share of them lies (nearest rank); nothing of no times.
std::optional<std::chrono::seconds> time_within(std::vector<std::chrono::seconds>, int percent);

/// Open promises of one age in working days.
struct AgeCount {
    int days = 0;
    bool or_more = false;
    std::int64_t open = 0, late = 0;
    Period received{};  ///< when the families wrote
};
/// The youngest first; the last age has no end.
std::vector<AgeCount> by_age(const std::vector<PromiseFact>& open, const OpenTime& answering, Instant now, int ages);

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
    /// Closed as "no answer needed" in this time.
    NoAnswerFact no_answer(const Period&, const std::string& team);
    std::vector<CauseFact> causes(const Period&, const std::string& team);
    std::vector<NightFact> nights(const Period&, const std::string& team);

  private:
    std::vector<PromiseFact> facts(std::string_view where, const Period&, const std::string& team);
    Database db_;
    Prepared prepared_;
};

}  // namespace hearback
