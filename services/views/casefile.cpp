#include "views/casefile.hpp"

#include "deciders/directory/people.hpp"
#include "kernel/decider.hpp"
#include "kernel/london.hpp"
#include "views/words.hpp"
#include "words/questions.hpp"

namespace hearback {

/// One thing that happened, as a person reads it.
struct CasefileView::Entry {
    std::string kind = {};        // in, told, late, wait, done, note: how it is marked
    std::string title = {}, byline = {};
    std::string because = {};     // a sentence that begins with "Because", or empty
    std::string body = {};        // what somebody wrote or said
    std::string badge = {};       // "Leaves Friday 8:00 to 8:15am", "Sent 8:03am"
    std::string message = {};     // the message it is about
    Instant at = {};
    BlobRef raw = {};
    std::string attachments = {};  // one a line
};

const Types& CasefileView::hears() const {
    static const Types types{
        "MessageReceived", "MessageRouted", "MessageUnmatched", "MessageSetAside", "InputParked", "PromiseMade", "ChaserJoined", "PromiseKept", "PromiseBroken",
        "ConversationClaimed", "ConversationHandedOver", "AbsenceSet", "AbsenceEnded", "WorkHandedOver", "NewPersonTold", "SeenAtWork", "StaffingRefused", "ConversationMatched", "ReplyWritten", "CallNoted", "PromiseDone", "NoteKept", "ConversationReopened", "PromiseMoved", "OfferedToColleagues", "NoAnswerNeeded", "ActRefused", "NothingToDo", "StopRefused",
        "LetterInPrintRoom", "DayPosted", "SendHeld", "SendReleased", "SendCancelled", "SendWithdrawn", "MessageSent", "AttemptFailed", "AttemptUncertain", "MessageReturned",
        "RenderingRefused", "ReleaseMissed", "ConversationEscalated", "RungVacant", "RungSilent", "LadderEnded", "EscalationEnded", "HandedOverTogether", "PossibleComplaintOpened", "ComplaintFiled", "ComplaintDeclined", "ComplaintAcknowledged", "ComplaintRefused", "CorrectionBegun", "CorrectionDoubted", "AddressCorrected", "CorrectionTakenBack", "CorrectionRefused"};
    return types;
}

std::string_view CasefileView::tables() const {
    return R"(
CREATE TABLE timeline(
  number INTEGER PRIMARY KEY, conversation TEXT, at INTEGER, kind TEXT, title TEXT, byline TEXT, because TEXT, body TEXT, badge TEXT, message TEXT,
  event TEXT, raw_name TEXT, raw_key TEXT, raw_bytes INTEGER, attachments TEXT);
CREATE INDEX timeline_of ON timeline(conversation, number);
CREATE INDEX timeline_mail ON timeline(message) WHERE kind = 'in';
CREATE TABLE questions(number INTEGER PRIMARY KEY, conversation TEXT, text TEXT, answered INTEGER DEFAULT 0);
CREATE INDEX questions_of ON questions(conversation, answered);
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
    else if (speaker == "directory") tell_directory(db, decision, said.event);
    else if (speaker == "staffing") tell_staffing(db, decision, said.event);
    else if (speaker == "complaints") tell_complaint(db, decision, said.event);
    else tell_sending(db, decision, said.event);
}

namespace {

std::string why_unmatched(UnmatchedBecause because) {
    switch (because) {
        case UnmatchedBecause::unknown_sender: return "Because nobody in our lists has this address.";
        case UnmatchedBecause::several_children: return "Because the sender has more than one child with us and names none.";
        case UnmatchedBecause::shared_address: return "Because people of several homes have this address, and the message does not name one child beyond doubt.";
    }
    return {};
}

}  // namespace

/// What was set aside wrongly. What it asks was not looked for in a machine's message, and is now.
void CasefileView::needed_after_all(Database& db, const Decision& decision, const ConversationReopened& e) {
    add(db, decision, e.conversation, {.kind = "note", .title = staff_name(db, e.staff) + " says that it needs an answer", .because = "Because it was set aside wrongly. Its day is counted from when it came; when that day is over, an answer is owed today."});
    outcome(db, decision, e.conversation, "done", "It needs an answer, and has a day now.");
    const auto text = look_up(db, "SELECT body FROM timeline WHERE conversation = ?1 AND kind = 'in' AND NOT EXISTS (SELECT 1 FROM questions WHERE conversation = ?1) ORDER BY number DESC LIMIT 1", e.conversation.value);
    for (const auto& question : questions_in(text)) run(prepared_.get(db, "INSERT INTO questions(conversation, text) VALUES(?,?)"), e.conversation, question);
}

void CasefileView::tell_message(Database& db, const Decision& decision, const AnyEvent& event) {
    std::visit(match{
        [&](const MessageReceived& e) {
            std::string attachments;
            for (const auto& part : e.parts.or_empty()) attachments += part.name + " (" + size_words(part.bytes) + ")\n";
            const auto& name = e.from_name.or_empty();
            add(db, decision, e.conversation, {.kind = "in", .title = capital(words_for(e.channel)) + " from " + (name.empty() ? e.from_address.or_empty() : name), .byline = e.subject.or_empty(),
                .because = e.unreadable.empty() ? "" : "Because it could not be read as an email: " + e.unreadable, .body = e.text.or_empty(),
                .message = e.message.value, .at = e.received_at, .raw = e.raw.or_empty(), .attachments = attachments});
            if (e.mail_kind == MessageKind::person)
                for (const auto& question : questions_in(e.text.or_empty())) run(prepared_.get(db, "INSERT INTO questions(conversation, text) VALUES(?,?)"), e.conversation, question);
            if (e.channel == Channel::letter) outcome(db, decision, e.conversation, "done", "The letter is on record, with the day on which it came.");
        },
        [&](const MessageRouted& e) {
            run(prepared_.get(db, "UPDATE timeline SET title = title || ?1 WHERE message = ?2 AND kind = 'in' AND title NOT LIKE '%' || ?1"), e.relation == Relation::other ? "" : ", " + words_for(e.relation), e.message);
            add(db, decision, e.conversation, {.kind = "note", .title = "Came to " + staff_name(db, e.owner), .because = "Because " + spoken(told_of(e.because.or_empty(), staff_name(db, e.owner)))});
        },
        [&](const MessageUnmatched& e) {
            add(db, decision, e.conversation, {.kind = "wait", .title = "Waits to be matched to a child", .because = why_unmatched(e.because)});
        },
        [&](const MessageSetAside& e) {
            add(db, decision, e.conversation, {.kind = "note", .title = "Set aside: no answer is counted", .because = "Because " + spoken(e.because)});
        },
        [&](const InputParked& e) {
            add(db, decision, e.conversation, {.kind = "late", .title = "Something came that we could not understand", .byline = e.input_type, .because = "Because " + e.because + ". It is kept."});
            outcome(db, decision, e.conversation, "refused", "We could not understand this. It is kept, and the people who run Hearback can see it.");
        },
        [](const auto&) {}}, event);
}

namespace {

std::string promise_title(const PromiseMade& e) {
    const auto by = " by " + day_words(e.told_day);
    switch (e.kind) {
        case PromiseKind::answer: return "Answer due" + by;
        case PromiseKind::call_back: return "To be rung back" + by;
        case PromiseKind::meeting: return "A meeting" + by + (e.what.or_empty().empty() ? "" : ": " + e.what.or_empty());
        case PromiseKind::complaint: return "An answer to their complaint" + by;
        case PromiseKind::something: return "Promised" + by + ": " + e.what.or_empty();
    }
    return {};
}

std::string call_title(const CallNoted& e, const std::string& name, const std::string& family) {
    switch (e.outcome) {
        case CallOutcome::answered: return name + " answered " + family + " on the telephone";
        case CallOutcome::to_answer: return name + " spoke to " + family + ": an answer is still owed";
        case CallOutcome::missed: return "Nobody could take the call";
        case CallOutcome::not_reached: return name + " rang and did not reach " + family;
    }
    return {};
}

std::string call_words(const CallNoted& e, const std::string& name, const std::string& family) {
    std::string words;
    if (!e.they_said.or_empty().empty()) words += capital(family) + " said: " + e.they_said.or_empty() + "\n\n";
    if (!e.we_said.or_empty().empty()) words += name + " said: " + e.we_said.or_empty();
    return words;
}

}  // namespace

void CasefileView::tell_promise(Database& db, const Decision& decision, const AnyEvent& event) {
    const auto tell = [&](const ConversationId& id, std::string kind, std::string title, std::string because) {
        add(db, decision, id, {.kind = std::move(kind), .title = std::move(title), .because = std::move(because)});
    };
    std::visit(match{
        [&](const PromiseMade& e) { tell(e.conversation, "told", promise_title(e), e.kind == PromiseKind::complaint ? "Because a complaint is answered within 10 working days of the day on which we say that we have it." : e.staff.empty() ? why_that_day(e) : "Because " + staff_name(db, e.staff) + " promised it on the telephone."); },
        [&](const PromiseMoved& e) {
            tell(e.conversation, "told", "The day is now " + day_words(e.told_day), "Because " + family_name(db, e.conversation) + " has been told so, before the first day had passed. It cannot be moved again.");
        },
        [&](const OfferedToColleagues& e) { tell(e.conversation, "note", "Offered to whoever is on duty", "Because most of its time is over and nobody has answered yet."); },
        [&](const ChaserJoined& e) {
            tell(e.conversation, "told", family_name(db, e.conversation) + " asks again: the day stays " + day_words(e.told_day), "Because an answer is owed already. It keeps its place.");
        },
        [&](const PromiseKept& e) {
            if (e.how != KeptHow::done) run(prepared_.get(db, "UPDATE questions SET answered = 1 WHERE conversation = ?"), e.conversation);
            if (e.how == KeptHow::no_answer_needed) return;
            tell(e.conversation, e.late ? "note" : "done", capital(words_for(e.how)) + (e.late ? ", after the day we told them" : " in time"), e.how == KeptHow::answered ? "Because the reply has left." : "");
        },
        [&](const PromiseBroken& e) {
            const auto what = e.kind == PromiseKind::answer ? "No answer" : e.kind == PromiseKind::call_back ? "No call back" : "Not done";
            tell(e.conversation, "late", std::string(what) + " by the end of " + day_words(e.told_day) + ", the day we told " + family_name(db, e.conversation), e.kind == PromiseKind::answer ? "Because nobody had replied." : "Because nobody had said that it is done.");
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

namespace {

std::string families_told(std::size_t n) { return n == 0 ? "" : n == 1 ? " One family is told." : " " + std::to_string(n) + " families are told."; }

}  // namespace

void CasefileView::tell_office(Database& db, const Decision& decision, const AnyEvent& event) {
    std::visit(match{
        [&](const ConversationClaimed& e) {
            add(db, decision, e.conversation, {.kind = "note", .title = staff_name(db, e.staff) + " took this"});
            outcome(db, decision, e.conversation, "done", "This is yours now.");
        },
        [&](const ConversationHandedOver& e) {
            const auto to = staff_name(db, e.to);
            add(db, decision, e.conversation, {.kind = "note", .title = "Given to " + to, .byline = "by " + staff_name(db, e.staff)});
            outcome(db, decision, e.conversation, "done", to + " has it now." + (e.tell_family ? " The family is told." : ""));
        },
        [&](const HandedOverTogether& e) {
            const auto left = e.left == 0 ? std::string() : " " + std::to_string(e.left) + (e.left == 1 ? " was" : " were") + " left: theirs already, or not to be found.";
            outcome(db, decision, {}, e.given > 0 ? "done" : "refused", std::to_string(e.given) + (e.given == 1 ? " conversation is " : " conversations are ") + "with " + staff_name(db, e.to) + " now." + left + families_told(e.tell.size()));
        },
        [&](const ConversationMatched& e) {
            const auto child = look_up(db, "SELECT child FROM cases WHERE id = ?", e.case_id.value);
            add(db, decision, e.conversation, {.kind = "note", .title = "Matched to " + child, .byline = "by " + staff_name(db, e.staff),
                .because = "Because the sender is " + first_name(child) + "’s " + words_for(e.relation) + ". It is " + staff_name(db, e.owner) + "’s now, and the next email from this address comes here by itself."});
            outcome(db, decision, e.conversation, "done", "Matched to " + child + ".");
        },
        [&](const ReplyWritten& e) {
            add(db, decision, e.conversation, {.kind = "out", .title = capital(words_for(e.kind)) + " from " + staff_name(db, e.staff), .byline = e.subject.or_empty(), .body = e.text.or_empty(), .message = e.message.value});
            for (const auto& question : e.answered.or_empty()) run(prepared_.get(db, "UPDATE questions SET answered = 1 WHERE conversation = ? AND text = ?"), e.conversation, question);
            outcome(db, decision, e.conversation, "done", "Your reply is finished.");
        },
        [&](const CallNoted& e) {
            const auto name = staff_name(db, e.staff);
            const auto family = family_name(db, e.conversation);
            add(db, decision, e.conversation, {.kind = e.outcome == CallOutcome::answered ? "done" : "note", .title = call_title(e, name, family), .byline = e.we_rang ? "we rang" : "they rang", .body = call_words(e, name, family), .message = e.message.value + ".call", .at = e.at});
            outcome(db, decision, e.conversation, "done", e.with_note ? "The call is on record. " + capital(family) + " gets your note." : "The call is on record.");
        },
        [&](const PromiseDone& e) {
            add(db, decision, e.conversation, {.kind = "done", .title = staff_name(db, e.staff) + " says that it is done", .body = e.note.or_empty()});
            outcome(db, decision, e.conversation, "done", "Noted: it is done.");
        },
        [&](const NoteKept& e) {
            add(db, decision, e.conversation, {.kind = "us", .title = "Note for us only", .byline = "by " + staff_name(db, e.staff), .body = e.text.or_empty()});
            outcome(db, decision, e.conversation, "done", "Your note is kept. The family does not see it.");
        },
        [&](const ConversationReopened& e) {
            if (look_up(db, "SELECT standing FROM conversations WHERE id = ?", e.conversation.value) == "aside") return needed_after_all(db, decision, e);
            add(db, decision, e.conversation, {.kind = "note", .title = staff_name(db, e.staff) + " took it up again", .because = "Because an answer is owed after all. The day that the family was told stands."});
            outcome(db, decision, e.conversation, "done", "Taken back: it is to be answered.");
        },
        [&](const NoAnswerNeeded& e) {
            add(db, decision, e.conversation, {.kind = "done", .title = "No answer needed", .byline = "says " + staff_name(db, e.staff), .because = "Because " + words_for(e.reason) + ".", .body = e.note.or_empty()});
            outcome(db, decision, e.conversation, "done", "Noted: no answer needed.");
        },
        [&](const ActRefused& e) { outcome(db, decision, e.conversation, "refused", words_for(e.because, staff_name(db, e.by))); },
        [&](const NothingToDo& e) { outcome(db, decision, e.conversation, "done", "It was so already."); },
        [](const auto&) {}}, event);
}

void CasefileView::tell_staffing(Database& db, const Decision& decision, const AnyEvent& event) {
    std::visit(match{
        [&](const AbsenceSet& e) {
            outcome(db, decision, {}, "done", staff_name(db, e.cover) + " answers for " + staff_name(db, e.who) + " from " + day_words(e.from) + (e.to ? " to " + day_words(*e.to) : "") + "." + families_told(e.tell.size()));
        },
        [&](const AbsenceEnded& e) { outcome(db, decision, {}, "done", staff_name(db, e.who) + " is here from " + day_words(e.on) + "."); },
        [&](const WorkHandedOver& e) {
            outcome(db, decision, {}, "done", staff_name(db, e.to) + " has all of " + staff_name(db, e.from) + "’s work now: " + std::to_string(e.children) + " children, " + std::to_string(e.promises) + " open promises." + families_told(e.tell.size()));
        },
        [&](const SeenAtWork&) { outcome(db, decision, {}, "done", "Noted: they are here."); },
        [&](const StaffingRefused& e) { outcome(db, decision, {}, "refused", words_for(e.because)); },
        [&](const NewPersonTold& e) {
            if (e.message.empty()) return;
            add(db, decision, e.conversation, {.kind = "note", .title = capital(family_name(db, e.conversation)) + " is told who has it now", .because = "Because whoever had it is away.", .message = e.message.value + ".why"});
        },
        [](const auto&) {}}, event);
}

void CasefileView::tell_complaint(Database& db, const Decision& decision, const AnyEvent& event) {
    std::visit(match{
        [&](const PossibleComplaintOpened& e) {
            add(db, decision, e.conversation, {.kind = "late", .title = "This may be a complaint", .because = "Because nobody has answered on the way up. The complaints team files it or says why not; nothing is filed by itself."});
        },
        [&](const ComplaintFiled& e) {
            add(db, decision, e.conversation, {.kind = "told", .title = "Filed as a complaint", .byline = "by " + staff_name(db, e.staff)});
            outcome(db, decision, e.conversation, "done", "Filed. You answer it by " + day_words(e.told_day) + ".");
        },
        [&](const ComplaintDeclined& e) {
            add(db, decision, e.conversation, {.kind = "note", .title = "Not filed as a complaint", .byline = "says " + staff_name(db, e.staff), .because = "Because " + words_for(e.reason) + ".", .body = e.note.or_empty()});
            outcome(db, decision, e.conversation, "done", "Noted: it is not filed. What the family is owed is still owed.");
        },
        [&](const ComplaintAcknowledged& e) {
            add(db, decision, e.conversation, {.kind = "note", .title = capital(family_name(db, e.conversation)) + " is told that we have the complaint", .because = "Because a complaint has a named person and a day.", .message = e.message.value + ".why"});
        },
        [&](const ComplaintRefused& e) { outcome(db, decision, e.conversation, "refused", words_for(e.because)); },
        [](const auto&) {}}, event);
}

void CasefileView::tell_directory(Database& db, const Decision& decision, const AnyEvent& event) {
    const auto person = [&](const ContactId& id) {
        const auto name = look_up(db, "SELECT name FROM contacts WHERE contact = ? LIMIT 1", id.value);
        return name.empty() ? std::string("this person") : name;
    };
    std::visit(match{
        [&](const CorrectionBegun& e) {
            const auto& name = e.name.or_empty();
            const auto because = "Because " + words_for(e.proof) + "." + (e.note.or_empty().empty() ? "" : " " + e.note.or_empty());
            add(db, decision, e.conversation, {.kind = "note", .title = "A new address of " + name + ", entered by " + staff_name(db, e.staff), .byline = e.email.or_empty(), .because = because + " It counts once somebody replies from it, or a colleague confirms it."});
            if (!e.with_old_address.empty()) add(db, decision, e.with_old_address, {.kind = "note", .title = name + " is told that we were given a new address", .because = because});
            outcome(db, decision, e.conversation, "done", "Kept. It counts once " + first_name(name) + " replies from it, or a colleague confirms it. We write to the new address and to the old one.");
        },
        [&](const CorrectionDoubted& e) {
            add(db, decision, e.conversation, {.kind = "late", .title = "Somebody has answered from the old address", .because = "Because of that a reply from the new one is not enough any more: a colleague must confirm it, or take it back."});
        },
        [&](const AddressCorrected& e) {
            const bool second = e.how == ConfirmedHow::second_person;
            add(db, decision, e.conversation, {.kind = "done", .title = "The new address counts", .byline = e.email.or_empty(), .because = second ? "Because " + staff_name(db, e.staff) + " confirmed it: " + e.reason.or_empty() : "Because somebody replied from it to our question."});
            if (second) outcome(db, decision, e.conversation, "done", "Confirmed. " + e.email.or_empty() + " is " + person(e.contact) + "’s address now, and what still waits goes there.");
        },
        [&](const CorrectionTakenBack& e) {
            add(db, decision, e.conversation, {.kind = "note", .title = "The new address was taken back", .byline = "by " + staff_name(db, e.staff)});
            outcome(db, decision, e.conversation, "done", "Taken back. " + person(e.contact) + "’s address stays as it was.");
        },
        [&](const CorrectionRefused& e) { outcome(db, decision, {}, "refused", words_for(e.because, staff_name(db, e.by))); },
        [](const auto&) {}}, event);
}

void CasefileView::tell_sending(Database& db, const Decision& decision, const AnyEvent& event) {
    const auto name_of_message = [&](const MessageId& id) {
        const auto kind = look_up(db, "SELECT kind FROM outgoing WHERE id = ?", id.value);
        return kind == "acknowledgement" ? "“We have got your message”" : kind == "notice" ? "“We have not answered you in time”" : kind == "news" ? "The news" : kind == "new_person" ? "The word who has it now" : kind == "complaint" ? "“We have your complaint”" : kind == "briefing" ? "The email to a member of staff" : kind == "question" ? "“Is this your new email address?”" : kind == "to_old_address" ? "“We were told that your email address changes”" : "The reply";
    };
    const auto tell = [&](const auto& e, std::string kind, std::string title, std::string because, std::string badge = {}) {
        const auto to = look_up(db, "SELECT recipient FROM outgoing WHERE id = ?", e.message.value);
        add(db, decision, e.conversation, {.kind = std::move(kind), .title = std::move(title), .byline = to.empty() ? "" : "to " + to, .because = std::move(because), .badge = std::move(badge), .message = e.message.value});
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
        [&](const LetterInPrintRoom& e) { tell(e, "note", "The letter lies in the print room’s folder of " + day_words(e.day), "Because it goes by post. It has answered nobody until somebody says that it is posted."); },
        [&](const DayPosted& e) { outcome(db, decision, {}, "done", e.letters == 1 ? "Noted: the letter is posted." : "Noted: " + std::to_string(e.letters) + " letters are posted."); },
        [&](const AttemptFailed& e) {
            tell(e, "wait", name_of_message(e.message) + std::string(" could not be sent yet"), "Because the mail server said: " + e.words.or_empty(), "Tried again at " + time_words(e.retry_at));
        },
        [&](const AttemptUncertain& e) {
            tell(e, "late", name_of_message(e.message) + std::string(": not known if it was sent"), e.repeats ? "Because the line broke at the last moment. It is sent once more; it may come twice." : "Because the line broke twice. Please ask the family.", "Not known");
        },
        [&](const MessageReturned& e) {
            outcome(db, decision, e.conversation, "done", "Noted: it came back. The family is owed an answer again.");
            tell(e, "late", name_of_message(e.message) + std::string(" came back"), "Because their mail server does not take it" + (e.words.or_empty().empty() ? "." : ": " + e.words.or_empty()) + " Please find another way: ring, or write a letter.", "Came back");
        },
        [&](const RenderingRefused& e) {
            tell(e, "late", name_of_message(e.message) + std::string(" was not sent: it needs another word"), "Because " + spoken(e.because.or_empty()), "Back with you");
        },
        [&](const ReleaseMissed& e) { tell(e, "wait", name_of_message(e.message) + std::string(" came too late to leave"), "Because the time for sending had passed."); },
        [](const auto&) {}}, event);
}

}  // namespace hearback
