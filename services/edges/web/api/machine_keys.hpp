// Keys for machines, in the file api-keys of the data folder: a line each, its name, what it may do, and the SHA-256 of
// the key, which is told once and kept nowhere (256 random bits need no slow hash). A running program sees at its next
// request what `hearback key` has changed.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hearback {

enum class MachineMay { read, act };

struct Machine {
    std::string name;  ///< small letters, digits and -, at most 40
    MachineMay may = MachineMay::read;
};

class MachineKeys {
  public:
    explicit MachineKeys(const std::filesystem::path& folder) : file_(folder / "api-keys") {}

    /// The new key, to be shown this once. Throws std::runtime_error for a name that is taken or not plain.
    std::string add(const std::string& name, MachineMay);
    /// Throws std::runtime_error when there is none of that name.
    void remove(const std::string& name);
    std::vector<Machine> list() const;

    /// From the first key on the API wants one, also when the last has been removed: it never opens by itself again.
    bool are_wanted() const { return std::filesystem::exists(file_); }
    /// Whose key it is, found in a time that does not tell how near it was. Throws std::runtime_error when the file is damaged.
    std::optional<Machine> whose(std::string_view key) const;

  private:
    struct Line {
        Machine machine;
        std::string hash;
    };
    std::vector<Line> read() const;
    void write(const std::vector<Line>&) const;
    std::filesystem::path file_;
};

}  // namespace hearback
