#include "edges/web/office_desk.hpp"

#include <algorithm>
#include <charconv>

#include "vault/aead.hpp"

namespace hearback {

Reading::Question rows_asked(const Request& r, int most) {
    const auto text = [&](std::string_view name) { return std::string(r.asked(name)); };
    const auto yes = [&](std::string_view name) { return r.asked(name) == "true"; };
    const auto rung = r.asked("rung");
    const auto at = [&](std::string_view name) { return instant_from_iso(r.asked(name)).value_or(Instant{}); };
    return {.owner = text("owner"), .team = text("team"), .standing = text("standing"), .text = text("text"), .late_because = text("late_because"), .late_owner = text("late_owner"), .outcome = text("outcome"), .from = at("from"), .to = at("to"), .rung = rung.size() == 1 ? rung[0] - '0' : 0,
            .broken = yes("broken"), .waiting = yes("waiting"), .returned = yes("returned"), .most = most};
}

Search::Question search_asked(const Request& r) {
    const auto text = [&](std::string_view name) { return std::string(r.asked(name)); };
    const auto page = r.asked("page");
    int number = 1;
    std::from_chars(page.data(), page.data() + page.size(), number);
    return {.text = text("text"), .case_id = text("case"), .owner = text("owner"), .person = text("person"), .kind = text("kind"), .way = text("way"),
            .from = date_from_iso(r.asked("from")), .to = date_from_iso(r.asked("to")), .best_first = r.asked("order") == "best", .page = std::clamp(number, 1, Search::pages_max)};
}

std::string new_act() { return to_hex(random_bytes(16)); }

ActShown act(const OfficeDesk& desk, const std::string& id, AnyEvent event, std::span<const Blob> blobs) {
    auto reading = desk.reading();
    if (auto outcome = reading.outcome(id)) return {.shown = true, .outcome = std::move(*outcome)};
    const Entry entry{Topic::inbox, encode_input({.id = id, .time = desk.clock.now(), .event = std::move(event)}, desk.authority, desk.vault)};
    desk.log.append({&entry, 1}, blobs);
    for (const auto end = monotonic() + act_patience; monotonic() < end; pause(Millis{5}))
        if (auto outcome = reading.outcome(id)) return {.shown = true, .outcome = std::move(*outcome)};
    return {};
}

}  // namespace hearback
