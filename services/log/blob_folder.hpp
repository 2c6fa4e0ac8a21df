// Blobs as files, one a blob, named by the SHA-256 of their bytes. Any thread, any number of programs on one folder.
#pragma once

#include <optional>
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

    /// Durable when it returns (written, synced, renamed, folder synced). Storing one again costs next to nothing.
    void store(const Blob&) const;

    /// Checked against its name; nothing when there is none. Throws LogError{refused} when damaged.
    std::optional<std::string> find(std::string_view name) const;

  private:
    std::string path_;
};

}  // namespace hearback
