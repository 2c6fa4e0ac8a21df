#include "edges/smtp_in/address.hpp"

#include <algorithm>

namespace hearback {
namespace {

constexpr std::size_t address_octets_max = 320;

bool equal_without_case(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

bool is_utf8_text(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto c = static_cast<unsigned char>(text[i]);
        const std::size_t more = c < 0x80                ? 0
                                 : c >= 0xc2 && c < 0xe0 ? 1
                                 : c >= 0xe0 && c < 0xf0 ? 2
                                 : c >= 0xf0 && c < 0xf5 ? 3
                                                         : 9;
        if (more == 9 || i + more >= text.size()) return false;
        for (std::size_t k = 1; k <= more; ++k)
            if ((static_cast<unsigned char>(text[i + k]) & 0xc0) != 0x80) return false;
        i += more + 1;
    }
    return true;
}

}  // namespace

std::size_t end_of_path(std::string_view path) {
    bool quoted = false;
    for (std::size_t i = 1; i < path.size(); ++i) {
        if (quoted && path[i] == '\\')
            ++i;
        else if (path[i] == '"')
            quoted = !quoted;
        else if (path[i] == '>' && !quoted)
            return i;
    }
    return path.npos;
}

std::string_view without_route(std::string_view path) {
    const auto colon = path.find(':');
    return path.starts_with('@') && colon < path.size() - 1 ? path.substr(colon + 1) : path;
}

bool is_sender(std::string_view address, bool utf8) {
    const auto at = address.rfind('@');
    if (at == address.npos || at == 0 || at + 1 == address.size() || address.size() > address_octets_max) return false;
    if (address.front() == '@') return false;
    const bool ascii = std::all_of(address.begin(), address.end(), [](unsigned char c) { return c < 0x80; });
    if (!ascii && (!utf8 || !is_utf8_text(address))) return false;
    return std::all_of(address.begin(), address.end(),
                       [](unsigned char c) { return c > ' ' && c != 0x7f && c != '<' && c != '>'; });
}

bool is_mailbox_of(std::string_view address, const std::vector<std::string>& mailboxes) {
    if (equal_without_case(address, "postmaster")) return true;
    const auto at = address.find('@');
    if (at == address.npos || address.size() > address_octets_max) return false;
    const auto local = address.substr(0, at), domain = address.substr(at + 1);
    const auto name = local.substr(0, local.find('+'));
    if (local.find_first_of("\"%!@:/ ") != local.npos) return false;
    return std::any_of(mailboxes.begin(), mailboxes.end(), [&](std::string_view mailbox) {
        const auto split = mailbox.rfind('@');
        return equal_without_case(domain, mailbox.substr(split + 1)) &&
               (equal_without_case(name, mailbox.substr(0, split)) || equal_without_case(local, "postmaster"));
    });
}

}  // namespace hearback
