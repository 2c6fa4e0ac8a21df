#include "views/queues.hpp"

#include "deciders/family_words.hpp"
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
        "TeamListed", "StaffListed", "CaseListed", "ContactListed", "CaseClosed", "ContactRemoved", "CorrectionBegun", "AddressLetterPrepared", "CorrectionDoubted", "AddressCorrected", "CorrectionTakenBack", "MessageReceived", "MessageRouted", "MessageUnmatched", "MessageSetAside",
        "InputParked", "PromiseMade", "ChaserJoined", "PromiseKept", "PromiseBroken", "ConversationClaimed", "ConversationHandedOver", "ConversationMatched",
        "ReplyWritten", "CallNoted", "NoAnswerNeeded", "PromiseMoved", "OfferedToColleagues", "AcknowledgementPrepared", "NoticePrepared", "SendHeld", "SendReleased", "SendCancelled",
        "SendWithdrawn", "MessageRendered", "LetterInPrintRoom", "AbsenceSet", "AbsenceEnded", "WorkHandedOver", "MorningLookedOver", "SeenAtWork", "NewPersonTold", "MessageSent", "MessageReturned", "RenderingRefused", "AttemptUncertain", "ConversationEscalated", "EscalationEnded", "PossibleComplaintOpened", "ComplaintFiled", "ComplaintDeclined", "ComplaintAcknowledged", "StaffTold"};
    return types;
}

