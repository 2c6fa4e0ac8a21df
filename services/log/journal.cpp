#include "log/journal.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "log/sha256.hpp"

namespace hearback {

namespace {

constexpr std::string_view sequence_header = "ce_sequence", previous_header = "ce_prevhash",
                           inbox_header = "ce_inboxoffset", hash_header = "ce_hash";

// Losing decisions often chain to each other, so a run of ignored records is no fault by itself; but it is what a
// reader sees, too, when the end of the journal that it had read was lost and written anew.
constexpr int suspicious_run = 3;

[[noreturn]] void refuse(Offset offset, const std::string& what) {
    throw LogError(LogError::Kind::refused,
                   "Journal record " + std::to_string(offset) + " " + what +
                       ": the journal was changed or damaged. Stop and restore it from a backup.");
}

void add_text(std::string& bytes, std::string_view text) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes += char(text.size() >> shift & 0xff);
    bytes += text;
}

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && value >= 0 ? std::optional(value) : std::nullopt;
}

}  // namespace

std::string record_hash(const Record& record) {
    std::vector<const Header*> sorted;
    sorted.reserve(record.headers.size());
    for (const auto& each : record.headers)
        if (each.name != hash_header) sorted.push_back(&each);
    std::ranges::stable_sort(sorted, {}, [](const Header* each) -> const std::string& { return each->name; });

    // Their number comes first, or a value could be passed off as one header more.
    std::string bytes;
    bytes.reserve(1024);
    for (int shift = 24; shift >= 0; shift -= 8) bytes += char(sorted.size() >> shift & 0xff);
    for (const Header* each : sorted) {
        add_text(bytes, each->name);
        add_text(bytes, each->value);
    }
    static thread_local Sha256 hash;
    hash.add(bytes);
    if (record.value) hash.add(*record.value);
    return hash.hex();
}

Head genesis(std::string_view authority) {
    Head head;
    head.hash = sha256_hex(topic_name(authority, Topic::journal));
    return head;
}

void chain(Record& record, Head& head, Offset inbox_next) {
    std::erase_if(record.headers, [](const Header& each) {
        return each.name == sequence_header || each.name == previous_header || each.name == inbox_header ||
               each.name == hash_header;
    });
    record.headers.push_back({std::string(sequence_header), std::to_string(head.sequence + 1)});
    record.headers.push_back({std::string(previous_header), head.hash});
    record.headers.push_back({std::string(inbox_header), std::to_string(inbox_next)});
    head.hash = record_hash(record);
    record.headers.push_back({std::string(hash_header), head.hash});
    ++head.sequence;
    head.inbox_next = inbox_next;
}

Journal::Journal(Log& log, Head from) : log_(log), head_(std::move(from)) {}

std::size_t Journal::advance(std::size_t most, std::chrono::milliseconds wait,
                             const std::function<void(const Stored&)>& counted) {
    if (!checked_) find_head();
    checked_ = true;
    const auto records = log_.read(Topic::journal, head_.next, most, wait);
    for (const Stored& stored : records) {
        if (stored.offset != head_.next) refuse(head_.next, "is missing");
        const std::string_view hash = stored.record.header(hash_header);
        if (record_hash(stored.record) != hash) refuse(stored.offset, "does not have the hash that it names");
        if (stored.record.header(previous_header) == head_.hash) {
            count(stored, hash);
            counted(stored);
        } else {
            ignore();
        }
    }
    return records.size();
}

void Journal::count(const Stored& stored, std::string_view hash) {
    const auto sequence = number(stored.record.header(sequence_header));
    const auto inbox_next = number(stored.record.header(inbox_header));
    if (sequence != std::int64_t(head_.sequence + 1)) refuse(stored.offset, "has the wrong sequence");
    if (!inbox_next) refuse(stored.offset, "has no inbox offset");
    head_ = {.sequence = head_.sequence + 1,
             .hash = std::string(hash),
             .next = stored.offset + 1,
             .inbox_next = *inbox_next};
    ignored_run_ = 0;
}

void Journal::ignore() {
    ++head_.next;
    ++ignored_;
    if (++ignored_run_ == suspicious_run) find_head();
}

// From the end backwards: what we have looked at last is nearly always what counted last.
void Journal::find_head() {
    if (head_.sequence == 0) return;
    Offset step = 1;
    for (Offset end = head_.next; end > 0; step = std::min<Offset>(step * 8, 512)) {
        const Offset begin = std::max<Offset>(0, end - step);
        if (head_stands_in(begin, end)) return;
        end = begin;
    }
    throw LogError(LogError::Kind::refused,
                   "The journal no longer holds record " + std::to_string(head_.sequence) +
                       " that was read before: its end was lost or replaced. Stop, find out what "
                       "was lost, and begin again from an older snapshot.");
}

bool Journal::head_stands_in(Offset begin, Offset end) {
    while (begin < end) {
        const auto records = log_.read(Topic::journal, begin, std::size_t(end - begin), std::chrono::milliseconds(0));
        if (records.empty()) return false;
        for (const Stored& stored : records)
            if (stored.record.header(hash_header) == head_.hash) return true;
        begin = records.back().offset + 1;
    }
    return false;
}

void prove_chain(Log& log, std::string_view authority, const Head& kept) {
    constexpr Offset at_once = 1000;
    Journal journal(log, genesis(authority));
    while (journal.head().next < kept.next) {
        const Offset left = kept.next - journal.head().next;
        if (journal.advance(std::size_t(std::min(left, at_once)), std::chrono::milliseconds(0), [](const Stored&) {}) ==
            0)
            break;
    }
    if (journal.head() == kept) return;
    throw LogError(LogError::Kind::refused,
                   "The chain of the journal leads to record " + std::to_string(journal.head().sequence) +
                       " and not to " + std::to_string(kept.sequence) +
                       " as was kept: the journal was changed. Stop and restore it from a backup.");
}

}  // namespace hearback
