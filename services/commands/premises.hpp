// A data folder opened: its settings, its log, its vault. What every command but the calendar begins with.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "clerk/deciders.hpp"
#include "edges/mailer/relay.hpp"
#include "log/log.hpp"
#include "runtime/clock.hpp"
#include "runtime/config.hpp"
#include "vault/vault.hpp"

namespace hearback {

/// What stands before a command's own words on the command line.
struct Where {
    std::string data = "hearback-data";  ///< the folder; it is made when it is missing
    std::string config_file;             ///< empty: hearback.yaml in the folder, if there is one
    std::vector<std::string> settings;   ///< --set name=value, the last one wins
};

Config read_config(const Where&);

/// Ours alone (0700); also when it was there before. Throws BadConfig.
void make_folder(const std::string& path);

struct Premises {
    std::string folder;
    Config config;
    std::unique_ptr<Log> log;
    std::unique_ptr<Vault> vault;
    std::string authority() const { return config.text("authority"); }
};

/// Throws BadConfig, LogError or std::runtime_error, each with one sentence that says what to do.
Premises open_premises(const Where&, const Clock&);
bool is_on_kafka(const Config&);
/// Only when it is.
KafkaLogSettings kafka_settings(const Config&, const std::string& folder);

/// Calendars, standard and words about the council, by the settings.
Settled settled_by(const Config&);
RelaySettings relay_by(const Config&);
/// Lower-case addresses of ours.
std::vector<std::string> mailboxes_by(const Config&);

}  // namespace hearback
