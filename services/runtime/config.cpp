#include "runtime/config.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <numeric>

namespace hearback {

namespace {

constexpr Setting settings[] = {
    {"authority", "E00000000", "The council's ONS code. It names the log; it cannot be changed later."},
    {"council.name", "The council", "How letters call the council."},
    {"council.service", "special educational needs team", "How letters call the service."},
    {"council.phone", "", "The number that families ring when a person has none of their own."},
    {"council.phone_hours", "Monday to Friday, 9am to 4pm", "When somebody answers it."},
    {"council.safety_phone", "", "The number for a worry about a child's safety, day or night."},
    {"council.complaints_phone", "", "The number of the complaints team."},
    {"council.write_to", "", "Where families can write back to a letter: the lines of a postal address, with / between them."},
    {"council.complaints_email", "", "The address of the complaints team."},
    {"smtp_in.listen", "127.0.0.1:2525", "Where mail is taken in."},
    {"smtp_in.recipients", "send-team@council.example", "The addresses that families write to; name+anything@ is taken too."},
    {"smtp_in.host_name", "localhost", "How we name ourselves to other mail servers."},
    {"smtp_in.certificate", "", "PEM file for STARTTLS; without one a certificate is made at each start."},
    {"smtp_in.key", "", "PEM file with the certificate's key."},
    {"smtp_in.readers", "2", "Programs that read mail, each with limits on memory and time."},
    {"relay.host", "127.0.0.1", "The mail server that takes our mail."},
    {"relay.port", "25", "Its port."},
    {"relay.tls", "opportunistic", "none, opportunistic or required (then its certificate is checked)."},
    {"relay.user", "", "The name to log in with; needs tls: required."},
    {"relay.password", "", "The password to log in with."},
    {"relay.ca_file", "", "PEM file with who signed the relay's certificate; empty: the system's."},
    {"relay.sender", "", "Envelope sender, where delivery reports go; empty: the first of smtp_in.recipients."},
    {"relay.connections", "8", "Connections to it side by side."},
    {"relay.per_minute", "120", "Held messages that leave in a minute from the opening on."},
    {"relay.retry_after", "60,300,900,3600", "Seconds until the next try; the last one repeats."},
    {"relay.timeout", "60", "Seconds that we wait for each of its replies."},
    {"sending_window", "08:00-18:00", "When messages may leave for families on working days (London time); or always."},
    {"answering_hours", "08:00-18:00", "When messages count as received and promises are judged."},
    {"closure_days", "", "Days on which the council is closed beside weekends and bank holidays: 2026-12-29, 2026-12-30."},
    {"standard.answer_days", "1", "Working days within which a family is answered."},
    {"standard.ladder_days", "1,1,1", "Working days of the team manager, the head of service, the complaints team."},
    {"standard.acknowledge", "once_a_day", "once_a_day (a conversation and working day) or every_message."},
    {"directory.share_max", "10", "Percent of the children, or of the people in their lists, that one import may take away or move. More is shown and stopped."},
    {"web.listen", "127.0.0.1:8080", "Where the pages are. Without real sign-in only an address of this machine is allowed."},
    {"log", "sqlite", "sqlite (in the data folder) or kafka://host:port[,host:port]."},
    {"blob_folder", "", "With Kafka: a folder that every role reaches; empty: blobs in the data folder."},
    {"kafka", "", "With Kafka: librdkafka settings for security, name=value with commas between."},
};

bool is_secret(std::string_view name) { return name.find("password") != name.npos; }

const Setting* find(std::string_view name) {
    const auto found = std::find_if(std::begin(settings), std::end(settings), [&](const Setting& s) { return s.name == name; });
    return found == std::end(settings) ? nullptr : found;
}

/// Edit distance: for "did you mean".
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t corner = row[0]++;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto above = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, corner + (a[i - 1] != b[j - 1])});
            corner = above;
        }
    }
    return row.back();
}

std::string nearest(std::string_view name) {
    const auto* best = std::min_element(std::begin(settings), std::end(settings), [&](const Setting& a, const Setting& b) { return distance(name, a.name) < distance(name, b.name); });
    return std::string(best->name);
}

std::string trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == text.npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

