#include "edges/web/api/machine_keys.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "log/sha256.hpp"
#include "vault/aead.hpp"

namespace hearback {

namespace {

constexpr std::size_t name_max = 40, hash_digits = 64;

bool is_plain(std::string_view name) {
    return !name.empty() && name.size() <= name_max && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == name.npos;
}

}  // namespace

std::vector<MachineKeys::Line> MachineKeys::read() const {
    std::vector<Line> lines;
    std::ifstream file(file_);
    if (!file && are_wanted()) throw std::runtime_error("The file " + file_.string() + " cannot be read.");
    for (std::string text; std::getline(file, text);) {
        Line line;
        std::string may;
        std::istringstream words(text);
        words >> line.machine.name >> may >> line.hash;
        if (!is_plain(line.machine.name) || (may != "read" && may != "act") || line.hash.size() != hash_digits)
            throw std::runtime_error("Line " + std::to_string(lines.size() + 1) + " of " + file_.string() + " is damaged: delete it and add that key anew.");
        line.machine.may = may == "act" ? MachineMay::act : MachineMay::read;
        lines.push_back(std::move(line));
    }
    return lines;
}

/// Whole or not at all: a program that reads meanwhile has the old lines or the new ones.
void MachineKeys::write(const std::vector<Line>& lines) const {
    std::string text;
    for (const auto& [machine, hash] : lines) text += machine.name + (machine.may == MachineMay::act ? " act " : " read ") + hash + "\n";
    const auto beside = file_.string() + ".new";
    const int file = open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool kept = file >= 0 && ::write(file, text.data(), text.size()) == ssize_t(text.size()) && fsync(file) == 0;
    if (file >= 0) close(file);
    if (!kept || rename(beside.c_str(), file_.c_str()) != 0) throw std::runtime_error("The file " + file_.string() + " cannot be written. Check the folder and the space on its disk.");
}

std::string MachineKeys::add(const std::string& name, MachineMay may) {
    if (!is_plain(name)) throw std::runtime_error("A key's name is made of small letters, digits and -, at most " + std::to_string(name_max) + " of them; not \"" + name + "\".");
    auto lines = read();
    if (std::any_of(lines.begin(), lines.end(), [&](const Line& line) { return line.machine.name == name; }))
        throw std::runtime_error("There is a key of the name " + name + " already. Remove it first, or take another name.");
    auto key = "hearback-" + to_hex(random_bytes(32));
    lines.push_back({{name, may}, sha256_hex(key)});
    write(lines);
    return key;
}

void MachineKeys::remove(const std::string& name) {
    auto lines = read();
    if (std::erase_if(lines, [&](const Line& line) { return line.machine.name == name; }) == 0) throw std::runtime_error("There is no key of the name " + name + ". `hearback key list` shows them.");
    write(lines);
}

std::vector<Machine> MachineKeys::list() const {
    std::vector<Machine> machines;
    for (auto& line : read()) machines.push_back(std::move(line.machine));
    return machines;
}

std::optional<Machine> MachineKeys::whose(std::string_view key) const {
    const auto hash = sha256_hex(key);
    std::optional<Machine> found;
    for (const auto& line : read())
        if (same_bytes(line.hash, hash)) found = line.machine;
    return found;
}

}  // namespace hearback
