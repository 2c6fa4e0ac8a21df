#include "commands/premises.hpp"

#include <charconv>
#include <filesystem>
#include <fstream>

#include "deciders/directory/people.hpp"
#include "mail/write_mail.hpp"
#include "runtime/bank_holidays.hpp"

namespace hearback {

namespace {

using std::chrono::minutes;

/// "08:00" as minutes since midnight.
std::optional<minutes> time_of_day(std::string_view text) {
    int h = 0, m = 0;
    if (text.size() != 5 || text[2] != ':') return {};
    const auto hour = std::from_chars(text.data(), text.data() + 2, h), minute = std::from_chars(text.data() + 3, text.data() + 5, m);
    if (hour.ec != std::errc{} || minute.ec != std::errc{} || h > 24 || m > 59) return {};
    return minutes{h * 60 + m};
}

OpenTime open_time(const Config& config, std::string_view name, const WorkingDays& days) {
    const std::string_view value = config.text(name);
    if (value == "always") return OpenTime::always();
    const auto dash = value.find('-');
    const auto opens = time_of_day(value.substr(0, dash)), closes = dash == value.npos ? std::nullopt : time_of_day(value.substr(dash + 1));
    if (!opens || !closes || *opens >= *closes)
        throw BadConfig("The setting " + std::string(name) + " must be like 08:00-18:00, or always; not \"" + std::string(value) + "\".");
    return OpenTime(days, {.opens = *opens, .closes = *closes});
}

std::vector<int> whole_numbers(const Config& config, std::string_view name, int least, int most) {
    std::vector<int> found;
    for (const auto& item : config.list(name)) {
        int value = 0;
        const auto [end, error] = std::from_chars(item.data(), item.data() + item.size(), value);
        if (error != std::errc{} || end != item.data() + item.size() || value < least || value > most)
            throw BadConfig("The setting " + std::string(name) + " has \"" + item + "\", which is not a whole number from " + std::to_string(least) + " to " + std::to_string(most) + ".");
        found.push_back(value);
    }
    return found;
}

}  // namespace

Config read_config(const Where& where) {
    Config config;
    const auto in_folder = where.data + "/hearback.yaml";
    if (!where.config_file.empty()) config.read_file(where.config_file);
    else if (std::filesystem::exists(in_folder)) config.read_file(in_folder);
    for (const auto& each : where.settings) config.set(each);
    return config;
}

bool is_on_kafka(const Config& config) { return config.text("log").starts_with("kafka://"); }

KafkaLogSettings kafka_settings(const Config& config, const std::string& folder) {
    KafkaLogSettings settings{.brokers = config.text("log").substr(std::string_view("kafka://").size()), .authority = config.text("authority"),
                              .blob_folder = config.text("blob_folder").empty() ? folder + "/blobs" : config.text("blob_folder"), .extra = {}};
    for (const auto& each : config.list("kafka")) {
        const auto equals = each.find('=');
        if (equals == each.npos) throw BadConfig("The setting kafka has \"" + each + "\"; it wants name=value with commas between.");
        settings.extra.emplace_back(each.substr(0, equals), each.substr(equals + 1));
    }
    return settings;
}

void make_folder(const std::string& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (!error) std::filesystem::permissions(path, std::filesystem::perms::owner_all, error);
    if (error) throw BadConfig("The folder " + path + " cannot be made: " + error.message() + ". Give another one with --data.");
}

Premises open_premises(const Where& where, const Clock& clock) {
    make_folder(where.data);
    Premises premises{.folder = where.data, .config = read_config(where), .log = {}, .vault = {}};
    const auto& log = premises.config.text("log");
    if (log == "sqlite") {
        premises.log = open_sqlite_log({.folder = where.data, .authority = premises.authority()});
    } else if (is_on_kafka(premises.config)) {
        auto settings = kafka_settings(premises.config, where.data);
        std::error_code told_by_the_log;
        std::filesystem::create_directories(settings.blob_folder, told_by_the_log);
        premises.log = open_kafka_log(settings);
    } else {
        throw BadConfig("The setting log must be sqlite or kafka://host:port, not \"" + log + "\".");
    }
    const bool new_log = premises.log->read(Topic::keys, 0, 1, Millis{log == "sqlite" ? 0 : 500}).empty();
    premises.vault = std::make_unique<Vault>(*premises.log, MasterKey::from_file(where.data + "/master.key", new_log), [&clock] { return clock.now(); });
    return premises;
}

Settled settled_by(const Config& config) {
    std::set<Date> closure_days;
    for (const auto& text : config.list("closure_days")) {
        const auto date = date_from_iso(text);
        if (!date) throw BadConfig("The setting closure_days has \"" + text + "\", which is not a date like 2026-12-29.");
        closure_days.insert(*date);
    }
    const WorkingDays days(shipped_bank_holidays(), closure_days);
    Settled settled{.window = open_time(config, "sending_window", days), .answering = open_time(config, "answering_hours", days), .standard = {}, .council = {}};
    settled.standard.answer_days = int(config.number("standard.answer_days", 0, 60));
    const auto ladder = whole_numbers(config, "standard.ladder_days", 1, 60);
    if (ladder.size() != settled.standard.ladder.size()) throw BadConfig("The setting standard.ladder_days wants three numbers, like 1,1,1.");
    for (std::size_t n = 0; n < ladder.size(); ++n) settled.standard.ladder[n].days = ladder[n];
    settled.standard.acknowledge_every_message = config.one_of("standard.acknowledge", {"once_a_day", "every_message"}) == "every_message";
    settled.standard.relay_per_minute = int(config.number("relay.per_minute", 1, 1'000'000));
    settled.standard.retry_after.clear();
    for (const int seconds : whole_numbers(config, "relay.retry_after", 1, 86400)) settled.standard.retry_after.emplace_back(seconds);
    settled.council = {.name = config.text("council.name"), .service = config.text("council.service"), .phone = config.text("council.phone"),
                       .phone_hours = config.text("council.phone_hours"), .safety_phone = config.text("council.safety_phone"),
                       .complaints_phone = config.text("council.complaints_phone"), .complaints_email = config.text("council.complaints_email")};
    return settled;
}

RelaySettings relay_by(const Config& config) {
    const auto tls = config.one_of("relay.tls", {"none", "opportunistic", "required"});
    const auto& ca_file = config.text("relay.ca_file");
    if (!ca_file.empty() && !std::ifstream(ca_file)) throw BadConfig("The file " + ca_file + " of the setting relay.ca_file cannot be read. Check its name and that you may read it.");
    return {.host = config.text("relay.host"), .port = std::uint16_t(config.number("relay.port", 1, 65535)),
            .tls = tls == "none" ? RelaySettings::Tls::none : tls == "required" ? RelaySettings::Tls::required : RelaySettings::Tls::opportunistic,
            .ca_file = ca_file, .user = config.text("relay.user"), .password = config.text("relay.password"),
            .hello_name = config.text("smtp_in.host_name"), .reply_timeout = std::chrono::seconds{config.number("relay.timeout", 1, 3600)}};
}

std::vector<std::string> mailboxes_by(const Config& config) {
    std::vector<std::string> mailboxes;
    for (const auto& each : config.list("smtp_in.recipients")) {
        if (!is_plain_address(each)) throw BadConfig("The setting smtp_in.recipients has \"" + each + "\", which is not an email address.");
        mailboxes.push_back(lower_case(each));
    }
    if (mailboxes.empty()) throw BadConfig("The setting smtp_in.recipients is empty: name the address that families write to.");
    return mailboxes;
}

}  // namespace hearback
