// How long a clerk takes to know everything again: records are opened, decoded and evolved into every state.
#include <cstdio>

#include "deciders/northmere.hpp"
#include "log/temp_folder.hpp"
#include "runtime/clock.hpp"
#include "vault/vault.hpp"

namespace hearback {

/// Days of a council: mails of 400 families, answered the same day by three of four.
std::vector<Decision> a_council_at_work(std::size_t events_wanted) {
    const auto settled = ordinary_council();
    Deciders deciders;
    for (const auto& each : northmere()) deciders.evolve(each);
    std::vector<Decision> decisions;
    std::size_t events = 0;
    Instant now = at("2024-01-08T09:00");
    const auto decide = [&](const Input& input, std::string id) {
        Decision decision{.id = std::move(id), .cause = "x", .time = now, .events = {}};
        for (auto& each : deciders.decide(input, settled, now, decision.id))
            decision.events.push_back({{decision.id + "." + std::to_string(decision.events.size() + 1)}, std::move(each)});
        events += decision.events.size();
        if (!decision.events.empty()) decisions.push_back(decision);
        return decision;
    };
    for (int n = 0; events < events_wanted; ++n) {
        now += std::chrono::minutes{3};
        const auto id = std::to_string(1'000'000 + n);
        auto mail = n % 3 == 0 ? from_sam("2024-01-08T09:00") : mail_from("family-" + std::to_string(n % 400) + "@example.org", "2024-01-08T09:00");
        mail.received_at = now;
        mail.text = std::string(1500, 'w');
        const auto taken = decide(mail, id);
        const auto* received = std::get_if<MessageReceived>(&taken.events.front().event);
        if (received && n % 4 != 0) decide(reply_to(*received), "reply-" + id);
        for (int stroke = 0; deciders.due() && *deciders.due() <= now; ++stroke) decide(ClockStruck{now}, "clock/" + id + "/" + std::to_string(stroke));
    }
    return decisions;
}

int bench() {
    const TempFolder folder;
    const auto log = open_sqlite_log({.folder = folder.path(), .authority = "E1"});
    Vault vault(*log, MasterKey::from_bytes({1}), [] { return Instant{}; });
    const auto decisions = a_council_at_work(100'000);
    std::vector<Record> records;
    std::size_t events = 0;
    for (const auto& each : decisions) {
        events += each.events.size();
        records.push_back(encode_decision(each, "E1", vault));
    }
    const auto begin = monotonic();
    Deciders deciders;
    for (const auto& each : records)
        for (const auto& said : decode_decision(each, vault, &Deciders::heard_types()).events) deciders.evolve(said.event);
    const auto folded = monotonic();
    Deciders again;
    for (const auto& each : decisions)
        for (const auto& said : each.events) again.evolve(said.event);
    std::printf("%zu events in %zu records: folded in %lld ms (goal 2000), of which evolving %lld ms\n", events, records.size(), static_cast<long long>((folded - begin).count()),
                static_cast<long long>((monotonic() - folded).count()));
    return again.due() == deciders.due() ? 0 : 1;
}

}  // namespace hearback

int main() { return hearback::bench(); }
