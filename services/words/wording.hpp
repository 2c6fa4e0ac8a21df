// Which words go out to families: blame, brush-offs, acronyms and office words are found with the place and better
// words. The rules are data (rules.json); patterns are RE2, so no text can stall them. Immutable once made, safe from
// any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hearback {

/// One thing to change before a message goes out. `block` stops it, `warn` is shown to the person who writes.
struct Finding {
    enum class Severity { block, warn };
    Severity severity;
    std::string place;   ///< "body, line 3", "the name", as a caseworker would point at it
    std::string found;   ///< the words themselves
    std::string better;  ///< what to write instead
    std::string why;
};

class Wording {
  public:
    /// Throws std::invalid_argument that names the rule when one cannot be read.
    explicit Wording(std::string_view rules_json);
    ~Wording();
    /// The rules that this program was built with.
    static const Wording& shipped();

    /// Looks through plain text for a family. `place` begins each finding's place.
    std::vector<Finding> check(std::string_view text, std::string_view place) const;

  private:
    struct Rules;
    std::unique_ptr<const Rules> rules_;
};

}  // namespace hearback
