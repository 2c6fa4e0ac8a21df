#include "edges/web/pages/guesses.hpp"

#include <algorithm>
#include <set>

#include "deciders/directory/people.hpp"
#include "edges/web/pages/frame.hpp"
#include "kernel/text.hpp"

namespace hearback {

namespace {

constexpr std::size_t guesses_shown = 5, telephone_digits_least = 10, telephone_digits_most = 14;
constexpr int looked_at = 50;

/// How much something speaks for a child; what comes together adds up.
constexpr int first_name_alone = 1, first_and_family_name = 3, writer_is_listed = 4, telephone_is_listed = 5, number_is_given = 6;
constexpr int likely_from = first_and_family_name;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The pieces of a text that are made of such characters only.
template <class Belongs>
std::set<std::string> pieces(const std::string& text, Belongs belongs) {
    std::set<std::string> found;
    std::string piece;
    for (const char c : text + "\n") {
        if (belongs(c)) piece += c;
        else if (!piece.empty()) found.insert(std::exchange(piece, {}));
    }
    return found;
}

class Candidates {
  public:
    explicit Candidates(Reading reading) : reading_(std::move(reading)) {}

    void by_number(const std::string& text) {
        for (const auto& word : pieces(text, [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '/'; })) {
            if (std::none_of(word.begin(), word.end(), is_digit)) continue;
            for (const auto& child : reading_.cases(word, looked_at))
                if (lower_case(child.id) == lower_case(word)) add(child, number_is_given, "The email has this child’s number.");
        }
    }

    void by_telephone(const std::string& text) {
        for (const auto& number : pieces(text, [](char c) { return is_digit(c) || c == ' ' || c == '-'; })) {
            const auto digits = std::size_t(std::count_if(number.begin(), number.end(), is_digit));
            if (digits < telephone_digits_least || digits > telephone_digits_most) continue;
            for (const auto& person : reading_.people_like(number, looked_at)) add(person, telephone_is_listed, "The email has the telephone number of " + person.name + ", who is in this child’s list.");
        }
    }

    void by_writer(const std::string& writer) {
        if (writer.find(' ') == writer.npos) return;  // one word is not enough to know somebody by
        for (const auto& person : reading_.people_like(writer, looked_at))
            if (lower_case(person.name) == lower_case(writer)) add(person, writer_is_listed, "Somebody called " + person.name + " is in this child’s list, at another address.");
    }

    void by_first_name(const std::string& text, const std::string& writer) {
        for (const auto& word : pieces(text, is_letter)) {
            if (word.size() < 3 || word[0] < 'A' || word[0] > 'Z') continue;
            for (const auto& child : reading_.cases(word, looked_at)) {
                if (first_name(child.child) != word) continue;
                const auto family = child.child.substr(child.child.rfind(' ') + 1);
                const bool same = writer.ends_with(" " + family);
                add(child, same ? first_and_family_name : first_name_alone, "The email has the name " + word + (same ? ", and the sender is called " + family + " too." : "."));
            }
        }
    }

    std::vector<Guess> strongest() {
        std::stable_sort(found_.begin(), found_.end(), [](const Candidate& a, const Candidate& b) { return a.speaks > b.speaks; });
        std::vector<Guess> guesses;
        for (const auto& each : found_)
            if (guesses.size() < guesses_shown) guesses.push_back({each.child.id, each.child.child, each.why + " " + year_words(each.child.year) + ", caseworker " + each.child.caseworker_name + ".", each.speaks >= likely_from});
        return guesses;
    }

  private:
    struct Candidate {
        CaseRef child;
        int speaks = 0;
        std::string why;
    };

    void add(const ListedPerson& person, int speaks, const std::string& why) {
        for (const auto& child : reading_.cases(person.case_id, looked_at))
            if (child.id == person.case_id) add(child, speaks, why);
    }
    void add(const CaseRef& child, int speaks, const std::string& why) {
        auto known = std::find_if(found_.begin(), found_.end(), [&](const Candidate& each) { return each.child.id == child.id; });
        if (known == found_.end()) known = found_.insert(found_.end(), {child, 0, ""});
        known->speaks += speaks;
        known->why += (known->why.empty() ? "" : " ") + why;
    }

    Reading reading_;
    std::vector<Candidate> found_;
};

}  // namespace

std::vector<Guess> guesses_of(const OfficeDesk& desk, const QueueRow& row) {
    std::vector<Guess> listed;
    for (const auto& each : desk.reading().guesses(row.conversation))
        listed.push_back({each.id, each.child, "The sender’s address is in this child’s list. " + year_words(each.year) + ", caseworker " + each.caseworker_name + ".", false});
    if (!listed.empty()) return listed;
    const auto text = row.subject + "\n" + row.first_words;
    Candidates candidates(desk.reading());
    candidates.by_number(text);
    candidates.by_telephone(text);
    candidates.by_writer(row.writer);
    candidates.by_first_name(text, row.writer);
    return candidates.strongest();
}

}  // namespace hearback
