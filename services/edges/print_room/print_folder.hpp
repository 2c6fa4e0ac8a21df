// The print room's folder: one folder a working day, one PDF a letter, a manifest of what is whole. Paper is never
// made twice: a message that has its letter keeps it. Any thread; one PrintFolder a folder (`run` locks the data folder).
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/ids.hpp"
#include "kernel/working_time.hpp"

namespace hearback {

/// London time of day from which a letter belongs to the next working day: GOV.UK Notify prints at 5:30pm.
inline constexpr std::chrono::minutes print_cut_off{17 * 60 + 15};

/// A row of a manifest.
struct PrintedLetter {
    std::string file;  ///< its name in the day's folder, in the order in which they came: "001-r-2f6c.pdf"
    int pages = 0;
    std::string sha256;  ///< of the file, lower-case hex
    MessageId message;
    bool operator==(const PrintedLetter&) const = default;
};

class PrintFolder {
  public:
    struct Placed {
        std::filesystem::path path;
        Date day;
    };

    /// Makes the folder when its parent exists, and reads the manifests in it. Throws std::runtime_error, in words for the
    /// operator, when the folder cannot be used or a manifest is not as it was written.
    PrintFolder(std::filesystem::path folder, const WorkingDays&, std::chrono::minutes cut_off = print_cut_off);

    /// The letter and its row are durable when it returns. `released` decides the day: a folder whose cut-off has passed
    /// may be at the printer's already, so ask the clock right before. A message that has its letter is left as it is,
    /// whatever `released` says. Throws std::invalid_argument for another letter under the same message and for an id
    /// that cannot be a file's name, std::runtime_error when the disk is unwell: then it may be tried again.
    Placed put(const MessageId&, Instant released, std::string_view pdf, int pages);

    /// What the manifest of this day lists, in its order.
    std::vector<PrintedLetter> batch(Date day) const;

  private:
    void read_day(Date day);
    Placed list(Date day, PrintedLetter);
    std::string next_name(Date day, const MessageId&) const;
    std::filesystem::path folder_of(Date day) const;

    const std::filesystem::path folder_;
    const OpenTime printing_;
    mutable std::mutex mutex_;
    std::map<Date, std::vector<PrintedLetter>> listed_;
    std::map<MessageId, Date> day_of_;
    std::map<MessageId, Placed> unlisted_;  ///< in its place, but the program died before the manifest said so
};

}  // namespace hearback
