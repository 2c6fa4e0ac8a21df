#include "vault/master_key.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "vault/aead.hpp"

namespace hearback {

namespace {

std::string_view view(const std::array<unsigned char, 32>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::array<unsigned char, 32> make(const std::string& path) {
    std::array<unsigned char, 32> bytes;
    randombytes_buf(bytes.data(), bytes.size());
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) throw std::runtime_error("cannot make the master key " + path + ": check that its folder can be written");
    const bool whole = write(file, bytes.data(), bytes.size()) == ssize_t(bytes.size()) && fsync(file) == 0;
    close(file);
    const int folder = open(std::filesystem::path(path).parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool named = folder >= 0 && fsync(folder) == 0;
    if (folder >= 0) close(folder);
    if (!whole || !named) throw std::runtime_error("cannot write the master key " + path + ": is the disk full?");
    return bytes;
}

}  // namespace

MasterKey MasterKey::from_file(const std::string& path, bool may_make) {
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        if (may_make) return MasterKey(make(path));
        throw std::runtime_error("the master key " + path + " is not there, but the log has sealed words: put the key back from where "
                                 "you keep its copy; without it they stay closed");
    }
    struct stat about {};
    std::array<unsigned char, 33> bytes;
    const ssize_t got = fstat(file, &about) == 0 ? read(file, bytes.data(), bytes.size()) : -1;
    close(file);
    if (got != 32) throw std::runtime_error("the master key " + path + " is not a key of 32 bytes: put the right file there");
    if ((about.st_mode & 077) != 0)
        throw std::runtime_error("the master key " + path + " can be read by others: run chmod 600 " + path);
    std::array<unsigned char, 32> key;
    std::copy_n(bytes.begin(), 32, key.begin());
    return MasterKey(key);
}

std::string MasterKey::derive(std::string_view purpose) const {
    std::string out(32, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(out.data()), out.size(),
                       reinterpret_cast<const unsigned char*>(purpose.data()), purpose.size(), bytes_.data(), bytes_.size());
    return out;
}

std::string MasterKey::fingerprint() const { return to_hex(derive("fingerprint")).substr(0, 16); }

std::string MasterKey::wrap(std::string_view plain, std::string_view bound_to) const { return aead_close(view(bytes_), bound_to, plain); }

std::string MasterKey::unwrap(std::string_view wrapped, std::string_view bound_to) const { return aead_open(view(bytes_), bound_to, wrapped); }

}  // namespace hearback
