#include "edges/web/assets.hpp"

#include <cstdint>
#include <cstdio>
#include <deque>
#include <string>
#include <vector>

#include "embedded/web_assets.hpp"

namespace hearback {

namespace {

/// FNV-1a, 64 bits: enough to tell two builds apart, and the same in each.
std::string tag_of(std::string_view body) {
    std::uint64_t hash = 14695981039346656037u;
    for (const char c : body) hash = (hash ^ (unsigned char)(c)) * 1099511628211u;
    char text[24];
    std::snprintf(text, sizeof text, "\"%016llx\"", (unsigned long long)(hash));
    return text;
}

struct Shelf {
    std::deque<std::string> words;  ///< what the views below look at
    std::vector<Asset> assets;

    Shelf() {
        for (const auto& file : embedded::web_assets()) {
            const auto& path = words.emplace_back("/assets/" + std::string(file.path));
            const auto& tag = words.emplace_back(tag_of(file.text));
            const bool css = path.ends_with(".css");
            assets.push_back(
                {path, css ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8", tag, file.text});
        }
    }
};

}  // namespace

std::span<const Asset> assets() {
    static const Shelf shelf;
    return shelf.assets;
}

}  // namespace hearback
