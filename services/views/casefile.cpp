#include "views/casefile.hpp"

#include "deciders/directory/people.hpp"
#include "kernel/decider.hpp"
#include "kernel/london.hpp"
#include "views/words.hpp"

namespace hearback {

/// One thing that happened, as a person reads it.
struct CasefileView::Entry {
    std::string kind;             // in, told, late, wait, done, note: how it is marked
    std::string title, byline;
    std::string because;          // a sentence that begins with "Because", or empty
    std::string body;             // what somebody wrote
    std::string badge;            // "Leaves Friday 8:00 to 8:15am", "Sent 8:03am"
    std::string message;          // the message it is about
    Instant at{};
    BlobRef raw{};
    std::string attachments;      // one a line
};

const Types& CasefileView::hears() const {
    static const Types types{
        "MessageReceived", "MessageRouted", "MessageUnmatched", "MessageSetAside", "InputParked", "PromiseMade", "ChaserJoined", "PromiseKept", "PromiseBroken",
        "ConversationClaimed", "ConversationMatched", "ReplyWritten", "NoAnswerNeeded", "ActRefused", "NothingToDo", "StopRefused",
        "SendHeld", "SendReleased", "SendCancelled", "SendWithdrawn", "MessageSent", "AttemptFailed", "AttemptUncertain", "MessageReturned",
        "RenderingRefused", "ReleaseMissed", "ConversationEscalated", "RungVacant", "RungSilent", "LadderEnded", "EscalationEnded"};
    return types;
}

std::string_view CasefileView::tables() const {
    return R"(
CREATE TABLE timeline(
  number INTEGER PRIMARY KEY, conversation TEXT, at INTEGER, kind TEXT, title TEXT, byline TEXT, because TEXT, body TEXT, badge TEXT, message TEXT,
  event TEXT, raw_name TEXT, raw_key TEXT, raw_bytes INTEGER, attachments TEXT);
CREATE INDEX timeline_of ON timeline(conversation, number);
CREATE INDEX timeline_mail ON timeline(message) WHERE kind = 'in';
CREATE TABLE acts(id TEXT PRIMARY KEY, conversation TEXT, result TEXT, words TEXT);
)";
}