std::string_view QueuesView::tables() const {
    return R"(
CREATE TABLE teams(id TEXT PRIMARY KEY, name TEXT, manager TEXT, head_of_service TEXT, complaints TEXT, matching TEXT) WITHOUT ROWID;
CREATE TABLE staff(id TEXT PRIMARY KEY, name TEXT, role TEXT, team TEXT, phone TEXT, email TEXT) WITHOUT ROWID;
CREATE TABLE cases(id TEXT PRIMARY KEY, child TEXT, year TEXT, caseworker TEXT, deputy TEXT, team TEXT, since TEXT, closed INTEGER DEFAULT 0) WITHOUT ROWID;
CREATE TABLE contacts(contact TEXT, case_id TEXT, name TEXT, email TEXT, phone TEXT, relation TEXT, home TEXT, listed_by TEXT, since INTEGER, removed INTEGER DEFAULT 0, PRIMARY KEY(contact, case_id)) WITHOUT ROWID;
CREATE INDEX contacts_of ON contacts(case_id);
-- Every address that somebody has or had: since when, from where, and until when it counted (0: it does).
CREATE TABLE addresses(contact TEXT, email TEXT, place INTEGER, since INTEGER, source TEXT, staff TEXT DEFAULT '', proof TEXT DEFAULT '', until INTEGER DEFAULT 0, PRIMARY KEY(contact, email)) WITHOUT ROWID;
CREATE INDEX addresses_at ON addresses(email);
-- A new address that is not confirmed yet, and those that were.
CREATE TABLE corrections(conversation TEXT PRIMARY KEY, contact TEXT, before TEXT, email TEXT, staff TEXT, proof TEXT, note TEXT, at INTEGER, with_old_address TEXT, doubted INTEGER DEFAULT 0, standing TEXT DEFAULT 'open') WITHOUT ROWID;
CREATE INDEX corrections_of ON corrections(contact);
-- Who of our lists wrote in a conversation.
CREATE TABLE writers(contact TEXT, conversation TEXT, PRIMARY KEY(contact, conversation)) WITHOUT ROWID;
-- Children whom a message that waits to be matched may be about.
CREATE TABLE guesses(conversation TEXT, case_id TEXT, PRIMARY KEY(conversation, case_id)) WITHOUT ROWID;
CREATE TABLE conversations(
  id TEXT PRIMARY KEY, opened_at INTEGER, subject TEXT, writer TEXT, address TEXT, relation TEXT DEFAULT '',
  newest TEXT, newest_at INTEGER, channel TEXT DEFAULT 'email', thanks_only INTEGER DEFAULT 0, first_words TEXT, because TEXT DEFAULT '', messages INTEGER DEFAULT 0, asks_again INTEGER DEFAULT 0,
  case_id TEXT DEFAULT '', owner TEXT DEFAULT '', team TEXT DEFAULT '', claimed INTEGER DEFAULT 0,
  standing TEXT DEFAULT 'new',   -- matching, open, kept, aside, parked
  aside_because TEXT DEFAULT '', told_day TEXT DEFAULT '', rung INTEGER DEFAULT 0, holder TEXT DEFAULT '', rung_day TEXT DEFAULT '', late_owner TEXT DEFAULT '', late_because TEXT DEFAULT '',
  kept_at INTEGER DEFAULT 0, kept_how TEXT DEFAULT '', kept_late INTEGER DEFAULT 0, returned INTEGER DEFAULT 0);
-- What an act gave to a colleague: who had it before, and who got it.
CREATE TABLE given(act TEXT, conversation TEXT, before TEXT, now TEXT, PRIMARY KEY(act, conversation)) WITHOUT ROWID;
CREATE INDEX conversations_case ON conversations(case_id);
CREATE INDEX conversations_standing ON conversations(standing);
CREATE INDEX conversations_holder ON conversations(holder) WHERE rung > 0;
-- What a family was told that it gets, by a day. A message about two children makes two.
CREATE TABLE promises(
  id TEXT PRIMARY KEY, conversation TEXT, kind TEXT, case_id TEXT, owner TEXT, team TEXT, staff TEXT, what TEXT, given_at INTEGER, received_at INTEGER,
  told_day TEXT, target INTEGER, judged_at INTEGER, broken INTEGER DEFAULT 0, moved INTEGER DEFAULT 0, offered INTEGER DEFAULT 0,
  kept_at INTEGER DEFAULT 0, kept_how TEXT DEFAULT '', kept_late INTEGER DEFAULT 0);
CREATE INDEX promises_open ON promises(owner, judged_at) WHERE kept_at = 0;
CREATE INDEX promises_of ON promises(conversation, kept_at);
CREATE INDEX promises_due ON promises(judged_at);
CREATE INDEX promises_kept ON promises(kept_at) WHERE kept_at > 0;
CREATE TABLE escalations(conversation TEXT, promise TEXT, rung INTEGER, holder TEXT, team TEXT, at INTEGER, owner TEXT, because TEXT, PRIMARY KEY(conversation, promise, rung)) WITHOUT ROWID;
CREATE INDEX escalations_at ON escalations(at);
-- What has come to the complaints team, and what they made of it.
CREATE TABLE complaints(conversation TEXT PRIMARY KEY, opened_at INTEGER, stands TEXT, team TEXT, staff TEXT DEFAULT '', decided_at INTEGER DEFAULT 0, reason TEXT DEFAULT '', told_day TEXT DEFAULT '') WITHOUT ROWID;
CREATE TABLE outgoing(
  id TEXT PRIMARY KEY, conversation TEXT, kind TEXT, recipient TEXT, written_at INTEGER, staff TEXT DEFAULT '',
  standing TEXT DEFAULT 'prepared',  -- held, released, sent, stopped, taken_back, returned, not_known, refused
  by_post INTEGER DEFAULT 0, print_day TEXT DEFAULT '', pages INTEGER DEFAULT 0,
  until INTEGER DEFAULT 0, leaves_by INTEGER DEFAULT 0, sent_at INTEGER DEFAULT 0, was_held INTEGER DEFAULT 0);
CREATE INDEX outgoing_of ON outgoing(conversation);
CREATE INDEX outgoing_standing ON outgoing(standing);
CREATE INDEX outgoing_print ON outgoing(print_day) WHERE by_post = 1;
-- Why a message is whose it is, for each of its children.
CREATE TABLE reasons(conversation TEXT, case_id TEXT, because TEXT, PRIMARY KEY(conversation, case_id)) WITHOUT ROWID;
CREATE INDEX reasons_case ON reasons(case_id);
CREATE TABLE seen(staff TEXT PRIMARY KEY, day TEXT) WITHOUT ROWID;
CREATE TABLE absences(who TEXT, from_day TEXT, to_day TEXT, cover TEXT, said_by TEXT, PRIMARY KEY(who, from_day)) WITHOUT ROWID;
CREATE TABLE left_us(staff TEXT PRIMARY KEY, on_day TEXT, work_to TEXT) WITHOUT ROWID;
-- Who showed no sign of being here when the morning was looked over, and how many families are due.
CREATE TABLE missing(staff TEXT PRIMARY KEY, day TEXT, due INTEGER) WITHOUT ROWID;
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
            run(sql("INSERT OR REPLACE INTO cases VALUES(?,?,?,?,?,?,?,0)"), e.case_id, e.child.or_empty(), e.year.or_empty(), e.caseworker, e.deputy, e.team,
                e.since ? to_iso(*e.since) : std::string());
            // What is open about a child and nobody has taken on goes with the child.
            run(sql("UPDATE promises SET owner=?1, team=?2 WHERE case_id=?3 AND kept_at=0 AND staff='' AND conversation IN (SELECT id FROM conversations WHERE claimed=0)"), e.caseworker, e.team, e.case_id);
            run(sql("UPDATE conversations SET owner=?1, team=?2 WHERE case_id=?3 AND claimed=0 AND standing='open'"), e.caseworker, e.team, e.case_id);
        },
        [&](const CaseClosed& e) {
            run(sql("UPDATE cases SET closed=1 WHERE id=?"), e.case_id);
            run(sql("UPDATE contacts SET removed=? WHERE case_id=? AND removed=0"), decision.time, e.case_id);
        },
        [&](const ContactListed& e) { list_contact(db, decision, e); },
        [&](const ContactRemoved& e) { run(sql("UPDATE contacts SET removed=? WHERE contact=? AND case_id=?"), decision.time, e.contact, e.case_id); },
        [&](const CorrectionBegun& e) {
            run(sql("INSERT OR REPLACE INTO corrections(conversation, contact, before, email, staff, proof, note, at, with_old_address) VALUES(?,?,?,?,?,?,?,?,?)"), e.conversation, e.contact,
                e.before.or_empty(), e.email.or_empty(), e.staff, to_word(e.proof), e.note.or_empty(), decision.time, e.with_old_address);
            for (const auto& conversation : {e.conversation, e.with_old_address})
                if (!conversation.empty()) open_question(db, decision, e, conversation);
        },
        [&](const AddressLetterPrepared& e) {
            const bool asks = e.template_ == TemplateName::is_this_your_address;
            outgoing(e, asks ? "question" : "to_old_address", "");
            run(sql("UPDATE conversations SET address=?, subject=? WHERE id=?"), e.to.or_empty(), asks ? "A new email address: our question to it" : "A new email address: our word to the old one", e.conversation);
        },
        [&](const CorrectionDoubted& e) { run(sql("UPDATE corrections SET doubted=1 WHERE conversation=?"), e.conversation); },
        [&](const CorrectionTakenBack& e) { run(sql("UPDATE corrections SET standing='taken_back' WHERE conversation=?"), e.conversation); },
        [&](const AddressCorrected& e) {
            run(sql("UPDATE corrections SET standing='confirmed' WHERE conversation=?"), e.conversation);
            run(sql("UPDATE addresses SET until=? WHERE contact=? AND email=?"), decision.time, e.contact, e.before.or_empty());
            run(sql("INSERT OR REPLACE INTO addresses(contact, email, place, since, source, staff, proof) SELECT ?1, ?2, IFNULL((SELECT place FROM addresses WHERE contact=?1 AND email=?3), 99), ?4, 'corrected', ?5, IFNULL((SELECT proof FROM corrections WHERE conversation=?6), '')"),
                e.contact, e.email.or_empty(), e.before.or_empty(), decision.time, e.begun_by, e.conversation);
            run(sql("UPDATE contacts SET email=? WHERE contact=? AND email=?"), e.email.or_empty(), e.contact, e.before.or_empty());
            run(sql("UPDATE conversations SET address=? WHERE address=? AND id IN (SELECT conversation FROM writers WHERE contact=?)"), e.email.or_empty(), e.before.or_empty(), e.contact);
        },
        [&](const MessageReceived& e) {
            tally("received");
            run(sql("INSERT INTO conversations(id, opened_at) VALUES(?,?) ON CONFLICT(id) DO NOTHING"), e.conversation, e.received_at);
            if (e.mail_kind != MessageKind::person && !e.opens_conversation) return;
            run(sql("UPDATE conversations SET subject=CASE WHEN messages = 0 THEN ?1 ELSE subject END, writer=?, address=?, newest=?, newest_at=?, first_words=?, channel=?, thanks_only=?, messages=messages+1 WHERE id=?"), e.subject.or_empty(),
                e.from_name.or_empty().empty() ? e.from_address.or_empty() : e.from_name.or_empty(), lower_case(e.from_address.or_empty()), e.message, e.received_at,
                first_words(e.text.or_empty()), to_word(e.channel), e.thanks_only, e.conversation);
        },
        [&](const MessageRouted& e) {
            tally("routed");
            run(sql("UPDATE conversations SET case_id=?, owner=?, team=?, relation=?, because=?, standing=CASE WHEN standing IN ('new','matching') THEN 'open' ELSE standing END WHERE id=?"),
                e.case_id, e.owner, e.team, to_word(e.relation), e.because.or_empty(), e.conversation);
            run(sql("INSERT OR REPLACE INTO reasons VALUES(?,?,?)"), e.conversation, e.case_id, e.because.or_empty());
            if (!e.contact.empty()) run(sql("INSERT OR IGNORE INTO writers VALUES(?,?)"), e.contact, e.conversation);
            for (const auto& one : e.one_of) run(sql("INSERT OR IGNORE INTO writers VALUES(?,?)"), one, e.conversation);
        },
        [&](const MessageUnmatched& e) {
            tally("unmatched");
            run(sql("UPDATE conversations SET standing='matching', because=? WHERE id=? AND case_id=''"), to_word(e.because), e.conversation);
            for (const auto& guess : e.guesses) run(sql("INSERT OR IGNORE INTO guesses VALUES(?,?)"), e.conversation, guess);
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
            run(sql("INSERT OR REPLACE INTO promises(id, conversation, kind, case_id, owner, team, staff, what, given_at, received_at, told_day, target, judged_at) "
                    "SELECT ?1, c.id, ?3, ?4, CASE WHEN ?5 <> '' THEN ?5 WHEN c.claimed OR k.id IS NULL THEN c.owner ELSE k.caseworker END, IFNULL(k.team, c.team), ?5, ?6, CASE WHEN ?4 = '' THEN 0 ELSE ?7 END, ?8, ?9, ?10, ?11 "
                    "FROM conversations c LEFT JOIN cases k ON k.id = ?4 WHERE c.id = ?2"),
                e.promise, e.conversation, to_word(e.kind), e.case_id, e.staff, e.what.or_empty(), decision.time, e.received_at, e.told_day, e.target, e.judged_at);
            run(sql("UPDATE conversations SET told_day=?, returned=0, standing=CASE WHEN case_id='' THEN 'matching' ELSE 'open' END WHERE id=?"), e.told_day, e.conversation);
        },
        [&](const ChaserJoined& e) {
            tally("chasers");
            run(sql("UPDATE conversations SET asks_again=asks_again+1 WHERE id=?"), e.conversation);
        },
        [&](const PromiseKept& e) {
            tally(to_word(e.how));
            run(sql("UPDATE promises SET kept_at=?, kept_how=?, kept_late=? WHERE id=?"), decision.time, to_word(e.how), e.late, e.promise);
            run(sql("UPDATE conversations SET standing='kept', kept_at=?, kept_how=?, kept_late=?, asks_again=0 WHERE id=? AND NOT EXISTS (SELECT 1 FROM promises p WHERE p.conversation = conversations.id AND p.kept_at = 0)"),
                decision.time, to_word(e.how), e.late, e.conversation);
        },
        [&](const PromiseBroken& e) {
            tally("broken");
            run(sql("UPDATE promises SET broken=1 WHERE id=?"), e.promise);
        },
        [&](const PromiseMoved& e) {
            tally("moved");
            run(sql("UPDATE promises SET told_day=?, judged_at=?, moved=1 WHERE id=?"), e.told_day, e.judged_at, e.promise);
            run(sql("UPDATE conversations SET told_day=? WHERE id=?"), e.told_day, e.conversation);
        },
        [&](const OfferedToColleagues& e) { run(sql("UPDATE promises SET offered=1 WHERE id=?"), e.promise); },
        [&](const CallNoted& e) {
            tally("calls");
            // A call that is answered owes nothing; what was promised in it follows in the same decision.
            if (e.outcome == CallOutcome::answered)
                run(sql("UPDATE conversations SET standing='kept', kept_at=?, kept_how='by_telephone', kept_late=0 WHERE id=? AND standing IN ('open','matching') AND NOT EXISTS (SELECT 1 FROM promises p WHERE p.conversation = conversations.id AND p.kept_at = 0)"),
                    decision.time, e.conversation);
        },
        [&](const ConversationClaimed& e) {
            run(sql("UPDATE conversations SET owner=?, claimed=1, because='You took this conversation.' WHERE id=?"), e.staff, e.conversation);
            run(sql("UPDATE promises SET owner=? WHERE conversation=? AND kept_at=0 AND staff=''"), e.staff, e.conversation);
        },
        [&](const ConversationHandedOver& e) {
            run(sql("INSERT OR IGNORE INTO given SELECT ?, id, owner, ? FROM conversations WHERE id=?"), decision.id, e.to, e.conversation);
            run(sql("UPDATE conversations SET owner=?, claimed=1, because=(SELECT name FROM staff WHERE id=?) || ' gave you this conversation.' WHERE id=?"), e.to, e.staff, e.conversation);
            run(sql("UPDATE promises SET owner=? WHERE conversation=? AND kept_at=0 AND staff=''"), e.to, e.conversation);
        },
        [&](const WorkHandedOver& e) {
            run(sql("INSERT OR REPLACE INTO left_us VALUES(?,?,?)"), e.from, e.on, e.to);
            run(sql("UPDATE cases SET caseworker=?, since=? WHERE caseworker=?"), e.to, e.on, e.from);
            run(sql("UPDATE cases SET deputy='' WHERE deputy=?1 OR deputy=caseworker"), e.from);
            run(sql("UPDATE promises SET owner=?1, staff=CASE WHEN staff=?2 THEN ?1 ELSE staff END WHERE owner=?2 AND kept_at=0"), e.to, e.from);
            run(sql("UPDATE conversations SET owner=?1, because=(SELECT name FROM staff WHERE id=?2) || ' has left. You have what was theirs.' WHERE owner=?2 AND standing IN ('open','matching')"), e.to, e.from);
            run(sql("DELETE FROM missing WHERE staff=?"), e.from);
        },
        [&](const AbsenceSet& e) {
            run(sql("INSERT OR REPLACE INTO absences VALUES(?,?,?,?,?)"), e.who, e.from, e.to ? to_iso(*e.to) : std::string(), e.cover, e.staff);
            run(sql("DELETE FROM missing WHERE staff=?"), e.who);
        },
        [&](const AbsenceEnded& e) {
            run(sql("DELETE FROM absences WHERE who=? AND from_day >= ?"), e.who, e.on);
            run(sql("UPDATE absences SET to_day=?3 WHERE who=?1 AND (to_day='' OR to_day >= ?2)"), e.who, e.on, Date{std::chrono::sys_days{e.on} - std::chrono::days{1}});
        },
        [&](const MorningLookedOver& e) {
            run(sql("DELETE FROM missing"));
            for (const auto& each : e.missing) run(sql("INSERT OR REPLACE INTO missing VALUES(?,?,?)"), each.staff, e.day, each.due);
        },
        [&](const SeenAtWork& e) {
            run(sql("DELETE FROM missing WHERE staff=?"), e.staff);
            run(sql("INSERT OR REPLACE INTO seen VALUES(?,?)"), e.staff, e.day);
        },
        [&](const NewPersonTold& e) {
            if (!e.message.empty()) outgoing(e, "new_person", "");
        },
        [&](const ConversationMatched& e) {
            tally("matched");
            run(sql("UPDATE conversations SET case_id=?, owner=?, team=?, relation=?, because='', standing=CASE WHEN standing='matching' THEN 'open' ELSE standing END WHERE id=?"), e.case_id, e.owner,
                e.team, to_word(e.relation), e.conversation);
            run(sql("UPDATE promises SET case_id=?, owner=?, team=?, given_at=? WHERE conversation=? AND kept_at=0 AND case_id=''"), e.case_id, e.owner, e.team, decision.time, e.conversation);
        },
        [&](const ReplyWritten& e) { outgoing(e, answers(e.kind) ? "reply" : "news", e.staff.value); },
        [&](const NoAnswerNeeded&) {},
        [&](const AcknowledgementPrepared& e) { outgoing(e, "acknowledgement", ""); },
        [&](const NoticePrepared& e) { outgoing(e, "notice", ""); },
        [&](const SendHeld& e) {
            if (auto& first = sql("SELECT 1 FROM outgoing WHERE id = ? AND was_held = 0"); is_there(first, e.message)) tally("held");
            run(sql("UPDATE outgoing SET standing='held', was_held=1, until=?, leaves_by=? WHERE id=?"), e.until, e.leaves_by, e.message);
        },
        [&](const SendReleased& e) { standing(e.message, "released"); },
        [&](const MessageRendered& e) {
            if (e.by_post) run(sql("UPDATE outgoing SET by_post=1, pages=? WHERE id=?"), e.pages, e.message);
        },
        [&](const LetterInPrintRoom& e) { run(sql("UPDATE outgoing SET standing='in_print_room', print_day=? WHERE id=?"), e.day, e.message); },
        [&](const SendCancelled& e) { tally("stopped"); standing(e.message, "stopped"); },
        [&](const SendWithdrawn& e) { tally("taken_back"); standing(e.message, "taken_back"); },
        [&](const MessageSent& e) {
            auto& to_staff = sql("SELECT 1 FROM outgoing WHERE id = ? AND kind = 'briefing'");
            tally(is_there(to_staff, e.message) ? "sent_to_staff" : "sent");
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
            run(sql("INSERT OR REPLACE INTO escalations VALUES(?,?,?,?,?,?,?,?)"), e.conversation, e.promise, e.rung, e.holder, e.team, decision.time, e.owner, to_word(e.because));
            run(sql("UPDATE conversations SET rung=?, holder=?, rung_day=?, late_owner=?, late_because=? WHERE id=?"), e.rung, e.holder, e.told_day, e.owner, to_word(e.because), e.conversation);
        },
        [&](const EscalationEnded& e) { run(sql("UPDATE conversations SET rung=0, holder='' WHERE id=?"), e.conversation); },
        [&](const PossibleComplaintOpened& e) {
            tally("possible_complaints");
            run(sql("INSERT OR REPLACE INTO complaints(conversation, opened_at, stands, team) VALUES(?,?,'possible',?)"), e.conversation, decision.time, e.team);
        },
        [&](const ComplaintFiled& e) {
            tally("complaints");
            run(sql("INSERT INTO complaints(conversation, opened_at, stands, team) SELECT ?1, ?2, 'filed', team FROM conversations WHERE id = ?1 ON CONFLICT(conversation) DO UPDATE SET stands = 'filed'"), e.conversation, decision.time);
            run(sql("UPDATE complaints SET staff=?, decided_at=?, reason='', told_day=? WHERE conversation=?"), e.staff, decision.time, e.told_day, e.conversation);
        },
        [&](const ComplaintDeclined& e) { run(sql("UPDATE complaints SET stands='declined', staff=?, decided_at=?, reason=? WHERE conversation=?"), e.staff, decision.time, to_word(e.reason), e.conversation); },
        [&](const ComplaintAcknowledged& e) { outgoing(e, "complaint", ""); },
        [&](const StaffTold& e) {
            if (!e.message.empty()) outgoing(e, "briefing", "");
        },
        [](const auto&) {}}, said.event);
}

