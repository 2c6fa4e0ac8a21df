// File names that strangers chose, made safe to show and to store: no folders, no control or direction-turning
// characters (U+202E makes "gpj.exe" look like "exe.jpg"), no leading dots, at most 150 characters.
#pragma once

#include <string>
#include <string_view>

namespace hearback {

/// `name` is valid UTF-8. Empty only for an empty name; what is forbidden becomes `_`.
std::string safe_file_name(std::string_view name);

}  // namespace hearback
