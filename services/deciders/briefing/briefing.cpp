#include "deciders/briefing/briefing.hpp"

#include <algorithm>

namespace hearback {

namespace {

using WithThem = Briefing::WithThem;
using Picked = std::vector<std::pair<ConversationId, WithThem>>;

template <class Wanted>
Picked pick(const Briefing::State& state, Wanted wanted) {
    Picked found;
    for (const auto& [id, it] : state.with)
        if (wanted(it)) found.emplace_back(id, it);
    std::ranges::stable_sort(found, {}, [](const auto& each) { return each.second.told_day; });
    return found;
}

std::string number_of(const Briefing::State& state, const ConversationId& id) {
    const auto of = state.cases.find(id);
    return of == state.cases.end() ? number_for(id) : of->second.value;
}

std::string families(std::size_t n) { return n == 1 ? "One family" : std::to_string(n) + " families"; }

/// "NM-2041, by today", one a line.
std::string numbers_words(const Briefing::State& state, const Picked& picked, Date today) {
    std::string words;
    for (std::size_t n = 0; n < picked.size() && n < numbers_named_max; ++n) {
        const auto& [id, it] = picked[n];
        words += (n == 0 ? "" : "\n") + number_of(state, id) + (it.told_day < today ? ", " + day_words(it.told_day) + ", which has passed" : it.told_day == today ? ", by today" : ", by " + day_words(it.told_day));
    }
    if (picked.size() > numbers_named_max) words += "\nand " + std::to_string(picked.size() - numbers_named_max) + " more";
    return words;
}

/// "Priya Nair is away: 6", one cause a line, the biggest first.
std::string causes_words(const Office& office, const Picked& picked) {
    std::map<std::pair<StaffId, LateBecause>, int> counts;
    for (const auto& [id, it] : picked) ++counts[{it.owner, it.because}];
    std::vector<std::pair<int, std::string>> lines;
    for (const auto& [cause, n] : counts) lines.emplace_back(n, why_late(cause.second, name_of(office.people.member(cause.first))) + ": " + std::to_string(n));
    std::ranges::sort(lines, std::greater{});
    std::string words;
    for (const auto& [n, line] : lines) words += (words.empty() ? "" : "\n") + line;
    return words;
}

std::optional<StaffTold> told(const Briefing::State& state, const StaffId& holder, std::int64_t rung, const Picked& picked, const Office& office) {
    const StaffListed* to = office.people.member(holder);
    if (!to || picked.empty()) return {};
    const Date today = london_date(office.now);
    const bool morning = rung == 0;
    StaffTold e{.message = {"b-" + holder.value + "-" + to_iso(today) + (morning ? "" : "-" + std::to_string(rung))}, .conversation = {"s-" + holder.value}, .staff = holder,
                .kind = morning ? BriefingKind::morning : BriefingKind::notice, .rung = rung, .day = today, .conversations = std::int64_t(picked.size()),
                .template_ = morning ? TemplateName::with_you_this_morning : TemplateName::with_you_now, .to = to->email, .to_name = to->name, .fields = {}};
    FieldList fields;
    add(fields, "name", first_name(to->name.or_empty()));
    add(fields, "who", name_of(to));
    add(fields, "office", office.council.name + ", " + office.council.service);
    add(fields, "families", families(picked.size()));
    if (picked.size() > 1) add(fields, "several", "yes");
    add(fields, "numbers", numbers_words(state, picked, today));
    if (!morning) add(fields, "causes", causes_words(office, picked));
    const auto late = std::size_t(std::ranges::count_if(picked, [&](const auto& each) { return each.second.told_day < today; }));
    const auto now_due = std::size_t(std::ranges::count_if(picked, [&](const auto& each) { return each.second.told_day == today; }));
    if (morning && late > 0) add(fields, "late", late == 1 ? "one of them" : std::to_string(late) + " of them");
    if (morning && now_due > 0) add(fields, "due_today", families(now_due));
    e.fields = std::move(fields);
    return e;
}

void notices(const Briefing::State& state, const Office& office, Briefing::Says& said) {
    const Date today = london_date(office.now);
    for (const auto& [key, at] : state.to_notice) {
        if (at > office.now || said.size() == staff_told_at_once_max) continue;
        const auto& [holder, rung] = key;
        if (auto e = told(state, holder, rung, pick(state, [&](const WithThem& it) { return it.holder == holder && it.rung == rung && it.since == today; }), office)) said.push_back(std::move(*e));
        // After an outage the day it came up is over: this morning's email has it.
        else said.push_back(StaffTold{.message = {}, .conversation = {"s-" + holder.value}, .staff = holder, .kind = BriefingKind::notice, .rung = rung, .day = today, .conversations = 0, .template_ = TemplateName::with_you_now, .to = {}, .to_name = {}, .fields = {}});
    }
}

/// Everybody's morning; the last of them names the next one.
void morning(const Briefing::State& state, const Office& office, Briefing::Says& said) {
    const Date today = london_date(office.now);
    const auto& days = office.answering.days();
    std::map<StaffId, Picked> of;
    if (days.is_working_day(today))
        for (auto& each : pick(state, [&](const WithThem& it) { return it.since < today; })) of[each.second.holder].push_back(std::move(each));
    for (const auto& [holder, picked] : of) {
        const auto before = state.briefed.find(holder);
        if (before != state.briefed.end() && before->second >= today) continue;
        if (said.size() == staff_told_at_once_max) return;
        if (auto e = told(state, holder, 0, picked, office)) said.push_back(std::move(*e));
    }
    said.push_back(MorningBriefed{.day = today, .next_at = office.answering.opening_of(days.add(days.on_or_before(today), 1)) + briefed_after});
}

bool morning_is_due(const Briefing::State& state, Instant now) { return !state.with.empty() && (!state.next_morning || *state.next_morning <= now); }

}  // namespace

Briefing::Says Briefing::decide(const State& state, const ClockStruck& clock, const Office& office) {
    if (const auto at = due(state); !at || *at > clock.now) return {};
    Says said;
    notices(state, office, said);
    if (morning_is_due(state, clock.now) && said.size() < staff_told_at_once_max) morning(state, office, said);
    return said;
}

void Briefing::evolve(State& state, const MessageRouted& e) { state.cases.try_emplace(e.conversation, e.case_id); }
void Briefing::evolve(State& state, const ConversationMatched& e) { state.cases.try_emplace(e.conversation, e.case_id); }

void Briefing::evolve(State& state, const ConversationEscalated& e) {
    state.with.erase(e.conversation);  // whoever had it below has it no more
    if (!e.tell_holder_at) return;
    const Date today = london_date(*e.tell_holder_at);
    state.with[e.conversation] = {.holder = e.holder, .rung = e.rung, .since = today, .told_day = e.told_day, .owner = e.owner, .because = e.because};
    const auto noticed = state.noticed.find({e.holder, e.rung});
    if (noticed == state.noticed.end() || noticed->second < today) state.to_notice.try_emplace({e.holder, e.rung}, *e.tell_holder_at);
}

void Briefing::evolve(State& state, const EscalationEnded& e) { state.with.erase(e.conversation); }

void Briefing::evolve(State& state, const StaffTold& e) {
    if (e.kind == BriefingKind::morning) {
        state.briefed[e.staff] = e.day;
        return;
    }
    state.to_notice.erase({e.staff, e.rung});
    if (!e.message.empty()) state.noticed[{e.staff, e.rung}] = e.day;
}

void Briefing::evolve(State& state, const MorningBriefed& e) { state.next_morning = e.next_at; }

std::optional<Instant> Briefing::due(const State& state) {
    std::optional<Instant> first;
    for (const auto& [key, at] : state.to_notice) first = std::min(first.value_or(at), at);
    if (!state.with.empty() && state.next_morning) first = std::min(first.value_or(*state.next_morning), *state.next_morning);
    return first;
}

}  // namespace hearback
