#include "runtime/bank_holidays.hpp"

#include <yaml-cpp/yaml.h>

#include <stdexcept>

#include "embedded/bank_holidays.hpp"

namespace hearback {

namespace {

[[noreturn]] void refuse(const std::string& place, const std::string& reason) {
    throw std::invalid_argument("bank holidays: " + place + ": " + reason);
}

// JSON is YAML, and yaml-cpp is there for the configuration anyway.
YAML::Node parsed(std::string_view text) {
    try {
        return YAML::Load(std::string(text));
    } catch (const YAML::Exception& error) {
        refuse("line " + std::to_string(error.mark.line + 1), error.msg);
    }
}

}  // namespace

std::set<Date> bank_holidays_from(std::string_view json_text) {
    const YAML::Node root = parsed(json_text);
    if (!root.IsMap()) refuse("the file", "is not a JSON object");
    const YAML::Node division = root["england-and-wales"] ? root["england-and-wales"] : root;
    const YAML::Node events = division.IsMap() ? division["events"] : division;
    if (!events || !events.IsSequence() || events.size() == 0)
        refuse("england-and-wales.events", "is not a list of days");
    std::set<Date> dates;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const std::string place = "england-and-wales.events[" + std::to_string(i) + "].date";
        const YAML::Node date = events[i].IsMap() ? events[i]["date"] : YAML::Node{};
        if (!date || !date.IsScalar()) refuse(place, "is missing");
        const auto day = date_from_iso(date.Scalar());
        if (!day) refuse(place, "\"" + date.Scalar() + "\" is not a date such as 2027-12-27");
        dates.insert(*day);
    }
    return dates;
}

std::set<Date> shipped_bank_holidays() { return bank_holidays_from(embedded::bank_holidays().front().text); }

std::optional<std::string> bank_holiday_alarm(const WorkingDays& days, Date today) {
    const Date known = days.known_until();
    if (std::chrono::sys_days{known} >= std::chrono::sys_days{today + std::chrono::months{9}}) return {};
    return "Bank holidays are known only until " + day_words_with_year(known) +
           ". Later days are counted by weekday alone, so promises may name a bank holiday. "
           "Load www.gov.uk/bank-holidays.json.";
}

}  // namespace hearback
