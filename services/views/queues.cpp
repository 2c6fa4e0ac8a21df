#include "views/queues.hpp"

#include "deciders/directory/people.hpp"
#include "kernel/decider.hpp"

namespace hearback {

namespace {

/// What they write first, without "Good evening,": a list of greetings tells nobody anything.
std::string first_words(const std::string& text) {
    auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == text.npos) return {};
    if (const auto end = text.find('\n', begin); end != text.npos && end - begin < 40) {
        const auto line = lower_case(text.substr(begin, end - begin));
        for (const auto* greeting : {"hi", "hello", "dear", "good morning", "good afternoon", "good evening"})
            if (line.starts_with(greeting)) {
                const auto next = text.find_first_not_of(" \t\r\n", end);
                begin = next == text.npos ? begin : next;
                break;
            }
    }
    return text.substr(begin, 600);
}

bool is_there(Statement& select, const MessageId& message) {
    select.bind_text(1, message.value);
    const bool there = select.step();
    select.done();
    return there;
}

}  // namespace

const Types& QueuesView::hears() const {
    static const Types types{
        "TeamListed", "StaffListed", "CaseListed", "ContactListed", "MessageReceived", "MessageRouted", "MessageUnmatched", "MessageSetAside",
        "InputParked", "PromiseMade", "ChaserJoined", "PromiseKept", "PromiseBroken", "ConversationClaimed", "ConversationMatched",
        "ReplyWritten", "NoAnswerNeeded", "AcknowledgementPrepared", "NoticePrepared", "SendHeld", "SendReleased", "SendCancelled",
        "SendWithdrawn", "MessageSent", "MessageReturned", "RenderingRefused", "AttemptUncertain", "ConversationEscalated", "EscalationEnded"};
    return types;
}

std::string_view QueuesView::tables() const {
    return R"(
CREATE TABLE teams(id TEXT PRIMARY KEY, name TEXT, manager TEXT, head_of_service TEXT, complaints TEXT, matching TEXT) WITHOUT ROWID;
CREATE TABLE staff(id TEXT PRIMARY KEY, name TEXT, role TEXT, team TEXT, phone TEXT, email TEXT) WITHOUT ROWID;
CREATE TABLE cases(id TEXT PRIMARY KEY, child TEXT, year TEXT, caseworker TEXT, deputy TEXT, team TEXT, since TEXT) WITHOUT ROWID;
CREATE TABLE contacts(contact TEXT, case_id TEXT, name TEXT, email TEXT, phone TEXT, relation TEXT, PRIMARY KEY(contact, case_id)) WITHOUT ROWID;
CREATE INDEX contacts_of ON contacts(case_id);
CREATE TABLE conversations(
  id TEXT PRIMARY KEY, opened_at INTEGER, subject TEXT, writer TEXT, address TEXT, relation TEXT DEFAULT '',
  newest TEXT, newest_at INTEGER, first_words TEXT, because TEXT DEFAULT '', messages INTEGER DEFAULT 0, asks_again INTEGER DEFAULT 0,
  case_id TEXT DEFAULT '', owner TEXT DEFAULT '', team TEXT DEFAULT '', claimed INTEGER DEFAULT 0,
  standing TEXT DEFAULT 'new',   -- matching, open, kept, aside, parked
  aside_because TEXT DEFAULT '', promise TEXT DEFAULT '', told_day TEXT DEFAULT '', target INTEGER DEFAULT 0, judged_at INTEGER DEFAULT 0,
  broken INTEGER DEFAULT 0, rung INTEGER DEFAULT 0, holder TEXT DEFAULT '', rung_day TEXT DEFAULT '', kept_at INTEGER DEFAULT 0, kept_late INTEGER DEFAULT 0,
  returned INTEGER DEFAULT 0);
CREATE INDEX conversations_open ON conversations(standing, owner, judged_at);
CREATE TABLE outgoing(
  id TEXT PRIMARY KEY, conversation TEXT, kind TEXT, recipient TEXT, written_at INTEGER, staff TEXT DEFAULT '',
  standing TEXT DEFAULT 'prepared',  -- held, released, sent, stopped, taken_back, returned, not_known, refused
  until INTEGER DEFAULT 0, leaves_by INTEGER DEFAULT 0, sent_at INTEGER DEFAULT 0, was_held INTEGER DEFAULT 0);
CREATE INDEX outgoing_of ON outgoing(conversation);
CREATE INDEX outgoing_standing ON outgoing(standing);
CREATE TABLE tallies(name TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID;
)";
}

