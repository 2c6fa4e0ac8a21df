// What pages and the API read: plain data out of the views. Times are UTC instants; words are the office's own.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kernel/ids.hpp"
#include "kernel/instant.hpp"
#include "views/row.hpp"
#include "views/view.hpp"

namespace hearback {

struct QueueRow {
    std::string conversation, case_id, child, year, writer, relation, subject, first_words, because, owner, owner_name;
    std::string standing;  ///< matching, open, kept, aside, parked
    std::string promise, kind, what;  ///< what is owed: answer, call_back, meeting, something; empty when nothing is
    std::string channel;              ///< of their newest message: email, call, letter
    bool thanks_only = false, moved = false, offered = false;
    Instant newest_at{}, judged_at{}, target{};
    std::string told_day, rung_day;  ///< dates
    bool broken = false, asks_again = false, returned = false;
    int rung = 0;
    std::string holder, holder_name;
    std::string waiting;  ///< a finished answer that waits to leave: its message id
    Instant waiting_until{}, waiting_leaves_by{};
    Instant kept_at{};
    Instant promise_kept_at{};  ///< of the promise that this row is about; zero while it is open
    bool promise_kept_late = false;
    std::string kept_how;  ///< how the last promise was kept
    bool kept_late = false;
    std::string late_owner, late_owner_name, late_because;  ///< why it went up: LateBecause
    std::string aside_because;  ///< why it was set aside or could not be understood, at first
};

struct TimelineItem {
    std::int64_t number = 0;
    Instant at{};
    std::string kind, title, byline, because, body, badge, message, event, attachments;
    std::string raw_name, raw_key;
    std::int64_t raw_bytes = 0;
    std::string standing;  ///< of an outgoing message now: held, sent, stopped, ...
    Instant until{}, leaves_by{};
};

struct FamilyMember {
    std::string contact, name, relation, email, phone;
};

struct CaseFile {
    QueueRow row;
    std::string newest_message, address, deputy_name, since, team;
    bool claimed = false;
    std::vector<std::string> questions;  ///< of theirs, not answered yet
    std::vector<QueueRow> owed;  ///< all open promises, the most urgent first
    std::vector<TimelineItem> timeline;
    std::vector<FamilyMember> contacts;
};

struct Colleague {
    std::string id, name, role, team, team_name, phone;
    bool left = false;
};

struct CaseRef {
    std::string id, child, year, caseworker_name;
};

/// Somebody of a child's list, found by what a caller says.
struct ListedPerson {
    std::string contact, name, relation, phone, case_id, child, year;
};

/// An address of somebody's, and how we know it.
struct KnownAddress {
    std::string email, source, staff_name, proof;  ///< source: council_list, matched, corrected; the others only of a correction
    Instant since{}, until{};                      ///< `until`: it no longer counts since then; zero while it does
    std::vector<std::pair<std::string, std::string>> shared_with;  ///< who else has it: contact and name
};

/// A new address that nobody has confirmed yet.
struct WaitingAddress {
    std::string conversation, before, email, staff, staff_name, proof, note, standing;  ///< standing of our question to it: held, sent, returned, ...
    bool doubted = false;
    Instant at{}, leaves_at{};
};

/// What a person is to a child of ours.
struct ListedChild {
    std::string case_id, child, year, relation, listed_by;
    Instant since{}, removed{};  ///< `removed`: in no list of this child any more since then
};

/// Everything that we know of somebody in our lists.
struct PersonFile {
    std::string contact, name, phone, home;
    std::vector<ListedChild> children;
    std::vector<KnownAddress> addresses;  ///< those that count first
    std::optional<WaitingAddress> waiting;
    std::vector<QueueRow> conversations;  ///< the newest first
};

struct ChildFile {
    std::string case_id, child, year, caseworker, caseworker_name, deputy_name, team_name, since;
    bool closed = false;  ///< in no list of the council any more
    std::vector<FamilyMember> people;
    std::vector<QueueRow> conversations;  ///< the newest first
};

/// Counts that open: each is a query on the rows.
struct Figures {
    std::map<std::string, std::int64_t> totals;  ///< received, routed, unmatched, set_aside, held, sent, answered, ...
    std::int64_t open = 0, broken = 0, with_manager = 0, with_head = 0, with_complaints = 0, waiting_for_window = 0, matching = 0, not_seen = 0, aside = 0, parked = 0, returned = 0, possible_complaints = 0;
    std::int64_t settled = 0;  ///< conversations that owe nothing now: answered, or no answer needed
};

struct ActOutcome {
    std::string conversation, result, words;  ///< result: done, refused
};

/// A conversation that an act gave to a colleague. Names; before: empty when nobody had it.
struct GivenRow {
    std::string conversation, child, writer, relation, before, now;
};

/// Somebody's absence, as it stands.
struct Away {
    std::string who, name, from, to, cover, cover_name;  ///< dates; `to` is empty while nobody knows
};

/// Somebody who showed no sign of being here this morning.
struct NotSeen {
    std::string staff, name, team, day;
    std::int64_t due = 0;  ///< families who were told today
};

/// What has come to the complaints team.
struct ComplaintRow {
    std::string conversation, child, writer, relation, first_words, stands;  ///< stands: possible, filed, declined
    Instant opened_at{}, newest_at{};
    bool answered = false;  ///< the family has the answer that was owed first
    std::string staff_name;
    Instant decided_at{};
    std::string reason, told_day;
    bool owed = false;  ///< filed, and not answered yet
};

/// What lies in the print room's folder of one day.
struct PrintDay {
    std::string day;
    std::int64_t letters = 0, pages = 0, posted = 0;
};

/// One connection; one thread.
class Reading {
  public:
    explicit Reading(const Views& views) : db_(views.reader()) {}

