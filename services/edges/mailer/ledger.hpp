// What a carrier has done about each attempt, in a small SQLite file of its own, so that a crash leaves no guess:
// without a mark the relay surely does not have the mail, with a mark and no outcome it may. The file may be deleted at
// any time: the new instance id then tells that older grants are uncertain. Thread-safe.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kernel/ids.hpp"

namespace hearback {

enum class AttemptState { begun, marked, sent, refused, try_later, uncertain };

struct LedgerEntry {
    AttemptId attempt;
    AttemptState state = AttemptState::begun;
    int code = 0;
    std::string words;
    bool operator==(const LedgerEntry&) const = default;
};

class Ledger {
  public:
    /// Opens or makes the file; `fresh` names the instance only when it is made. Keeps the last `rows_kept` outcomes.
    /// Throws std::runtime_error when the file cannot be used.
    Ledger(const std::filesystem::path&, InstanceId fresh, std::size_t rows_kept = 100'000);
    ~Ledger();

    const InstanceId& instance() const;
    /// In memory alone: an attempt of which nothing is stored has handed nothing over.
    void begin(const AttemptId&);
    /// Returns when the mark is on the disk (synchronous=FULL); marks of several threads share one commit.
    void mark(const AttemptId&);
    /// Survives the end of the process; a power cut may turn it back into a mark.
    void outcome(const LedgerEntry&);
    std::optional<LedgerEntry> state(const AttemptId&) const;
    /// Marked, without an outcome, oldest first: what is uncertain after a start.
    std::vector<LedgerEntry> open() const;

  private:
    struct Book;
    std::unique_ptr<Book> book_;
};

}  // namespace hearback
