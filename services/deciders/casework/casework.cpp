#include "deciders/casework/casework.hpp"

#include <algorithm>

namespace hearback {

namespace {

using Conversation = Casework::Conversation;

template <class Act>
Casework::Says refuse(const Act& act, RefusedBecause because, StaffId by = {}) {
    return {ActRefused{.conversation = act.conversation, .staff = act.staff, .because = because, .by = std::move(by)}};
}

template <class Act>
Casework::Says nothing_to_do(const Act& act) {
    return {NothingToDo{.conversation = act.conversation, .staff = act.staff}};
}

/// The conversation of an act, or why there is nobody to act or nothing to act on.
template <class Act>
std::variant<const Conversation*, Casework::Says> about(const Casework::State& state, const Act& act, const Office& office) {
    if (!office.people.member(act.staff)) return refuse(act, RefusedBecause::unknown_person);
    const auto found = state.conversations.find(act.conversation);
    if (found == state.conversations.end()) return refuse(act, RefusedBecause::no_such_conversation);
    return &found->second;
}

bool is_blank(const Personal<std::string>& text) { return text.or_empty().find_first_not_of(" \t\r\n") == std::string::npos; }

std::string reply_subject(const std::string& given, const std::string& asked) {
    if (!given.empty()) return given;
    const auto lower = lower_case(asked.substr(0, 3));
    return lower == "re:" ? asked : asked.empty() ? "Your message" : "Re: " + asked;
}

FieldList reply_fields(const Office& office, const Correspondence& about, const ConversationId& id, const StaffListed& writer) {
    const CaseListed* of = child_for(office, about, writer.staff);
    FieldList fields = letterhead(office, of, about.newest, number_for(id));
    add_named_person(fields, office, &writer, of);
    if (const StaffListed* deputy = of ? office.people.member(of->deputy) : nullptr; deputy && deputy->staff != writer.staff)
        add(fields, "deputy", name_of(deputy));
    return fields;
}

/// What makes a reply no reply of its kind; nothing when it may go.
std::optional<RefusedBecause> wrong_with(const ReplyHandedIn& act, const Conversation& in) {
    if (is_blank(act.text)) return RefusedBecause::nothing_written;
    if (act.last_seen != in.about.newest.message) return RefusedBecause::changed_meanwhile;
    // Never to Reply-To, which may lead anywhere: no event has it.
    if (!act.by_post && is_blank(in.about.newest.from_address)) return RefusedBecause::no_address;
    if (act.by_post && act.address.or_empty().size() < address_lines_min) return RefusedBecause::no_postal_address;
    if (!std::all_of(act.cases.begin(), act.cases.end(), [&](const CaseId& id) { return in.about.is_about(id); })) return RefusedBecause::not_in_this_conversation;
    const auto& help = act.signpost.or_empty();
    const bool shows_the_way = act.kind == ReplyKind::signposted || act.kind == ReplyKind::passed_on;
    if (shows_the_way && (help.who.empty() || (help.contact.empty() && act.kind == ReplyKind::signposted))) return RefusedBecause::who_can_help_is_missing;
    return {};
}

/// Whether a holding reply may name this day: once, before the first has passed, a working day within reach.
std::optional<RefusedBecause> wrong_with_day(Date day, const Conversation& in, const Office& office) {
    const auto& days = office.answering.days();
    for (const auto& [id, owed] : in.owed) {
        if (owed.kind != PromiseKind::answer && owed.kind != PromiseKind::call_back) continue;
        if (owed.broken) return RefusedBecause::day_has_passed;
        if (owed.moved) return RefusedBecause::moved_before;
        if (day <= owed.told_day || !days.is_working_day(day) || day > days.add(owed.told_day, moved_days_max)) return RefusedBecause::day_not_possible;
    }
    return {};
}

/// Questions that are left open make a part of an answer: the promise stays.
ReplyKind true_kind(const ReplyHandedIn& act) { return act.kind == ReplyKind::full && act.left_open > 0 ? ReplyKind::part : act.kind; }

void add_kind_fields(FieldList& fields, const ReplyHandedIn& act, const Conversation& in, ReplyKind kind) {
    if (const auto& help = act.signpost.or_empty(); !help.who.empty()) {
        add(fields, kind == ReplyKind::passed_on ? "passed_to" : "help_who", help.who);
        add(fields, "help_contact", help.contact);
        add(fields, "help_by", help.by);
    }
    if (answers(kind)) return;
    // What answers nothing yet says by which day the answer comes.
    std::optional<Date> day = kind == ReplyKind::holding ? act.new_day : std::nullopt;
    for (const auto& [id, owed] : in.owed)
        if (owed.kind == PromiseKind::answer && !owed.broken && !day) day = owed.told_day;
    if (day) add(fields, "answer_by", day_words(*day));
}

/// "We will send you the form, by Monday 15 February."
std::string given_words(const std::vector<Given>& given) {
    std::string words;
    for (const auto& each : given) words += (words.empty() ? "" : "\n") + each.what + ", by " + day_words(each.by);
    return words;
}

/// Where routing has filed an entry: in a conversation of its own, or in the one that was named.
template <class Entry>
ConversationId place_of(const Casework::State& state, const Entry& entry, const Office& office) {
    ConversationId own{composed("c-", office.cause)};
    return state.conversations.contains(own) ? own : entry.conversation;
}

ReplyWritten after_call(const CallLogged& call, const MessageId& message, const ConversationId& conversation, const Conversation& in, const Office& office) {
    auto fields = reply_fields(office, in.about, conversation, *office.people.member(call.staff));
    add(fields, "came", day_words(london_date(call.at)));
    add(fields, "promised", given_words(call.given.or_empty()));
    if (call.outcome == CallOutcome::to_answer) {
        auto day = timing_for(office, call.at).told_day;
        for (const auto& [id, owed] : in.owed)
            if (owed.kind == PromiseKind::answer) day = owed.told_day;
        add(fields, "answer_by", day_words(day));
    }
    return {.message = {message.value + ".note"}, .conversation = conversation, .answers = message, .staff = call.staff, .kind = ReplyKind::after_call,
            .cases = {}, .new_day = {}, .answered = {}, .by_post = false, .address = {}, .template_ = TemplateName::after_our_call, .to = in.about.newest.from_address,
            .to_name = in.about.newest.from_name, .subject = "What we said on the telephone", .text = call.note, .in_reply_to = in.about.newest.mail_id, .fields = std::move(fields)};
}

}  // namespace

Casework::Says Casework::decide(const State& state, const ClaimAsked& act, const Office& office) {
    auto found = about(state, act, office);
    if (auto* refused = std::get_if<Says>(&found)) return std::move(*refused);
    const auto& in = std::get<const Conversation*>(found)->about;
    if (in.taken_by == act.staff) return nothing_to_do(act);
    if (!in.taken_by.empty()) return refuse(act, RefusedBecause::claimed_already, in.taken_by);
    const StaffListed* before = owner_of(office, in, in.first_case());
    return {ConversationClaimed{.conversation = act.conversation, .staff = act.staff, .before = before ? before->staff : StaffId{}}};
}

Casework::Says Casework::decide(const State& state, const HandOverAsked& act, const Office& office) {
    auto found = about(state, act, office);
    if (auto* refused = std::get_if<Says>(&found)) return std::move(*refused);
    const auto& in = std::get<const Conversation*>(found)->about;
    if (!office.people.member(act.to) || office.people.left.contains(act.to)) return refuse(act, RefusedBecause::nobody_of_that_name);
    const StaffListed* owner = owner_of(office, in, in.first_case());
    if (owner && owner->staff == act.to) return nothing_to_do(act);
    return {ConversationHandedOver{.conversation = act.conversation, .staff = act.staff, .to = act.to, .tell_family = act.tell_family}};
}

// The families are told a few at a time (staffing): their letters would not fit one record.
Casework::Says Casework::decide(const State& state, const HandOverAllAsked& act, const Office& office) {
    const auto refused = [&](RefusedBecause because) -> Says { return {ActRefused{.conversation = {}, .staff = act.staff, .because = because, .by = {}}}; };
    if (!office.people.member(act.staff)) return refused(RefusedBecause::unknown_person);
    if (!office.people.member(act.to) || office.people.left.contains(act.to)) return refused(RefusedBecause::nobody_of_that_name);
    const std::set<ConversationId> each_once(act.conversations.begin(), act.conversations.end());
    if (each_once.size() > handed_over_at_once_max) return refused(RefusedBecause::too_many_at_once);
    Says given;
    HandedOverTogether together{.staff = act.staff, .to = act.to, .tell = {}, .given = 0, .left = 0};
    for (const auto& id : each_once)
        for (auto& one : decide(state, HandOverAsked{.conversation = id, .staff = act.staff, .to = act.to, .tell_family = false}, office)) {
            if (!std::holds_alternative<ConversationHandedOver>(one)) continue;
            if (act.tell_family) together.tell.push_back(id);
            given.push_back(std::move(one));
        }
    together.given = std::int64_t(given.size());
    together.left = std::int64_t(each_once.size() - given.size());
    given.insert(given.begin(), std::move(together));
    return given;
}

Casework::Says Casework::decide(const State& state, const ReplyHandedIn& act, const Office& office) {
    auto found = about(state, act, office);
    if (auto* refused = std::get_if<Says>(&found)) return std::move(*refused);
    const auto& in = *std::get<const Conversation*>(found);
    const MessageId message{composed("r-", office.cause)};
    if (state.written.contains(message)) return nothing_to_do(act);
    if (const auto because = wrong_with(act, in)) return refuse(act, *because);
    const auto kind = true_kind(act);
    const auto new_day = kind == ReplyKind::holding ? act.new_day : std::nullopt;
    if (new_day)
        if (const auto because = wrong_with_day(*new_day, in, office)) return refuse(act, *because);
    const auto& newest = in.about.newest;
    auto fields = reply_fields(office, in.about, act.conversation, *office.people.member(act.staff));
    add_kind_fields(fields, act, in, kind);
    return {ReplyWritten{.message = message, .conversation = act.conversation, .answers = newest.message, .staff = act.staff, .kind = kind, .cases = act.cases,
                         .new_day = new_day, .answered = act.answered, .by_post = act.by_post, .address = act.address, .template_ = TemplateName::reply, .to = newest.from_address, .to_name = newest.from_name,
                         .subject = reply_subject(act.subject.or_empty(), newest.subject.or_empty()), .text = act.text, .in_reply_to = newest.mail_id,
                         .fields = std::move(fields)}};
}

Casework::Says Casework::decide(const State& state, const CallLogged& act, const Office& office) {
    if (const auto because = why_refused(office, act)) return refuse(act, *because);
    const auto conversation = place_of(state, act, office);
    const auto found = state.conversations.find(conversation);
    if (found == state.conversations.end()) return refuse(act, RefusedBecause::no_such_conversation);
    const auto& in = found->second;
    const MessageId message{composed("m-", office.cause)};
    if (state.written.contains(message)) return nothing_to_do(act);
    const bool theirs = in.about.newest.message == message;
    const bool with_note = act.send_note && !is_blank(in.about.newest.from_address);
    Says said{CallNoted{.message = message, .conversation = conversation, .staff = act.staff, .at = act.at, .we_rang = act.we_rang, .outcome = act.outcome,
                        .with_note = with_note, .they_said = theirs ? Personal<std::string>{} : act.they_said, .we_said = act.we_said, .given = act.given}};
    if (with_note) said.push_back(after_call(act, message, conversation, in, office));
    return said;
}

// Routing files it; here is only said why it cannot be.
Casework::Says Casework::decide(const State& state, const LetterLogged& act, const Office& office) {
    if (const auto because = why_refused(office, act)) return refuse(act, *because);
    return state.conversations.contains(place_of(state, act, office)) ? Says{} : refuse(act, RefusedBecause::no_such_conversation);
}

Casework::Says Casework::decide(const State& state, const DoneSaid& act, const Office& office) {
    auto found = about(state, act, office);
    if (auto* refused = std::get_if<Says>(&found)) return std::move(*refused);
    const auto& owed = std::get<const Conversation*>(found)->owed;
    const auto promise = owed.find(act.promise);
    if (promise == owed.end()) return state.done.contains(act.promise) ? nothing_to_do(act) : refuse(act, RefusedBecause::no_such_promise);
    // An answer is given by answering.
    if (promise->second.kind == PromiseKind::answer) return refuse(act, RefusedBecause::no_such_promise);
    return {PromiseDone{.promise = act.promise, .conversation = act.conversation, .staff = act.staff, .note = act.note}};
}

Casework::Says Casework::decide(const State& state, const NoteWritten& act, const Office& office) {
    auto found = about(state, act, office);
    if (auto* refused = std::get_if<Says>(&found)) return std::move(*refused);
    if (is_blank(act.text)) return refuse(act, RefusedBecause::nothing_said);
    const MessageId note{composed("n-", office.cause)};
    if (state.written.contains(note)) return nothing_to_do(act);
    return {NoteKept{.note = note, .conversation = act.conversation, .staff = act.staff, .text = act.text}};
}

Casework::Says Casework::decide(const State& state, const NoAnswerSaid& act, const Office& office) {
    auto found = about(state, act, office);
    if (auto* refused = std::get_if<Says>(&found)) return std::move(*refused);
    const auto& owed = std::get<const Conversation*>(found)->owed;
    const bool waits = std::any_of(owed.begin(), owed.end(), [](const auto& each) { return each.second.kind == PromiseKind::answer || each.second.kind == PromiseKind::call_back; });
    if (!waits) return nothing_to_do(act);
    return {NoAnswerNeeded{.conversation = act.conversation, .staff = act.staff, .reason = act.reason, .note = act.note}};
}

Casework::Says Casework::decide(const State& state, const ReopenAsked& act, const Office& office) {
    auto found = about(state, act, office);
    if (auto* refused = std::get_if<Says>(&found)) return std::move(*refused);
    const auto& in = *std::get<const Conversation*>(found);
    if (!in.set_down && !in.set_aside) return nothing_to_do(act);
    return {ConversationReopened{.conversation = act.conversation, .staff = act.staff}};
}

Casework::Says Casework::decide(const State& state, const MatchAsked& act, const Office& office) {
    auto found = about(state, act, office);
    if (auto* refused = std::get_if<Says>(&found)) return std::move(*refused);
    const auto& in = std::get<const Conversation*>(found)->about;
    if (in.is_about(act.case_id)) return nothing_to_do(act);
    if (!in.cases.empty()) return refuse(act, RefusedBecause::matched_already);
    const CaseListed* of = office.people.find_case(act.case_id);
    if (!of || office.people.closed.contains(act.case_id)) return refuse(act, RefusedBecause::no_such_case);
    return {ConversationMatched{.conversation = act.conversation, .case_id = act.case_id, .relation = act.relation, .owner = of->caseworker,
                                .team = of->team, .staff = act.staff, .email = in.newest.from_address, .name = in.newest.from_name}};
}

void Casework::evolve(State& state, const MessageReceived& e) {
    auto& in = state.conversations[e.conversation];
    in.about.hear(e);
    if (e.opens_conversation) in.opened_by = e.message;
}

void Casework::evolve(State& state, const MessageSetAside& e) {
    auto& in = state.conversations[e.conversation];
    if (in.opened_by == e.message) in.set_aside = true;
}

void Casework::evolve(State& state, const MessageRouted& e) { state.conversations[e.conversation].about.hear(e); }
void Casework::evolve(State& state, const ConversationClaimed& e) { state.conversations[e.conversation].about.hear(e); }
void Casework::evolve(State& state, const ConversationHandedOver& e) { state.conversations[e.conversation].about.hear(e); }

void Casework::evolve(State& state, const AddressCorrected& e) {
    for (auto& [id, in] : state.conversations) in.about.hear(e);
}

void Casework::evolve(State& state, const WorkHandedOver& e) {
    for (auto& [id, in] : state.conversations) in.about.hear(e);
}
void Casework::evolve(State& state, const ConversationMatched& e) { state.conversations[e.conversation].about.hear(e); }
void Casework::evolve(State& state, const ReplyWritten& e) { state.written.insert(e.message); }
void Casework::evolve(State& state, const CallNoted& e) { state.written.insert(e.message); }
void Casework::evolve(State& state, const NoteKept& e) { state.written.insert(e.note); }

void Casework::evolve(State& state, const PromiseMade& e) {
    auto& in = state.conversations[e.conversation];
    in.owed[e.promise] = {.kind = e.kind, .told_day = e.told_day};
    in.set_down = in.set_aside = false;
}

void Casework::evolve(State& state, const PromiseMoved& e) {
    auto& owed = state.conversations[e.conversation].owed[e.promise];
    owed.told_day = e.told_day;
    owed.moved = true;
}

void Casework::evolve(State& state, const PromiseBroken& e) { state.conversations[e.conversation].owed[e.promise].broken = true; }

void Casework::evolve(State& state, const PromiseKept& e) {
    auto& in = state.conversations[e.conversation];
    in.owed.erase(e.promise);
    in.set_down = e.how == KeptHow::no_answer_needed;
    state.done.insert(e.promise);
}

}  // namespace hearback