    struct Question {
        std::string owner = {}, team = {};
        std::vector<std::string> covering = {};  ///< with `owner`: colleagues whose work is theirs today
        std::string holder = {};    ///< to whom it has gone up and who still owes the answer
        std::string conversation = {};
        std::string contact = {}, case_id = {};  ///< whose conversations: a person's of our lists, a child's
        std::string standing = {};  ///< one of QueueRow's, or "unanswered" for open and matching
        std::string text = {};
        std::string late_because = {}, late_owner = {};  ///< with an outcome that it went up: for this cause (LateBecause)
        std::string outcome = {};   ///< what a figure counted between `from` and `to`: see outcomes() in reading.cpp
        Instant from{}, to{};
        int rung = 0;
        bool broken = false, waiting = false, returned = false;
        int most = 500;
    };
    std::vector<QueueRow> rows(const Question&);
    std::optional<CaseFile> casefile(const std::string& conversation);
    std::optional<TimelineItem> message(const std::string& message);  ///< an incoming one, with the way to its bytes
    /// Where a message for a family belongs; empty when there is no such message.
    std::string conversation_of_ours(const std::string& message);
    std::vector<FamilyMember> family(const std::string& case_id);
    std::optional<PersonFile> person(const std::string& contact);
    std::optional<ChildFile> child(const std::string& case_id);
    /// Children whom a message that waits to be matched may be about.
    std::vector<CaseRef> guesses(const std::string& conversation);
    Figures figures(const std::string& team = {});
    std::int64_t gone_up(const std::string& team = {});  ///< conversations that somebody above has
    std::vector<Colleague> staff();
    std::optional<Colleague> member(const std::string& id);
    /// Days with letters, the newest first; `posted` of them are on their way.
    std::vector<PrintDay> print_days(int most);
    /// Absences that have not ended by this day, the first one first.
    std::vector<Away> absences(Date today);
    /// Whether there was a sign of them on this day already.
    bool seen_on(const std::string& staff, Date day);
    std::vector<NotSeen> not_seen();
    /// Colleagues who are away on this day and whose work is `me`'s, cover of cover followed.
    std::vector<std::string> covered_by(const std::string& me, Date today);
    /// By name, child's name or number, or telephone number (its digits, however they are written).
    std::vector<ListedPerson> people_like(const std::string& words, int most);
    std::vector<CaseRef> cases(const std::string& like, int most);
    /// Possible complaints first, then filed ones, then those that were declined.
    std::vector<ComplaintRow> complaints(int most);
    std::optional<ActOutcome> outcome(const std::string& act);
    /// What an act gave away, sorted by child; nothing when it gave nothing.
    std::vector<GivenRow> given(const std::string& act);

  private:
    std::vector<KnownAddress> addresses(const std::string& contact);
    std::optional<WaitingAddress> waiting_address(const std::string& contact);
    std::vector<QueueRow> conversations_of(const Question&);
    QueueRow row(const Statement&);
    Database db_;
    Prepared prepared_;
};

}  // namespace hearback
