#include "log/blob_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
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

void write_all(const File& file, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.descriptor(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail(path);
        bytes.remove_prefix(std::size_t(written));
    }
}

/// In its place and not yet durable. Written in place, for a name has only one content: what a crash cut off is written
/// again over itself, and two who store the same blob do not disturb each other.
void write(const Blob& blob, const std::string& path) {
    const File fresh(path, O_WRONLY | O_CREAT | O_EXCL);
    if (!fresh && errno != EEXIST) fail(path);
    try {
        if (fresh) return write_all(fresh, blob.bytes, path);
        const File again(path, O_WRONLY);
        if (!again) fail(path);
        write_all(again, blob.bytes, path);
        if (::ftruncate(again.descriptor(), off_t(blob.bytes.size())) != 0) fail(path);
    } catch (const LogError&) {
        if (fresh) ::unlink(path.c_str());
        throw;
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
    if (::mkdir(path_.c_str(), 0750) != 0 && errno != EEXIST) fail(path_);
    descriptor_ = ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor_ < 0) fail(path_);
}

BlobFolder::~BlobFolder() { ::close(descriptor_); }

void BlobFolder::store(std::span<const Blob* const> blobs) {
    if (blobs.empty()) return;
    for (const auto* blob : blobs) {
        const std::string folder = path_ + "/" + blob->name.substr(0, 2);
        if (::mkdir(folder.c_str(), 0750) != 0 && errno != EEXIST) fail(folder);
        write(*blob, folder + "/" + blob->name);
    }
    make_durable();
}

/// One sync of the disk (files, names and folders) for all who have written before it begins: with a sync for each file
/// a mail cost one millisecond more of the processor (docs/decisions/0003).
void BlobFolder::make_durable() {
    std::unique_lock lock(mutex_);
    const auto mine = begun_ + 1;
    while (ended_ < mine) {
        if (running_) {
            synced_.wait(lock);
            continue;
        }
        running_ = true;
        const auto number = ++begun_;
        lock.unlock();
        const int error = ::syncfs(descriptor_) == 0 ? 0 : errno;
        lock.lock();
        running_ = false;
        ended_ = number;
        if (error) failed_ = number, error_ = error;
        synced_.notify_all();
    }
    // The kernel tells a failure once: a later sync that went well does not prove what was written before it.
    if (failed_ < mine) return;
    errno = error_;
    fail(path_);
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
