// A view: tables made from events, that can be dropped and made again. Views lie together in one SQLite file, with their
// position in the same transaction. What is personal lies in clear there, under secure_delete.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "events/follower.hpp"
#include "log/sqlite.hpp"

namespace hearback {

class View {
  public:
    virtual ~View() = default;
    virtual const Types& hears() const = 0;
    /// SQL that makes its tables. A change of it makes all views anew from the log.
    virtual std::string_view tables() const = 0;
    virtual void apply(Database&, const Decision&, const Said&) = 0;
    /// Before each commit: what was gathered on the way is written.
    virtual void settle(Database&) {}
    /// The commit failed and everything since the last one is applied again: what was gathered is forgotten.
    virtual void give_up() {}
};

class Views : public Listener {
  public:
    /// Opens or makes `folder`/views.sqlite. A file of other tables, or one that is ahead of the journal, is made anew.
    explicit Views(std::string folder);
    /// The same with other views in another file.
    Views(std::string path, std::vector<std::unique_ptr<View>>);
    ~Views() override;
    /// Whether a file holds the tables of these views as they are now. One that is missing or damaged does not.
    static bool fit(const std::string& path, const std::vector<std::unique_ptr<View>>&);

    const Types& hears() const override { return types_; }
    void hear(const Told&, const Head&) override;
    void caught_up() override;
    /// Where these tables stand, for a follower that tells us only what comes after.
    Head going_on();

    /// A connection of one's own for reading; sees whole decisions only.
    Database reader() const { return Database(path_); }

  private:
    void make_anew(const std::string& shape);
    void commit();
    void write_heard();

    std::string path_;  // of the file
    std::vector<std::unique_ptr<View>> views_;
    Types types_;
    std::unique_ptr<Database> database_;
    Head position_;  // as committed
    Head reached_;
    std::vector<std::pair<Told, Head>> heard_;  // not committed yet; kept until it is, however long the disk is full
};

}  // namespace hearback
