// Blobs as files, one a blob, named by the SHA-256 of their bytes. Any thread, any number of programs on one folder.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "log/log.hpp"

namespace hearback {

/// Throws LogError{refused} when a blob's name is not the SHA-256 of its bytes.
void check_name(const Blob&);

class BlobFolder {
  public:
    /// Makes the folder when its parent exists. Throws LogError.
    explicit BlobFolder(std::string path);
    ~BlobFolder();
    BlobFolder(const BlobFolder&) = delete;
    BlobFolder& operator=(const BlobFolder&) = delete;

    /// All of them are durable when it returns; many callers share one sync of the disk.
    void store(std::span<const Blob* const>);

    /// Checked against its name; nothing when there is none. Throws LogError{refused} when damaged.
    std::optional<std::string> find(std::string_view name) const;

  private:
    void make_durable();

    std::string path_;
    int descriptor_;  // of the folder: its disk is synced

    std::mutex mutex_;
    std::condition_variable synced_;
    bool running_ = false;
    std::uint64_t begun_ = 0, ended_ = 0, failed_ = 0;  // numbers of syncs
    int error_ = 0;
};

}  // namespace hearback
