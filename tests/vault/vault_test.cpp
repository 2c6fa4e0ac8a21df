// What is sealed opens under its key and nowhere else; what was destroyed stays closed; no word is sealed under a key
// that the log does not hold.
#include "vault/vault.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "log/temp_folder.hpp"
#include "vault/aead.hpp"

namespace hearback {

const MasterKey master = MasterKey::from_bytes({1, 2, 3});

struct Safe {
    TempFolder folder;
    std::unique_ptr<Log> log = open_sqlite_log({.folder = folder.path(), .authority = "E08000002"});
    std::unique_ptr<Vault> open(const MasterKey& key = master) {
        return std::make_unique<Vault>(*log, key, [] { return *instant_from_iso("2024-02-14T10:00:00Z"); });
    }
};

TEST(Vault, OpensWhatItClosedAndOnlyWhereItBelongs) {
    Safe safe;
    auto vault = safe.open();
    const auto closed = vault->close("conversation/c-1", "e.1|Type", "words");
    EXPECT_EQ(vault->open(closed.key, "e.1|Type", closed.text), "words");
    EXPECT_THROW(vault->open(closed.key, "e.2|Type", closed.text), std::runtime_error);
    auto changed = closed.text;
    changed[40] = changed[40] == 'A' ? 'B' : 'A';
    EXPECT_THROW(vault->open(closed.key, "e.1|Type", changed), std::runtime_error);
    EXPECT_THROW(vault->open(closed.key, "e.1|Type", "not base64"), std::runtime_error);
}

TEST(Vault, KeysOfConversationsWaitForTheCallerAndThoseOfTheInboxDoNot) {
    Safe safe;
    auto vault = safe.open();
    vault->close("inbox", "x", "words");
    EXPECT_EQ(safe.log->read(Topic::keys, 0, 10, Millis{0}).size(), 1U);
    vault->close("conversation/c-1", "x", "words");
    vault->close("conversation/c-1", "y", "words");
    EXPECT_EQ(vault->new_keys().size(), 1U);
    EXPECT_TRUE(vault->new_keys().empty());
}

TEST(Vault, NeverUsesAKeyAgainThatDidNotReachTheLog) {
    Safe safe;
    auto vault = safe.open();
    const auto lost = vault->close("conversation/c-1", "x", "words");
    vault->new_keys();  // and the append failed
    vault->forget_unwritten_keys();
    const auto again = vault->close("conversation/c-1", "x", "words");
    EXPECT_NE(again.key, lost.key);
    safe.log->append(vault->new_keys());
    EXPECT_EQ(safe.open()->open(again.key, "x", again.text), "words");
}

TEST(Vault, KeepsAKeyOfAnAppendThatCameThroughAfterAll) {
    Safe safe;
    auto vault = safe.open();
    const auto closed = vault->close("conversation/c-1", "x", "words");
    safe.log->append(vault->new_keys());
    vault->forget_unwritten_keys();
    EXPECT_EQ(vault->close("conversation/c-1", "y", "words").key, closed.key);
}

TEST(Vault, TwoOnOneLogOpenEachOthersWords) {
    Safe safe;
    auto one = safe.open(), two = safe.open();
    const auto closed = one->close("conversation/c-1", "x", "words");
    safe.log->append(one->new_keys());
    EXPECT_EQ(two->open(closed.key, "x", closed.text), "words");
}

TEST(Vault, WhatIsDestroyedStaysClosedForEverybody) {
    Safe safe;
    auto vault = safe.open();
    const auto gone = vault->close("conversation/c-1", "x", "words"), kept = vault->close("conversation/c-2", "x", "words");
    safe.log->append(vault->new_keys());
    vault->destroy("conversation/c-1");
    const auto next = safe.open();
    for (auto* each : {vault.get(), next.get()}) {
        EXPECT_FALSE(each->open(gone.key, "x", gone.text));
        EXPECT_EQ(each->open(kept.key, "x", kept.text), "words");
    }
    EXPECT_NE(vault->close("conversation/c-1", "x", "words").key, gone.key);
}

TEST(Vault, RefusesAnotherMaster) {
    Safe safe;
    auto vault = safe.open();
    vault->close("inbox", "x", "words");
    EXPECT_THROW(safe.open(MasterKey::from_bytes({9})), std::runtime_error);
}

TEST(Blobs, OpenWithTheirOwnKeyAndNotWhenTheyWereChanged) {
    Safe safe;
    auto vault = safe.open();
    const auto sealed = seal_blob("the whole mail");
    safe.log->append({}, {&sealed.blob, 1});
    EXPECT_EQ(vault->open_blob(sealed.ref), "the whole mail");
    auto other = sealed.ref;
    other.key = seal_blob("").ref.key;
    EXPECT_THROW(vault->open_blob(other), std::runtime_error);
    other.name = std::string(64, '0');
    EXPECT_FALSE(vault->open_blob(other));
}

TEST(MasterKeyFile, IsMadeOnceForItsOwnerAlone) {
    TempFolder folder;
    const auto path = folder.path() + "/master.key";
    EXPECT_THROW(MasterKey::from_file(path, false), std::runtime_error);
    const auto made = MasterKey::from_file(path, true).fingerprint();
    EXPECT_EQ(MasterKey::from_file(path, false).fingerprint(), made);
    struct stat about {};
    ASSERT_EQ(stat(path.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600U);
    chmod(path.c_str(), 0640);
    EXPECT_THROW(MasterKey::from_file(path, false), std::runtime_error);
    chmod(path.c_str(), 0600);
    std::ofstream(path, std::ios::app) << "x";
    EXPECT_THROW(MasterKey::from_file(path, false), std::runtime_error);
}

}  // namespace hearback
