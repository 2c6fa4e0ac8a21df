#include "edges/print_room/print_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>

#include "log/sha256.hpp"

namespace hearback {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view manifest_name = "manifest.csv", manifest_head = "file,pages,sha256,message", line_end = "\r\n";

[[noreturn]] void fail(const fs::path& path) {
    const std::string reason = std::strerror(errno);
    throw std::runtime_error("The print room cannot use " + path.string() + " (" + reason + "): check the disk and its rights.");
}

class File {
  public:
    File(const fs::path& path, int flags) : path_(path), descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0640)) {
        if (descriptor_ < 0) fail(path);
    }
    ~File() { ::close(descriptor_); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    void write(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) fail(path_);
            bytes.remove_prefix(std::size_t(written));
        }
    }
    void sync() {
        if (::fsync(descriptor_) != 0) fail(path_);
    }

  private:
    const fs::path path_;
    const int descriptor_;
};

void sync_folder(const fs::path& folder) { File(folder, O_RDONLY | O_DIRECTORY).sync(); }

void make_folder(const fs::path& folder) {
    if (::mkdir(folder.c_str(), 0750) != 0 && errno != EEXIST) fail(folder);
    sync_folder(folder.parent_path());
}

/// In its place and durable when it returns; before, what was there is there still. What a crash leaves beside it is
/// written over the next time.
void write_safely(const fs::path& path, const fs::path& beside, std::string_view bytes) {
    try {
        File fresh(beside, O_WRONLY | O_CREAT | O_TRUNC);
        fresh.write(bytes);
        fresh.sync();
        if (::rename(beside.c_str(), path.c_str()) != 0) fail(path);
    } catch (const std::runtime_error&) {
        ::unlink(beside.c_str());  // a full disk needs the room
        throw;
    }
    sync_folder(path.parent_path());
}

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    if (!file) fail(path);
    return bytes.str();
}

std::string manifest_of(const std::vector<PrintedLetter>& letters) {
    std::string text(manifest_head);
    text += line_end;
    for (const auto& letter : letters)
        text += letter.file + ',' + std::to_string(letter.pages) + ',' + letter.sha256 + ',' + letter.message.value + std::string(line_end);
    return text;
}

/// Nothing when it is not a row as manifest_of() writes them: no field of ours needs quotes.
std::optional<PrintedLetter> letter_from(std::string_view row) {
    std::vector<std::string> fields(1);
    for (const char c : row)
        if (c == ',')
            fields.emplace_back();
        else
            fields.back() += c;
    if (fields.size() != 4 || !fields[0].ends_with('-' + fields[3] + ".pdf")) return {};
    PrintedLetter letter{fields[0], 0, fields[2], {fields[3]}};
    const char* end = fields[1].data() + fields[1].size();
    const auto [stop, error] = std::from_chars(fields[1].data(), end, letter.pages);
    if (error != std::errc() || stop != end || letter.pages < 1) return {};
    return letter;
}

std::vector<PrintedLetter> read_manifest(const fs::path& path) {
    const std::string text = read(path);
    const auto changed = [&](int line) {
        throw std::runtime_error("Line " + std::to_string(line) + " of " + path.string() +
                                 " is not as the print room wrote it: put the file back as it was. It says which letters have been made, so that none is made twice.");
    };
    std::vector<PrintedLetter> letters;
    std::string_view rest = text;
    for (int line = 1; !rest.empty(); ++line) {
        const auto end = rest.find(line_end);
        if (end == rest.npos) changed(line);
        const auto row = rest.substr(0, end);
        rest.remove_prefix(end + line_end.size());
        if (line == 1) {
            if (row != manifest_head) changed(line);
            continue;
        }
        auto letter = letter_from(row);
        if (!letter) changed(line);
        letters.push_back(std::move(*letter));
    }
    return letters;
}

/// "r-2f6c" of "001-r-2f6c.pdf"; empty when it is no letter's file.
std::string message_in(const std::string& file) {
    const auto dash = file.find('-');
    const bool is_letter = file.ends_with(".pdf") && dash != file.npos && dash > 0 && file.find_first_not_of("0123456789") == dash;
    return is_letter ? file.substr(dash + 1, file.size() - dash - 1 - 4) : std::string();
}

int number_in(const std::string& file) { return std::atoi(file.c_str()); }

