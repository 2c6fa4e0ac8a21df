#include "deciders/promises/promises.hpp"

#include <algorithm>

namespace hearback {

namespace {

using Conversation = Promises::Conversation;
using Open = Promises::Open;

const Conversation* find(const Promises::State& state, const ConversationId& id) {
    const auto found = state.conversations.find(id);
    return found == state.conversations.end() ? nullptr : &found->second;
}

/// What an answer in any form keeps; a meeting or a thing that was promised is kept by doing it.
bool is_kept_by_answer(const PromiseMade& made) { return made.kind == PromiseKind::answer || made.kind == PromiseKind::call_back; }

PromiseMade make(const ConversationId& conversation, const PromiseId& promise, PromiseKind kind, const CaseId& of, const MessageId& message,
                 Instant received_at, const Timing& timing, const Office& office) {
    return {.promise = promise, .conversation = conversation, .kind = kind, .case_id = of, .message = message, .staff = {}, .what = {},
            .received_at = received_at, .counts_as = timing.counts_as, .told_day = timing.told_day, .target = timing.target,
            .offer_at = timing.offer_at, .judged_at = timing.judged_at, .standard = office.standard.version};
}

PromiseMade promise_for(const Office& office, const Conversation& in, const CaseId& of, PromiseKind kind) {
    const auto& newest = in.about.newest;
    auto id = newest.message.value + (kind == PromiseKind::call_back ? ".call-back" : ".answer");
    if (in.about.cases.size() > 1 && of != in.about.first_case()) id += "." + of.value;
    return make(newest.conversation, {std::move(id)}, kind, of, newest.message, newest.received_at, timing_for(office, newest.received_at), office);
}

/// The open promise of an answer that is owed about this child; what was made before anybody matched it counts for all.
const Open* owed_about(const Conversation& in, const CaseId& of) {
    for (const auto& [id, open] : in.open)
        if (is_kept_by_answer(open.made) && (open.made.case_id == of || open.made.case_id.empty() || of.empty())) return &open;
    return nullptr;
}

std::string children_words(const Office& office, const Correspondence& about) {
    std::string words;
    for (const auto& id : about.cases)
        if (const CaseListed* of = office.people.find_case(id)) words += (words.empty() ? "" : " and ") + first_name(of->child.or_empty());
    return words;
}

/// "Leila Hart, Kai’s caseworker, answers what is about Kai.": a sender to two children is told of both caseworkers.
std::string others_words(const Office& office, const Correspondence& about, const StaffListed* named) {
    std::string words;
    for (const auto& id : about.cases) {
        const CaseListed* of = office.people.find_case(id);
        const StaffListed* owner = owner_of(office, about, id);
        if (!of || !owner || owner == named) continue;
        const auto child = first_name(of->child.or_empty());
        words += (words.empty() ? "" : " ") + name_of(owner) + ", " + who_they_are(*owner, of) + ", answers what is about " + child + ", by the same day.";
    }
    return words;
}

std::string_view what_came(Channel channel) {
    switch (channel) {
        case Channel::email: return "email";
        case Channel::call: return "telephone call";
        case Channel::letter: return "letter";
    }
    return "message";
}

struct Told {
    Date day{};
    bool chaser = false, ring_back = false;
};

/// To an address that the child's family does not have it says what an unknown sender is told: nothing about the child.
FieldList acknowledgement_fields(const Office& office, const Correspondence& about, const Told& told) {
    const auto& newest = about.newest;
    const bool known = std::all_of(about.cases.begin(), about.cases.end(), [&](const CaseId& id) { return may_be_told(office, id, newest.envelope_from.or_empty()); });
    const CaseListed* of = known ? office.people.find_case(about.first_case()) : nullptr;
    const StaffListed* owner = of ? owner_of(office, about, of->case_id) : office.people.matcher();
    const StaffListed* here = of ? answering_of(office, about, of->case_id) : owner;
    FieldList fields = letterhead(office, of, newest, number_for(newest.conversation));
    add(fields, "what", std::string(what_came(newest.channel)));
    add(fields, "came", newest.channel == Channel::letter ? day_words(london_date(newest.received_at)) : day_words(london_date(newest.received_at)) + " at " + time_words(newest.received_at));
    if (of) add(fields, "child", children_words(office, about));
    else add(fields, "matching", "yes");
    if (told.chaser) add(fields, "joined", "yes");
    if (told.ring_back) add(fields, "ring_back", "yes");
    add_named_person(fields, office, here, of, owner);
    if (!of) std::erase_if(fields, [](const Field& f) { return f.name == "who_is"; });
    if (of) add(fields, "also", others_words(office, about, owner));
    if (const StaffListed* deputy = of ? office.people.member(of->deputy) : nullptr; deputy && deputy != owner && deputy != here) add(fields, "deputy", name_of(deputy));
    add(fields, "answer_by", day_words(told.day));
    const Date up = office.answering.days().add(told.day, 1);
    add_next_person(fields, office, of ? of->team : owner ? owner->team : TeamId{}, 0, up);
    if (fields.back().name != "next_day") {  // nobody holds a rung: the office itself is named, and an alarm is raised elsewhere
        add(fields, "next_who", office.council.name);
        add(fields, "next_day", day_words(up));
    }
    return fields;
}

/// RFC 3834: never to an empty sender, never to what asks for no automatic answer; it goes to the envelope's sender.
std::optional<AcknowledgementPrepared> acknowledge(const Office& office, const Conversation& in, const Told& told) {
    const auto& newest = in.about.newest;
    const auto& to = newest.envelope_from.or_empty();
    if (newest.no_automatic_answer || to.empty()) return {};
    const Date today = office.answering.counts_as(newest.received_at);
    if (!office.standard.acknowledge_every_message && in.acknowledged == today) return {};
    return AcknowledgementPrepared{.message = {newest.message.value + ".ack"}, .conversation = newest.conversation, .answers = newest.message,
                                   .for_day = today, .template_ = TemplateName::we_have_got_your_message, .to = to, .to_name = newest.from_name,
                                   .in_reply_to = newest.mail_id, .fields = acknowledgement_fields(office, in.about, told)};
}

/// A message about one child: its own promise, or it joins the one that is open.
Promises::Says owe(const Conversation& in, const CaseId& of, PromiseKind kind, bool tell_them, const Office& office) {
    const auto& newest = in.about.newest;
    if (in.handled == newest.message && in.handled_cases.contains(of)) return {};
    Promises::Says said;
    Told told{.ring_back = kind == PromiseKind::call_back};
    const Open* owed = owed_about(in, of);
    if (owed) {
        told.day = owed->made.told_day;
        told.chaser = true;
        said.push_back(ChaserJoined{.promise = owed->made.promise, .case_id = of, .conversation = newest.conversation, .message = newest.message, .told_day = told.day});
    } else {
        auto made = promise_for(office, in, of, kind);
        told.day = made.told_day;
        said.push_back(std::move(made));
    }
    // What has gone up already has its own notice; another "we have got it" with a day long past would be an insult.
    if (!tell_them || (owed && owed->broken)) return said;
    if (auto acknowledgement = acknowledge(office, in, told)) said.push_back(std::move(*acknowledgement));
    return said;
}

/// The promises that this keeps: answers and calls back that are owed about these children (all when none is named).
Promises::Says keep(const Conversation& in, KeptHow how, const std::vector<CaseId>& cases, const MessageId& by) {
    Promises::Says said;
    for (const auto& [id, open] : in.open) {
        const bool about_them = cases.empty() || open.made.case_id.empty() || std::find(cases.begin(), cases.end(), open.made.case_id) != cases.end();
        if (is_kept_by_answer(open.made) && about_them)
            said.push_back(PromiseKept{.promise = id, .conversation = open.made.conversation, .how = how, .late = open.broken, .message = by});
    }
    return said;
}

KeptHow kept_how(ReplyKind kind) {
    if (kind == ReplyKind::signposted) return KeptHow::signposted;
    return kind == ReplyKind::passed_on ? KeptHow::passed_on : KeptHow::answered;
}

/// The family has been told a new day: once, and only before the first has passed.
Promises::Says move(const Conversation& in, const Promises::Answer& holding, const MessageId& by, const Office& office) {
    Promises::Says said;
    for (const auto& [id, open] : in.open) {
        if (open.moved || open.broken || !is_kept_by_answer(open.made) || *holding.new_day <= open.made.told_day) continue;
        const auto timing = timing_by(office, open.made.received_at, *holding.new_day);
        said.push_back(PromiseMoved{.promise = id, .conversation = open.made.conversation, .message = by, .told_day = timing.told_day,
                                    .offer_at = timing.offer_at, .judged_at = timing.judged_at});
    }
    return said;
}

/// Of siblings with two caseworkers a call answers what is about the children of whoever spoke; all when none is theirs.
std::vector<CaseId> children_of(const Office& office, const Correspondence& about, const StaffId& staff) {
    std::vector<CaseId> theirs;
    for (const auto& id : about.cases)
        if (const StaffListed* owner = owner_of(office, about, id); owner && owner->staff == staff) theirs.push_back(id);
    return theirs;
}

}  // namespace

Promises::Says Promises::decide(const State& state, const MessageRouted& e, const Office& office) {
    const auto& in = state.conversations.at(e.conversation);
    if (in.about.newest.message != e.message || in.about.newest.channel == Channel::call) return {};  // what a call comes to, its note says
    return owe(in, e.case_id, PromiseKind::answer, true, office);
}

Promises::Says Promises::decide(const State& state, const MessageUnmatched& e, const Office& office) {
    const auto& in = state.conversations.at(e.conversation);
    if (in.about.newest.message != e.message || in.about.newest.channel == Channel::call) return {};
    return owe(in, {}, PromiseKind::answer, true, office);
}

Promises::Says Promises::decide(const State& state, const CallNoted& call, const Office& office) {
    const Conversation* in = find(state, call.conversation);
    if (!in) return {};
    Says said;
    const bool theirs = in->about.newest.message == call.message;
    switch (call.outcome) {
        case CallOutcome::answered: said = keep(*in, KeptHow::by_telephone, children_of(office, in->about, call.staff), {}); break;
        case CallOutcome::missed:
            if (theirs) said = owe(*in, in->about.first_case(), PromiseKind::call_back, true, office);
            break;
        case CallOutcome::to_answer:
            if (theirs) said = owe(*in, in->about.first_case(), PromiseKind::answer, !call.with_note, office);
            break;
        case CallOutcome::not_reached: break;
    }
    int n = 0;
    for (const auto& given : call.given.or_empty()) {
        const PromiseId id{call.message.value + ".given-" + std::to_string(++n)};
        if (state.promises.contains(id)) continue;
        auto made = make(call.conversation, id, given.kind, in->about.first_case(), call.message, call.at, timing_by(office, call.at, given.by), office);
        made.staff = call.staff;
        made.what = given.what;
        said.push_back(std::move(made));
    }
    return said;
}

// What the family wrote after the reply was finished is not answered by it: the day that they were told stands.
Promises::Says Promises::decide(const State& state, const MessageSent& e, const Office& office) {
    const auto found = state.replies.find(e.message);
    if (found == state.replies.end()) return {};
    const auto& reply = found->second;
    const auto& in = state.conversations.at(reply.conversation);
    if (answers(reply.kind)) return in.handled == reply.handled ? keep(in, kept_how(reply.kind), reply.cases, e.message) : Says{};
    return reply.kind == ReplyKind::holding && reply.new_day ? move(in, reply, e.message, office) : Says{};
}

Promises::Says Promises::decide(const State& state, const NoAnswerNeeded& e, const Office&) {
    const Conversation* in = find(state, e.conversation);
    return in ? keep(*in, KeptHow::no_answer_needed, {}, {}) : Says{};
}

// The day that the family was told stands; one that has passed is broken, and goes up.
Promises::Says Promises::decide(const State& state, const ConversationReopened& e, const Office&) {
    const Conversation* in = find(state, e.conversation);
    if (!in) return {};
    Says said;
    for (auto again : in->set_down) {
        again.promise.value += ".again";
        said.push_back(std::move(again));
    }
    return said;
}

Promises::Says Promises::decide(const State& state, const PromiseDone& e, const Office&) {
    const Conversation* in = find(state, e.conversation);
    const auto open = in ? in->open.find(e.promise) : decltype(in->open.end()){};
    if (!in || open == in->open.end()) return {};
    const auto how = open->second.made.kind == PromiseKind::call_back ? KeptHow::by_telephone : KeptHow::done;
    return {PromiseKept{.promise = e.promise, .conversation = e.conversation, .how = how, .late = open->second.broken, .message = {}}};
}

Promises::Says Promises::decide(const State& state, const ComplaintFiled& e, const Office& office) {
    const PromiseId id{composed("k-", office.cause) + ".complaint"};
    const Conversation* in = find(state, e.conversation);
    if (!in || state.promises.contains(id)) return {};
    auto made = make(e.conversation, id, PromiseKind::complaint, e.case_id, in->about.newest.message, office.now, timing_by(office, office.now, e.told_day), office);
    made.staff = e.staff;
    made.what = "The answer to their complaint";
    return {std::move(made)};
}

Promises::Says Promises::decide(const State& state, const MessageReturned& e, const Office& office) {
    const auto answer = state.answered.find(e.message);
    if (answer == state.answered.end()) return {};
    Says said;
    for (const auto& kept : answer->second) {
        const auto& in = state.conversations.at(kept.conversation);
        if (owed_about(in, kept.case_id)) continue;
        said.push_back(make(kept.conversation, {kept.promise.value + "." + e.message.value}, kept.kind, kept.case_id, in.about.newest.message, office.now,
                            timing_for(office, office.now), office));
    }
    return said;
}

Promises::Says Promises::decide(const State& state, const ClockStruck& clock, const Office& office) {
    Says said;
    for (const auto& [at, id] : state.to_judge) {
        if (at > clock.now || said.size() == judged_at_once_max) break;
        const auto& made = state.conversations.at(state.promises.at(id)).open.at(id).made;
        said.push_back(PromiseBroken{.kind = made.kind, .promise = id, .conversation = made.conversation, .told_day = made.told_day,
                                     .goes_up_at = office.answering.next_opening(at)});
    }
    for (const auto& [at, id] : state.to_offer) {
        if (at > clock.now || said.size() == judged_at_once_max) break;
        const auto& made = state.conversations.at(state.promises.at(id)).open.at(id).made;
        if (made.judged_at <= clock.now) continue;  // too late for that
        said.push_back(OfferedToColleagues{.promise = id, .conversation = state.promises.at(id)});
    }
    return said;
}

namespace {

void forget_times(Promises::State& state, const PromiseMade& made) {
    state.to_judge.erase({made.judged_at, made.promise});
    state.to_offer.erase({made.offer_at, made.promise});
}

void remember_times(Promises::State& state, const PromiseMade& made) {
    state.to_judge.insert({made.judged_at, made.promise});
    if (made.offer_at < made.judged_at && is_kept_by_answer(made)) state.to_offer.insert({made.offer_at, made.promise});
}

/// The open promise, or null when it is open no more.
Open* find_open(Promises::State& state, const PromiseId& id) {
    const auto of = state.promises.find(id);
    return of == state.promises.end() ? nullptr : &state.conversations.at(of->second).open.at(id);
}

void has_promise(Conversation& in, const MessageId& message, const CaseId& of) {
    if (in.handled != message) in.handled_cases.clear();
    in.handled = message;
    in.handled_cases.insert(of);
}

}  // namespace

void Promises::evolve(State& state, const MessageReceived& e) { state.conversations[e.conversation].about.hear(e); }
void Promises::evolve(State& state, const MessageRouted& e) { state.conversations[e.conversation].about.hear(e); }
void Promises::evolve(State& state, const ConversationClaimed& e) { state.conversations[e.conversation].about.hear(e); }
void Promises::evolve(State& state, const ConversationHandedOver& e) { state.conversations[e.conversation].about.hear(e); }

void Promises::evolve(State& state, const AddressCorrected& e) {
    for (auto& [id, in] : state.conversations) in.about.hear(e);
}

void Promises::evolve(State& state, const WorkHandedOver& e) {
    for (auto& [id, in] : state.conversations) in.about.hear(e);
}

void Promises::evolve(State& state, const ConversationMatched& e) {
    auto& in = state.conversations[e.conversation];
    in.about.hear(e);
    for (auto& [id, open] : in.open)
        if (open.made.case_id.empty()) open.made.case_id = e.case_id;
}

void Promises::evolve(State& state, const PromiseMade& e) {
    auto& in = state.conversations[e.conversation];
    if (is_kept_by_answer(e)) has_promise(in, e.message, e.case_id);
    in.set_down.clear();
    in.open[e.promise] = {.made = e};
    in.open[e.promise].made.what = {};  // its words are the family's; the clock needs none
    state.promises[e.promise] = e.conversation;
    remember_times(state, e);
}

void Promises::evolve(State& state, const ChaserJoined& e) { has_promise(state.conversations[e.conversation], e.message, e.case_id); }

void Promises::evolve(State& state, const AcknowledgementPrepared& e) {
    state.conversations[e.conversation].acknowledged = e.for_day;
}

void Promises::evolve(State& state, const PromiseMoved& e) {
    Open* open = find_open(state, e.promise);
    if (!open) return;
    forget_times(state, open->made);
    state.replies.erase(e.message);
    open->moved = true;
    open->made.told_day = e.told_day;
    open->made.offer_at = e.offer_at;
    open->made.judged_at = e.judged_at;
    remember_times(state, open->made);
}

void Promises::evolve(State& state, const OfferedToColleagues& e) {
    Open* open = find_open(state, e.promise);
    if (!open) return;
    open->offered = true;
    state.to_offer.erase({open->made.offer_at, e.promise});
}

void Promises::evolve(State& state, const PromiseKept& e) {
    state.replies.erase(e.message);
    Open* open = find_open(state, e.promise);
    if (!open) return;
    forget_times(state, open->made);
    auto& in = state.conversations.at(e.conversation);
    if (!e.message.empty()) state.answered[e.message].push_back(open->made);
    if (e.how == KeptHow::no_answer_needed) in.set_down.push_back(open->made);
    in.open.erase(e.promise);
    state.promises.erase(e.promise);
}

void Promises::evolve(State& state, const PromiseBroken& e) {
    Open* open = find_open(state, e.promise);
    if (!open) return;
    open->broken = true;
    forget_times(state, open->made);
}

void Promises::evolve(State& state, const ReplyWritten& e) {
    if (!answers(e.kind) && !e.new_day) return;
    state.replies[e.message] = {.conversation = e.conversation, .handled = state.conversations[e.conversation].handled, .kind = e.kind, .cases = e.cases, .new_day = e.new_day};
}

void Promises::evolve(State& state, const SendCancelled& e) { state.replies.erase(e.message); }
void Promises::evolve(State& state, const MessageReturned& e) { state.replies.erase(e.message); }
void Promises::evolve(State& state, const RenderingRefused& e) { state.replies.erase(e.message); }

void Promises::evolve(State& state, const AttemptUncertain& e) {
    if (!e.repeats) state.replies.erase(e.message);
}

std::optional<Instant> Promises::due(const State& state) {
    std::optional<Instant> first;
    for (const auto* times : {&state.to_judge, &state.to_offer})
        if (!times->empty() && (!first || times->begin()->first < *first)) first = times->begin()->first;
    return first;
}

}  // namespace hearback