void QueuesView::apply(Database& db, const Decision& decision, const Said& said) {
    const auto sql = [&](std::string_view text) -> Statement& { return prepared_.get(db, text); };
    const auto tally = [&](std::string_view name) { ++counted_[std::string(name)]; };
    const auto outgoing = [&](const auto& e, std::string_view kind, std::string_view staff) {
        run(sql("INSERT OR REPLACE INTO outgoing(id, conversation, kind, recipient, written_at, staff) VALUES(?,?,?,?,?,?)"), e.message, e.conversation, kind,
            e.to_name.or_empty().empty() ? e.to.or_empty() : e.to_name.or_empty(), decision.time, staff);
    };
    const auto standing = [&](const MessageId& message, std::string_view to) {
        run(sql("UPDATE outgoing SET standing = ? WHERE id = ?"), to, message);
    };
    std::visit(match{
        [&](const TeamListed& e) { run(sql("INSERT OR REPLACE INTO teams VALUES(?,?,?,?,?,?)"), e.team, e.name, e.manager, e.head_of_service, e.complaints, e.matching); },
        [&](const StaffListed& e) { run(sql("INSERT OR REPLACE INTO staff VALUES(?,?,?,?,?,?)"), e.staff, e.name.or_empty(), to_word(e.role), e.team, e.phone.or_empty(), e.email.or_empty()); },
        [&](const CaseListed& e) {
            run(sql("INSERT OR REPLACE INTO cases VALUES(?,?,?,?,?,?,?)"), e.case_id, e.child.or_empty(), e.year.or_empty(), e.caseworker, e.deputy, e.team,
                e.since ? to_iso(*e.since) : std::string());
        },
        [&](const ContactListed& e) {
            run(sql("INSERT OR REPLACE INTO contacts VALUES(?,?,?,?,?,?)"), e.contact, e.case_id, e.name.or_empty(), e.email.or_empty(), e.phone.or_empty(), to_word(e.relation));
        },
        [&](const MessageReceived& e) {
            tally("received");
            run(sql("INSERT INTO conversations(id, opened_at) VALUES(?,?) ON CONFLICT(id) DO NOTHING"), e.conversation, e.received_at);
            if (e.mail_kind != MessageKind::person && !e.opens_conversation) return;
            run(sql("UPDATE conversations SET subject=CASE WHEN messages = 0 THEN ?1 ELSE subject END, writer=?, address=?, newest=?, newest_at=?, first_words=?, messages=messages+1 WHERE id=?"), e.subject.or_empty(),
                e.from_name.or_empty().empty() ? e.from_address.or_empty() : e.from_name.or_empty(), lower_case(e.from_address.or_empty()), e.message, e.received_at,
                first_words(e.text.or_empty()), e.conversation);
        },
        [&](const MessageRouted& e) {
            tally("routed");
            run(sql("UPDATE conversations SET case_id=?, owner=?, team=?, relation=?, because=?, standing=CASE WHEN standing IN ('new','matching') THEN 'open' ELSE standing END WHERE id=?"),
                e.case_id, e.owner, e.team, to_word(e.relation), e.because.or_empty(), e.conversation);
        },
        [&](const MessageUnmatched& e) {
            tally("unmatched");
            run(sql("UPDATE conversations SET standing='matching', because=? WHERE id=? AND case_id=''"), to_word(e.because), e.conversation);
        },
        [&](const MessageSetAside& e) {
            tally("set_aside");
            run(sql("UPDATE conversations SET standing='aside', aside_because=? WHERE id=? AND standing='new'"), e.because, e.conversation);
        },
        [&](const InputParked& e) {
            tally("parked");
            run(sql("INSERT OR REPLACE INTO conversations(id, opened_at, subject, writer, newest_at, first_words, standing, aside_because) VALUES(?,?,?,?,?,?,'parked',?)"), e.conversation,
                decision.time, "Something we could not understand", e.input_type, decision.time, "", e.because);
        },
        [&](const PromiseMade& e) {
            tally("promises");
            run(sql("UPDATE conversations SET promise=?, told_day=?, target=?, judged_at=?, broken=0, rung=0, returned=0, standing=CASE WHEN case_id='' THEN 'matching' ELSE 'open' END WHERE id=?"),
                e.promise, e.told_day, e.target, e.judged_at, e.conversation);
        },
        [&](const ChaserJoined& e) {
            tally("chasers");
            run(sql("UPDATE conversations SET asks_again=asks_again+1 WHERE id=?"), e.conversation);
        },
        [&](const PromiseKept& e) {
            tally(e.how == KeptHow::answered ? "answered" : "no_answer_needed");
            run(sql("UPDATE conversations SET standing='kept', kept_at=?, kept_late=?, asks_again=0 WHERE id=?"), decision.time, e.late, e.conversation);
        },
        [&](const PromiseBroken& e) {
            tally("broken");
            run(sql("UPDATE conversations SET broken=1 WHERE id=?"), e.conversation);
        },
        [&](const ConversationClaimed& e) { run(sql("UPDATE conversations SET owner=?, claimed=1, because='You took this conversation.' WHERE id=?"), e.staff, e.conversation); },
        [&](const ConversationMatched& e) {
            tally("matched");
            run(sql("UPDATE conversations SET case_id=?, owner=?, team=?, relation=?, because='', standing=CASE WHEN standing='matching' THEN 'open' ELSE standing END WHERE id=?"), e.case_id, e.owner,
                e.team, to_word(e.relation), e.conversation);
        },
        [&](const ReplyWritten& e) { outgoing(e, e.news_only ? "news" : "reply", e.staff.value); },
        [&](const NoAnswerNeeded&) {},
        [&](const AcknowledgementPrepared& e) { outgoing(e, "acknowledgement", ""); },
        [&](const NoticePrepared& e) { outgoing(e, "notice", ""); },
        [&](const SendHeld& e) {
            if (auto& first = sql("SELECT 1 FROM outgoing WHERE id = ? AND was_held = 0"); is_there(first, e.message)) tally("held");
            run(sql("UPDATE outgoing SET standing='held', was_held=1, until=?, leaves_by=? WHERE id=?"), e.until, e.leaves_by, e.message);
        },
        [&](const SendReleased& e) { standing(e.message, "released"); },
        [&](const SendCancelled& e) { tally("stopped"); standing(e.message, "stopped"); },
        [&](const SendWithdrawn& e) { tally("taken_back"); standing(e.message, "taken_back"); },
        [&](const MessageSent& e) {
            tally("sent");
            run(sql("UPDATE outgoing SET standing='sent', sent_at=? WHERE id=?"), e.sent_at, e.message);
        },
        [&](const MessageReturned& e) {
            tally("returned");
            standing(e.message, "returned");
            run(sql("UPDATE conversations SET returned=1 WHERE id=?"), e.conversation);
        },
        [&](const RenderingRefused& e) {
            tally("not_made");
            standing(e.message, "refused");
            run(sql("UPDATE conversations SET returned=1 WHERE id=?"), e.conversation);
        },
        [&](const AttemptUncertain& e) {
            tally("not_known");
            if (!e.repeats) standing(e.message, "not_known");
        },
        [&](const ConversationEscalated& e) {
            tally("escalated_" + std::to_string(e.rung));
            run(sql("UPDATE conversations SET rung=?, holder=?, rung_day=?, judged_at=? WHERE id=?"), e.rung, e.holder, e.told_day, e.judged_at, e.conversation);
        },
        [&](const EscalationEnded& e) { run(sql("UPDATE conversations SET rung=0, holder='' WHERE id=?"), e.conversation); },
        [](const auto&) {}}, said.event);
}

void QueuesView::settle(Database& db) {
    auto& add = prepared_.get(db, "INSERT INTO tallies VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET count = count + excluded.count");
    for (const auto& [name, count] : std::exchange(counted_, {})) run(add, name, count);
}

}  // namespace hearback
