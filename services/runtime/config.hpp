// Every setting there is, with its default and what it is for: from a YAML file, then from --set key=value.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace hearback {

/// A wrong setting: one sentence that names it and says what to do.
class BadConfig : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

struct Setting {
    std::string_view name, standard, meaning;
};
/// All of them, in the order in which they are explained.
std::span<const Setting> all_settings();

/// Whether a host, by address or name, is this machine and no other.
bool is_loopback(std::string_view host);

class Config {
  public:
    Config() = default;
    /// Reads a YAML file of nested or dotted names; lists may be YAML lists or text with commas. Throws BadConfig for a
    /// file that cannot be read and for names that nobody knows (with the nearest one that somebody does).
    void read_file(const std::string& path);
    /// `key=value`.
    void set(std::string_view assignment);

    const std::string& text(std::string_view name) const;
    std::vector<std::string> list(std::string_view name) const;
    std::int64_t number(std::string_view name, std::int64_t least, std::int64_t most) const;
    /// One of the words given; throws BadConfig that lists them.
    std::string one_of(std::string_view name, std::initializer_list<std::string_view> words) const;
    bool is_set(std::string_view name) const { return values_.contains(name); }

    struct HostPort {
        std::string host;
        std::uint16_t port = 0;
        bool is_loopback() const { return hearback::is_loopback(host); }
    };
    HostPort host_port(std::string_view name) const;

    /// YAML with every setting, its value and its meaning; passwords are not shown.
    std::string explained() const;

  private:
    void put(const std::string& name, std::string value, std::string_view where);
    std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace hearback