void check_id(const MessageId& message) {
    const auto fits = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.'; };
    if (message.empty() || message.value.size() > 200 || !std::all_of(message.value.begin(), message.value.end(), fits))
        throw std::invalid_argument("\"" + message.value + "\" is no message's id: its letter was not written.");
}

}  // namespace

PrintFolder::PrintFolder(fs::path folder, const WorkingDays& days, std::chrono::minutes cut_off)
    : folder_(std::move(folder)), printing_(days, {std::chrono::minutes{0}, cut_off}) {
    make_folder(folder_);
    for (const auto& entry : fs::directory_iterator(folder_))
        if (const auto day = date_from_iso(entry.path().filename().string()); day && entry.is_directory()) read_day(*day);
}

void PrintFolder::read_day(Date day) {
    const fs::path folder = folder_of(day);
    if (fs::exists(folder / manifest_name)) listed_[day] = read_manifest(folder / manifest_name);
    for (const auto& letter : listed_[day]) day_of_[letter.message] = day;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const MessageId message{message_in(entry.path().filename().string())};
        if (!message.empty() && !day_of_.contains(message)) unlisted_[message] = {entry.path(), day};
    }
}

PrintFolder::Placed PrintFolder::put(const MessageId& message, Instant released, std::string_view pdf, int pages) {
    check_id(message);
    const std::string sha256 = sha256_hex(pdf);
    const auto refuse_other = [&](const std::string& there, const fs::path& path) {
        if (there != sha256)
            throw std::invalid_argument("The message " + message.value + " has another letter already, " + path.string() +
                                        ": paper is not made twice. Write a new message if it was wrong.");
    };
    const std::lock_guard lock(mutex_);
    if (const auto known = day_of_.find(message); known != day_of_.end()) {
        const auto& letters = listed_[known->second];
        const auto letter = std::find_if(letters.begin(), letters.end(), [&](const auto& each) { return each.message == message; });
        const Placed placed{folder_of(known->second) / letter->file, known->second};
        refuse_other(letter->sha256, placed.path);
        return placed;
    }
    auto found = unlisted_.find(message);
    if (found != unlisted_.end()) {
        refuse_other(sha256_hex(read(found->second.path)), found->second.path);
    } else {
        const Date day = printing_.counts_as(released);
        const fs::path folder = folder_of(day), path = folder / next_name(day, message);
        make_folder(folder);
        found = unlisted_.emplace(message, Placed{path, day}).first;
        try {
            write_safely(path, folder / ('.' + message.value + ".new"), pdf);
        } catch (const std::runtime_error&) {
            // In its place without the folder's sync, it is there to stay: the manifest syncs the same folder.
            if (!fs::exists(path)) unlisted_.erase(found);
            throw;
        }
    }
    return list(found->second.day, {found->second.path.filename().string(), pages, sha256, message});
}

/// The letter is in its place: now the manifest says so.
PrintFolder::Placed PrintFolder::list(Date day, PrintedLetter letter) {
    auto letters = listed_[day];
    letters.push_back(letter);
    const fs::path folder = folder_of(day);
    write_safely(folder / manifest_name, folder / ('.' + std::string(manifest_name) + ".new"), manifest_of(letters));
    listed_[day] = std::move(letters);
    day_of_[letter.message] = day;
    unlisted_.erase(letter.message);
    return {folder / letter.file, day};
}

std::vector<PrintedLetter> PrintFolder::batch(Date day) const {
    const std::lock_guard lock(mutex_);
    const auto found = listed_.find(day);
    return found == listed_.end() ? std::vector<PrintedLetter>{} : found->second;
}

std::string PrintFolder::next_name(Date day, const MessageId& message) const {
    int last = 0;
    if (const auto found = listed_.find(day); found != listed_.end())
        for (const auto& letter : found->second) last = std::max(last, number_in(letter.file));
    for (const auto& [other, placed] : unlisted_)
        if (placed.day == day) last = std::max(last, number_in(placed.path.filename().string()));
    char number[16];
    std::snprintf(number, sizeof number, "%03d", last + 1);
    return number + ('-' + message.value) + ".pdf";
}

fs::path PrintFolder::folder_of(Date day) const { return folder_ / to_iso(day); }

}  // namespace hearback
