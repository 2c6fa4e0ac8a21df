// Carries released messages to the relay, one granted attempt at a time, and reports what became of each. It decides
// nothing: it acts on a grant, on exactly the bytes that were rendered, and looks at the clock again just before it speaks.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "edges/mailer/ledger.hpp"
#include "edges/mailer/relay.hpp"
#include "events/follower.hpp"
#include "kernel/working_time.hpp"
#include "runtime/clock.hpp"
#include "runtime/work_queue.hpp"
#include "vault/vault.hpp"

namespace hearback {

struct MailerSettings {
    std::string authority;
    std::string sender;  ///< envelope sender: where delivery reports go
    RelaySettings relay;
    std::size_t connections = 8;  ///< to the relay, side by side
    OpenTime window;              ///< looked at again before the peer is spoken to
};

class Mailer : public Listener {
  public:
    Mailer(Log&, Vault&, const Clock&, Ledger&, MailerSettings);
    ~Mailer() override;

    const Types& hears() const override;
    void hear(const Told&, const Head&) override;
    /// The first time: takes up what an earlier life left open.
    void caught_up() override;

    std::uint64_t sent() const { return sent_; }

  private:
    struct Letter {
        std::string to;
        BlobRef bytes;
    };
    struct Job {
        MessageId message;
        AttemptGranted grant;
        Letter letter;
    };
    void carry(std::stop_token, Relay&);
    AttemptReported attempt(const Job&, Relay&);
    void report(AttemptReported);
    void send_reports(std::stop_token);
    void take_up(const AttemptGranted&);
    void carry_out(const AttemptGranted&);
    void ask(const MessageId&);

    Log& log_;
    Vault& vault_;
    const Clock& clock_;
    Ledger& ledger_;
    MailerSettings settings_;
    std::map<MessageId, Letter> letters_;
    std::map<MessageId, AttemptGranted> open_;   // granted, no outcome heard yet
    std::set<MessageId> ungranted_;              // rendered, nothing granted yet
    bool began_ = false;
    std::atomic<std::uint64_t> sent_ = 0;
    WorkQueue<Job> jobs_;
    WorkQueue<AnyEvent> reports_;
    std::vector<std::jthread> carriers_;
    std::jthread reporter_;
};

}  // namespace hearback
