#include "deciders/escalation/escalation.hpp"

#include <algorithm>

namespace hearback {

namespace {

using Conversation = Escalation::Conversation;

/// When the clock must be struck for a conversation. One whose answer is written and on its way does not go up.
std::optional<Instant> next_due(const Conversation& about) {
    if (about.goes_up_at && about.answers.empty()) return about.goes_up_at;
    return about.judged_at;
}

/// Changes a conversation and keeps the order of due times right.
template <class Change>
void change(Escalation::State& state, const ConversationId& id, Change&& how) {
    auto& about = state.conversations[id];
    if (const auto before = next_due(about)) state.due.erase({*before, id});
    how(about);
    if (const auto after = next_due(about)) state.due.insert({*after, id});
}

TeamId team_of(const Office& office, const Conversation& about) {
    if (const CaseListed* of = office.people.find_case(about.about.first_case())) return of->team;
    const StaffListed* matcher = office.people.matcher();
    return matcher ? matcher->team : TeamId{};
}

const Rung* rung_at(const Office& office, std::int64_t rung) {
    const auto& ladder = office.standard.ladder;
    return rung >= 1 && std::size_t(rung) <= ladder.size() ? &ladder[std::size_t(rung) - 1] : nullptr;
}

FieldList notice_fields(const Office& office, const ConversationId& id, const Conversation& about, const ConversationEscalated& up, const StaffListed& holder) {
    const CaseListed* of = office.people.find_case(about.about.first_case());
    FieldList fields = letterhead(office, of, about.about.newest, number_for(id));
    add(fields, "promised", std::string(what_was_promised(about.broken.empty() ? PromiseKind::answer : about.broken.begin()->second)));
    add(fields, "promised_day", day_words(about.told_day));
    if (about.rung > 0) {
        add(fields, "again", "yes");
        add(fields, "before", name_of(office.people.member(about.holder)));
    }
    add_named_person(fields, office, &holder, nullptr);
    add(fields, "answer_by", day_words(up.told_day));
    add_next_person(fields, office, up.team, up.rung, office.answering.days().add(up.told_day, 1));
    return fields;
}

/// Whose answer did not come, and why as far as the lists say.
std::pair<StaffId, LateBecause> cause_of(const Office& office, const Conversation& about) {
    if (about.about.cases.empty() && about.about.taken_by.empty()) return {{}, LateBecause::not_matched};
    const StaffListed* owner = owner_of(office, about.about, about.about.first_case());
    if (!owner || office.people.left.contains(owner->staff)) return {{}, LateBecause::nobody_has_it};
    const bool away = office.people.is_away(owner->staff, about.told_day) || office.people.is_away(owner->staff, london_date(office.now));
    return {owner->staff, away ? LateBecause::owner_is_away : LateBecause::owner_did_not_answer};
}

std::optional<Instant> tell_holder_at(const Office& office, const StaffListed& holder) {
    return holder.email.or_empty().empty() ? std::nullopt : std::optional(office.now + told_after);
}

/// An answer goes up to the team manager first; an answer to a complaint that did not come is the head of service's.
std::int64_t first_rung(const Office& office, const Conversation& about) {
    const auto& ladder = office.standard.ladder;
    const bool complaint = !about.broken.empty() && std::all_of(about.broken.begin(), about.broken.end(), [](const auto& each) { return each.second == PromiseKind::complaint; });
    const auto head = std::find_if(ladder.begin(), ladder.end(), [](const Rung& rung) { return rung.role == StaffRole::head_of_service; });
    return complaint && head != ladder.end() ? head - ladder.begin() + 1 : 1;
}

/// The next rung that somebody holds; rungs that nobody holds are passed over with an alarm.
void go_up(const Office& office, const ConversationId& id, const Conversation& about, Escalation::Says& said) {
    const TeamId team = team_of(office, about);
    std::int64_t rung = about.rung > 0 ? about.rung + 1 : first_rung(office, about);
    const Rung* step = rung_at(office, rung);
    const StaffListed* holder = nullptr;
    for (; step; step = rung_at(office, ++rung)) {
        if ((holder = office.people.holder(team, step->role, london_date(office.now)))) break;
        said.push_back(RungVacant{.conversation = id, .rung = rung, .role = step->role, .team = team});
    }
    if (!step) {  // above the complaints team there is nobody: it stays there, and stays open
        said.push_back(LadderEnded{.conversation = id, .promise = about.promise});
        return;
    }
    const Date today = office.answering.counts_as(office.now);
    const Date told_day = office.answering.days().add(today, step->days);
    const auto [owner, because] = cause_of(office, about);
    const ConversationEscalated up{.conversation = id, .promise = about.promise, .rung = rung, .role = step->role, .holder = holder->staff, .team = team,
                                   .owner = owner, .because = because, .tell_holder_at = tell_holder_at(office, *holder), .told_day = told_day, .judged_at = office.answering.closing_of(told_day)};
    said.push_back(up);
    const auto& mail = about.about.newest;
    const auto& to = mail.from_address.or_empty();
    if (to.empty()) return;
    said.push_back(NoticePrepared{.message = {about.promise.value + ".rung-" + std::to_string(rung)}, .conversation = id, .rung = rung,
                                  .template_ = TemplateName::not_answered_in_time, .to = to, .to_name = mail.from_name,
                                  .in_reply_to = mail.mail_id, .fields = notice_fields(office, id, about, up, *holder)});
}

}  // namespace

Escalation::Says Escalation::decide(const State& state, const ClockStruck& clock, const Office& office) {
    Says said;
    std::size_t handled = 0;
    for (const auto& [at, id] : state.due) {
        if (at > clock.now || ++handled > gone_up_at_once_max) break;
        const auto& about = state.conversations.at(id);
        if (about.goes_up_at && about.answers.empty()) go_up(office, id, about, said);
        else said.push_back(RungSilent{.conversation = id, .promise = about.promise, .rung = about.rung,
                                       .goes_up_at = office.answering.next_opening(*about.judged_at)});
    }
    return said;
}

Escalation::Says Escalation::decide(const State& state, const PromiseKept& e, const Office&) {
    const auto found = state.conversations.find(e.conversation);
    if (found == state.conversations.end() || found->second.rung == 0 || !found->second.broken.empty()) return {};
    return {EscalationEnded{.conversation = e.conversation, .promise = e.promise, .rung = found->second.rung}};
}

void Escalation::evolve(State& state, const MessageReceived& e) { state.conversations[e.conversation].about.hear(e); }
void Escalation::evolve(State& state, const MessageRouted& e) { state.conversations[e.conversation].about.hear(e); }
void Escalation::evolve(State& state, const ConversationMatched& e) { state.conversations[e.conversation].about.hear(e); }
void Escalation::evolve(State& state, const ConversationClaimed& e) { state.conversations[e.conversation].about.hear(e); }
void Escalation::evolve(State& state, const ConversationHandedOver& e) { state.conversations[e.conversation].about.hear(e); }

void Escalation::evolve(State& state, const AddressCorrected& e) {
    for (auto& [id, in] : state.conversations) in.about.hear(e);
}

void Escalation::evolve(State& state, const WorkHandedOver& e) {
    for (auto& [id, in] : state.conversations) in.about.hear(e);
}

// What breaks while it is with somebody above is theirs too; it begins no second way up.
void Escalation::evolve(State& state, const PromiseBroken& e) {
    change(state, e.conversation, [&](Conversation& about) {
        about.broken[e.promise] = e.kind;
        if (about.rung > 0 || about.goes_up_at) return;
        about.promise = e.promise;
        about.told_day = e.told_day;
        about.goes_up_at = e.goes_up_at;
    });
}

void Escalation::evolve(State& state, const PromiseKept& e) {
    change(state, e.conversation, [&](Conversation& about) {
        about.broken.erase(e.promise);
        if (!about.broken.empty()) return;
        about.goes_up_at.reset();
        about.judged_at.reset();
    });
}

void Escalation::evolve(State& state, const ReplyWritten& e) {
    if (!answers(e.kind)) return;
    state.answers[e.message] = e.conversation;
    change(state, e.conversation, [&](Conversation& about) { about.answers.insert(e.message); });
}

namespace {

void answer_is_over(Escalation::State& state, const MessageId& message) {
    const auto answer = state.answers.find(message);
    if (answer == state.answers.end()) return;
    change(state, answer->second, [&](Conversation& about) { about.answers.erase(message); });
    state.answers.erase(answer);
}

}  // namespace

void Escalation::evolve(State& state, const SendCancelled& e) { answer_is_over(state, e.message); }
void Escalation::evolve(State& state, const MessageSent& e) { answer_is_over(state, e.message); }
void Escalation::evolve(State& state, const MessageReturned& e) { answer_is_over(state, e.message); }
void Escalation::evolve(State& state, const RenderingRefused& e) { answer_is_over(state, e.message); }

// An answer of which nobody knows whether it came is none: the family is not left to wait for ever.
void Escalation::evolve(State& state, const AttemptUncertain& e) {
    if (!e.repeats) answer_is_over(state, e.message);
}

void Escalation::evolve(State& state, const ConversationEscalated& e) {
    change(state, e.conversation, [&](Conversation& about) {
        about.rung = e.rung;
        about.holder = e.holder;
        about.told_day = e.told_day;
        about.goes_up_at.reset();
        about.judged_at = e.judged_at;
    });
}

void Escalation::evolve(State& state, const RungVacant& e) {
    change(state, e.conversation, [&](Conversation& about) {
        about.rung = e.rung;
        about.goes_up_at.reset();
        about.judged_at.reset();
    });
}

void Escalation::evolve(State& state, const RungSilent& e) {
    change(state, e.conversation, [&](Conversation& about) {
        about.judged_at.reset();
        about.goes_up_at = e.goes_up_at;
    });
}

void Escalation::evolve(State& state, const LadderEnded& e) {
    change(state, e.conversation, [](Conversation& about) {
        about.goes_up_at.reset();
        about.judged_at.reset();
    });
}

void Escalation::evolve(State& state, const EscalationEnded& e) {
    change(state, e.conversation, [](Conversation& about) { about.rung = 0; });
}

std::optional<Instant> Escalation::due(const State& state) {
    if (state.due.empty()) return {};
    return state.due.begin()->first;
}

}  // namespace hearback
