#include "runtime/clock.hpp"

#include <date/tz.h>
#include <pthread.h>

#include <thread>

#include "kernel/london.hpp"

namespace hearback {
using namespace std::chrono;

Instant SystemClock::now() const { return floor<milliseconds>(system_clock::now()); }

void SetClock::go_to(Instant at) {
    Instant before = at_.load();
    while (before < at && !at_.compare_exchange_weak(before, at)) {
    }
}

std::optional<std::string> summer_time_alarm(Instant now) {
    try {
        const auto* zone = date::locate_zone("Europe/London");
        // Hour by hour around the changes would do; two years of hours take a millisecond or two.
        for (auto at = floor<hours>(now); at < now + days{731}; at += hours{1}) {
            const auto theirs = zone->get_info(at).offset;
            if (theirs != (is_summer_time(at) ? seconds{3600} : seconds{0}))
                return "This machine's zone data and our rule for British Summer Time differ at " + to_iso(at) +
                       ". Sending is held. Update the package tzdata, or ask for a new Hearback if the law has changed.";
        }
    } catch (const std::runtime_error&) {
        return "This machine has no zone data for Europe/London, so summer time cannot be checked. Install the package tzdata.";
    }
    return {};
}

void name_thread(const char* name) { pthread_setname_np(pthread_self(), name); }
void pause(Millis time) { std::this_thread::sleep_for(time); }
Millis monotonic() { return floor<milliseconds>(steady_clock::now().time_since_epoch()); }

}  // namespace hearback
