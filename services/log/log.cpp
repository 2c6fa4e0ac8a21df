#include "log/log.hpp"

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

}  // namespace hearback
