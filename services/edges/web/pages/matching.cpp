#include "edges/web/pages/guesses.hpp"
#include "edges/web/pages/pages.hpp"
#include "events/words.hpp"

namespace hearback {

namespace {

Node::List guesses(const Visit& visit, const QueueRow& row) {
    Node::List list;
    for (const auto& each : guesses_of(visit.desk, row)) list.push_back(Node::Object{{"value", each.case_id}, {"name", each.child}, {"likely", each.likely ? "likely" : "could be"}, {"why", each.why}, {"chosen", false}});
    return list;
}

/// `unchosen`: the conversation whose form was sent without a child.
Response matching_with(const Visit& visit, const std::string& unchosen) {
    auto data = frame(visit, "Match to a child", "/matching");
    const auto rows = visit.desk.reading().rows({.standing = "matching", .most = 100});
    Node::List items;
    for (const auto& row : rows)
        items.push_back(Node::Object{{"id", row.conversation}, {"sender", row.writer}, {"came", "Email, " + short_moment(row.newest_at) + ": “" + cut_words(row.subject, 60) + "”"}, {"paragraphs", paragraphs(row.first_words)},
                                     {"due", due_of(row, visit)}, {"warning", row.because == "several_children" ? "This person has more than one child with us." : row.because == "shared_address" ? "People of several homes have this address." : ""}, {"action", "/conversations/" + row.conversation + "/match"},
                                     {"form", new_act()}, {"href", "/conversations/" + row.conversation}, {"error", row.conversation == unchosen ? "Choose a child, or write the child’s number." : ""}, {"guesses", guesses(visit, row)}});
    data["caption"] = moment_words(visit.now());
    data["heading"] = "Match to a child";
    data["summary"] = rows.empty() ? "Nothing waits to be matched." : "Each sender was told a day, and the clock runs. Nobody is told anything about a child until you match.";
    data["items"] = std::move(items);
    return show("matching", data);
}

}  // namespace

Response matching_page(const Visit& visit) { return matching_with(visit, {}); }

Response post_match(const Visit& visit, const std::string& conversation) {
    const auto& r = visit.request;
    std::string number(r.filled("case"));
    if (number.empty() || number == "other") number = r.filled("other");
    if (number.find_first_not_of(' ') == std::string::npos) return matching_with(visit, conversation);
    const auto id = std::string(r.filled("form"));
    const auto relation = from_word<Relation>(r.filled("relation")).value_or(Relation::other);
    const auto shown = act(visit.desk, id, MatchAsked{.conversation = {conversation}, .staff = {visit.me.id}, .case_id = {number}, .relation = relation});
    return after(visit, id, shown, shown.outcome.result == "refused" ? "/matching" : "/conversations/" + conversation, "The match is kept.");
}

}  // namespace hearback
