// A request's JSON object, read member by member. Reading never fails: what is missing, of the wrong kind or known to
// nobody is noted, and all of it is told at once (RFC 8259, RFC 9457).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "edges/web/api/problem.hpp"
#include "events/words.hpp"
#include "kernel/instant.hpp"

namespace hearback {

class Body {
  public:
    /// Nothing when it is not one JSON object; no text at all is an empty one.
    static std::optional<Body> read(std::string_view text);

    bool has(const char* name) const;
    /// A member as text; one that is missing is empty.
    std::string text(const char* name) const;
    std::vector<std::string> texts(const char* name) const;
    bool yes(const char* name) const;
    std::int64_t number(const char* name) const;  ///< not below zero
    std::optional<Date> date(const char* name) const;
    std::optional<Instant> instant(const char* name) const;
    std::optional<Body> object(const char* name) const;
    std::vector<Body> objects(const char* name) const;

    void must_have(const char* name) const;  ///< and say something in it
    void wrong(const char* name, std::string words) const;
    /// What was noted so far, and the members that nobody has asked for.
    std::vector<Fault> faults() const;
    /// All of it in one spelling: equal for two bodies that say the same.
    std::string canonical() const;

  private:
    struct Object;
    struct Notes;
    Body(std::shared_ptr<Notes>, std::shared_ptr<Object>);
    std::shared_ptr<Notes> notes_;
    std::shared_ptr<Object> object_;
};

inline std::string text_in(const Body& body, const char* name) { return body.text(name); }
inline std::vector<std::string> texts_in(const Body& body, const char* name) { return body.texts(name); }
inline bool yes_in(const Body& body, const char* name) { return body.yes(name); }
inline std::int64_t number_in(const Body& body, const char* name) { return body.number(name); }
inline std::optional<Date> date_in(const Body& body, const char* name) { return body.date(name); }

inline std::string needed_text(const Body& body, const char* name) {
    body.must_have(name);
    return body.text(name);
}

inline Date needed_date(const Body& body, const char* name) {
    body.must_have(name);
    return body.date(name).value_or(Date{});
}

template <class Id>
std::vector<Id> ids_in(const Body& body, const char* name) {
    std::vector<Id> ids;
    for (auto& text : body.texts(name)) ids.push_back({std::move(text)});
    return ids;
}

/// One of a schema's words; the first of them when it is missing or another.
template <class Word>
Word word_in(const Body& body, const char* name) {
    if (!body.has(name)) return Word{};
    const auto text = body.text(name);
    const auto word = from_word<Word>(text);
    if (word) return *word;
    std::string all;
    for (const auto each : words_of(Word{})) all += (all.empty() ? "" : ", ") + std::string(each);
    body.wrong(name, "It must be one of " + all + ".");
    return Word{};
}

template <class Word>
Word needed_word(const Body& body, const char* name) {
    body.must_have(name);
    return word_in<Word>(body, name);
}

}  // namespace hearback
