#include "words/template.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <stdexcept>

#include "embedded/templates.hpp"

namespace hearback {

namespace {

using List = std::vector<std::string>;

[[noreturn]] void refuse(const std::string& name, const std::string& reason) {
    throw std::invalid_argument("template " + name + ": " + reason);
}

struct Source {
    YAML::Node front;
    std::string_view body;
};

Source split(const std::string& name, std::string_view source) {
    constexpr std::string_view fence = "---\n";
    if (!source.starts_with(fence)) refuse(name, "does not begin with front matter between two lines of ---");
    source.remove_prefix(fence.size());
    const auto end = source.find("\n---\n");
    if (end == source.npos) refuse(name, "the front matter has no end, a line of ---");
    try {
        return {YAML::Load(std::string(source.substr(0, end + 1))), source.substr(end + 1 + fence.size())};
    } catch (const YAML::Exception& error) {
        refuse(name, "front matter: " + std::string(error.what()));
    }
}

std::string required(const YAML::Node& front, const std::string& name, const char* key) {
    if (!front.IsMap() || !front[key] || !front[key].IsScalar())
        refuse(name, "front matter: " + std::string(key) + " is missing");
    return front[key].Scalar();
}

List list_of(const YAML::Node& front, const char* key) { return front[key] ? front[key].as<List>() : List{}; }

/// The template's own words, each field as "…", each condition as if it held.
void fixed_words(const Pieces& pieces, std::string& out) {
    for (const Piece& piece : pieces) {
        out += piece.kind == Piece::Kind::text ? piece.text : "\u2026";
        fixed_words(piece.inside, out);
    }
}

bool contains_word(std::string_view text, std::initializer_list<std::string_view> words) {
    std::string padded = " ";
    for (const char c : text) padded += c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c == '/' || c == ',' ? ' ' : c;
    padded += ' ';
    return std::any_of(words.begin(), words.end(),
                       [&](auto word) { return padded.find(" " + std::string(word) + " ") != padded.npos; });
}

void check_people(std::string_view person_field, std::string_view person, std::string_view greeting_field,
                  std::string_view greeting, std::vector<Finding>& findings) {
    if (!person.empty() &&
        contains_word(person, {"team", "office", "service", "department", "council", "desk", "admin"}))
        findings.push_back({Finding::Severity::block, std::string(person_field), std::string(person),
                            "the name of the person who has it",
                            "A family is never answered by a team without a face."});
    if (contains_word(greeting, {"parent", "parents", "carer", "carers", "mum", "dad", "sir", "madam", "family"}))
        findings.push_back({Finding::Severity::block, std::string(greeting_field), std::string(greeting),
                            "the name of the person who wrote", "A letter to nobody is read by nobody."});
}

}  // namespace

std::string_view value_of(const Values& values, std::string_view field) {
    const auto found = values.find(field);
    return found == values.end() ? std::string_view{} : std::string_view(found->second);
}

Template::Template(std::string name, std::string_view source, const Wording& wording) : name_(std::move(name)) {
    const auto [front, text] = split(name_, source);
    trigger_ = required(front, name_, "trigger");
    audience_ = required(front, name_, "audience");
    review_by_ = required(front, name_, "review_by");
    try {
        subject_ = read_placeholders(required(front, name_, "subject"), fields_);
        body_ = read_placeholders(text, fields_);
        mandatory_ = list_of(front, "mandatory");
        prose_ = list_of(front, "prose");
    } catch (const YAML::Exception& error) {
        refuse(name_, "front matter: " + std::string(error.what()));
    } catch (const std::invalid_argument& error) {
        refuse(name_, error.what());
    }
    person_ = required(front, name_, "person");
    greeting_ = front["greeting"] ? front["greeting"].Scalar() : "";
    for (const auto& field : mandatory_)
        if (std::find(fields_.names.begin(), fields_.names.end(), field) == fields_.names.end())
            refuse(name_, "the mandatory part (( " + field + " )) is not in the text");
    if (std::find(mandatory_.begin(), mandatory_.end(), person_) == mandatory_.end())
        refuse(name_, "the person (( " + person_ + " )) must be a mandatory part");
    std::string words;
    fixed_words(subject_, words);
    words += '\n';
    fixed_words(body_, words);
    if (words.find('<') != words.npos) refuse(name_, "\"<\": a template holds no HTML");
    for (auto& finding : wording.check(words, "text")) {
        if (finding.severity == Finding::Severity::block)
            refuse(name_, finding.place + ": \"" + finding.found + "\", better: " + finding.better);
        warnings_.push_back(std::move(finding));
    }
}

std::vector<Finding> check(const Template& which, const Values& values, const Wording& wording) {
    std::vector<Finding> findings;
    const auto& names = which.fields_.names;
    const auto has_value = [&](std::size_t field) { return !value_of(values, names[field]).empty(); };
    std::vector<std::size_t> shown;
    shown_fields(which.subject_, has_value, shown);
    shown_fields(which.body_, has_value, shown);
    for (const auto& field : which.mandatory_)
        shown.push_back(std::size_t(std::find(names.begin(), names.end(), field) - names.begin()));
    std::sort(shown.begin(), shown.end());
    shown.erase(std::unique(shown.begin(), shown.end()), shown.end());
    for (const std::size_t field : shown) {
        const auto value = value_of(values, names[field]);
        if (value.empty())
            findings.push_back({Finding::Severity::block, names[field], "", "a value", "The family would read a gap."});
        else if (names[field].ends_with("_link") && !value.starts_with("https://") && !value.starts_with("mailto:"))
            findings.push_back({Finding::Severity::block, names[field], std::string(value),
                                "an address that begins with https://",
                                "Other links can harm the person who follows them."});
    }
    check_people(which.person_, value_of(values, which.person_), which.greeting_, value_of(values, which.greeting_),
                 findings);
    for (const auto& field : which.prose_)
        for (auto& finding : wording.check(value_of(values, field), field)) findings.push_back(std::move(finding));
    return findings;
}

const Template& shipped_template(std::string_view name) {
    static const auto shipped = [] {
        std::map<std::string, Template, std::less<>> templates;
        for (const auto& file : embedded::templates()) {
            const std::string folder(file.path.substr(0, file.path.find('/')));
            templates.try_emplace(folder, folder, file.text);
        }
        return templates;
    }();
    const auto found = shipped.find(name);
    if (found == shipped.end()) throw std::out_of_range("there is no template " + std::string(name));
    return found->second;
}

}  // namespace hearback
