// The tables that are searched: one row of words for every message in and out (emails, calls, letters, replies, notes for the
// office), with what can be asked of it as words too, so that one index answers the whole question; and the directory.
//
// A message's number is its time in 64ths of a second, or the next free one: newest first and from day to day are ranges of it.
//
// Erasing: what has no key any more when it is told is not indexed, so an index that is made anew never has it. To a live index
// nothing happens by itself when a key is destroyed: the words stay until an event says so to the views. Deleting its rows of
// `words` and `messages` is then enough: secure_delete overwrites pages, and where FTS5 has its own 'secure-delete' (SQLite 3.42)
// it is on; before that, 'optimize' after the deleting rewrites what FTS5 would keep.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "views/row.hpp"
#include "views/view.hpp"

namespace hearback {

class SearchView : public View {
  public:
    static constexpr std::int64_t numbers_a_second = 64;

    const Types& hears() const override;
    std::string_view tables() const override;
    void apply(Database&, const Decision&, const Said&) override;
    void settle(Database&) override;
    void give_up() override;

  private:
    /// A message that is not among the words yet.
    struct Message {
        MessageId id;
        ConversationId conversation;
        Instant at{};
        std::string kind, way;  // email, call, letter, note; in, out or neither
        StaffId staff = {};
        std::string writer, address, subject, text;
    };
    void take(Database&, Message);
    void listed(Database&, std::string_view kind, std::string_view id, const std::string& words, const std::string& phone);
    void list_contact(Database&, const ContactListed&);
    void has_address(Database&, const ContactId&, const std::string& email);
    void list_case(Database&, const CaseListed&);
    void is_about(Database&, const ConversationId&, const CaseId&);
    void is_unsent(Database&, const MessageId&);
    void is_owned(Database&, const ConversationId&, const StaffId&);
    std::int64_t free_number(Database&, Instant);
    std::string staff_name(Database&, const StaffId&);
    void write_words(Database&, const std::string& conversation);

    Prepared prepared_;
    std::map<std::int64_t, Message> fresh_;  // by number, since the last commit
    std::set<std::string> fresh_in_;         // conversations of these
    std::set<std::string> changed_;          // conversations with another child or owner: all their messages are
};

}  // namespace hearback