void flatten(const YAML::Node& node, const std::string& prefix, const std::function<void(const std::string&, std::string)>& put) {
    if (node.IsMap()) {
        for (const auto& each : node) flatten(each.second, prefix.empty() ? each.first.as<std::string>() : prefix + "." + each.first.as<std::string>(), put);
    } else if (node.IsSequence()) {
        std::string joined;
        for (const auto& each : node) joined += (joined.empty() ? "" : ",") + each.as<std::string>();
        put(prefix, joined);
    } else {
        put(prefix, node.IsNull() ? "" : node.as<std::string>());
    }
}

}  // namespace

std::span<const Setting> all_settings() { return settings; }

void Config::put(const std::string& name, std::string value, std::string_view where) {
    if (!find(name)) throw BadConfig("There is no setting \"" + name + "\" (" + std::string(where) + "). Did you mean \"" + nearest(name) + "\"? `hearback config` lists them all.");
    values_[name] = std::move(value);
}

void Config::read_file(const std::string& path) {
    try {
        const auto root = YAML::LoadFile(path);
        if (root.IsNull()) return;
        if (!root.IsMap()) throw BadConfig("The settings in " + path + " are not a list of names and values.");
        flatten(root, {}, [&](const std::string& name, std::string value) { put(name, std::move(value), "in " + path); });
    } catch (const YAML::BadFile&) {
        throw BadConfig("The settings file " + path + " cannot be read. Check its name and that you may read it.");
    } catch (const YAML::Exception& e) {
        throw BadConfig("The settings file " + path + " is not YAML: line " + std::to_string(e.mark.line + 1) + ", " + e.msg + ".");
    }
}

void Config::set(std::string_view assignment) {
    const auto equals = assignment.find('=');
    if (equals == assignment.npos) throw BadConfig("--set wants name=value, not \"" + std::string(assignment) + "\".");
    put(trimmed(assignment.substr(0, equals)), trimmed(assignment.substr(equals + 1)), "in --set");
}

const std::string& Config::text(std::string_view name) const {
    if (const auto found = values_.find(name); found != values_.end()) return found->second;
    static const auto standards = [] {
        std::map<std::string, std::string, std::less<>> all;
        for (const auto& s : settings) all[std::string(s.name)] = s.standard;
        return all;
    }();
    return standards.find(name)->second;
}

std::vector<std::string> Config::list(std::string_view name) const {
    std::vector<std::string> found;
    std::string_view rest = text(name);
    while (!rest.empty()) {
        const auto comma = rest.find(',');
        if (auto item = trimmed(rest.substr(0, comma)); !item.empty()) found.push_back(std::move(item));
        rest = comma == rest.npos ? std::string_view{} : rest.substr(comma + 1);
    }
    return found;
}

namespace {

std::int64_t number_in(std::string_view name, std::string_view text, std::int64_t least, std::int64_t most) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most)
        throw BadConfig("The setting " + std::string(name) + " must be a whole number from " + std::to_string(least) + " to " + std::to_string(most) + ", not \"" + std::string(text) + "\".");
    return value;
}

}  // namespace

std::int64_t Config::number(std::string_view name, std::int64_t least, std::int64_t most) const { return number_in(name, text(name), least, most); }

std::string Config::one_of(std::string_view name, std::initializer_list<std::string_view> words) const {
    const auto& value = text(name);
    std::string all;
    for (const auto word : words) {
        if (word == value) return value;
        all += (all.empty() ? "" : ", ") + std::string(word);
    }
    throw BadConfig("The setting " + std::string(name) + " must be one of " + all + ", not \"" + value + "\".");
}

bool is_loopback(std::string_view host) {
    return host == "localhost" || host == "::1" || host == "[::1]" || (host.starts_with("127.") && host.find_first_not_of("0123456789.") == host.npos);
}

Config::HostPort Config::host_port(std::string_view name) const {
    const auto& value = text(name);
    const auto colon = value.rfind(':');
    if (colon == value.npos || colon == 0) throw BadConfig("The setting " + std::string(name) + " must be an address and a port like 127.0.0.1:2525, not \"" + value + "\".");
    return {value.substr(0, colon), std::uint16_t(number_in(name, std::string_view(value).substr(colon + 1), 0, 65535))};
}

std::string Config::explained() const {
    std::string out;
    for (const auto& s : settings) {
        const auto& value = text(s.name);
        out += "# " + std::string(s.meaning) + "\n" + std::string(s.name) + ": " + (is_secret(s.name) && !value.empty() ? "(set, not shown)" : value.empty() ? "\"\"" : value) + (is_set(s.name) ? "" : "  # as shipped") + "\n\n";
    }
    return out;
}

}  // namespace hearback
