#include <cstdio>
#include <map>
#include <ostream>

#include "commands/commands.hpp"
#include "deciders/trial.hpp"
#include "events/codec.hpp"
#include "kernel/decider.hpp"
#include "log/journal.hpp"
#include "runtime/clock.hpp"

namespace hearback {

namespace {

struct Past {
    std::vector<Asked> asked;  // every answer or call back that was ever owed
    Instant until{};           // how far the record goes: a made-up council has a time of its own
};

Past past_traffic(Premises& premises) {
    static const std::set<std::string, std::less<>> types{"PromiseMade", "PromiseKept"};
    Past past;
    std::map<PromiseId, Asked> all;
    Journal journal(*premises.log, genesis(premises.authority()));
    const auto remember = [&](const Stored& stored) {
        past.until = std::max(past.until, instant_from_iso(stored.record.header("ce_time")).value_or(past.until));
        if (!speaks_of(stored.record, types)) return;
        const auto decision = decode_decision(stored.record, *premises.vault, &types);
        for (const auto& said : decision.events)
            std::visit(match{[&](const PromiseMade& e) {
                                 if (e.kind == PromiseKind::answer || e.kind == PromiseKind::call_back) all[e.promise] = {e.received_at, {}};
                             },
                             [&](const PromiseKept& e) {
                                 if (const auto of = all.find(e.promise); of != all.end()) of->second.answered_at = decision.time;
                             },
                             [](const auto&) {}}, said.event);
    };
    while (journal.advance(1000, Millis{0}, remember) > 0) {
    }
    for (const auto& [id, each] : all) past.asked.push_back(each);
    return past;
}

std::string described(const Standard& standard) {
    return "answer in " + std::to_string(standard.answer_days) + ", ladder " + std::to_string(standard.ladder[0].days) + ", " + std::to_string(standard.ladder[1].days) + ", " + std::to_string(standard.ladder[2].days) + " working days";
}

std::string row(const std::string& name, const TriedWeek& w) {
    char line[160];
    std::snprintf(line, sizeof line, "  %-22s %6d %6d %5d%% %13d %13d %13d\n", name.c_str(), w.due, w.kept, w.due == 0 ? 0 : (100 * w.kept + w.due / 2) / w.due, w.reached[0], w.reached[1], w.reached[2]);
    return line;
}

void table(std::ostream& out, const std::string& name, const Settled& settled, const Past& past) {
    TriedWeek all;
    out << name << ": " << described(settled.standard) << "\n" << "  Week of                   due   kept  share  team manager  head of serv.   complaints\n";
    for (const auto& week : try_standard(past.asked, settled.answering, settled.standard, past.until)) {
        out << row(day_words_with_year(week.monday), week);
        all.due += week.due;
        all.kept += week.kept;
        for (std::size_t n = 0; n < all.reached.size(); ++n) all.reached[n] += week.reached[n];
    }
    out << row("All", all) << "\n";
}

}  // namespace

int try_standard_file(const Where& where, const std::string& file, std::ostream& out) {
    const SystemClock clock;
    auto premises = open_premises(where, clock);
    auto tried = premises.config;
    tried.read_file(file);
    const auto past = past_traffic(premises);
    if (past.asked.empty()) {
        out << "Nothing has been owed to a family yet, so there is nothing to try a standard on.\n";
        return 0;
    }
    table(out, "As it is now", settled_by(premises.config), past);
    table(out, "As tried", settled_by(tried), past);
    out << "Weeks are those in which families wrote. Nobody can say whether people would have answered sooner or later under another standard.\n";
    return 0;
}

}  // namespace hearback
