#include "edges/web/pages/listed.hpp"
#include "edges/web/pages/pages.hpp"
#include "words/email_text.hpp"

namespace hearback {

namespace {

using Asked = std::map<std::string, std::string, std::less<>>;

std::string address_of(const Asked& asked) {
    std::string text;
    for (const auto& [name, value] : asked)
        if (!value.empty()) text += (text.empty() ? "?" : "&") + name + "=" + in_address(value);
    return "/search" + text;
}

/// The address of this page with one thing asked otherwise; the first page of it.
std::string asked_otherwise(const Visit& visit, const std::string& name, const std::string& value) {
    Asked asked = visit.request.query;
    asked.erase("page");
    asked[name] = value;
    return address_of(asked);
}

Node::List choices(std::string_view chosen, const std::vector<std::pair<std::string, std::string>>& all) {
    Node::List list;
    for (const auto& [value, choice] : all) list.push_back(Node::Object{{"value", value}, {"choice", choice}, {"chosen", value == chosen}});
    return list;
}

Node::List owners(const Visit& visit, const std::string& chosen) {
    std::vector<std::pair<std::string, std::string>> all{{"", "Anybody’s"}, {visit.me.id, "Mine"}};
    for (const auto& each : visit.desk.reading().staff())
        if (each.id != visit.me.id) all.emplace_back(each.id, each.name);
    return choices(chosen, all);
}

Node::List pieces(const std::vector<FoundPiece>& from, std::string_view instead) {
    Node::List list;
    for (const auto& piece : from) list.push_back(Node::Object{{"text", piece.text}, {"found", piece.found}});
    if (list.empty()) list.push_back(Node::Object{{"text", instead}, {"found", false}});
    return list;
}

std::string kind_words(const FoundMessage& m) {
    if (m.kind == "note") return "Note for us";
    const std::string ours = m.way == "out" ? "Our " : "";
    if (m.kind == "call") return ours.empty() ? "Call" : "Call, our side";
    return ours + (ours.empty() ? (m.kind == "letter" ? "Letter" : "Email") : m.kind) + (m.unsent ? ", not sent" : "");
}

/// The year is said when it is not this one.
std::string day_of(const FoundMessage& m, const Visit& visit) {
    const Date day = london_date(m.at);
    return keep_together(day.year() == visit.today().year() ? day_words(day) : day_words_with_year(day));
}

Node row(const FoundMessage& m, const Visit& visit) {
    return Node::Object{{"day", day_of(m, visit)}, {"time", time_words(m.at)}, {"child", m.child.empty() ? "Not matched yet" : m.child},
                        {"child_note", m.owner_name.empty() ? std::string() : "with " + m.owner_name}, {"who", m.writer}, {"href", "/conversations/" + m.conversation},
                        {"head", pieces(m.subject, m.kind == "note" ? "Note for us only" : "No subject")}, {"words", pieces(m.words, "")},
                        {"kind", Node::Object{{"email", m.kind == "email"}, {"call", m.kind == "call"}, {"letter", m.kind == "letter"}, {"words", kind_words(m)}}}};
}

Node::List people(const std::vector<FoundPerson>& from) {
    Node::List list;
    for (const auto& p : from)
        list.push_back(Node::Object{{"href", address_of({{p.kind == "child" ? "case" : "person", p.id}})}, {"name", p.name}, {"what", p.kind == "child" ? "Child" : p.kind == "staff" ? "Colleague" : "Contact"},
                                    {"about", keep_together(p.about)}, {"known", p.kind == "child" ? child_href(p.id) : p.kind == "contact" ? contact_href(p.id) : std::string()}});
    return list;
}

/// What a link has narrowed the search to, with the way back.
Node::List only(const Visit& visit, Search& search, const Search::Question& q) {
    Node::List list;
    const auto add = [&](const std::string& name, const std::string& words) { list.push_back(Node::Object{{"words", words}, {"href", asked_otherwise(visit, name, "")}}); };
    if (!q.case_id.empty()) {
        const auto child = search.person("child", q.case_id);
        add("case", child ? "Only about " + child->name + ": " + child->about : "Only about number " + q.case_id);
    }
    if (!q.person.empty()) {
        auto person = search.person("contact", q.person);
        if (!person) person = search.person("staff", q.person);
        add("person", person ? "Only from and to " + person->name + ": " + person->about : "Only from and to one person, who is not in our list");
    }
    return list;
}

std::string says(const Search::Question& q, const Found& found) {
    if (found.total == 0 && !found.people.empty()) return "No message has these words. Choose somebody above to see theirs.";
    if (found.total == 0) return "Nothing was found. Try fewer words, another spelling, or only how a word begins, like “trans”. A number may be written in any way.";
    const std::string order = q.best_first ? "What fits best stands first." : "The newest stands first.";
    if (found.more) return "Only the first 1,000 are shown. Add a word, a child or a day to see fewer. " + order;
    return order;
}

std::string wrong_day(const Visit& visit) {
    for (const auto* name : {"from", "to"})
        if (const auto day = visit.request.asked(name); !day.empty() && !date_from_iso(day)) return "“" + std::string(day) + "” is not a day. Write it like 2027-02-11.";
    return {};
}

}  // namespace

Response search_page(const Visit& visit) {
    auto data = frame(visit, "Find", "/search");
    const auto q = search_asked(visit.request);
    Search search(visit.desk.search);
    const auto found = search.ask(q);
    Node::List rows;
    for (const auto& each : found.messages) rows.push_back(row(each, visit));
    const auto turn = [&](int page, bool there, const char* words) { return there ? Node(Node::Object{{"href", asked_otherwise(visit, "page", std::to_string(page))}, {"words", words}}) : Node(false); };
    data["caption"] = moment_words(visit.now());
    data["heading"] = "Find";
    data["summary"] = "Children, people and every message: emails, calls, letters, our replies and our notes.";
    for (const auto* name : {"text", "case", "person", "from", "to"}) data[name] = visit.request.asked(name);
    data["kinds"] = choices(q.kind, {{"", "Any kind"}, {"email", "Emails"}, {"call", "Calls"}, {"letter", "Letters"}, {"note", "Notes for us"}});
    data["ways"] = choices(q.way, {{"", "Both ways"}, {"in", "To us"}, {"out", "From us"}});
    data["owners"] = owners(visit, q.owner);
    data["orders"] = choices(q.best_first ? "best" : "", {{"", "Newest first"}, {"best", "What fits best"}});
    data["error"] = wrong_day(visit);
    data["only"] = only(visit, search, q);
    data["people"] = people(found.people);
    data["asked"] = q.asks_something();
    data["n"] = found.more ? "more than 1,000" : std::to_string(found.total);
    data["says"] = says(q, found);
    data["rows"] = std::move(rows);
    data["newer"] = turn(q.page - 1, q.page > 1, q.best_first ? "Show the 20 before" : "Show newer ones");
    data["older"] = turn(q.page + 1, found.total > std::int64_t(q.page) * Search::rows_a_page, q.best_first ? "Show the next 20" : "Show older ones");
    data["up_to"] = (found.up_to ? "Everything up to " + keep_together(moment_words(*found.up_to)) + " can be found." : std::string("No message can be found yet.")) +
                    (found.behind ? " Newer messages are being added. Look again in a moment." : "");
    return show("search", data);
}

}  // namespace hearback
