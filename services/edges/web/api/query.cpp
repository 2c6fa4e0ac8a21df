#include "edges/web/api/query.hpp"

#include <algorithm>
#include <charconv>

#include "kernel/instant.hpp"

namespace hearback {

template <class Fits>
Query& Query::expect(std::string_view name, Fits fits, std::string words) {
    known_.push_back(name);
    if (const auto found = asked_.query.find(name); found != asked_.query.end() && !fits(found->second)) faults_.push_back({std::string(name), std::move(words)});
    return *this;
}

Query& Query::text(std::string_view name) {
    return expect(name, [](const std::string&) { return true; }, {});
}

Query& Query::yes(std::string_view name) { return one_of(name, {"true", "false"}); }

Query& Query::date(std::string_view name) {
    return expect(name, [](const std::string& value) { return date_from_iso(value).has_value(); }, "It must be a date like 2027-02-11.");
}

Query& Query::instant(std::string_view name) {
    return expect(name, [](const std::string& value) { return instant_from_iso(value).has_value(); }, "It must be a time like 2027-02-11T09:30:00Z (RFC 3339).");
}

Query& Query::number(std::string_view name, int least, int most) {
    const auto fits = [&](const std::string& value) {
        int number = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
        return error == std::errc{} && end == value.data() + value.size() && number >= least && number <= most;
    };
    return expect(name, fits, "It must be a whole number from " + std::to_string(least) + " to " + std::to_string(most) + ".");
}

Query& Query::one_of(std::string_view name, std::initializer_list<std::string_view> words) {
    std::string all;
    for (const auto word : words) all += (all.empty() ? "" : ", ") + std::string(word);
    return expect(name, [&](const std::string& value) { return std::find(words.begin(), words.end(), value) != words.end(); }, "It must be one of " + all + ".");
}

std::vector<Fault> Query::faults() const {
    auto all = faults_;
    for (const auto& [name, value] : asked_.query)
        if (std::find(known_.begin(), known_.end(), name) == known_.end()) all.push_back({name, "Nothing of this name can be asked here."});
    return all;
}

}  // namespace hearback
