// Full-text search over every message and the directory, in a file of its own (search.sqlite), written by a thread of its own:
// it lags a second behind the journal, so that mail that pours in is written in big pieces, and delays nobody. When its tables change their shape it is made anew *beside* the live one
// (search.beside.sqlite) and takes its place when it has caught up; meanwhile the old one answers as it stands.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "events/follower.hpp"
#include "views/row.hpp"
#include "views/view.hpp"

namespace hearback {

/// The index and its one writer.
class SearchIndex : public Listener {
  public:
    /// It rests after each piece it has written; until the next, "up to" says how far it is.
    explicit SearchIndex(std::string folder, Millis rest = Millis{0});

    /// Reads the journal by itself until it is stopped, from where the index stands. An index that turns out to be of another
    /// log, or damaged, is made anew once, with `trouble` told; what is wrong with the log itself throws.
    void run(Log&, const std::string& authority, Seal&, std::stop_token, const std::function<void(std::string_view)>& trouble);

    const Types& hears() const override { return tables_->hears(); }
    void hear(const Told&, const Head&) override;
    void caught_up() override;

    /// How many decisions the index has taken in, as last committed with nothing left to read.
    std::uint64_t sequence() const { return sequence_; }
    /// Whether something is on record that cannot be found yet.
    bool behind() const { return behind_; }

    /// `hearback views rebuild search`: at the next start the index is made anew beside the live one.
    static void ask_for_new(const std::string& folder);

  private:
    friend class Search;
    void open(bool beside);
    void swap_in();

    const std::string live_, beside_;
    const Millis rest_;
    bool writes_beside_ = false;
    std::unique_ptr<Views> tables_;  // what is written now: the live ones or those beside them
    std::atomic<std::uint64_t> sequence_ = 0;
    std::atomic<bool> behind_ = true;
    mutable std::shared_mutex swapping_;  // nobody reads while the files change places
};

/// A text in pieces, those marked that were looked for.
struct FoundPiece {
    std::string text;
    bool found = false;
};

struct FoundMessage {
    std::string conversation, message, kind, way, writer, child, owner_name;  ///< kind: email, call, letter, note; way: in, out or empty
    Instant at{};
    bool unsent = false;  ///< stopped, or taken back, before it left
    std::vector<FoundPiece> subject, words;
};

/// Somebody in the directory.
struct FoundPerson {
    std::string kind;  ///< child, contact, staff
    std::string id, name, about;
};

struct Found {
    std::vector<FoundPerson> people;
    std::vector<FoundMessage> messages;
    std::int64_t total = 0;
    bool more = false;              ///< there are more than `total`
    std::optional<Instant> up_to;   ///< time of the newest message that can be found; nothing when there is none
    bool behind = false;            ///< newer ones are on record and will be found in a while
};

/// One connection; one thread; not to be kept beyond a page. Where the index cannot be asked yet (damaged, or of tables that today's
/// questions do not fit) nothing is found and it is said to be behind, until its successor is there.
class Search {
  public:
    explicit Search(const SearchIndex&);

    static constexpr int rows_a_page = 20, pages_max = 50;
    static constexpr std::int64_t counted_max = 1000;

    struct Question {
        std::string text = {};  ///< as somebody typed it; anything is allowed
        std::string case_id = {}, owner = {};
        std::string person = {};            ///< a contact or a member of staff: what they wrote and what was written to them
        std::string kind = {}, way = {};    ///< FoundMessage's
        std::optional<Date> from = {}, to = {};  ///< London days, both included
        bool best_first = false;  ///< by how well it fits, among the newest thousands; else the newest first
        int page = 1;
        bool asks_something() const { return !(text.empty() && case_id.empty() && owner.empty() && person.empty() && kind.empty() && way.empty() && !from && !to); }
    };
    Found ask(const Question&);
    /// A person of the directory by kind and id.
    std::optional<FoundPerson> person(std::string_view kind, const std::string& id);

  private:
    Database& database();
    Found answer(const Question&);
    std::optional<FoundPerson> listed(std::string_view kind, const std::string& id);
    std::vector<FoundPerson> people(const std::string& typed);
    void messages(const Question&, const std::string& match, Found&);
    std::string facts(const Question&);
    FoundMessage message(const Statement&);

    const SearchIndex& index_;
    std::shared_lock<std::shared_mutex> lock_;
    std::optional<Database> db_;
    Prepared prepared_;
};

}  // namespace hearback
