#include <algorithm>

#include "deciders/directory/people.hpp"
#include "edges/web/pages/listed.hpp"
#include "edges/web/pages/pages.hpp"
#include "edges/web/pages/reply.hpp"
#include "events/words.hpp"
#include "mail/write_mail.hpp"
#include "views/words.hpp"
#include "words/email_text.hpp"

namespace hearback {

namespace {

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
    if (!item.raw_name.empty()) files.push_back(Node::Object{{"href", "/messages/" + item.message + "/original"}, {"words", (item.title.starts_with("Letter") ? "The letter as it came (" : "The email as it came (") + size_words(item.raw_bytes) + ")"}});
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

std::string promise_words(const QueueRow& row, const CaseFile& file) {
    const auto writer = row.writer.empty() ? "the family" : row.writer;
    const bool several = file.owed.size() > 1;
    if (row.kind == "call_back") return "Ring " + writer + " back.";
    if (row.kind == "answer") return "Answer " + writer + (several && !row.child.empty() ? " about " + first_name(row.child) : "") + ".";
    return capital(row.what) + (row.what.ends_with('.') ? "" : ".") + " " + row.owner_name + " promised it.";
}

/// What the family was told that it gets; what was promised by hand can be said to be done.
Node::List promises_of(const Visit& visit, const CaseFile& file) {
    Node::List list;
    for (const auto& row : file.owed) {
        const bool by_doing = row.kind != "answer";
        list.push_back(Node::Object{{"due", due_of(row, visit)}, {"strong", ""}, {"href", ""}, {"words", promise_words(row, file)}, {"lines", Node::List{}},
                                    {"done", by_doing ? Node(Node::Object{{"action", "/conversations/" + row.conversation + "/done"}, {"form", new_act()}, {"promise", row.promise}}) : Node(false)}});
    }
    const auto& row = file.row;
    if (row.rung > 0 && !list.empty())
        list.push_back(Node::Object{{"due", false}, {"strong", row.holder_name}, {"href", ""}, {"words", keep_together(" has it now, until " + day_words(date_of(row.rung_day)) + ".")}, {"lines", Node::List{}}, {"done", false}});
    return list;
}

Node::List cards_of(const Visit& visit, const CaseFile& file) {
    Node::List cards;
    const auto& row = file.row;
    if (!row.case_id.empty()) {
        Node::List facts;
        if (!row.year.empty()) facts.push_back(fact("Year", year_words(row.year)));
        facts.push_back(fact("Number", row.case_id));
        facts.push_back(fact("Caseworker", row.owner_name + (file.since.empty() ? "" : ", since " + day_words_with_year(date_of(file.since)).substr(day_name(date_of(file.since)).size() + 1))));
        if (!file.deputy_name.empty()) facts.push_back(fact("When they are away", file.deputy_name));
        cards.push_back(Node::Object{{"card", row.child}, {"href", child_href(row.case_id)}, {"facts", std::move(facts)}, {"items", Node::List{}}});
        Node::List people;
        for (const auto& c : file.contacts) {
            Node::List lines;
            for (const auto& line : {c.email, c.phone})
                if (!line.empty()) lines.push_back(Node::Object{{"line", line}});
            people.push_back(Node::Object{{"due", false}, {"strong", c.name}, {"href", contact_href(c.contact)}, {"words", relation_words(c.relation).empty() ? "" : ", " + relation_words(c.relation)}, {"lines", std::move(lines)}, {"done", false}});
        }
        cards.push_back(Node::Object{{"card", "Family"}, {"href", ""}, {"facts", Node::List{}}, {"items", std::move(people)}});
    }
    if (Node::List promised = promises_of(visit, file); !promised.empty()) cards.push_back(Node::Object{{"card", "Promised"}, {"href", ""}, {"facts", Node::List{}}, {"items", std::move(promised)}});
    return cards;
}

Node::List ways_to_close() {
    const auto reason = [](NoAnswerReason r, const char* words) { return Node::Object{{"value", to_word(r)}, {"reason", words}}; };
    return {reason(NoAnswerReason::thanks_only, "It is a thank you and asks nothing"), reason(NoAnswerReason::answered_already, "It was answered already, in person or by another message"),
            reason(NoAnswerReason::not_for_us, "It is not for us, and they know who to ask"), reason(NoAnswerReason::same_message_twice, "The same message came twice"), reason(NoAnswerReason::no_person_wrote, "A machine sent it, and no person wrote it")};
}

}  // namespace

std::string caption_of(const CaseFile& file) {
    if (file.row.case_id.empty()) return file.row.standing == "aside" ? "Set aside" : "Not matched to a child yet";
    return file.row.year.empty() ? file.row.child : file.row.child + ", " + year_words(file.row.year);
}

namespace {

std::string whose(const Visit& visit, const CaseFile& file) {
    const auto& row = file.row;
    if (row.standing == "aside") return row.aside_because;
    if (row.standing == "parked") return "Hearback could not read it. If a family wrote it, enter it as a letter or a call: then it has its day.";
    if (row.case_id.empty()) return row.standing == "matching" ? "Nobody’s yet." : "";
    if (row.rung > 0) return row.holder == visit.me.id ? "With you now. " + row.owner_name + " is the caseworker." : row.holder_name + " has it now.";
    if (row.owner == visit.me.id) return "Yours: " + (row.because.starts_with("You") ? "y" + row.because.substr(1) : row.because);
    return row.owner_name + " has it.";
}

/// A form of one button, or nothing.
Node button(bool shown, const std::string& action, std::string words) {
    return shown ? Node(Node::Object{{"action", action}, {"form", new_act()}, {"words", std::move(words)}}) : Node(false);
}

}  // namespace

Response conversation_with(const Visit& visit, const CaseFile& file, const Draft* draft) {
    const auto& row = file.row;
    const auto here = "/conversations/" + row.conversation;
    auto data = frame(visit, row.child.empty() ? row.subject : row.child + ", " + row.subject, "");
    const bool open = row.standing == "open" || row.standing == "matching";
    const bool aside = row.standing == "aside";
    data["back"] = row.standing == "matching" ? "/matching" : aside ? "/list?standing=aside" : "/queue";
    data["back_words"] = row.standing == "matching" ? "Match to a child" : aside ? "Set aside" : "Today";
    data["caption"] = caption_of(file);
    data["heading"] = row.subject.empty() ? "No subject" : row.subject;
    data["due"] = row.told_day.empty() ? Node(false) : due_of(row, visit);
    data["whose"] = keep_together(whose(visit, file));
    data["changed"] = draft && draft->changed ? Node(Node::Object{{"first", "Not finished yet: something new came in"}, {"rest", "The family wrote again while you were writing. Read it, then finish. Your words are kept."}}) : Node(false);
    data["claim"] = button(open && row.owner != visit.me.id && !row.case_id.empty(), here + "/claim", "Take this on");
    data["thanks"] = open && row.thanks_only ? Node(Node::Object{{"action", here + "/no-answer"}, {"form", new_act()}, {"value", to_word(NoAnswerReason::thanks_only)}}) : Node(false);
    const bool set_down = row.standing == "kept" && row.kept_how == to_word(KeptHow::no_answer_needed);
    data["reopen"] = button(aside || set_down, here + "/reopen", aside ? "Needs an answer" : "Take back: it needs an answer");
    data["match"] = row.standing == "matching" ? Node(Node::Object{{"href", "/matching#" + row.conversation}}) : Node(false);
    const bool can_reply = (open || row.standing == "kept") && !file.newest_message.empty();
    data["can_reply"] = can_reply;
    data["days"] = days_of(file, draft);
    data["cards"] = cards_of(visit, file);
    Draft begun = draft ? *draft : empty_draft(visit, file);
    if (draft && draft->changed) begun.seen = file.newest_message;
    data["reply"] = reply_node(visit, file, begun);
    data["close"] = open && (!row.case_id.empty() || !row.aside_because.empty()) ? Node(Node::Object{{"action", here + "/no-answer"}, {"form", new_act()}, {"reasons", ways_to_close()}}) : Node(false);
    data["call"] = Node::Object{{"href", "/call?conversation=" + row.conversation}};
    data["letter"] = Node::Object{{"href", "/letter?conversation=" + row.conversation}};
    data["note"] = Node::Object{{"action", here + "/note"}, {"form", new_act()}};
    data["hand_over"] = open && !row.case_id.empty() ? Node(Node::Object{{"action", here + "/hand-over"}, {"form", new_act()}, {"colleagues", colleague_choices(visit.desk.reading().staff(), row.owner)}}) : Node(false);
    return show("conversation", data);
}

Response conversation_page(const Visit& visit, const std::string& conversation) {
    const auto file = visit.desk.reading().casefile(conversation);
    if (!file) return not_found(visit, "There is no such conversation. Nothing is lost.");
    return conversation_with(visit, *file, nullptr);
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

Response post_reopen(const Visit& visit, const std::string& conversation) {
    const std::string id(visit.request.filled("form"));
    return after(visit, id, act(visit.desk, id, ReopenAsked{.conversation = {conversation}, .staff = {visit.me.id}}), "/conversations/" + conversation + "?undo=no-answer", "Your request is kept.");
}

Response post_note(const Visit& visit, const std::string& conversation) {
    const auto& r = visit.request;
    const std::string id(r.filled("form"));
    return after(visit, id, act(visit.desk, id, NoteWritten{.conversation = {conversation}, .staff = {visit.me.id}, .text = std::string(r.filled("note"))}), "/conversations/" + conversation, "Your note is kept.");
}

Response post_done(const Visit& visit, const std::string& conversation) {
    const auto& r = visit.request;
    const std::string id(r.filled("form"));
    return after(visit, id, act(visit.desk, id, DoneSaid{.promise = {std::string(r.filled("promise"))}, .conversation = {conversation}, .staff = {visit.me.id}, .note = std::string(r.filled("note"))}), "/conversations/" + conversation, "Your word is kept.");
}

Response post_hand_over(const Visit& visit, const std::string& conversation) {
    const auto& r = visit.request;
    const std::string id(r.filled("form"));
    return after(visit, id, act(visit.desk, id, HandOverAsked{.conversation = {conversation}, .staff = {visit.me.id}, .to = {std::string(r.filled("to"))}, .tell_family = r.filled("tell") == "yes"}), "/conversations/" + conversation, "Your request is kept.");
}

Response post_stop(const Visit& visit, const std::string& message) {
    const std::string id(visit.request.filled("form"));
    const auto shown = act(visit.desk, id, StopAsked{.message = {message}, .staff = {visit.me.id}});
    return after(visit, id, shown, shown.outcome.conversation.empty() ? "/queue" : "/conversations/" + shown.outcome.conversation, "Your request is kept.");
}

std::optional<Response> original_of(const OfficeDesk& desk, const std::string& message) {
    const auto item = desk.reading().message(message);
    const auto bytes = item ? desk.vault.open_blob({.name = item->raw_name, .key = item->raw_key, .bytes = item->raw_bytes}) : std::nullopt;
    if (!bytes) return {};
    // What a scan is, its sender says and nobody has looked: it is saved, never shown by us.
    const bool letter = item->title.starts_with("Letter");
    return Response{.content_type = letter ? "application/octet-stream" : "message/rfc822", .body = *bytes,
                    .headers = {{"Content-Disposition", std::string("attachment; filename=\"") + (letter ? bytes->starts_with("%PDF") ? "letter.pdf" : "letter" : "email.eml") + "\""}}};
}

Response original_mail(const Visit& visit, const std::string& message) {
    auto found = original_of(visit.desk, message);
    return found ? std::move(*found) : not_found(visit, "We do not have this email. It may have been erased.");
}

}  // namespace hearback
