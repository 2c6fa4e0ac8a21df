// Hears which letters are made, and lays each into the print room's folder of its day.
#pragma once

#include <functional>
#include <map>
#include <thread>

#include "edges/print_room/print_folder.hpp"
#include "events/follower.hpp"
#include "runtime/clock.hpp"
#include "runtime/work_queue.hpp"
#include "vault/vault.hpp"

namespace hearback {

class PrintRoom : public Listener {
  public:
    /// `trouble` is told in words when the folder is unwell; the letter is then tried again.
    PrintRoom(Log&, Vault&, const Clock&, std::filesystem::path folder, const WorkingDays&, std::string authority, std::function<void(std::string_view)> trouble);
    ~PrintRoom() override;

    const Types& hears() const override;
    void hear(const Told&, const Head&) override;
    void caught_up() override;

  private:
    struct Letter {
        MessageId message;
        BlobRef pdf;
        int pages = 0;
    };
    void work(std::stop_token);
    void place(const Letter&, std::stop_token);

    Log& log_;
    Vault& vault_;
    const Clock& clock_;
    PrintFolder folder_;
    std::string authority_;
    std::function<void(std::string_view)> trouble_;
    std::map<MessageId, Letter> waiting_;  // made, and not in the folder as far as the journal knows
    bool began_ = false;
    WorkQueue<Letter> jobs_;
    std::jthread worker_;
};

}  // namespace hearback
