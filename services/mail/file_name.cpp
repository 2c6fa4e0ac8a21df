#include "mail/file_name.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "kernel/text.hpp"

namespace hearback {
namespace {

constexpr std::size_t bytes_max = 150;

bool is_forbidden(UChar32 c) {
    if (c < 0 || c == '/' || c == '\\' || c == ':' || c == '*' || c == '?' || c == '"' || c == '<' || c == '>' ||
        c == '|')
        return true;
    const auto category = u_charType(c);
    return category == U_CONTROL_CHAR || category == U_FORMAT_CHAR || category == U_LINE_SEPARATOR ||
           category == U_PARAGRAPH_SEPARATOR || category == U_PRIVATE_USE_CHAR || category == U_SURROGATE;
}

/// Cuts the middle, so that the ending that tells the kind of file stays.
std::string shortened(const std::string& name) {
    const auto dot = name.rfind('.');
    const auto ending = dot == name.npos || name.size() - dot > 20 ? std::string() : name.substr(dot);
    return cut_to(name, bytes_max - ending.size()) + ending;
}

}  // namespace

std::string safe_file_name(std::string_view name) {
    std::string safe;
    const auto length = static_cast<int32_t>(name.size());
    for (int32_t i = 0; i < length;) {
        const int32_t begin = i;
        UChar32 c = 0;
        U8_NEXT(name.data(), i, length, c);
        if (is_forbidden(c))
            safe += '_';
        else
            safe.append(name, std::size_t(begin), std::size_t(i - begin));
    }
    const auto first = safe.find_first_not_of(" ");
    if (first == safe.npos) return name.empty() ? std::string() : std::string("_");
    safe = safe.substr(first, safe.find_last_not_of(" ") + 1 - first);
    if (safe.front() == '.') safe.front() = '_';
    return safe.size() > bytes_max ? shortened(safe) : safe;
}

}  // namespace hearback
