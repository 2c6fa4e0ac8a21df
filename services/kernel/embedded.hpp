// A file that the program carries inside itself: its path below the folder that it came from, and its text.
#pragma once

#include <string_view>

namespace hearback {

struct EmbeddedFile {
    std::string_view path, text;
};

}  // namespace hearback
