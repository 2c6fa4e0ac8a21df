#include <algorithm>

#include "deciders/directory/people.hpp"
#include "edges/web/pages/entry.hpp"
#include "edges/web/pages/pages.hpp"
#include "events/words.hpp"
#include "words/email_text.hpp"
#include "words/template.hpp"

namespace hearback {

namespace {

constexpr int promises_shown = 2;
constexpr int days_offered = 6;

struct Call {
    std::string how = "they_rang", they_said = {}, we_said = {}, answered = {}, error = {};
    std::vector<Given> given = {};
    std::string note = {};  ///< as its writer has changed it; empty: drafted from what was said
    bool check = false;
};

bool spoke(const Call& call) { return call.how == "they_rang" || call.how == "we_rang"; }

Call call_in(const Request& r) {
    Call call{.they_said = std::string(r.filled("they_said")), .we_said = std::string(r.filled("we_said")), .answered = std::string(r.filled("answered")), .note = std::string(r.filled("note"))};
    if (!r.filled("how").empty()) call.how = r.filled("how");
    for (int n = 1; n <= promises_shown; ++n) {
        const auto what = std::string(r.filled("what-" + std::to_string(n)));
        const auto by = date_from_iso(r.filled("by-" + std::to_string(n)));
        const auto kind = from_word<PromiseKind>(r.filled("kind-" + std::to_string(n)));
        if (!what.empty()) call.given.push_back({.kind = kind.value_or(PromiseKind::something), .what = what, .by = by.value_or(Date{})});
    }
    return call;
}

std::string drafted_note(const Call& call) {
    std::string note;
    if (!call.they_said.empty()) note += "You said: " + call.they_said;
    if (!call.we_said.empty()) note += (note.empty() ? "" : "\n\n") + std::string("I said: ") + call.we_said;
    return note;
}

Values note_values(const Visit& visit, const From& from, const Call& call) {
    std::string promised;
    for (const auto& each : call.given) promised += (promised.empty() ? "" : "\n") + each.what + ", by " + day_words(each.by);
    const Date by = visit.desk.window.days().add(visit.desk.window.counts_as(visit.now()), 1);
    return {{"name", first_name(from.name)}, {"came", day_words(visit.today())}, {"body", call.note.empty() ? drafted_note(call) : call.note}, {"promised", promised}, {"who", visit.me.name},
            {"who_is", from.child.empty() ? "a caseworker" : first_name(from.child) + "’s caseworker"}, {"number", from.case_id.empty() ? "-" : from.case_id}, {"office", visit.desk.council_name},
            {"telephone", visit.me.phone.empty() ? "our number" : visit.me.phone}, {"hours", "in office hours"},
            {"answer_by", call.answered == "no" ? day_words(from.owed.empty() || from.owed.front().told_day.empty() ? by : date_of(from.owed.front().told_day)) : std::string()}};
}

/// Why it cannot be kept yet; nothing when it can.
std::string missing_in(const From& from, const Call& call) {
    if (!from.is_chosen()) return "Say who it was: look them up, or write their name.";
    if (spoke(call) && call.they_said.empty() && call.we_said.empty()) return "Write down what was said: one line is enough.";
    if (spoke(call) && call.answered != "yes" && call.answered != "no") return "Say whether the call answered them.";
    if (std::any_of(call.given.begin(), call.given.end(), [](const Given& g) { return g.by == Date{}; })) return "Choose by which day you promised it.";
    return {};
}

std::string wrong_in_note(const Visit& visit, const From& from, const Call& call) {
    for (const auto& finding : check(shipped_template("after-our-call"), note_values(visit, from, call)))
        if (finding.severity == Finding::Severity::block && !finding.found.empty()) return "The note says “" + finding.found + "”. Better: " + finding.better + ".";
    return {};
}

Node::List days_for(const Visit& visit, const Date& chosen) {
    const auto& days = visit.desk.window.days();
    Node::List list{Node::Object{{"value", ""}, {"day", "Choose a day"}, {"chosen", chosen == Date{}}}};
    Date day = visit.desk.window.counts_as(visit.now());
    for (int n = 0; n < days_offered; ++n, day = days.add(day, 1))
        list.push_back(Node::Object{{"value", to_iso(day)}, {"day", day == visit.today() ? "Today" : day_words(day)}, {"chosen", chosen == day}});
    return list;
}

Node::List promises_node(const Visit& visit, const Call& call) {
    Node::List list;
    for (int n = 1; n <= promises_shown; ++n) {
        const bool there = std::size_t(n) <= call.given.size();
        const auto given = there ? call.given[std::size_t(n) - 1] : Given{.kind = PromiseKind::something, .what = {}, .by = {}};
        const auto kind = [&](PromiseKind k, const char* words) { return Node::Object{{"value", to_word(k)}, {"kind", words}, {"chosen", given.kind == k}}; };
        list.push_back(Node::Object{{"n", std::to_string(n)}, {"first", n == 1}, {"what", given.what}, {"days", days_for(visit, given.by)},
                                    {"kinds", Node::List{kind(PromiseKind::something, "To do or send something"), kind(PromiseKind::call_back, "To ring back"), kind(PromiseKind::meeting, "To meet")}}});
    }
    return list;
}

Node preview_node(const Visit& visit, const From& from, const Call& call) {
    if (!call.check) return false;
    const auto values = note_values(visit, from, call);
    const auto rendered = render(shipped_template("after-our-call"), values);
    return Node::Object{{"subject", rendered.subject}, {"paragraphs", paragraphs(rendered.text.substr(0, rendered.text.find("\n-----")))}, {"note", values.at("body")}};
}

Node::List ways(const Call& call) {
    const auto way = [&](const char* value, const char* words) { return Node::Object{{"value", value}, {"way", words}, {"chosen", call.how == value}}; };
    return {way("they_rang", "They rang"), way("we_rang", "We rang"), way("not_reached", "We rang, no reply"), way("missed", "Voicemail, or nobody took it")};
}

Response call_with(const Visit& visit, const From& from, const Call& call) {
    auto data = frame(visit, "Write down a call", "/call");
    const auto answered = [&](const char* value, const char* words) { return Node::Object{{"value", value}, {"answer", words}, {"chosen", call.answered == value}}; };
    Node::List open;
    for (const auto& row : from.owed)
        if (row.kind != "answer" || !row.first_words.empty()) open.push_back(Node::Object{{"due", due_of(row, visit)}, {"what", row.kind == "answer" ? "“" + cut_words(row.first_words, 80) + "”" : row.kind == "call_back" ? "To be rung back" : row.what}});
    data["caption"] = moment_words(visit.now());
    data["heading"] = "Write down a call";
    data["summary"] = "Who, what was said, what was promised. It stands with the emails and has the same clock.";
    data["action"] = "/call";
    data["from"] = from_node(visit, from, "call");
    data["error"] = call.error;
    data["ways"] = ways(call);
    data["they_said"] = call.they_said;
    data["we_said"] = call.we_said;
    data["promises"] = promises_node(visit, call);
    data["open"] = std::move(open);
    data["answers"] = Node::List{answered("yes", "Yes, nothing is left to answer"), answered("no", "No, I still owe them an answer")};
    data["preview"] = preview_node(visit, from, call);
    data["may_send"] = !from.email.empty() || !from.conversation.empty();
    data["leaves"] = leaving(visit).first;
    data["leaves_why"] = leaving(visit).second;
    data["first"] = from.name.empty() ? "The family" : first_name(from.name);
    return show("call", data);
}

CallOutcome outcome_of(const Call& call) {
    if (call.how == "missed") return CallOutcome::missed;
    if (call.how == "not_reached") return CallOutcome::not_reached;
    return call.answered == "yes" ? CallOutcome::answered : CallOutcome::to_answer;
}

}  // namespace

Response call_page(const Visit& visit) { return call_with(visit, from_whom(visit), {}); }

Response post_call(const Visit& visit) {
    const auto from = from_whom(visit);
    auto call = call_in(visit.request);
    const bool sends = visit.request.filled("do") == "send" && spoke(call);
    call.error = missing_in(from, call);
    if (call.error.empty() && sends) call.error = wrong_in_note(visit, from, call);
    call.check = visit.request.filled("do") == "check" || (sends && !call.error.empty());
    if (!call.error.empty() || visit.request.filled("do") == "check") return call_with(visit, from, call);
    const std::string id(visit.request.filled("form"));
    const auto shown = act(visit.desk, id, CallLogged{.conversation = {from.conversation}, .case_id = {from.case_id}, .contact = {from.contact}, .staff = {visit.me.id}, .at = visit.now(),
                                                       .we_rang = call.how == "we_rang" || call.how == "not_reached", .outcome = outcome_of(call), .name = from.name, .telephone = from.telephone,
                                                       .they_said = call.they_said, .we_said = call.we_said, .given = call.given, .send_note = sends, .note = call.note.empty() ? drafted_note(call) : call.note});
    if (shown.shown && shown.outcome.result == "refused") {
        call.error = shown.outcome.words;
        return call_with(visit, from, call);
    }
    return after(visit, id, shown, shown.outcome.conversation.empty() ? "/queue" : "/conversations/" + shown.outcome.conversation, "The call is kept.");
}

}  // namespace hearback
