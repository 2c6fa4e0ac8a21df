#include "events/inbox.hpp"

#include "runtime/clock.hpp"

namespace hearback {

bool append_until_kept(Log& log, std::string_view authority, Seal& seal, std::span<const Heard> heard, std::span<const Blob> blobs, std::stop_token stop) {
    for (;;) {
        try {
            std::vector<Entry> entries;
            for (const auto& each : heard) entries.push_back({Topic::inbox, encode_input(each, authority, seal)});
            log.append(entries, blobs);
            return true;
        } catch (const LogError&) {
            if (stop.stop_requested()) return false;
            pause(Millis{200});
        }
    }
}

}  // namespace hearback