/// What the lists no longer have counts no longer; what they have again does again.
void QueuesView::list_contact(Database& db, const Decision& decision, const ContactListed& e) {
    const auto sql = [&](std::string_view text) -> Statement& { return prepared_.get(db, text); };
    run(sql("INSERT INTO contacts VALUES(?,?,?,?,?,?,?,?,?,0) ON CONFLICT(contact, case_id) DO UPDATE SET relation=excluded.relation, listed_by=excluded.listed_by, removed=0"), e.contact, e.case_id, "", "", "",
        to_word(e.relation), "", to_word(e.listed_by), decision.time);
    run(sql("UPDATE contacts SET name=?, email=?, phone=?, home=? WHERE contact=?"), e.name.or_empty(), e.email.or_empty(), e.phone.or_empty(), e.home.or_empty(), e.contact);
    std::vector<std::string> addresses{e.email.or_empty()};
    addresses.insert(addresses.end(), e.more_emails.or_empty().begin(), e.more_emails.or_empty().end());
    run(sql("UPDATE addresses SET place=-1 WHERE contact=?"), e.contact);
    for (std::size_t n = 0; n < addresses.size(); ++n)
        run(sql("INSERT INTO addresses(contact, email, place, since, source) VALUES(?1,?2,?3,?4,?5) ON CONFLICT(contact, email) DO UPDATE SET place=?3, since=CASE WHEN until > 0 THEN ?4 ELSE since END, source=CASE WHEN until > 0 THEN ?5 ELSE source END, until=0"),
            e.contact, addresses[n], std::int64_t(n), decision.time, to_word(e.listed_by));
    run(sql("UPDATE addresses SET until=? WHERE contact=? AND place=-1 AND until=0"), decision.time, e.contact);
}

/// A correction has its conversations from the beginning, so that what waits in them can be seen and stopped.
void QueuesView::open_question(Database& db, const Decision& decision, const CorrectionBegun& e, const ConversationId& conversation) {
    run(prepared_.get(db, "INSERT OR IGNORE INTO conversations(id, opened_at, subject, writer, address, newest_at, first_words, because, case_id, owner, team) SELECT ?1, ?2, '', ?3, '', ?2, '', 'You are the caseworker, and it is about a new email address.', ?4, k.caseworker, k.team FROM cases k WHERE k.id = ?4"),
        conversation, decision.time, e.name.or_empty(), e.case_id);
    run(prepared_.get(db, "INSERT OR IGNORE INTO writers VALUES(?,?)"), e.contact, conversation);
}

void QueuesView::settle(Database& db) {
    auto& add = prepared_.get(db, "INSERT INTO tallies VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET count = count + excluded.count");
    for (const auto& [name, count] : std::exchange(counted_, {})) run(add, name, count);
}

}  // namespace hearback