void CasefileView::add(Database& db, const Decision& decision, const ConversationId& conversation, const Entry& e) {
    auto& insert = prepared_.get(db, "INSERT INTO timeline(conversation, at, kind, title, byline, because, body, badge, message, event, raw_name, raw_key, raw_bytes, attachments) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    run(insert, conversation, e.at == Instant{} ? decision.time : e.at, e.kind, e.title, e.byline, e.because, e.body, e.badge, e.message, decision.id, e.raw.name, e.raw.key, e.raw.bytes, e.attachments);
}

void CasefileView::outcome(Database& db, const Decision& decision, const ConversationId& conversation, std::string_view result, std::string_view words) {
    run(prepared_.get(db, "INSERT OR IGNORE INTO acts VALUES(?,?,?,?)"), decision.id, conversation, result, words);
}

std::string CasefileView::look_up(Database& db, std::string_view sql, std::string_view id) {
    auto& select = prepared_.get(db, sql);
    select.bind_text(1, id);
    const auto found = select.step() ? std::string(select.bytes(0)) : std::string();
    select.done();
    return found;
}

std::string CasefileView::staff_name(Database& db, const StaffId& id) {
    auto name = look_up(db, "SELECT name FROM staff WHERE id = ?", id.value);
    return name.empty() ? "a colleague" : name;
}

std::string CasefileView::family_name(Database& db, const ConversationId& id) {
    auto name = first_name(look_up(db, "SELECT writer FROM conversations WHERE id = ?", id.value));
    return name.empty() || name.find('@') != name.npos ? "the family" : name;
}

void CasefileView::apply(Database& db, const Decision& decision, const Said& said) {
    const auto speaker = speaker_of(said.event);
    if (speaker == "routing" || speaker == "clerk") tell_message(db, decision, said.event);
    else if (speaker == "promises" || speaker == "escalation") tell_promise(db, decision, said.event);
    else if (speaker == "casework") tell_office(db, decision, said.event);
    else tell_sending(db, decision, said.event);
}

void CasefileView::tell_message(Database& db, const Decision& decision, const AnyEvent& event) {
    std::visit(match{
        [&](const MessageReceived& e) {
            std::string attachments;
            for (const auto& part : e.parts.or_empty()) attachments += part.name + " (" + size_words(part.bytes) + ")\n";
            const auto& name = e.from_name.or_empty();
            add(db, decision, e.conversation, {.kind = "in", .title = "Email from " + (name.empty() ? e.from_address.or_empty() : name), .byline = e.subject.or_empty(),
                .because = e.unreadable.empty() ? "" : "Because it could not be read as an email: " + e.unreadable, .body = e.text.or_empty(), .badge = "",
                .message = e.message.value, .at = e.received_at, .raw = e.raw.or_empty(), .attachments = attachments});
        },
        [&](const MessageRouted& e) {
            run(prepared_.get(db, "UPDATE timeline SET title = title || ? WHERE message = ? AND kind = 'in'"), e.relation == Relation::other ? "" : ", " + words_for(e.relation), e.message);
            add(db, decision, e.conversation, {.kind = "note", .title = "Came to " + staff_name(db, e.owner), .byline = "", .because = "Because " + spoken(told_of(e.because.or_empty(), staff_name(db, e.owner))), .body = "", .badge = "", .message = "", .raw = {}, .attachments = ""});
        },
        [&](const MessageUnmatched& e) {
            const bool several = e.because == UnmatchedBecause::several_children;
            add(db, decision, e.conversation, {.kind = "wait", .title = "Waits to be matched to a child", .byline = "",
                .because = several ? "Because the sender has more than one child with us and names none." : "Because nobody in our lists has this address.", .body = "", .badge = "", .message = "", .raw = {}, .attachments = ""});
        },
        [&](const MessageSetAside& e) {
            add(db, decision, e.conversation, {.kind = "note", .title = "Set aside: no answer is counted", .byline = "", .because = "Because " + spoken(e.because), .body = "", .badge = "", .message = "", .raw = {}, .attachments = ""});
        },
        [&](const InputParked& e) {
            add(db, decision, e.conversation, {.kind = "late", .title = "Something came that we could not understand", .byline = e.input_type, .because = "Because " + e.because + ". It is kept.", .body = "", .badge = "", .message = "", .raw = {}, .attachments = ""});
            outcome(db, decision, e.conversation, "refused", "We could not understand this. It is kept, and the people who run Hearback can see it.");
        },
        [](const auto&) {}}, event);
}

void CasefileView::tell_promise(Database& db, const Decision& decision, const AnyEvent& event) {
    const auto tell = [&](const ConversationId& id, std::string kind, std::string title, std::string because) {
        add(db, decision, id, {.kind = std::move(kind), .title = std::move(title), .byline = "", .because = std::move(because), .body = "", .badge = "", .message = "", .raw = {}, .attachments = ""});
    };
    std::visit(match{
        [&](const PromiseMade& e) { tell(e.conversation, "told", "Answer due by " + day_words(e.told_day), why_that_day(e)); },
        [&](const ChaserJoined& e) {
            tell(e.conversation, "told", family_name(db, e.conversation) + " asks again: the day stays " + day_words(e.told_day), "Because an answer is owed already. It keeps its place.");
        },
        [&](const PromiseKept& e) {
            if (e.how == KeptHow::no_answer_needed) return;
            tell(e.conversation, e.late ? "note" : "done", e.late ? "Answered, after the day we told them" : "Answered in time", "Because the reply has left.");
        },
        [&](const PromiseBroken& e) {
            tell(e.conversation, "late", "No answer by the end of " + day_words(e.told_day) + ", the day we told " + family_name(db, e.conversation), "Because nobody had replied.");
        },
        [&](const ConversationEscalated& e) {
            const auto name = staff_name(db, e.holder), family = family_name(db, e.conversation);
            tell(e.conversation, "late", "Given to " + name + ", " + words_for(e.role), "Because the day passed without an answer. " + capital(family) + " is told " + first_name(name) + "’s name and " + day_words(e.told_day) + ".");
        },
        [&](const RungVacant& e) { tell(e.conversation, "late", "Nobody is " + words_for(e.role) + " for this team", "Because the list of staff names nobody. It went on to the next person."); },
        [&](const RungSilent& e) { tell(e.conversation, "late", "No answer by the end of the new day either", "Because nobody had replied."); },
        [&](const LadderEnded& e) { tell(e.conversation, "late", "It stays with the complaints team", "Because nobody is above them. It stays open until somebody answers."); },
        [&](const EscalationEnded& e) { tell(e.conversation, "done", "No longer with anybody above", "Because the family has an answer."); },
        [](const auto&) {}}, event);
}

void CasefileView::tell_office(Database& db, const Decision& decision, const AnyEvent& event) {
    std::visit(match{
        [&](const ConversationClaimed& e) {
            add(db, decision, e.conversation, {.kind = "note", .title = staff_name(db, e.staff) + " took this", .byline = "", .because = "", .body = "", .badge = "", .message = "", .raw = {}, .attachments = ""});
            outcome(db, decision, e.conversation, "done", "This is yours now.");
        },
        [&](const ConversationMatched& e) {
            const auto child = look_up(db, "SELECT child FROM cases WHERE id = ?", e.case_id.value);
            add(db, decision, e.conversation, {.kind = "note", .title = "Matched to " + child, .byline = "by " + staff_name(db, e.staff),
                .because = "Because the sender is " + first_name(child) + "’s " + words_for(e.relation) + ". It is " + staff_name(db, e.owner) + "’s now, and the next email from this address comes here by itself.", .body = "", .badge = "", .message = "", .raw = {}, .attachments = ""});
            outcome(db, decision, e.conversation, "done", "Matched to " + child + ".");
        },
        [&](const ReplyWritten& e) {
            add(db, decision, e.conversation, {.kind = "out", .title = (e.news_only ? "News from " : "Reply from ") + staff_name(db, e.staff), .byline = e.subject.or_empty(), .because = "", .body = e.text.or_empty(), .badge = "", .message = e.message.value, .raw = {}, .attachments = ""});
            outcome(db, decision, e.conversation, "done", "Your reply is finished.");
        },
        [&](const NoAnswerNeeded& e) {
            add(db, decision, e.conversation, {.kind = "done", .title = "No answer needed", .byline = "says " + staff_name(db, e.staff), .because = "Because " + words_for(e.reason) + ".", .body = e.note.or_empty(), .badge = "", .message = "", .raw = {}, .attachments = ""});
            outcome(db, decision, e.conversation, "done", "Noted: no answer needed.");
        },
        [&](const ActRefused& e) { outcome(db, decision, e.conversation, "refused", words_for(e.because, staff_name(db, e.by))); },
        [&](const NothingToDo& e) { outcome(db, decision, e.conversation, "done", "It was so already."); },
        [](const auto&) {}}, event);
}

void CasefileView::tell_sending(Database& db, const Decision& decision, const AnyEvent& event) {
    const auto name_of_message = [&](const MessageId& id) {
        const auto kind = look_up(db, "SELECT kind FROM outgoing WHERE id = ?", id.value);
        return kind == "acknowledgement" ? "“We have got your email”" : kind == "notice" ? "“We have not answered you in time”" : kind == "news" ? "The news" : "The reply";
    };
    const auto tell = [&](const auto& e, std::string kind, std::string title, std::string because, std::string badge = {}) {
        const auto to = look_up(db, "SELECT recipient FROM outgoing WHERE id = ?", e.message.value);
        add(db, decision, e.conversation, {.kind = std::move(kind), .title = std::move(title), .byline = to.empty() ? "" : "to " + to, .because = std::move(because), .body = "", .badge = std::move(badge), .message = e.message.value, .raw = {}, .attachments = ""});
    };
    std::visit(match{
        [&](const SendHeld& e) {
            const auto first = e.because == HeldBecause::missed_its_time ? "missed its time and waits" : "waits until " + hour_words(e.opening);
            tell(e, "wait", name_of_message(e.message) + std::string(" ") + first, words_for(e.because), "Leaves " + slot_words(e.until, e.leaves_by));
        },
        [&](const SendCancelled& e) {
            tell(e, "note", name_of_message(e.message) + std::string(" was stopped"), "Because " + staff_name(db, e.staff) + " stopped it before it left.");
            outcome(db, decision, e.conversation, "done", "Stopped. It was not sent.");
        },
        [&](const SendWithdrawn& e) { tell(e, "note", name_of_message(e.message) + std::string(" was taken back"), "Because a better message left first."); },
        [&](const StopRefused& e) { outcome(db, decision, e.conversation, "refused", words_for(e.because)); },
        [&](const MessageSent& e) { tell(e, "done", name_of_message(e.message), "", "Sent " + time_words(e.sent_at)); },
        [&](const AttemptFailed& e) {
            tell(e, "wait", name_of_message(e.message) + std::string(" could not be sent yet"), "Because the mail server said: " + e.words.or_empty(), "Tried again at " + time_words(e.retry_at));
        },
        [&](const AttemptUncertain& e) {
            tell(e, "late", name_of_message(e.message) + std::string(": not known if it was sent"), e.repeats ? "Because the line broke at the last moment. It is sent once more; it may come twice." : "Because the line broke twice. Please ask the family.", "Not known");
        },
        [&](const MessageReturned& e) {
            tell(e, "late", name_of_message(e.message) + std::string(" came back"), "Because their mail server does not take it" + (e.words.or_empty().empty() ? "." : ": " + e.words.or_empty()) + " Please find another way: ring, or write a letter.", "Came back");
        },
        [&](const RenderingRefused& e) {
            tell(e, "late", name_of_message(e.message) + std::string(" was not sent: it needs another word"), "Because " + spoken(e.because.or_empty()), "Back with you");
        },
        [&](const ReleaseMissed& e) { tell(e, "wait", name_of_message(e.message) + std::string(" came too late to leave"), "Because the time for sending had passed."); },
        [](const auto&) {}}, event);
}

}  // namespace hearback
