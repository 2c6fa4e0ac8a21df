#include "vault/vault.hpp"

#include <stdexcept>

#include "log/sha256.hpp"
#include "vault/aead.hpp"

namespace hearback {

SealedBlob seal_blob(std::string_view bytes) {
    const auto key = random_bytes(key_bytes);
    auto closed = aead_close(key, "blob", bytes);
    auto name = sha256_hex(closed);
    return {.ref = {.name = name, .key = to_base64(key), .bytes = std::int64_t(bytes.size())},
            .blob = {.name = name, .bytes = std::move(closed)}};
}

Vault::Vault(Log& log, MasterKey master, std::function<Instant()> now)
    : log_(log), master_(std::move(master)), now_(std::move(now)), fingerprint_(master_.fingerprint()) {
    catch_up();
}

void Vault::learn(const Stored& stored) {
    const std::string id = stored.record.key;
    if (!stored.record.value) {
        const std::unique_lock lock(mutex_);
        if (const auto found = keys_.find(id); found != keys_.end()) {
            if (const auto newest = newest_.find(found->second.owner); newest != newest_.end() && newest->second == id)
                newest_.erase(newest);
            keys_.erase(found);
        }
        return;
    }
    if (stored.record.header("master") != fingerprint_)
        throw std::runtime_error("the keys in this log are wrapped by another master key (" +
                                 std::string(stored.record.header("master")) + "): put that key file in its place");
    const std::string owner(stored.record.header("owner"));
    auto bytes = master_.unwrap(*stored.record.value, id + "|" + owner);
    const std::unique_lock lock(mutex_);
    keys_[id] = {owner, std::move(bytes)};
    newest_[owner] = id;
    unwritten_.erase(id);
}

void Vault::catch_up() {
    const std::lock_guard lock(reading_);
    for (;;) {
        const auto batch = log_.read(Topic::keys, next_, 1000, Millis{0});
        for (const auto& stored : batch) {
            learn(stored);
            next_ = stored.offset + 1;
        }
        if (batch.empty()) return;
    }
}

Vault::Made Vault::make_key(const std::string& owner) const {
    Made made{.id = to_hex(random_bytes(16)), .bytes = random_bytes(key_bytes), .record = {}};
    made.record = {Topic::keys, {.key = made.id, .value = master_.wrap(made.bytes, made.id + "|" + owner),
                                 .headers = {{"ce_specversion", "1.0"}, {"ce_id", made.id}, {"ce_type", "KeyMade"},
                                             {"ce_source", "/vault"}, {"owner", owner}, {"master", fingerprint_}}}};
    return made;
}

std::optional<std::string> Vault::newest(const std::string& owner) {
    const std::shared_lock lock(mutex_);
    const auto found = newest_.find(owner);
    return found == newest_.end() ? std::nullopt : std::optional(found->second);
}

std::string Vault::remember(const std::string& owner, Made made) {
    const std::unique_lock lock(mutex_);
    keys_[made.id] = {owner, std::move(made.bytes)};
    return newest_[owner] = made.id;
}

/// Many threads of edges seal under it, so it is durable before any of them sees it.
std::string Vault::inbox_key(const std::string& owner) {
    if (auto known = newest(owner)) return *known;
    const std::lock_guard making(making_inbox_);
    if (auto known = newest(owner)) return *known;
    catch_up();
    if (auto known = newest(owner)) return *known;
    auto made = make_key(owner);
    log_.append({&made.record, 1});
    return remember(owner, std::move(made));
}

std::string Vault::key_for(std::string_view owner) {
    if (owner == "inbox") return inbox_key("inbox/" + to_iso(now_()).substr(0, 7));
    const std::string name(owner);
    if (auto known = newest(name)) return *known;
    auto made = make_key(name);
    new_keys_.push_back(made.record);
    {
        const std::unique_lock lock(mutex_);
        unwritten_.insert(made.id);
    }
    return remember(name, std::move(made));
}

Seal::Closed Vault::close(std::string_view owner, std::string_view bound_to, std::string_view plain) {
    auto id = key_for(owner);
    std::string key;
    {
        const std::shared_lock lock(mutex_);
        key = keys_.at(id).bytes;
    }
    return {std::move(id), to_base64(aead_close(key, bound_to, plain))};
}

std::optional<std::string> Vault::open(std::string_view key, std::string_view bound_to, std::string_view text) {
    for (const bool again : {false, true}) {
        {
            const std::shared_lock lock(mutex_);
            if (const auto found = keys_.find(key); found != keys_.end())
                return aead_open(found->second.bytes, bound_to, from_base64(text));
        }
        if (!again) catch_up();
    }
    return {};
}

std::vector<Entry> Vault::new_keys() { return std::exchange(new_keys_, {}); }

std::set<std::string> Vault::unwritten_now(std::set<std::string> instead) {
    const std::unique_lock lock(mutex_);
    return std::exchange(unwritten_, std::move(instead));
}

void Vault::forget_unwritten_keys() {
    catch_up();
    new_keys_.clear();
    const auto lost = unwritten_now({});
    const std::unique_lock lock(mutex_);
    for (const auto& id : lost) keys_.erase(id);
    std::erase_if(newest_, [&](const auto& each) { return lost.contains(each.second); });
}

std::optional<std::string> Vault::open_blob(const BlobRef& ref) {
    const auto closed = log_.blob(ref.name);
    if (!closed) return {};
    return aead_open(from_base64(ref.key), "blob", *closed);
}

void Vault::destroy(std::string_view owner) {
    catch_up();
    std::vector<Entry> tombstones;
    {
        const std::shared_lock lock(mutex_);
        for (const auto& [id, key] : keys_)
            if (key.owner == owner) tombstones.push_back({Topic::keys, {.key = id, .value = {}, .headers = {}}});
    }
    if (!tombstones.empty()) log_.append(tombstones);
    catch_up();
}

}  // namespace hearback
