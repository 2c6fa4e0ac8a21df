#include <algorithm>

#include "edges/web/pages/pages.hpp"
#include "edges/web/pages/queue.hpp"
#include "views/words.hpp"
#include "words/email_text.hpp"

namespace hearback {

namespace {

constexpr std::size_t rows_shown = 12;

/// What they wrote, or what was promised to them.
std::string what_waits(const QueueRow& row) {
    if (!row.what.empty()) return row.what;
    if (row.kind == "call_back" && row.first_words.empty()) return "To be rung back";
    return row.first_words.empty() ? row.subject : row.first_words;
}

std::string why_mine(const QueueRow& row, const Visit& visit) {
    if (row.kind == "something" || row.kind == "meeting") return row.owner == visit.me.id ? "You promised this on the telephone." : row.owner_name + " promised this on the telephone.";
    if (!row.owner.empty() && row.owner != visit.me.id && row.rung == 0 && row.standing == "open") return row.offered ? row.owner_name + " has it. Most of its time is over." : "You answer for " + row.owner_name + " today.";
    return row.because;
}

Node kind_node(const QueueRow& row) {
    const bool call = row.channel == "call", letter = row.channel == "letter";
    const auto words = row.asks_again ? "Asks again" : row.kind == "call_back" ? "Call back" : call ? "Call" : letter ? "Letter" : "Email";
    return Node::Object{{"email", !call && !letter}, {"call", call}, {"letter", letter}, {"words", words}};
}

Node row_node(const QueueRow& row, const Visit& visit, bool waiting) {
    auto child = row.child.empty() ? std::string("Not matched yet") : row.child;
    return Node::Object{
        {"due", waiting ? due(DueKind::plain, "Leaves " + slot_words(row.waiting_until, row.waiting_leaves_by)) : due_of(row, visit)},
        {"child", std::move(child)}, {"child_note", year_words(row.year)}, {"who", row.writer}, {"who_is", relation_words(row.relation)},
        {"href", "/conversations/" + row.conversation}, {"unread", row.standing == "open" && row.waiting.empty()},
        {"first_words", cut_words(what_waits(row), 58)}, {"why_mine", waiting ? "Your reply is finished. It waits for the morning." : keep_together(why_mine(row, visit))},
        {"kind", kind_node(row)}, {"came", short_moment(row.newest_at)},
        {"reopen", row.standing == "aside" ? Node(Node::Object{{"action", "/conversations/" + row.conversation + "/reopen"}, {"form", new_act()}, {"words", "Needs an answer"}}) : Node(false)}};
}

Node group_node(const Group& group, const Visit& visit) {
    Node::List rows;
    for (const auto& row : group.rows) {
        if (rows.size() == rows_shown && !group.more.empty()) break;
        rows.push_back(row_node(row, visit, group.waiting));
    }
    const auto left = group.rows.size() - rows.size();
    return Node::Object{{"id", group.id}, {"name", group.name}, {"n", std::to_string(group.rows.size())}, {"says", group.says}, {"due_head", group.waiting ? "Leaves" : "Answer by"},
                        {"who_head", group.waiting ? "To" : "Who wrote"}, {"words_head", group.waiting ? "Their words, and why it waits" : "First new words, and why it is yours"}, {"rows", std::move(rows)},
                        {"more", left > 0 ? Node(Node::Object{{"href", group.more}, {"words", "Show the other " + std::to_string(left)}}) : Node(false)}};
}

}  // namespace

std::vector<Group> groups_of(const Visit& visit) {
    auto reading = visit.desk.reading();
    const auto covering = reading.covered_by(visit.me.id, visit.today());
    const auto mine = reading.rows({.owner = visit.me.id, .covering = covering, .standing = "open"});
    const Date today = visit.today();
    const Date next = visit.desk.window.days().add(today, 1);
    Group answer{.id = "answer", .name = "Answer today", .says = "Each family was told today, or a day that has passed.", .more = "/list?mine=true&standing=open", .rows = {}};
    Group promised{.id = "promised", .name = "Promised by me", .says = "Things you said you would do, on the telephone.", .more = {}, .rows = {}};
    Group check{.id = "check", .name = "To check", .says = "These may need no answer: they look like a thank you. The clock runs until you agree.", .more = {}, .rows = {}};
    Group waiting{.id = "waiting", .name = "Waiting until 8am", .says = "You can stop each one until it leaves.", .more = {}, .waiting = true, .rows = {}};
    Group later{.id = "later", .name = "Answer by " + day_name(next) + " or later", .says = "Nothing here is due today.", .more = "/list?mine=true&standing=open", .rows = {}};
    Group back{.id = "back", .name = "Came back", .says = "These did not reach the family, so the family is still waiting.", .more = {}, .rows = {}};
    for (const auto& row : mine) {
        if (row.returned) back.rows.push_back(row);
        else if (!row.waiting.empty()) waiting.rows.push_back(row);
        else if (row.kind == "something" || row.kind == "meeting") promised.rows.push_back(row);
        else if (row.thanks_only && !row.broken) check.rows.push_back(row);
        else if (!row.told_day.empty() && (row.broken || date_of(row.told_day) <= today)) answer.rows.push_back(row);
        else later.rows.push_back(row);
    }
    if (answer.rows.empty()) answer.says = "Nothing here. No family waits for you today.";
    if (promised.rows.empty()) promised.says = "Nothing here.";
    if (check.rows.empty()) check.says = "Nothing here.";
    if (waiting.rows.empty()) waiting.says = "Nothing here.";
    if (later.rows.empty()) later.says = "Nothing here.";
    std::vector<Group> groups;
    Group with_me{.id = "with-you", .name = "With you", .says = "The day we told these families has passed. They have been told that you have it now.", .more = {}, .rows = {}};
    with_me.rows = reading.rows({.holder = visit.me.id});
    for (auto& row : with_me.rows)
        row.because = (row.owner_name.empty() ? "Nobody has matched it to a child" : row.owner_name + " is the caseworker") + ". The family was told that you answer by " + day_words(date_of(row.rung_day)) + ".";
    const bool leads = visit.me.role != "caseworker";
    if (leads && with_me.rows.empty()) with_me.says = "Nothing here. Nothing has come up to you.";
    if (leads || !with_me.rows.empty()) groups.push_back(std::move(with_me));
    groups.push_back(std::move(answer));
    groups.push_back(std::move(promised));
    groups.push_back(std::move(waiting));
    if (!back.rows.empty()) groups.push_back(std::move(back));
    groups.push_back(std::move(check));
    groups.push_back(std::move(later));
    Group offered{.id = "offered", .name = "Anybody on duty may answer", .says = "Most of their time is over and nobody has answered yet.", .more = {}, .rows = {}};
    for (auto& row : reading.rows({.team = visit.me.team, .standing = "open"}))
        if (row.offered && !row.broken && row.waiting.empty() && row.owner != visit.me.id && std::find(covering.begin(), covering.end(), row.owner) == covering.end()) offered.rows.push_back(std::move(row));
    if (!offered.rows.empty()) groups.push_back(std::move(offered));
    return groups;
}

namespace {

std::string count_words(std::size_t n, const char* one, const char* many) { return n == 1 ? "1 " + std::string(one) : std::to_string(n) + " " + many; }

}  // namespace

Response queue_page(const Visit& visit) {
    auto data = frame(visit, "Today", "/queue");
    const auto groups = groups_of(visit);
    Node::List strip, nodes;
    std::size_t today = 0, with_me = 0;
    for (const auto& group : groups) {
        const auto late = std::count_if(group.rows.begin(), group.rows.end(), [](const QueueRow& r) { return r.broken; });
        if (group.id == "answer") today += group.rows.size();
        if (group.id == "with-you") with_me += group.rows.size();
        strip.push_back(Node::Object{{"n", std::to_string(group.rows.size())}, {"words", group.name}, {"href", "#" + group.id},
                                     {"note", group.id == "answer" && late > 0 ? (late == 1 ? "1 is late" : std::to_string(late) + " are late") : std::string()}, {"on", strip.empty()}});
        nodes.push_back(group_node(group, visit));
    }
    const auto f = visit.desk.reading().figures();
    strip.push_back(Node::Object{{"n", std::to_string(f.matching)}, {"words", "Match to a child"}, {"href", "/matching"}, {"note", ""}, {"on", false}});
    data["caption"] = moment_words(visit.now());
    data["heading"] = "Today";
    data["summary"] = today == 0 ? "No family waits for an answer from you today." : count_words(today, "family waits", "families wait") + " for an answer from you today.";
    if (with_me > 0) data["summary"] = count_words(today + with_me, "family waits", "families wait") + " for an answer from you, " + std::to_string(with_me) + " of them past the first day we told.";
    data["live"] = "";
    data["strip"] = std::move(strip);
    data["groups"] = std::move(nodes);
    return show("queue", data);
}

Response list_page(const Visit& visit) {
    auto q = rows_asked(visit.request, 1000);
    if (visit.request.asked("mine") == "true") q.owner = visit.me.id;
    auto data = frame(visit, "List", "");
    Group group{.id = "list", .name = "Messages", .says = "Every message behind the number that you opened.", .more = {}, .waiting = q.waiting, .rows = visit.desk.reading().rows(q)};
    data["caption"] = moment_words(visit.now());
    if (q.standing == "aside") group.says = "Machines wrote these, or they were written to somebody else: no day is counted. If one needs an answer, say so: it gets its day and its caseworker.";
    if (q.standing == "parked") group.says = "Hearback could not read these, so nobody has been told a day. They are kept whole. Ask the people who run Hearback to look at the original. If a family wrote it, enter it as a letter or a call: then it has its day.";
    data["heading"] = q.standing == "aside" ? "Set aside" : q.standing == "parked" ? "Not understood" : "Messages";
    data["summary"] = count_words(group.rows.size(), "conversation.", "conversations.");
    data["live"] = "";
    data["strip"] = Node::List{};
    auto node = group_node(group, visit);
    if (q.standing == "aside") std::get<Node::Object>(node.value)["words_head"] = "First words, and why it was set aside";
    data["groups"] = Node::List{std::move(node)};
    return show("queue", data);
}

}  // namespace hearback
