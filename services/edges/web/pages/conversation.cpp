#include <algorithm>

#include "edges/web/pages/pages.hpp"
#include "events/words.hpp"
#include "mail/write_mail.hpp"
#include "views/words.hpp"
#include "words/email_text.hpp"
#include "words/template.hpp"

namespace hearback {

namespace {

/// A reply as it is being written.
struct Draft {
    std::string words, subject, kind = "full", seen, error;
    bool check = false;
    bool changed = false;
};

DueKind kind_of(const TimelineItem& item) {
    if (item.kind == "late") return DueKind::late;
    if (item.kind == "wait") return DueKind::soon;
    return item.kind == "done" ? DueKind::done : DueKind::plain;
}

Node letter_of(const TimelineItem& item) {
    if (item.body.empty() && item.raw_name.empty()) return false;
    Node::List files;
    std::string name;
    for (const char c : item.attachments) {
        if (c != '\n') { name += c; continue; }
        files.push_back(Node::Object{{"href", "/messages/" + item.message + "/original"}, {"words", name}});
        name.clear();
    }
    if (!item.raw_name.empty()) files.push_back(Node::Object{{"href", "/messages/" + item.message + "/original"}, {"words", "The email as it came (" + size_words(item.raw_bytes) + ")"}});
    return Node::Object{{"ours", item.kind == "out"}, {"private", false}, {"paragraphs", paragraphs(item.body)}, {"older", ""}, {"older_words", ""}, {"files", std::move(files)}};
}

Node entry_node(const TimelineItem& item, bool is_new) {
    const bool waits = item.kind == "wait" && item.standing == "held";
    const bool may_stop = waits && !item.message.empty();
    return Node::Object{{"id", is_new ? "new" : ""}, {"in", item.kind == "in"}, {"broken", item.kind == "late"}, {"waits", waits}, {"head", keep_together(item.title)},
                        {"byline", item.kind == "in" && !item.byline.empty() ? "“" + item.byline + "”" : item.byline}, {"time", time_words(item.at)},
                        {"state", item.badge.empty() ? Node(false) : due(item.kind == "wait" && !waits ? DueKind::plain : kind_of(item), item.badge)}, {"because", keep_together(item.because)}, {"letter", letter_of(item)},
                        {"stop", may_stop ? Node(Node::Object{{"action", "/messages/" + item.message + "/stop"}, {"form", new_act()}}) : Node(false)}};
}

Node::List days_of(const CaseFile& file, const Draft* draft) {
    Node::List days, entries;
    Date day{};
    bool seen_passed = draft == nullptr || !draft->changed, marked = false;
    const auto end_day = [&] {
        if (!entries.empty()) days.push_back(Node::Object{{"day", day_words(day)}, {"entries", std::move(entries)}});
        entries = {};
    };
    for (const auto& item : file.timeline) {
        const Date on = london_date(item.at);
        if (on != day) end_day();
        day = on;
        const bool is_new = draft && draft->changed && seen_passed && !marked && item.kind == "in" && item.message != draft->seen;
        marked = marked || is_new;
        if (draft && item.message == draft->seen) seen_passed = true;
        entries.push_back(entry_node(item, is_new));
    }
    end_day();
    return days;
}

Node::List cards_of(const Visit& visit, const CaseFile& file) {
    Node::List cards;
    const auto fact = [](const char* what, std::string value) { return Node::Object{{"what", what}, {"value", std::move(value)}}; };
    const auto& row = file.row;
    if (!row.case_id.empty()) {
        Node::List facts;
        if (!row.year.empty()) facts.push_back(fact("Year", year_words(row.year)));
        facts.push_back(fact("Number", row.case_id));
        facts.push_back(fact("Caseworker", row.owner_name + (file.since.empty() ? "" : ", since " + day_words_with_year(date_of(file.since)).substr(day_name(date_of(file.since)).size() + 1))));
        if (!file.deputy_name.empty()) facts.push_back(fact("When they are away", file.deputy_name));
        cards.push_back(Node::Object{{"card", row.child}, {"facts", std::move(facts)}, {"items", Node::List{}}});
        Node::List people;
        for (const auto& c : file.contacts) {
            Node::List lines;
            for (const auto& line : {c.email, c.phone})
                if (!line.empty()) lines.push_back(Node::Object{{"line", line}});
            people.push_back(Node::Object{{"due", false}, {"strong", c.name}, {"words", relation_words(c.relation).empty() ? "" : ", " + relation_words(c.relation)}, {"lines", std::move(lines)}});
        }
        cards.push_back(Node::Object{{"card", "Family"}, {"facts", Node::List{}}, {"items", std::move(people)}});
    }
    if (row.standing == "open" || row.standing == "matching") {
        Node::List promised{Node::Object{{"due", due_of(row, visit)}, {"strong", ""}, {"words", "Answer " + (row.writer.empty() ? "the family" : row.writer) + "."}, {"lines", Node::List{}}}};
        if (row.rung > 0) promised.push_back(Node::Object{{"due", false}, {"strong", row.holder_name}, {"words", keep_together(" has it now, until " + day_words(date_of(row.rung_day)) + ".")}, {"lines", Node::List{}}});
        cards.push_back(Node::Object{{"card", "Open promise"}, {"facts", Node::List{}}, {"items", std::move(promised)}});
    }
    return cards;
}

std::string who_i_am(const Visit& visit, const CaseFile& file) {
    if (visit.me.role == "complaints_team") return "from the complaints team";
    if (visit.me.role == "team_manager") return "the team manager";
    if (visit.me.role == "head_of_service") return "the head of service";
    return visit.me.id == file.row.owner && !file.row.child.empty() ? file.row.child.substr(0, file.row.child.find(' ')) + "’s caseworker" : "a caseworker";
}

/// What the reply's template is given; the office's own numbers are put in when it is finished.
Values template_values(const Visit& visit, const CaseFile& file, const Draft& draft) {
    const auto first = file.row.writer.substr(0, file.row.writer.find(' '));
    return {{"name", first.find('@') == first.npos ? first : ""}, {"subject", draft.subject}, {"body", draft.words}, {"who", visit.me.name}, {"who_is", who_i_am(visit, file)},
            {"telephone", visit.me.phone.empty() ? "our number" : visit.me.phone}, {"hours", "in office hours"}, {"complaints_telephone", "the complaints team"}, {"number", file.row.case_id.empty() ? "-" : file.row.case_id}, {"office", visit.desk.council_name}};
}

/// What is to be looked at, and how it reads: the preview is the template's own rendering, down to the signature.
/// Blocked words must go first; nothing has been sent yet.
Node preview_of(const Visit& visit, const CaseFile& file, const Draft& draft, bool& may_finish) {
    const auto values = template_values(visit, file, draft);
    Node::List hints;
    may_finish = !draft.words.empty();
    for (const auto& finding : check(shipped_template("reply"), values)) {
        const bool must = finding.severity == Finding::Severity::block;
        if (finding.found.empty()) continue;
        may_finish = may_finish && !must;
        hints.push_back(Node::Object{{"n", std::to_string(hints.size() + 1)}, {"found", finding.found}, {"must", must}, {"better", finding.better}, {"why", finding.why}, {"place", finding.place == "subject" ? "in the subject" : "in your words"}});
    }
    const auto head = hints.empty() ? std::string("Nothing to change") : hints.size() == 1 ? "One thing to look at" : std::to_string(hints.size()) + " things to look at";
    const auto text = render(shipped_template("reply"), values).text;
    const auto shown = paragraphs(text.substr(0, text.find("\nIf something is wrong")));
    const auto finish = leaving(visit).first == "Leaves now" ? std::string("send it now") : "l" + leaving(visit).first.substr(1);
    return Node::Object{{"hints_head", head}, {"hints", std::move(hints)}, {"paragraphs", shown}, {"may_finish", may_finish}, {"finish", "Finish: " + finish}};
}

Node reply_node(const Visit& visit, const CaseFile& file, const Draft& draft) {
    bool may_finish = false;
    const auto [leaves, why] = leaving(visit);
    const auto choice = [&](const char* value, const char* words) { return Node::Object{{"value", value}, {"choice", words}, {"chosen", draft.kind == value}}; };
    auto preview = draft.check ? preview_of(visit, file, draft, may_finish) : Node(false);
    return Node::Object{{"action", "/conversations/" + file.row.conversation + "/reply"}, {"form", new_act()}, {"seen", draft.seen}, {"to", file.row.writer}, {"address", file.address}, {"not_to", ""}, {"subject", draft.subject},
                        {"error", draft.error}, {"words", draft.words}, {"kinds", Node::List{choice("full", "Answers everything"), choice("holding", "News only. The day we told them stays")}}, {"preview", std::move(preview)}, {"leaves", leaves}, {"leaves_why", why}};
}

std::string caption_of(const CaseFile& file) {
    if (file.row.case_id.empty()) return file.row.standing == "aside" ? "Set aside" : "Not matched to a child yet";
    return file.row.year.empty() ? file.row.child : file.row.child + ", " + year_words(file.row.year);
}

std::string whose(const Visit& visit, const CaseFile& file) {
    const auto& row = file.row;
    if (row.case_id.empty()) return row.standing == "matching" ? "Nobody’s yet." : "";
    if (row.rung > 0) return row.holder == visit.me.id ? "With you now. " + row.owner_name + " is the caseworker." : row.holder_name + " has it now.";
    if (row.owner == visit.me.id) return "Yours: " + (row.because.starts_with("You") ? "y" + row.because.substr(1) : row.because);
    return row.owner_name + " has it.";
}

Response conversation_with(const Visit& visit, const CaseFile& file, const Draft* draft) {
    const auto& row = file.row;
    auto data = frame(visit, row.child.empty() ? row.subject : row.child + ", " + row.subject, "");
    const bool open = row.standing == "open" || row.standing == "matching";
    data["back"] = row.standing == "matching" ? "/matching" : "/queue";
    data["back_words"] = row.standing == "matching" ? "Match to a child" : "Today";
    data["caption"] = caption_of(file);
    data["heading"] = row.subject.empty() ? "No subject" : row.subject;
    data["due"] = row.told_day.empty() ? Node(false) : due_of(row, visit);
    data["whose"] = keep_together(whose(visit, file));
    data["changed"] = draft && draft->changed ? Node(Node::Object{{"first", "Not finished yet: something new came in"}, {"rest", "The family wrote again while you were writing. Read it, then finish. Your words are kept."}}) : Node(false);
    data["claim"] = open && row.owner != visit.me.id && !row.case_id.empty() ? Node(Node::Object{{"action", "/conversations/" + row.conversation + "/claim"}, {"form", new_act()}, {"words", "Take this on"}}) : Node(false);
    data["match"] = row.standing == "matching" ? Node(Node::Object{{"href", "/matching#" + row.conversation}}) : Node(false);
    const bool can_reply = (open || row.standing == "kept") && !file.newest_message.empty();
    data["can_reply"] = can_reply;
    data["days"] = days_of(file, draft);
    data["cards"] = cards_of(visit, file);
    Draft empty{.words = {}, .subject = row.subject.starts_with("Re:") ? row.subject : "Re: " + row.subject, .seen = file.newest_message, .error = {}};
    Draft begun = draft ? *draft : empty;
    if (draft && draft->changed) begun.seen = file.newest_message;
    data["reply"] = reply_node(visit, file, begun);
    const auto reason = [](NoAnswerReason r, const char* words) { return Node::Object{{"value", to_word(r)}, {"reason", words}}; };
    data["close"] = open && !row.case_id.empty() ? Node(Node::Object{{"action", "/conversations/" + row.conversation + "/no-answer"}, {"form", new_act()}, {"reasons", Node::List{
        reason(NoAnswerReason::thanks_only, "It is a thank you and asks nothing"), reason(NoAnswerReason::answered_already, "It was answered already, by telephone or in person"),
        reason(NoAnswerReason::not_for_us, "It is not for us, and they know who to ask"), reason(NoAnswerReason::same_message_twice, "The same message came twice")}}}) : Node(false);
    return show("conversation", data);
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

}  // namespace

Response conversation_page(const Visit& visit, const std::string& conversation) {
    const auto file = visit.desk.reading().casefile(conversation);
    if (!file) return not_found(visit, "There is no such conversation. Nothing is lost.");
    return conversation_with(visit, *file, nullptr);
}

Response post_reply(const Visit& visit, const std::string& conversation) {
    const auto file = visit.desk.reading().casefile(conversation);
    if (!file) return not_found(visit, "There is no such conversation. Nothing is lost.");
    const auto& r = visit.request;
    Draft draft{.words = std::string(r.filled("words")), .subject = std::string(r.filled("subject")), .kind = r.filled("kind") == "holding" ? "holding" : "full", .seen = std::string(r.filled("seen")), .error = {}, .check = true};
    bool may_finish = false;
    preview_of(visit, *file, draft, may_finish);
    if (draft.words.find_first_not_of(" \r\n\t") == std::string::npos) {
        draft.error = "Write your reply first.";
        draft.check = false;
        return check_page(visit, *file, draft);
    }
    if (r.filled("do") != "finish") return check_page(visit, *file, draft);
    if (!may_finish) {
        draft.error = "Something must change before this can go. See beside it.";
        return check_page(visit, *file, draft);
    }
    const auto id = std::string(r.filled("form"));
    const auto shown = act(visit.desk, id, ReplyHandedIn{.conversation = {conversation}, .staff = {visit.me.id}, .last_seen = {draft.seen}, .kind = draft.kind == "holding" ? ReplyKind::holding : ReplyKind::full, .cases = {}, .left_open = 0, .new_day = {}, .signpost = {}, .answered = {}, .subject = draft.subject, .text = draft.words});
    if (shown.shown && shown.outcome.result == "refused") {
        const auto now = visit.desk.reading().casefile(conversation);
        draft.changed = now->newest_message != draft.seen;
        draft.error = draft.changed ? "" : shown.outcome.words;
        draft.check = false;
        return conversation_with(visit, *now, &draft);
    }
    return after(visit, id, shown, "/conversations/" + conversation, "Your reply is kept.");
}

Response post_claim(const Visit& visit, const std::string& conversation) {
    const std::string id(visit.request.filled("form"));
    return after(visit, id, act(visit.desk, id, ClaimAsked{.conversation = {conversation}, .staff = {visit.me.id}}), "/conversations/" + conversation, "Your request is kept.");
}

Response post_no_answer(const Visit& visit, const std::string& conversation) {
    const auto& r = visit.request;
    const auto reason = from_word<NoAnswerReason>(r.filled("reason"));
    if (!reason) return Response::see_other("/conversations/" + conversation + "#close");
    const std::string id(r.filled("form"));
    return after(visit, id, act(visit.desk, id, NoAnswerSaid{.conversation = {conversation}, .staff = {visit.me.id}, .reason = *reason, .note = std::string(r.filled("note"))}), "/conversations/" + conversation, "Your note is kept.");
}

Response post_stop(const Visit& visit, const std::string& message) {
    const std::string id(visit.request.filled("form"));
    const auto shown = act(visit.desk, id, StopAsked{.message = {message}, .staff = {visit.me.id}});
    return after(visit, id, shown, shown.outcome.conversation.empty() ? "/queue" : "/conversations/" + shown.outcome.conversation, "Your request is kept.");
}

Response original_mail(const Visit& visit, const std::string& message) {
    const auto item = visit.desk.reading().message(message);
    const auto bytes = item ? visit.desk.vault.open_blob({.name = item->raw_name, .key = item->raw_key, .bytes = item->raw_bytes}) : std::nullopt;
    if (!bytes) return not_found(visit, "We do not have this email. It may have been erased.");
    return {.content_type = "message/rfc822", .body = *bytes, .headers = {{"Content-Disposition", "attachment; filename=\"email.eml\""}}};
}

}  // namespace hearback
