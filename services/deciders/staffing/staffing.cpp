#include "deciders/staffing/staffing.hpp"

#include <algorithm>

namespace hearback {

namespace {

Staffing::Says refuse(const StaffId& who, const StaffId& staff, StaffingRefusedBecause because) {
    return {StaffingRefused{.who = who, .staff = staff, .because = because}};
}

Date today(const Office& office) { return london_date(office.now); }

/// A sign of somebody, once a day.
Staffing::Says seen(const Staffing::State& state, const StaffId& staff, const Office& office) {
    const auto before = state.seen.find(staff);
    if (!office.people.member(staff) || (before != state.seen.end() && before->second >= today(office))) return {};
    return {SeenAtWork{.staff = staff, .day = today(office)}};
}

/// People speak for themselves; who leads speaks for others.
std::optional<StaffingRefusedBecause> who_may_say(const Office& office, const StaffId& who, const StaffId& staff) {
    const StaffListed* about = office.people.member(who);
    const StaffListed* by = office.people.member(staff);
    if (!about || !by) return StaffingRefusedBecause::unknown_person;
    if (office.people.left.contains(who)) return StaffingRefusedBecause::left_before;
    if (who != staff && by->role == StaffRole::caseworker) return StaffingRefusedBecause::not_theirs_to_say;
    return {};
}

/// Whether cover, and the cover's own cover, ends with somebody who is here on that day.
std::optional<StaffingRefusedBecause> wrong_with_cover(const Office& office, const AwaySaid& said) {
    if (!office.people.member(said.cover)) return StaffingRefusedBecause::unknown_person;
    if (said.cover == said.who) return StaffingRefusedBecause::cover_is_themselves;
    if (office.people.left.contains(said.cover)) return StaffingRefusedBecause::cover_is_away;
    auto with_it = office.people;
    with_it.absences[said.who].push_back({.from = said.from, .to = said.to, .cover = said.cover});
    const StaffListed* stands_in = with_it.standing_in_for(said.who, said.from);
    if (stands_in) return {};
    return office.people.standing_in_for(said.cover, said.from) ? StaffingRefusedBecause::cover_goes_in_a_circle : StaffingRefusedBecause::cover_is_away;
}

bool is_known(const Office& office, const AwaySaid& said) {
    const auto list = office.people.absences.find(said.who);
    return list != office.people.absences.end() &&
           std::any_of(list->second.begin(), list->second.end(), [&](const Absence& a) { return a.from == said.from && a.to == said.to && a.cover == said.cover; });
}

/// Whose an open promise is: who gave it, who has taken the conversation on, or the child's caseworker.
StaffId owner_of(const Staffing::State& state, const Staffing::Owed& owed, const Office& office) {
    if (!owed.staff.empty()) return owed.staff;
    const auto about = state.conversations.find(owed.conversation);
    const StaffListed* owner = about == state.conversations.end() ? nullptr : hearback::owner_of(office, about->second, owed.case_id);
    return owner ? owner->staff : StaffId{};
}

/// Conversations in which somebody owes something, and how much in all.
struct Work {
    std::vector<ConversationId> conversations;
    std::int64_t promises = 0;
};

Work work_of(const Staffing::State& state, const StaffId& who, const Office& office) {
    Work work;
    std::set<ConversationId> found;
    for (const auto& [id, owed] : state.owed) {
        if (owner_of(state, owed, office) != who) continue;
        ++work.promises;
        if (found.insert(owed.conversation).second) work.conversations.push_back(owed.conversation);
    }
    if (work.conversations.size() > told_max) work.conversations.resize(told_max);
    return work;
}

/// The day that the family was told last: of what has gone up, the new one.
Date day_that_stands(const Staffing::State& state, const ConversationId& conversation) {
    if (const auto up = state.gone_up.find(conversation); up != state.gone_up.end()) return up->second;
    Date first{};
    for (const auto& [id, owed] : state.owed)
        if (owed.conversation == conversation && (first == Date{} || owed.told_day < first)) first = owed.told_day;
    return first;
}

std::optional<NewPersonTold> tell(const Staffing::State& state, const Staffing::ToTell& next, std::size_t number, const Office& office) {
    const auto& about = state.conversations.at(next.conversation);
    const CaseListed* of = office.people.find_case(about.first_case());
    const StaffListed* before = office.people.member(next.before);
    const StaffListed* now = answering_of(office, about, about.first_case());
    const Date day = day_that_stands(state, next.conversation);
    const auto& to = about.newest.from_address.or_empty();
    if (to.empty() || !now || day == Date{}) return {};
    FieldList fields = letterhead(office, of, about.newest, number_for(next.conversation));
    add(fields, "before", name_of(before));
    if (of) add(fields, "child", first_name(of->child.or_empty()));
    add_named_person(fields, office, now, of);
    if (day >= today(office)) add(fields, "answer_by", day_words(day));
    return NewPersonTold{.message = {"t-" + next.conversation.value.substr(2) + "-" + std::to_string(number)}, .conversation = next.conversation,
                         .template_ = TemplateName::somebody_else_has_it, .to = to, .to_name = about.newest.from_name,
                         .in_reply_to = about.newest.mail_id, .fields = std::move(fields)};
}

Staffing::Says look_over(const Staffing::State& state, Date day, const Office& office) {
    std::map<StaffId, std::int64_t> due;
    for (const auto& [id, owed] : state.owed) {
        if (owed.told_day != day) continue;
        const StaffListed* answers = office.people.standing_in_for(owner_of(state, owed, office), day);
        if (answers) ++due[answers->staff];
    }
    MorningLookedOver over{.day = day, .missing = {}};
    for (const auto& [staff, n] : due) {
        const auto last = state.seen.find(staff);
        if (last == state.seen.end() || last->second < day) over.missing.push_back({.staff = staff, .due = n});
    }
    return {std::move(over)};
}

Instant look_over_at(Date day) { return at_london(day, looked_over_at); }

}  // namespace

Staffing::Says Staffing::decide(const State& state, const HereSaid& said, const Office& office) { return seen(state, said.staff, office); }
Staffing::Says Staffing::decide(const State& state, const ConversationClaimed& e, const Office& office) { return seen(state, e.staff, office); }
Staffing::Says Staffing::decide(const State& state, const ReplyWritten& e, const Office& office) { return seen(state, e.staff, office); }
Staffing::Says Staffing::decide(const State& state, const CallNoted& e, const Office& office) { return seen(state, e.staff, office); }

Staffing::Says Staffing::decide(const State& state, const AwaySaid& said, const Office& office) {
    if (const auto because = who_may_say(office, said.who, said.staff)) return refuse(said.who, said.staff, *because);
    if (said.to && *said.to < said.from) return refuse(said.who, said.staff, StaffingRefusedBecause::days_in_wrong_order);
    if (is_known(office, said)) return refuse(said.who, said.staff, StaffingRefusedBecause::so_already);
    if (const auto because = wrong_with_cover(office, said)) return refuse(said.who, said.staff, *because);
    AbsenceSet set{.who = said.who, .from = said.from, .to = said.to, .cover = said.cover, .staff = said.staff, .tell = {}};
    if (said.tell_families && said.from <= today(office)) set.tell = work_of(state, said.who, office).conversations;
    return {std::move(set)};
}

Staffing::Says Staffing::decide(const State& state, const BackSaid& said, const Office& office) {
    if (const auto because = who_may_say(office, said.who, said.staff)) return refuse(said.who, said.staff, *because);
    Says result;
    const auto known = office.people.absences.find(said.who);
    const bool away = known != office.people.absences.end() && std::any_of(known->second.begin(), known->second.end(), [&](const Absence& a) { return !a.to || *a.to >= today(office); });
    if (away) result.push_back(AbsenceEnded{.who = said.who, .on = today(office), .staff = said.staff});
    for (auto& sign : seen(state, said.who, office)) result.push_back(std::move(sign));
    return result.empty() ? refuse(said.who, said.staff, StaffingRefusedBecause::not_away) : result;
}

Staffing::Says Staffing::decide(const State& state, const LeavingSaid& said, const Office& office) {
    if (const auto because = who_may_say(office, said.who, said.staff)) return refuse(said.who, said.staff, *because);
    const StaffListed* to = office.people.member(said.to);
    if (!to) return refuse(said.who, said.staff, StaffingRefusedBecause::unknown_person);
    if (said.to == said.who) return refuse(said.who, said.staff, StaffingRefusedBecause::cover_is_themselves);
    if (office.people.left.contains(said.to)) return refuse(said.who, said.staff, StaffingRefusedBecause::cover_is_away);
    auto work = work_of(state, said.who, office);
    const auto children = std::count_if(office.people.cases.begin(), office.people.cases.end(), [&](const auto& each) { return each.second.caseworker == said.who; });
    return {WorkHandedOver{.from = said.who, .to = said.to, .staff = said.staff, .on = today(office), .tell = said.tell_families ? std::move(work.conversations) : std::vector<ConversationId>{},
                           .children = children, .promises = work.promises}};
}

Staffing::Says Staffing::decide(const State& state, const ConversationHandedOver& e, const Office& office) {
    if (!e.tell_family) return {};
    if (auto told = tell(state, {e.conversation, e.staff}, state.told, office)) return {std::move(*told)};
    return {};
}

Staffing::Says Staffing::decide(const State& state, const ClockStruck& clock, const Office& office) {
    Says said;
    for (std::size_t n = 0; n < state.to_tell.size() && n < told_at_once_max; ++n) {
        auto told = tell(state, state.to_tell[n], state.told + n, office);
        // Answered meanwhile, or nowhere to write to: said all the same, to nobody, so that the list gets shorter.
        said.push_back(told ? std::move(*told) : NewPersonTold{.message = {}, .conversation = state.to_tell[n].conversation, .template_ = TemplateName::somebody_else_has_it});
    }
    if (!said.empty()) return said;
    if (!state.days.empty() && look_over_at(state.days.begin()->first) <= clock.now) return look_over(state, state.days.begin()->first, office);
    return {};
}

namespace {

void owe(Staffing::State& state, Date day) { ++state.days[day]; }

void owe_no_more(Staffing::State& state, Date day) {
    const auto found = state.days.find(day);
    if (found != state.days.end() && --found->second == 0) state.days.erase(found);
}

}  // namespace

void Staffing::evolve(State& state, const MessageReceived& e) { state.conversations[e.conversation].hear(e); }
void Staffing::evolve(State& state, const MessageRouted& e) { state.conversations[e.conversation].hear(e); }
void Staffing::evolve(State& state, const ConversationClaimed& e) { state.conversations[e.conversation].hear(e); }
void Staffing::evolve(State& state, const ConversationHandedOver& e) { state.conversations[e.conversation].hear(e); }

void Staffing::evolve(State& state, const ConversationMatched& e) {
    state.conversations[e.conversation].hear(e);
    for (auto& [id, owed] : state.owed)
        if (owed.conversation == e.conversation && owed.case_id.empty()) owed.case_id = e.case_id;
}

void Staffing::evolve(State& state, const PromiseMade& e) {
    state.owed[e.promise] = {.conversation = e.conversation, .case_id = e.case_id, .staff = e.staff, .told_day = e.told_day};
    owe(state, e.told_day);
}

void Staffing::evolve(State& state, const PromiseMoved& e) {
    const auto found = state.owed.find(e.promise);
    if (found == state.owed.end()) return;
    owe_no_more(state, found->second.told_day);
    found->second.told_day = e.told_day;
    owe(state, e.told_day);
}

void Staffing::evolve(State& state, const PromiseKept& e) {
    const auto found = state.owed.find(e.promise);
    if (found == state.owed.end()) return;
    owe_no_more(state, found->second.told_day);
    state.owed.erase(found);
}

void Staffing::evolve(State& state, const ConversationEscalated& e) { state.gone_up[e.conversation] = e.told_day; }
void Staffing::evolve(State& state, const EscalationEnded& e) { state.gone_up.erase(e.conversation); }
void Staffing::evolve(State& state, const SeenAtWork& e) { state.seen[e.staff] = e.day; }

void Staffing::evolve(State& state, const AbsenceSet& e) {
    for (const auto& conversation : e.tell) state.to_tell.push_back({conversation, e.who});
}

void Staffing::evolve(State& state, const AddressCorrected& e) {
    for (auto& [id, about] : state.conversations) about.hear(e);
}

void Staffing::evolve(State& state, const WorkHandedOver& e) {
    for (auto& [id, about] : state.conversations) about.hear(e);
    for (auto& [id, owed] : state.owed)
        if (owed.staff == e.from) owed.staff = e.to;
    for (const auto& conversation : e.tell) state.to_tell.push_back({conversation, e.from});
}

void Staffing::evolve(State& state, const HandedOverTogether& e) {
    for (const auto& conversation : e.tell) state.to_tell.push_back({conversation, e.staff});
}

void Staffing::evolve(State& state, const MorningLookedOver& e) {
    while (!state.days.empty() && state.days.begin()->first <= e.day) state.days.erase(state.days.begin());
}

void Staffing::evolve(State& state, const NewPersonTold& e) {
    ++state.told;
    const auto found = std::find_if(state.to_tell.begin(), state.to_tell.end(), [&](const ToTell& t) { return t.conversation == e.conversation; });
    if (found != state.to_tell.end()) state.to_tell.erase(found);
}

std::optional<Instant> Staffing::due(const State& state) {
    if (!state.to_tell.empty()) return Instant{};  // at once
    if (state.days.empty()) return {};
    return look_over_at(state.days.begin()->first);
}

}  // namespace hearback
