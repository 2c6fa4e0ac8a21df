// Renders a released message with the date of its release, keeps the bytes, and says so. What cannot be rendered goes
// back to its writer with the reason. A preview is the same function.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <thread>

#include "events/follower.hpp"
#include "mail/reply_token.hpp"
#include "runtime/clock.hpp"
#include "runtime/work_queue.hpp"
#include "vault/vault.hpp"
#include "words/template.hpp"

namespace hearback {

struct RenderingSettings {
    std::string authority;
    std::string council_name;  ///< the sender's name
    std::string mailbox;       ///< where a conversation's mailbox is not known
    std::vector<std::string> write_to;  ///< on paper: where the family can write back
    InstanceId carrier;        ///< the mailer beside us, for whom an attempt is asked at once; empty: it asks itself
};

class Rendering : public Listener {
  public:
    Rendering(Log&, Vault&, const ReplyTokens&, const Clock&, RenderingSettings);
    ~Rendering() override;

    const Types& hears() const override;
    void hear(const Told&, const Head&) override;
    void caught_up() override;

  private:
    struct Letter;
    template <class Prepared>
    void prepare(const Prepared&);
    void readdress(const AddressCorrected&);
    void release(const MessageId&, Instant at);
    void work(std::stop_token);
    AnyEvent outcome(const Letter&, std::vector<Blob>&) const;
    AnyEvent on_paper(const Letter&, const Template&, std::vector<Blob>&) const;

    Log& log_;
    Vault& vault_;
    const ReplyTokens& tokens_;
    const Clock& clock_;
    RenderingSettings settings_;
    std::map<MessageId, std::shared_ptr<Letter>> letters_;
    std::map<ConversationId, std::string> mailboxes_;
    std::map<ConversationId, ContactId> writers_;  // of the newest message, as far as we know them
    std::map<MessageId, Instant> released_;  // not rendered yet
    bool began_ = false;
    WorkQueue<std::shared_ptr<Letter>> jobs_;
    std::jthread worker_;
};

}  // namespace hearback
