// Seals and opens the personal members of events and the blobs. Data keys live in the keys topic, wrapped by the master;
// destroying a key there is what erases. A key is fresh random, never written twice, and durable before a record names it.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <string>
#include <vector>

#include "events/common.hpp"
#include "events/seal.hpp"
#include "kernel/instant.hpp"
#include "log/log.hpp"
#include "vault/master_key.hpp"

namespace hearback {

/// A blob sealed under a key of its own, and the reference that opens it.
struct SealedBlob {
    BlobRef ref;
    Blob blob;
};
SealedBlob seal_blob(std::string_view bytes);

/// Thread-safe. One in a process.
class Vault : public Seal {
  public:
    /// Reads the keys topic. `now` names the month of the inbox key (UTC). Throws std::runtime_error when the log's keys
    /// are wrapped by another master.
    Vault(Log&, MasterKey, std::function<Instant()> now);

    /// Owner "inbox" is the month's inbox key, made durable at once when it is new. Keys of other owners are made and
    /// wait in new_keys(): the caller appends them in front of the records that name them.
    Closed close(std::string_view owner, std::string_view bound_to, std::string_view plain) override;
    std::optional<std::string> open(std::string_view key, std::string_view bound_to, std::string_view text) override;

    /// Keys made since the last call, to be appended first. For the clerk's thread, which alone makes them.
    std::vector<Entry> new_keys();

    /// After those keys were appended.
    void keys_written() { unwritten_now({}); }
    /// After an append failed: what the log does not hold is never used again, or it would close words for ever.
    void forget_unwritten_keys();

    /// The bytes of a blob; nothing when it is not there. Throws when it was tampered with.
    std::optional<std::string> open_blob(const BlobRef&);

    /// Destroys all keys of an owner: what they closed stays closed for ever.
    void destroy(std::string_view owner);

    const MasterKey& master() const { return master_; }

  private:
    struct Key {
        std::string owner, bytes;
    };
    struct Made {
        std::string id, bytes;
        Entry record;
    };
    std::string key_for(std::string_view owner);
    std::string inbox_key(const std::string& owner);
    Made make_key(const std::string& owner) const;
    std::optional<std::string> newest(const std::string& owner);
    std::string remember(const std::string& owner, Made);
    void catch_up();
    void learn(const Stored&);
    std::set<std::string> unwritten_now(std::set<std::string> instead);

    Log& log_;
    MasterKey master_;
    std::function<Instant()> now_;
    std::string fingerprint_;
    std::shared_mutex mutex_;
    std::mutex reading_, making_inbox_;
    std::map<std::string, Key, std::less<>> keys_;           // by key id
    std::map<std::string, std::string, std::less<>> newest_;  // owner to key id
    std::vector<Entry> new_keys_;
    std::set<std::string> unwritten_;  // made here, and not known to be in the log
    Offset next_ = 0;
};

}  // namespace hearback
