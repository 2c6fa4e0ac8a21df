// One text for families, written once: Markdown with `((field))` and `((field??text when it has a value))` as GOV.UK
// Notify users know them, rendered to a subject, plain text (RFC 3676 fixed, 72 columns) and HTML for a telephone.
// Values are text, never mark-up: they are put in after the Markdown has been read.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "words/placeholders.hpp"
#include "words/wording.hpp"

namespace hearback {

/// Field names to text. A field that is absent or empty has no value.
using Values = std::map<std::string, std::string, std::less<>>;
std::string_view value_of(const Values&, std::string_view field);  ///< empty when it has none

struct Rendered {
    std::string subject, text, html;
};

/// Immutable once read, so any thread may render it.
class Template {
  public:
    /// Reads front matter and text. Throws std::invalid_argument that names the template and the place: a field of the
    /// front matter missing, a mandatory part that the text does not have, HTML, an open bracket, a blocked phrase.
    Template(std::string name, std::string_view source, const Wording& = Wording::shipped());

    const std::string& name() const { return name_; }
    const std::string& trigger() const { return trigger_; }
    const std::string& audience() const { return audience_; }
    const std::string& review_by() const { return review_by_; }  ///< a date, YYYY-MM-DD
    const std::vector<std::string>& fields() const { return fields_.names; }
    /// Words of the template itself that could be plainer.
    const std::vector<Finding>& warnings() const { return warnings_; }

  private:
    friend struct Written written(const Template&, const Values&);
    friend std::vector<Finding> check(const Template&, const Values&, const Wording&);

    std::string name_, trigger_, audience_, review_by_, person_, greeting_;
    std::vector<std::string> mandatory_, prose_;
    Fields fields_;
    Pieces subject_, body_;
    std::vector<Finding> warnings_;
};

/// Total and quick: a field without a value leaves nothing, a link that is neither https nor mailto loses its address.
/// Ask check() first; what it blocks is not to be sent.
Rendered render(const Template&, const Values&);

/// What is wrong with these values: a missing one, no named person, nobody greeted, an unsafe link, and in the fields
/// that a person writes (`prose`) blocked phrases, unexplained letters and office words.
std::vector<Finding> check(const Template&, const Values&, const Wording& = Wording::shipped());

/// A template that this program was built with (templates/README.md). Throws std::out_of_range when there is none.
const Template& shipped_template(std::string_view name);

}  // namespace hearback
