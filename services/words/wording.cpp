#include "words/wording.hpp"

#include <re2/re2.h>
#include <re2/set.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "kernel/text.hpp"
#include "embedded/word_rules.hpp"

namespace hearback {

namespace {

struct Rule {
    Finding::Severity severity;
    std::string better, why;
    std::unique_ptr<const RE2> pattern;
};

enum class AcronymRule { expand, always_long, allowed };
struct Acronym {
    std::string words;
    AcronymRule rule;
};

RE2::Options case_blind() {
    RE2::Options options;
    options.set_case_sensitive(false);
    options.set_log_errors(false);
    return options;
}

std::string line_of(std::string_view place, std::string_view text, std::size_t at) {
    const auto line = 1 + std::count(text.begin(), text.begin() + std::ptrdiff_t(at), '\n');
    return std::string(place) + (line > 1 || text.find('\n') != text.npos ? ", line " + std::to_string(line) : "");
}

/// Patterns are written with straight apostrophes and plain spaces; people and word processors use others.
std::string straightened(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto rest = text.substr(i);
        if (rest.starts_with("\u2019") || rest.starts_with("\u2018")) {
            result += '\'';
            i += 2;
        } else if (rest.starts_with("\u00a0")) {
            result += ' ';
            i += 1;
        } else {
            result += text[i];
        }
    }
    return result;
}

}  // namespace

struct Wording::Rules {
    std::vector<Rule> wording;
    std::unique_ptr<RE2::Set> any;  ///< all patterns at once: most texts match none
    std::map<std::string, Acronym, std::less<>> acronyms;
    std::map<std::string, std::string, std::less<>> plain_words;
    std::unique_ptr<const RE2> any_plain_word;
    const RE2 capitals{R"((?:^|[^A-Za-z0-9&/@.-])([A-Z][A-Z0-9&]*[A-Z0-9])(s?)(?:[^A-Za-z0-9&@-]|$))"};

    void read_wording(const YAML::Node& rows) {
        any = std::make_unique<RE2::Set>(case_blind(), RE2::UNANCHORED);
        for (const auto& row : rows) {
            const auto pattern = row["pattern"].as<std::string>();
            std::string error;
            if (any->Add(pattern, &error) < 0) throw std::invalid_argument(row["id"].as<std::string>() + ": " + error);
            const bool block = row["severity"].as<std::string>() == "block";
            wording.push_back({block ? Finding::Severity::block : Finding::Severity::warn,
                               row["better"].as<std::string>(), row["why"].as<std::string>(),
                               std::make_unique<const RE2>(pattern, case_blind())});
        }
        any->Compile();
    }

    void read_acronyms(const YAML::Node& rows) {
        for (const auto& row : rows) {
            const auto rule = row["rule"].as<std::string>();
            acronyms[row["short"].as<std::string>()] = {row["long"].as<std::string>(),
                                                        rule == "long"     ? AcronymRule::always_long
                                                        : rule == "expand" ? AcronymRule::expand
                                                                           : AcronymRule::allowed};
        }
    }

    void read_plain_words(const YAML::Node& rows) {
        std::string pattern = R"(\b()";
        for (const auto& row : rows) {
            const auto word = row["found"].as<std::string>();
            plain_words[word] = row["better"].as<std::string>();
            pattern += (pattern.size() > 3 ? "|" : "") + word;
        }
        any_plain_word = std::make_unique<const RE2>(pattern + R"()\b)", case_blind());
    }

    void find_wording(std::string_view text, std::string_view place, std::vector<Finding>& findings) const {
        std::vector<int> matches;
        const re2::StringPiece piece(text.data(), text.size());
        if (!any->Match(piece, &matches)) return;
        std::sort(matches.begin(), matches.end());
        for (const int index : matches) {
            const Rule& rule = wording[std::size_t(index)];
            re2::StringPiece found;
            if (!rule.pattern->Match(piece, 0, text.size(), RE2::UNANCHORED, &found, 1)) continue;
            findings.push_back({rule.severity, line_of(place, text, std::size_t(found.data() - text.data())),
                                found.as_string(), rule.better, rule.why});
        }
    }

    void find_acronyms(std::string_view text, std::string_view place, std::vector<Finding>& findings) const {
        const std::string words = lower_case(text);
        re2::StringPiece rest(text.data(), text.size()), found, plural;
        while (RE2::FindAndConsume(&rest, capitals, &found, &plural)) {
            rest = {plural.data() + plural.size(),
                    std::size_t(text.data() + text.size() - plural.data() - plural.size())};
            const auto where = line_of(place, text, std::size_t(found.data() - text.data()));
            const std::string_view token(found.data(), found.size());
            const auto known = acronyms.find(token);
            if (known == acronyms.end()) {
                // A road, a postcode, a form's number.
                if (token.find_first_of("0123456789") != token.npos) continue;
                findings.push_back({Finding::Severity::warn, where, std::string(token), "the words in full",
                                    "Not everyone knows these letters."});
                continue;
            }
            const auto& [full, rule] = known->second;
            if (rule == AcronymRule::allowed) continue;
            if (rule == AcronymRule::expand && words.find(lower_case(full)) != words.npos) continue;
            findings.push_back({Finding::Severity::block, where, std::string(token), full,
                                "Letters that the family may not know are written out."});
        }
    }

    void find_office_words(std::string_view text, std::string_view place, std::vector<Finding>& findings) const {
        re2::StringPiece rest(text.data(), text.size()), found;
        while (RE2::FindAndConsume(&rest, *any_plain_word, &found)) {
            const auto plain = plain_words.find(lower_case({found.data(), found.size()}));
            if (plain == plain_words.end()) continue;
            findings.push_back({Finding::Severity::warn, line_of(place, text, std::size_t(found.data() - text.data())),
                                found.as_string(), plain->second, "A shorter word says the same."});
        }
    }
};

Wording::Wording(std::string_view rules_json) {
    auto rules = std::make_unique<Rules>();
    try {
        const YAML::Node root = YAML::Load(std::string(rules_json));
        rules->read_wording(root["wording"]);
        rules->read_acronyms(root["acronyms"]);
        rules->read_plain_words(root["plain_words"]);
    } catch (const std::exception& error) {
        throw std::invalid_argument(std::string("wording rules: ") + error.what());
    }
    rules_ = std::move(rules);
}

Wording::~Wording() = default;

const Wording& Wording::shipped() {
    static const Wording wording(embedded::word_rules().front().text);
    return wording;
}

std::vector<Finding> Wording::check(std::string_view text, std::string_view place) const {
    std::vector<Finding> findings;
    const std::string plain = straightened(text);
    rules_->find_wording(plain, place, findings);
    rules_->find_acronyms(plain, place, findings);
    rules_->find_office_words(plain, place, findings);
    return findings;
}

}  // namespace hearback
