// What every page has, and the small pieces that several pages share.
#pragma once

#include <string>

#include "edges/web/http.hpp"
#include "edges/web/office_desk.hpp"
#include "edges/web/page.hpp"

namespace hearback {

/// One request of a person who is signed in.
struct Visit {
    const OfficeDesk& desk;
    const Request& request;
    Colleague me;
    Instant now() const { return desk.clock.now(); }
    Date today() const;
};

/// The names that pages/README.md lists under "In every page". `here` is the navigation's current address.
Node::Object frame(const Visit&, std::string title, std::string_view here);
/// Single keys act, unless this browser was told otherwise (WCAG 2.1.4).
bool keys_are_on(const Request&);
/// The page, or what a missing name would have been told to a developer.
Response show(std::string_view page_name, const Node::Object& data, int status = 200);
/// After an act: back to a page that says what came of it, or a page that says that it is kept.
Response after(const Visit&, const std::string& act_id, const ActShown&, const std::string& back, std::string says);
Response not_found(const Visit&, std::string_view says);

enum class DueKind { late, soon, done, plain };
Node due(DueKind, std::string words, std::string note = {});
/// By when a row must be answered, as its reader sees it.
Node due_of(const QueueRow&, const Visit&);

/// "Thursday 15 February 2024, 9:52pm".
std::string moment_words(Instant);
/// First words of a message, cut at a word's end.
std::string cut_words(const std::string& text, std::size_t most);
Date date_of(const std::string& iso);
std::string short_moment(Instant);  ///< "Thu 9:40pm"
/// When something finished now would leave, and why: "Leaves Friday 8:00 to 8:15am".
std::pair<std::string, std::string> leaving(const Visit&);
/// Colleagues to choose from, but one.
Node::List colleague_choices(const std::vector<Colleague>&, const std::string& but = {}, const std::string& chosen = {});
std::string year_words(const std::string& year);
std::string spaced(std::string);  ///< "team manager" of "team_manager"
std::string relation_words(const std::string& relation);
Node::List paragraphs(const std::string& text);

}  // namespace hearback
