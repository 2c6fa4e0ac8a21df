#include "edges/web/pages/pages.hpp"
#include "events/words.hpp"
#include "views/words.hpp"
#include "words/email_text.hpp"

namespace hearback {

namespace {

constexpr int complaints_shown = 200;

Node::List reasons() {
    Node::List list;
    for (const auto& word : NoComplaintReason_names) list.push_back(Node::Object{{"value", std::string(word)}, {"reason", capital(words_for(*from_word<NoComplaintReason>(word)))}});
    return list;
}

/// How it stands, for whoever reads the list.
std::string stands_words(const ComplaintRow& row) {
    if (row.stands == "possible") return "With the complaints team since " + day_words(london_date(row.opened_at)) + (row.answered ? ". The family has its answer by now." : ". The family still has no answer.");
    if (row.stands == "filed") return "Filed by " + row.staff_name + (row.owed ? ", to be answered by " + day_words(date_of(row.told_day)) + "." : ", and answered.");
    const auto reason = from_word<NoComplaintReason>(row.reason);
    return row.staff_name + " did not file it" + (reason ? ", because " + words_for(*reason) : "") + ".";
}

Node item_node(const ComplaintRow& row, bool may_decide, const Node::List& reasons) {
    const bool open = may_decide && row.stands != "filed";
    const auto action = "/complaints/" + row.conversation;
    const auto relation = relation_words(row.relation);
    return Node::Object{{"id", row.conversation}, {"href", "/conversations/" + row.conversation}, {"child", row.child.empty() ? "Not matched yet" : row.child}, {"who", relation.empty() ? row.writer : row.writer + ", " + relation},
                        {"words", cut_words(row.first_words, 160)}, {"wrote", day_words(london_date(row.newest_at))}, {"says", keep_together(stands_words(row))},
                        {"file", open ? Node(Node::Object{{"action", action}, {"form", new_act()}}) : Node(false)},
                        {"decline", open && row.stands == "possible" ? Node(Node::Object{{"action", action}, {"form", new_act()}, {"reasons", reasons}}) : Node(false)}};
}

}  // namespace

Response complaints_page(const Visit& visit) {
    auto data = frame(visit, "Complaints", "/complaints");
    const bool may_decide = visit.me.role == "complaints_team";
    const auto why = reasons();
    Node::List possible, decided;
    for (const auto& row : visit.desk.reading().complaints(complaints_shown)) (row.stands == "possible" ? possible : decided).push_back(item_node(row, may_decide, why));
    data["caption"] = moment_words(visit.now());
    data["heading"] = "Complaints";
    data["summary"] = possible.empty() ? "Nothing waits to be decided." : "These came up unanswered and may be complaints. The family was told its right; a person decides.";
    data["n_possible"] = std::to_string(possible.size());
    data["possible"] = std::move(possible);
    data["decided"] = std::move(decided);
    return show("complaints", data);
}

Response post_complaint(const Visit& visit, const std::string& conversation) {
    const auto& r = visit.request;
    const std::string id(r.filled("form"));
    const StaffId me{visit.me.id};
    const auto reason = from_word<NoComplaintReason>(r.filled("reason"));
    if (r.filled("do") != "file" && !reason) return not_found(visit, "Choose a reason. Nothing was changed.");
    AnyEvent event = ComplaintFileAsked{.conversation = {conversation}, .staff = me};
    if (r.filled("do") != "file") event = ComplaintDeclineAsked{.conversation = {conversation}, .staff = me, .reason = *reason, .note = std::string(r.filled("note"))};
    return after(visit, id, act(visit.desk, id, std::move(event)), "/complaints", "Your decision is kept.");
}

}  // namespace hearback
