#include "edges/web/pages/reply.hpp"

#include <algorithm>

#include "deciders/directory/people.hpp"
#include "edges/web/pages/pages.hpp"
#include "events/words.hpp"
#include "words/email_text.hpp"
#include "words/postal_address.hpp"
#include "words/template.hpp"

namespace hearback {

namespace {

/// Days that news may name: working days after the one that the family was told.
constexpr int days_offered = 5;

bool shows_the_way(ReplyKind kind) { return kind == ReplyKind::signposted || kind == ReplyKind::passed_on; }

std::string who_i_am(const Visit& visit, const CaseFile& file) {
    if (visit.me.role == "complaints_team") return "from the complaints team";
    if (visit.me.role == "team_manager") return "the team manager";
    if (visit.me.role == "head_of_service") return "the head of service";
    return visit.me.id == file.row.owner && !file.row.child.empty() ? first_name(file.row.child) + "’s caseworker" : "a caseworker";
}

bool leaves_questions(const CaseFile& file, const Draft& draft) {
    return std::any_of(file.questions.begin(), file.questions.end(), [&](const std::string& q) { return !draft.answered.contains(q); });
}

/// The day that the reply names when it answers nothing yet, or not everything.
std::string day_named(const CaseFile& file, const Draft& draft) {
    if (shows_the_way(draft.kind) || (draft.kind == ReplyKind::full && !leaves_questions(file, draft))) return {};
    if (!draft.new_day.empty() && draft.kind == ReplyKind::holding) return day_words(date_of(draft.new_day));
    return file.row.told_day.empty() || file.row.broken ? std::string() : day_words(date_of(file.row.told_day));
}

/// What the reply's template is given; the office's own numbers are put in when it is finished.
Values template_values(const Visit& visit, const CaseFile& file, const Draft& draft) {
    const auto first = first_name(file.row.writer);
    Values values{{"name", first.find('@') == first.npos ? first : ""}, {"subject", draft.subject}, {"body", draft.words}, {"who", visit.me.name}, {"who_is", who_i_am(visit, file)},
                  {"telephone", visit.me.phone.empty() ? "our number" : visit.me.phone}, {"hours", "in office hours"}, {"complaints_telephone", "the complaints team"},
                  {"number", file.row.case_id.empty() ? "-" : file.row.case_id}, {"office", visit.desk.council_name}, {"answer_by", day_named(file, draft)}};
    if (!shows_the_way(draft.kind)) return values;
    values[draft.kind == ReplyKind::passed_on ? "passed_to" : "help_who"] = draft.help.who;
    values["help_contact"] = draft.help.contact;
    values["help_by"] = draft.help.by;
    return values;
}

/// Nothing has been sent yet.
Node preview_of(const Visit& visit, const ReadThrough& read) {
    Node::List hints;
    for (const auto& hint : read.hints)
        hints.push_back(Node::Object{{"n", std::to_string(hints.size() + 1)}, {"found", hint.found}, {"must", hint.severity == Finding::Severity::block}, {"better", hint.better}, {"why", hint.why}, {"place", hint.place == "subject" ? "in the subject" : "in your words"}});
    const auto head = hints.empty() ? std::string("Nothing to change") : hints.size() == 1 ? "One thing to look at" : std::to_string(hints.size()) + " things to look at";
    const auto finish = leaving(visit).first == "Leaves now" ? std::string("send it now") : "l" + leaving(visit).first.substr(1);
    return Node::Object{{"hints_head", head}, {"hints", std::move(hints)}, {"paragraphs", paragraphs(read.text)}, {"may_finish", read.may_finish}, {"finish", "Finish: " + finish}};
}

Node::List kinds_of(const Draft& draft) {
    const auto choice = [&](ReplyKind kind, const char* words, const char* hint) {
        return Node::Object{{"value", to_word(kind)}, {"choice", words}, {"hint", hint}, {"chosen", draft.kind == kind}};
    };
    return {choice(ReplyKind::full, "It answers them", "A question that you do not tick keeps the answer open, and they are told so."),
            choice(ReplyKind::holding, "News only", "It answers nothing yet. The day stays, or you name a new one, once."),
            choice(ReplyKind::signposted, "Somebody else helps them", "You name who, and how they reach them."),
            choice(ReplyKind::passed_on, "I have passed it on", "You name who has it now. This email tells them so.")};
}

/// Working days after the one that was told; none when the day has passed or was moved before.
Node::List days_of(const Visit& visit, const CaseFile& file, const Draft& draft) {
    Node::List days;
    if (file.row.told_day.empty() || file.row.broken || file.row.moved) return days;
    days.push_back(Node::Object{{"value", ""}, {"day", "The day stays: " + day_words(date_of(file.row.told_day))}, {"chosen", draft.new_day.empty()}});
    for (int n = 1; n <= days_offered; ++n) {
        const Date day = visit.desk.window.days().add(date_of(file.row.told_day), n);
        days.push_back(Node::Object{{"value", to_iso(day)}, {"day", day_words(day)}, {"chosen", draft.new_day == to_iso(day)}});
    }
    return days;
}

Node::List questions_of(const CaseFile& file, const Draft& draft) {
    Node::List list;
    for (const auto& question : file.questions)
        list.push_back(Node::Object{{"id", "q" + std::to_string(list.size())}, {"question", question}, {"chosen", draft.answered.contains(question)}});
    return list;
}

/// Several children, several promises: which of them does this reply keep?
Node::List children_of(const CaseFile& file, const Draft& draft) {
    Node::List list;
    for (const auto& row : file.owed) {
        if (row.kind != "answer" && row.kind != "call_back") continue;
        list.push_back(Node::Object{{"id", "case-" + row.case_id}, {"value", row.case_id}, {"child", row.child + (row.owner_name.empty() ? "" : ", " + row.owner_name + "’s")}, {"chosen", draft.cases.contains(row.case_id)}});
    }
    return list.size() > 1 ? list : Node::List{};
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines(1);
    for (const char c : text) {
        if (c == '\n') lines.emplace_back();
        else if (c != '\r') lines.back() += c;
    }
    return lines;
}

Draft draft_in(const Request& r, const CaseFile& file) {
    Draft draft{.words = std::string(r.filled("words")), .subject = std::string(r.filled("subject")), .seen = std::string(r.filled("seen")),
                .kind = from_word<ReplyKind>(r.filled("kind")).value_or(ReplyKind::full), .new_day = std::string(r.filled("new_day")),
                .help = {.who = std::string(r.filled("help_who")), .contact = std::string(r.filled("help_contact")), .by = std::string(r.filled("help_by"))}, .by_post = r.filled("by_post") == "yes", .address = std::string(r.filled("address")), .check = true};
    for (std::size_t n = 0; n < file.questions.size(); ++n)
        if (!r.filled("q" + std::to_string(n)).empty()) draft.answered.insert(std::string(r.filled("q" + std::to_string(n))));
    for (const auto& row : file.owed)
        if (!r.filled("case-" + row.case_id).empty()) draft.cases.insert(row.case_id);
    return draft;
}

Response check_page(const Visit& visit, const CaseFile& file, const Draft& draft) {
    auto data = frame(visit, "Check your reply", "");
    data["back"] = "/conversations/" + file.row.conversation;
    data["back_words"] = file.row.child.empty() ? "The conversation" : file.row.child;
    data["caption"] = caption_of(file);
    data["heading"] = "Check your reply";
    data["summary"] = "Nothing has been sent yet.";
    data["reply"] = reply_node(visit, file, draft);
    return show("reply_check", data);
}

/// What is still missing, in words; nothing when it may be handed in.
std::string missing_in(const CaseFile& file, const Draft& draft) {
    if (draft.words.find_first_not_of(" \r\n\t") == std::string::npos) return "Write your reply first.";
    if (shows_the_way(draft.kind) && draft.help.who.empty()) return "Say who has it or who can help them: name the person or the office.";
    if (draft.kind == ReplyKind::signposted && draft.help.contact.empty()) return "Say how they reach who can help: a telephone number or an address.";
    if (draft.by_post)
        for (const auto& wrong : check_address(tidy_address(lines_of(draft.address)))) return wrong.found.empty() ? wrong.better : wrong.found + ": " + wrong.better;
    if (!children_of(file, draft).empty() && draft.cases.empty()) return "Tick which child it answers.";
    return {};
}

ReplyHandedIn handed_in(const Visit& visit, const CaseFile& file, const Draft& draft) {
    ReplyHandedIn act{.conversation = {file.row.conversation}, .staff = {visit.me.id}, .last_seen = {draft.seen}, .kind = draft.kind, .new_day = date_from_iso(draft.new_day),
                      .signpost = shows_the_way(draft.kind) ? draft.help : Signpost{}, .answered = std::vector<std::string>(draft.answered.begin(), draft.answered.end()), .by_post = draft.by_post, .address = draft.by_post ? tidy_address(lines_of(draft.address)) : std::vector<std::string>{}, .subject = draft.subject, .text = draft.words};
    for (const auto& id : draft.cases) act.cases.push_back({id});
    act.left_open = std::count_if(file.questions.begin(), file.questions.end(), [&](const std::string& q) { return !draft.answered.contains(q); });
    return act;
}

}  // namespace

ReadThrough read_through(const Visit& visit, const CaseFile& file, const Draft& draft) {
    const auto values = template_values(visit, file, draft);
    ReadThrough read{.hints = {}, .text = render(shipped_template("reply"), values).text, .may_finish = !draft.words.empty()};
    read.text.erase(std::min(read.text.find("\nIf something is wrong"), read.text.size()));
    for (auto& finding : check(shipped_template("reply"), values)) {
        if (finding.found.empty()) continue;
        read.may_finish = read.may_finish && finding.severity != Finding::Severity::block;
        read.hints.push_back(std::move(finding));
    }
    return read;
}

Draft empty_draft(const Visit& visit, const CaseFile& file) {
    Draft draft{.subject = file.row.subject.starts_with("Re:") ? file.row.subject : "Re: " + file.row.subject, .seen = file.newest_message};
    const bool any_mine = std::any_of(file.owed.begin(), file.owed.end(), [&](const QueueRow& row) { return row.owner == visit.me.id; });
    for (const auto& row : file.owed)
        if (!any_mine || row.owner == visit.me.id) draft.cases.insert(row.case_id);
    return draft;
}

Node reply_node(const Visit& visit, const CaseFile& file, const Draft& draft) {
    const auto [leaves, why] = leaving(visit);
    auto preview = draft.check ? preview_of(visit, read_through(visit, file, draft)) : Node(false);
    return Node::Object{{"action", "/conversations/" + file.row.conversation + "/reply"}, {"form", new_act()}, {"seen", draft.seen}, {"to", file.row.writer}, {"address", file.address}, {"not_to", ""}, {"subject", draft.subject},
                        {"error", draft.error}, {"words", draft.words}, {"questions", questions_of(file, draft)}, {"children", children_of(file, draft)}, {"kinds", kinds_of(draft)}, {"days", days_of(visit, file, draft)},
                        {"help_who", draft.help.who}, {"help_contact", draft.help.contact}, {"help_by", draft.help.by}, {"help_open", shows_the_way(draft.kind)}, {"by_post", draft.by_post}, {"envelope", draft.address},
                        {"preview", std::move(preview)}, {"leaves", leaves}, {"leaves_why", why}};
}

Response post_reply(const Visit& visit, const std::string& conversation) {
    const auto file = visit.desk.reading().casefile(conversation);
    if (!file) return not_found(visit, "There is no such conversation. Nothing is lost.");
    auto draft = draft_in(visit.request, *file);
    draft.error = missing_in(*file, draft);
    if (!draft.error.empty() || visit.request.filled("do") != "finish") {
        draft.check = draft.error.empty();
        return check_page(visit, *file, draft);
    }
    if (!read_through(visit, *file, draft).may_finish) {
        draft.error = "Something must change before this can go. See beside it.";
        return check_page(visit, *file, draft);
    }
    const auto id = std::string(visit.request.filled("form"));
    const auto shown = act(visit.desk, id, handed_in(visit, *file, draft));
    if (shown.shown && shown.outcome.result == "refused") {
        const auto now = visit.desk.reading().casefile(conversation);
        draft.changed = now->newest_message != draft.seen;
        draft.error = draft.changed ? "" : shown.outcome.words;
        draft.check = false;
        return conversation_with(visit, *now, &draft);
    }
    return after(visit, id, shown, "/conversations/" + conversation, "Your reply is kept.");
}

}  // namespace hearback
