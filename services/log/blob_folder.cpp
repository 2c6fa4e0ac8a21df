#include "log/blob_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>

#include "log/sha256.hpp"

namespace hearback {

namespace {

[[noreturn]] void fail(const std::string& path) {
    const int error = errno;
    const std::string reason = std::strerror(error);
    if (error == ENOSPC || error == EDQUOT)
        throw LogError(LogError::Kind::unavailable, "No room is left for " + path + ": free some space on its disk.");
    throw LogError(LogError::Kind::unavailable,
                   "Cannot use " + path + " (" + reason + "): check the disk and its rights.");
}

class File {
  public:
    File(const std::string& path, int flags) : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0640)) {}
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    explicit operator bool() const { return descriptor_ >= 0; }
    int descriptor() const { return descriptor_; }

  private:
    int descriptor_;
};

void sync(const std::string& path, int flags) {
    const File file(path, flags);
    if (!file || ::fsync(file.descriptor()) != 0) fail(path);
}

void make_folder(const std::string& path, const std::string& parent) {
    if (::mkdir(path.c_str(), 0750) == 0) return sync(parent, O_RDONLY | O_DIRECTORY);
    if (errno != EEXIST) fail(path);
}

void write_all(const File& file, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.descriptor(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail(path);
        bytes.remove_prefix(std::size_t(written));
    }
    if (::fsync(file.descriptor()) != 0) fail(path);
}

// The name is only ours among the programs that share the folder because the file must not exist yet.
std::string write_part(const std::string& final_path, std::string_view bytes) {
    static std::atomic<unsigned> parts{0};
    for (;;) {
        std::string path = final_path + "." + std::to_string(::getpid()) + "-" + std::to_string(++parts) + ".part";
        const File file(path, O_WRONLY | O_CREAT | O_EXCL);
        if (!file && errno == EEXIST) continue;
        if (!file) fail(path);
        try {
            write_all(file, bytes, path);
        } catch (...) {
            ::unlink(path.c_str());
            throw;
        }
        return path;
    }
}

bool is_name(std::string_view name) {
    return name.size() == 64 &&
           std::ranges::all_of(name, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

void check_name(const Blob& blob) {
    if (sha256_hex(blob.bytes) != blob.name)
        throw LogError(LogError::Kind::refused, "A blob is named by the SHA-256 of its bytes, and \"" + blob.name +
                                                    "\" is not: nothing was stored.");
}

BlobFolder::BlobFolder(std::string path) : path_(std::move(path)) {
    const auto slash = path_.find_last_of('/');
    make_folder(path_, slash == std::string::npos ? "." : path_.substr(0, slash + 1));
}

void BlobFolder::store(const Blob& blob) const {
    const std::string folder = path_ + "/" + blob.name.substr(0, 2);
    const std::string path = folder + "/" + blob.name;
    make_folder(folder, path_);
    struct stat found {};
    // Whoever renamed it may have died before the folder was synced, so that is done again.
    if (::stat(path.c_str(), &found) == 0 && std::size_t(found.st_size) == blob.bytes.size())
        return sync(folder, O_RDONLY | O_DIRECTORY);
    const std::string part = write_part(path, blob.bytes);
    if (::rename(part.c_str(), path.c_str()) != 0) {
        const int error = errno;
        ::unlink(part.c_str());
        errno = error;
        fail(path);
    }
    sync(folder, O_RDONLY | O_DIRECTORY);
}

std::optional<std::string> BlobFolder::find(std::string_view name) const {
    if (!is_name(name)) return std::nullopt;
    const std::string path = path_ + "/" + std::string(name.substr(0, 2)) + "/" + std::string(name);
    const File file(path, O_RDONLY);
    if (!file && errno == ENOENT) return std::nullopt;
    struct stat found {};
    if (!file || ::fstat(file.descriptor(), &found) != 0) fail(path);
    std::string bytes(std::size_t(found.st_size), '\0');
    for (std::size_t at = 0; at < bytes.size();) {
        const ssize_t got = ::read(file.descriptor(), bytes.data() + at, bytes.size() - at);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail(path);
        if (got == 0) break;
        at += std::size_t(got);
    }
    if (sha256_hex(bytes) != name)
        throw LogError(LogError::Kind::refused,
                       path + " is damaged: its bytes are not those that it is named by. Restore it from a backup.");
    return bytes;
}

}  // namespace hearback
