#include "log/log.hpp"

#include "log/adapter.hpp"

namespace hearback {

std::string topic_name(std::string_view authority, Topic topic) {
    static constexpr std::string_view names[] = {"inbox", "journal", "keys"};
    return "hearback." + std::string(authority) + "." + std::string(names[std::size_t(topic)]) + ".v1";
}

std::string_view Record::header(std::string_view name) const {
    for (const auto& each : headers)
        if (each.name == name) return each.value;
    return {};
}

std::size_t Record::bytes() const {
    std::size_t sum = key.size() + (value ? value->size() : 0);
    for (const auto& each : headers) sum += each.name.size() + each.value.size();
    return sum;
}

void check_entries(std::span<const Entry> entries) {
    for (const auto& entry : entries) {
        const std::size_t bytes = entry.record.bytes();
        if (bytes >= record_bytes_max)
            throw LogError(LogError::Kind::too_large,
                           "A record of " + std::to_string(bytes) + " bytes is too large (it must stay under " +
                               std::to_string(record_bytes_max) + "): store long texts as blobs. Nothing was stored.");
        if (entry.topic == Topic::keys && entry.record.key.empty())
            throw LogError(
                LogError::Kind::refused,
                "A record of the keys topic must name its key, or it could never be erased. Nothing was stored.");
    }
}

}  // namespace hearback
