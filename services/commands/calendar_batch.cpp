#include "commands/calendar_batch.hpp"

#include <yaml-cpp/yaml.h>

#include <istream>
#include <map>
#include <optional>
#include <ostream>
#include <stdexcept>

#include "runtime/bank_holidays.hpp"

namespace hearback {
using namespace std::chrono;

namespace {

using Question = YAML::Node;
/// The result as JSON; nothing for a rule that we do not have.
using Answer = std::optional<std::string>;
constexpr int count_max = 1'000'000;

std::string quoted(const std::string& text) {
    std::string json = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') json += '\\';
        json += (unsigned char)(c) < 0x20 ? ' ' : c;
    }
    return json + '"';
}

std::string json(Date date) { return quoted(to_iso(date)); }
std::string json(LocalTime local) { return quoted(to_iso(local)); }
std::string json(bool yes) { return yes ? "true" : "false"; }

YAML::Node member(const Question& question, const char* name) {
    const YAML::Node value = question[name];
    if (!value) throw std::invalid_argument(std::string(name) + " is missing");
    return value;
}

Date to_date(const std::string& text, const char* name) {
    const auto date = date_from_iso(text);
    if (!date) throw std::invalid_argument(std::string(name) + ": \"" + text + "\" is not a date such as 2027-12-27");
    return *date;
}

Date date_of(const Question& q, const char* name = "date") { return to_date(member(q, name).as<std::string>(), name); }

LocalTime local_of(const Question& q, const char* name) {
    const auto text = member(q, name).as<std::string>();
    const auto local = local_from_iso(text);
    if (!local)
        throw std::invalid_argument(std::string(name) + ": \"" + text + "\" is not a time such as 2027-12-27T18:00:00");
    return *local;
}

int count_of(const Question& q, const char* name) {
    const int count = member(q, name).as<int>();
    if (count < -count_max || count > count_max) throw std::invalid_argument(std::string(name) + " is too far away");
    return count;
}

std::set<Date> dates_of(const Question& q, const char* name) {
    std::set<Date> dates;
    for (const auto& date : q[name]) dates.insert(to_date(date.as<std::string>(), name));
    return dates;
}

Date plus_days(Date date, int count) { return sys_days{date} + days{count}; }

/// The corresponding date, or the last day of a month that is too short to have one.
Date plus_months(Date date, int count) {
    const Date same_day = date + months{count};
    return same_day.ok() ? same_day : Date{same_day.year() / same_day.month() / last};
}

/// Tribunal Procedure (HESC) Rules 2008, rules 12 and 20: two months from the letter or one from the certificate,
/// whichever is later; days in August and from 25 December to 1 January do not count as working days.
Date appeal_last_day(const WorkingDays& working, Date sent, std::optional<Date> certificate) {
    Date day = plus_months(sent, 2);
    if (certificate) day = std::max(day, plus_months(*certificate, 1));
    const auto rests = [](Date d) {
        return d.month() == August || (d.month() == December && d.day() >= std::chrono::day{25});
    };
    while (rests(day) || !working.is_working_day(day)) day = plus_days(day, 1);
    return day;
}

/// The same hours from Monday to Friday in London, no holidays of its own: what OpenTime is. Nothing for other
/// calendars.
std::optional<OpenTime> open_time_of(const Question& q, const WorkingDays& working) {
    for (const char* zone : {"time_zone", "calendar_time_zone"})
        if (q[zone] && q[zone].as<std::string>() != "Europe/London") return {};
    if (q["holidays_mmdd"].size() != 0) return {};
    std::optional<OpenHours> hours;
    int open_days = 0;
    for (const auto& entry : member(q, "working_hours")) {
        const YAML::Node stretches = entry.second;
        if (stretches.size() == 0) continue;
        const auto name = entry.first.as<std::string>();
        if (name == "Sat" || name == "Sun" || stretches.size() != 1 || stretches[0].size() != 2) return {};
        const OpenHours found{std::chrono::hours{stretches[0][0].as<int>()},
                              std::chrono::hours{stretches[0][1].as<int>()}};
        if (hours && found != *hours) return {};
        hours = found;
        ++open_days;
    }
    if (open_days != 5) return {};
    return OpenTime(working, *hours);
}

Answer add_seconds(const Question& q, const WorkingDays& working) {
    const auto open = open_time_of(q, working);
    if (!open) return {};
    const seconds time{member(q, "seconds").as<long>()};
    if (time > hours{24 * count_max}) throw std::invalid_argument("seconds is too far away");
    return json(to_london(open->add_working_time(from_london(local_of(q, "local")), time)));
}

Answer seconds_between(const Question& q, const WorkingDays& working) {
    const auto open = open_time_of(q, working);
    if (!open) return {};
    const Instant from = from_london(local_of(q, "local")), to = from_london(local_of(q, "end_local"));
    return std::to_string(open->working_time_between(from, to).count());
}

/// Whether `now` lies outside the closed time of day, both of whose ends are closed; it may cross midnight.
Answer in_window(const Question& q, const WorkingDays&) {
    const auto time_of = [&q](const char* name) {
        const auto text = member(q, name).as<std::string>();
        const auto local = local_from_iso(text.find('T') == text.npos ? "2000-01-01T" + text : text);
        if (!local) throw std::invalid_argument(std::string(name) + ": \"" + text + "\" is not a time such as 18:00");
        return *local - floor<days>(*local);
    };
    const auto from = time_of("closed_from"), to = time_of("closed_to"), now = time_of("now");
    return json(from <= to ? now < from || now > to : now < from && now > to);
}

Answer utc_to_london(const Question& q, const WorkingDays&) {
    const auto text = member(q, "utc").as<std::string>();
    if (const auto at = instant_from_iso(text)) return json(to_london(*at));
    return json(to_london(Instant{local_of(q, "utc").time_since_epoch()}));
}

Answer add_months(const Question& q, const WorkingDays& working) {
    const Date date = plus_months(date_of(q), count_of(q, "months"));
    return json(q["roll"] && q["roll"].as<bool>() ? working.on_or_after(date) : date);
}

Answer last_day_to_appeal(const Question& q, const WorkingDays& working) {
    const bool has_certificate = q["certificate"] && !q["certificate"].IsNull();
    return json(appeal_last_day(working, date_of(q, "sent"),
                                has_certificate ? std::optional{date_of(q, "certificate")} : std::nullopt));
}

Answer release_at(const Question& q, const WorkingDays& working) {
    return json(to_london(OpenTime(working, {}).next_opening(from_london(local_of(q, "local")))));
}

using Rule = Answer (*)(const Question&, const WorkingDays&);
const std::map<std::string, Rule> rules = {
    {"add_working_days", [](auto& q, auto& w) { return Answer{json(w.add(date_of(q), count_of(q, "days")))}; }},
    {"subtract_working_days", [](auto& q, auto& w) { return Answer{json(w.add(date_of(q), -count_of(q, "days")))}; }},
    {"receive_then_working_days",
     [](auto& q, auto& w) { return Answer{json(w.add(date_of(q), count_of(q, "days")))}; }},
    {"is_working_day", [](auto& q, auto& w) { return Answer{json(w.is_working_day(date_of(q)))}; }},
    {"next_working_day", [](auto& q, auto& w) { return Answer{json(w.on_or_after(date_of(q)))}; }},
    {"previous_working_day", [](auto& q, auto& w) { return Answer{json(w.on_or_before(date_of(q)))}; }},
    {"add_days", [](auto& q, auto&) { return Answer{json(plus_days(date_of(q), count_of(q, "days")))}; }},
    {"add_days_roll",
     [](auto& q, auto& w) { return Answer{json(w.on_or_after(plus_days(date_of(q), count_of(q, "days"))))}; }},
    {"add_months", add_months},
    {"appeal_last_day", last_day_to_appeal},
    {"release_at", release_at},
    {"in_window", in_window},
    {"utc_to_london", utc_to_london},
    {"add_working_seconds", add_seconds},
    {"working_seconds_between", seconds_between},
};

class Batch {
  public:
    std::string answer(const std::string& line) {
        std::string id = "null";
        try {
            const Question question = YAML::Load(line);
            if (!question.IsMap()) throw std::invalid_argument("a question is one JSON object a line");
            id = id_of(question);
            const auto rule = rules.find(member(question, "op").as<std::string>());
            const Answer result = rule == rules.end() ? Answer{} : rule->second(question, calendar_of(question));
            return "{\"id\": " + id + (result ? ", \"result\": " + *result : ", \"skip\": true") + "}";
        } catch (const std::exception& error) {  // yaml-cpp's and ours: what was asked makes no sense
            return "{\"id\": " + id + ", \"error\": " + quoted(error.what()) + "}";
        }
    }

  private:
    static std::string id_of(const Question& question) {
        const YAML::Node id = question["id"];
        if (!id || !id.IsScalar()) return "null";
        constexpr const char* in_quotes = "!";
        return id.Tag() == in_quotes ? quoted(id.Scalar()) : id.Scalar();
    }

    WorkingDays calendar_of(const Question& question) const {
        if (!question["bank_holidays"] && !question["closure_days"]) return england_;
        return {question["bank_holidays"] ? dates_of(question, "bank_holidays") : shipped_,
                dates_of(question, "closure_days")};
    }

    const std::set<Date> shipped_ = shipped_bank_holidays();
    const WorkingDays england_{shipped_, {}};
};

}  // namespace

void answer_date_questions(std::istream& in, std::ostream& out) {
    Batch batch;
    for (std::string line; std::getline(in, line);)
        if (line.find_first_not_of(" \t\r") != line.npos) out << batch.answer(line) << '\n';
}

}  // namespace hearback
