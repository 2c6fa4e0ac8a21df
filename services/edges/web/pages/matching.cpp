#include <set>

#include "edges/web/pages/pages.hpp"
#include "deciders/directory/people.hpp"
#include "events/words.hpp"

namespace hearback {

std::vector<Guess> guesses_of(const OfficeDesk& desk, const QueueRow& row) {
    constexpr std::size_t guesses_shown = 5;
    std::vector<Guess> same_name, others;
    for (const auto& each : desk.reading().guesses(row.conversation))
        same_name.push_back({each.id, each.child, "The sender’s address is in this child’s list. " + year_words(each.year) + ", caseworker " + each.caseworker_name + ".", false});
    if (!same_name.empty()) return same_name;
    std::set<std::string> seen;
    std::string word;
    const auto look = [&] {
        if (word.size() >= 3 && word[0] >= 'A' && word[0] <= 'Z' && seen.insert(word).second)
            for (const auto& each : desk.reading().cases(word, 50)) {
                if (first_name(each.child) != word) continue;
                const auto family = each.child.substr(each.child.rfind(' ') + 1);
                const bool same = row.writer.ends_with(" " + family);
                const auto why = "The email has the name " + word + (same ? ", and the sender is called " + family + " too" : "") + ". " + year_words(each.year) + ", caseworker " + each.caseworker_name + ".";
                (same ? same_name : others).push_back({each.id, each.child, why, same});
            }
        word.clear();
    };
    for (const char c : row.subject + " " + row.first_words + " ") {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80)) word += c;
        else look();
    }
    same_name.insert(same_name.end(), others.begin(), others.end());
    if (same_name.size() > guesses_shown) same_name.resize(guesses_shown);
    return same_name;
}

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
