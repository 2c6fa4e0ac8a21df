#include "edges/web/pages/pages.hpp"

namespace hearback {

namespace {

Node figure(std::int64_t n, const char* words, std::string href, std::string note = {}, bool on = false) {
    return Node::Object{{"n", std::to_string(n)}, {"words", words}, {"href", std::move(href)}, {"note", std::move(note)}, {"on", on}};
}

Node table_row(const char* what, std::int64_t n, const char* href) { return Node::Object{{"what", what}, {"n", std::to_string(n)}, {"href", n > 0 ? href : ""}}; }

}  // namespace

Response figures_page(const Visit& visit) {
    auto data = frame(visit, "Figures", "/figures");
    auto reading = visit.desk.reading();
    const auto f = reading.figures();
    const auto total = [&](const char* name) {
        const auto found = f.totals.find(name);
        return found == f.totals.end() ? std::int64_t{0} : found->second;
    };
    data["caption"] = "The whole service, " + moment_words(visit.now());
    data["heading"] = "Figures";
    data["summary"] = "What is open now can be opened, down to its messages.";
    data["strip"] = Node::List{figure(f.broken, "Broken now", "#broken", "", true), figure(f.open, "Open promises", "/list?standing=unanswered"), figure(f.with_manager, "With the team manager", "/list?rung=1"),
                               figure(f.with_head, "With the head of service", "/list?rung=2"), figure(f.with_complaints, "With the complaints team", "/list?rung=3"),
                               figure(f.waiting_for_window, "Waiting until morning", "/list?waiting=true")};
    data["n_broken"] = std::to_string(f.broken);
    data["broken_says"] = f.broken == 0 ? "No family waits past its day." : "The day we told the family has passed and they have no answer.";
    Node::List broken;
    for (const auto& row : reading.rows({.broken = true, .most = 60})) {
        const auto relation = relation_words(row.relation);
        const auto who = relation.empty() ? row.writer : row.writer + ", " + relation;
        const auto with = row.holder_name.empty() ? "Nobody yet" : (row.holder == visit.me.id ? "You" : row.holder_name) + ", until " + day_name(date_of(row.rung_day));
        broken.push_back(Node::Object{{"href", "/conversations/" + row.conversation}, {"child", row.child.empty() ? "Not matched yet" : row.child}, {"who", who},
                                      {"due", due(DueKind::late, "Late since " + day_words(date_of(row.told_day)))}, {"caseworker", row.owner_name.empty() ? "-" : row.owner_name}, {"with", with}});
    }
    data["broken"] = std::move(broken);
    data["tables"] = Node::List{
        Node::Object{{"id", "since"}, {"name", "Since the beginning"}, {"says", "Messages, counted when they came."}, {"what_head", "What"}, {"n_head", "Number"},
            {"rows", Node::List{table_row("Received", total("received"), ""), table_row("Came to a caseworker by itself", total("routed"), ""), table_row("Waited to be matched to a child", total("unmatched"), ""),
                                table_row("Set aside (automatic replies, delivery reports, copies)", f.aside, "/list?standing=aside"), table_row("Answered", total("answered"), ""),
                                table_row("No answer needed", total("no_answer_needed"), ""), table_row("Nothing is owed now: answered, or no answer needed", f.settled, "/list?standing=kept"), table_row("Waited for a working morning", total("held"), ""), table_row("Sent", total("sent"), ""),
                                table_row("Came back", f.returned, "/list?returned=true"), table_row("Could not be understood", f.parked, "/list?standing=parked")}}}};
    return show("figures", data);
}

}  // namespace hearback
