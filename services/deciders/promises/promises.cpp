#include "deciders/promises/promises.hpp"

namespace hearback {

namespace {

using Conversation = Promises::Conversation;

/// The promise that the standard makes for a message received then.
PromiseMade promise_for(const Office& office, const ConversationId& conversation, const MessageId& message, Instant received_at) {
    const Date counts_as = office.answering.counts_as(received_at);
    const Date told_day = office.answering.days().add(counts_as, office.standard.answer_days);
    const Instant begins = office.answering.next_opening(received_at);
    return {.promise = {message.value + ".answer"}, .conversation = conversation, .message = message, .received_at = received_at,
            .counts_as = counts_as, .told_day = told_day, .target = at_london(told_day, london_time_of_day(begins)),
            .judged_at = office.answering.closing_of(told_day), .standard = office.standard.version};
}

/// To an address that the child's family does not have it says what an unknown sender is told: nothing about the child.
FieldList acknowledgement_fields(const Office& office, const Conversation& about, const NewestMail& mail, Date told_day, bool chaser) {
    const bool told = may_be_told(office, about.case_id, mail.envelope_from.or_empty());
    const CaseListed* of = told ? office.people.find_case(about.case_id) : nullptr;
    const StaffListed* owner = of ? office.people.member(about.owner.empty() ? of->caseworker : about.owner) : office.people.matcher();
    FieldList fields = letterhead(office, of, mail, number_for(mail.conversation));
    add(fields, "what", "email");
    add(fields, "came", day_words(london_date(mail.received_at)) + " at " + time_words(mail.received_at));
    if (of) add(fields, "child", first_name(of->child.or_empty()));
    else add(fields, "matching", "yes");
    if (chaser) add(fields, "joined", "yes");
    add_named_person(fields, office, owner, of);
    if (!of) std::erase_if(fields, [](const Field& f) { return f.name == "who_is"; });
    if (const StaffListed* deputy = of ? office.people.member(of->deputy) : nullptr; deputy && deputy != owner) add(fields, "deputy", name_of(deputy));
    add(fields, "answer_by", day_words(told_day));
    const Date up = office.answering.days().add(told_day, 1);
    add_next_person(fields, office, of ? of->team : owner ? owner->team : TeamId{}, 0, up);
    if (fields.back().name != "next_day") {  // nobody holds a rung: the office itself is named, and an alarm is raised elsewhere
        add(fields, "next_who", office.council.name);
        add(fields, "next_day", day_words(up));
    }
    return fields;
}

/// RFC 3834: never to an empty sender, never to what asks for no automatic answer; it goes to the envelope's sender.
std::optional<AcknowledgementPrepared> acknowledge(const Office& office, const Conversation& about, Date told_day, bool chaser) {
    const auto& mail = about.newest;
    const auto& to = mail.envelope_from.or_empty();
    if (mail.no_automatic_answer || to.empty()) return {};
    const Date today = office.answering.counts_as(mail.received_at);
    if (!office.standard.acknowledge_every_message && about.acknowledged == today) return {};
    return AcknowledgementPrepared{.message = {mail.message.value + ".ack"}, .conversation = mail.conversation, .answers = mail.message,
                                   .for_day = today, .template_ = TemplateName::we_have_got_your_message, .to = to, .to_name = mail.from_name,
                                   .in_reply_to = mail.mail_id, .fields = acknowledgement_fields(office, about, mail, told_day, chaser)};
}

Promises::Says hear_message(const Promises::State& state, const ConversationId& id, const MessageId& message, const Office& office) {
    const auto& about = state.conversations.at(id);
    if (about.handled == message || about.newest.message != message) return {};
    Promises::Says said;
    Date told_day{};
    if (about.open) {
        told_day = about.open->told_day;
        said.push_back(ChaserJoined{.promise = about.open->promise, .conversation = id, .message = message, .told_day = told_day});
    } else {
        auto made = promise_for(office, id, message, about.newest.received_at);
        told_day = made.told_day;
        said.push_back(std::move(made));
    }
    // What has gone up already has its own notice; another "we have got it" with a day long past would be an insult.
    if (about.open && about.open->broken) return said;
    if (auto acknowledgement = acknowledge(office, about, told_day, about.open.has_value())) said.push_back(std::move(*acknowledgement));
    return said;
}

}  // namespace

Promises::Says Promises::decide(const State& state, const MessageRouted& e, const Office& office) {
    return hear_message(state, e.conversation, e.message, office);
}

Promises::Says Promises::decide(const State& state, const MessageUnmatched& e, const Office& office) {
    return hear_message(state, e.conversation, e.message, office);
}

// What the family wrote after the reply was finished is not answered by it: the day that they were told stands.
Promises::Says Promises::decide(const State& state, const MessageSent& e, const Office&) {
    const auto found = state.answers.find(e.message);
    if (found == state.answers.end()) return {};
    const auto& answer = found->second;
    const auto& about = state.conversations.at(answer.conversation);
    if (!about.open || about.handled != answer.handled) return {};
    return {PromiseKept{.promise = about.open->promise, .conversation = answer.conversation, .how = KeptHow::answered, .late = about.open->broken, .message = e.message}};
}

Promises::Says Promises::decide(const State& state, const NoAnswerNeeded& e, const Office&) {
    const auto about = state.conversations.find(e.conversation);
    if (about == state.conversations.end() || !about->second.open) return {};
    const auto& open = *about->second.open;
    return {PromiseKept{.promise = open.promise, .conversation = e.conversation, .how = KeptHow::no_answer_needed, .late = open.broken, .message = {}}};
}

Promises::Says Promises::decide(const State& state, const MessageReturned& e, const Office& office) {
    const auto answer = state.answered.find(e.message);
    if (answer == state.answered.end()) return {};
    const auto& about = state.conversations.at(answer->second);
    if (about.open) return {};
    auto again = promise_for(office, answer->second, about.newest.message, office.now);
    again.promise.value += "." + e.message.value;
    return {std::move(again)};
}

Promises::Says Promises::decide(const State& state, const ClockStruck& clock, const Office& office) {
    Says said;
    for (const auto& [judged_at, id] : state.to_judge) {
        if (judged_at > clock.now || said.size() == judged_at_once_max) break;
        const auto& open = *state.conversations.at(id).open;
        said.push_back(PromiseBroken{.promise = open.promise, .conversation = id, .told_day = open.told_day,
                                     .goes_up_at = office.answering.next_opening(judged_at)});
    }
    return said;
}

void Promises::evolve(State& state, const MessageReceived& e) {
    if (e.mail_kind == MessageKind::person) state.conversations[e.conversation].newest = newest_of(e);
}

void Promises::evolve(State& state, const MessageRouted& e) {
    auto& about = state.conversations[e.conversation];
    about.case_id = e.case_id;
    about.contact = e.contact;
    if (about.owner.empty()) about.owner = e.owner;
}

void Promises::evolve(State& state, const ConversationMatched& e) {
    auto& about = state.conversations[e.conversation];
    about.case_id = e.case_id;
    about.owner = e.owner;
}

void Promises::evolve(State& state, const ConversationClaimed& e) { state.conversations[e.conversation].owner = e.staff; }

void Promises::evolve(State& state, const PromiseMade& e) {
    auto& about = state.conversations[e.conversation];
    about.handled = e.message;
    about.open = Open{.promise = e.promise, .told_day = e.told_day, .judged_at = e.judged_at};
    state.to_judge.insert({e.judged_at, e.conversation});
}

void Promises::evolve(State& state, const ChaserJoined& e) { state.conversations[e.conversation].handled = e.message; }

void Promises::evolve(State& state, const AcknowledgementPrepared& e) {
    state.conversations[e.conversation].acknowledged = e.for_day;
}

void Promises::evolve(State& state, const PromiseKept& e) {
    auto& about = state.conversations[e.conversation];
    if (about.open) state.to_judge.erase({about.open->judged_at, e.conversation});
    about.open.reset();
    if (e.message.empty()) return;
    state.answers.erase(e.message);
    state.answered[e.message] = e.conversation;
}

void Promises::evolve(State& state, const PromiseBroken& e) {
    auto& about = state.conversations[e.conversation];
    if (!about.open) return;
    about.open->broken = true;
    state.to_judge.erase({about.open->judged_at, e.conversation});
}

void Promises::evolve(State& state, const ReplyWritten& e) {
    if (!e.news_only) state.answers[e.message] = {e.conversation, state.conversations[e.conversation].handled};
}

void Promises::evolve(State& state, const SendCancelled& e) { state.answers.erase(e.message); }
void Promises::evolve(State& state, const MessageReturned& e) { state.answers.erase(e.message); }
void Promises::evolve(State& state, const RenderingRefused& e) { state.answers.erase(e.message); }

void Promises::evolve(State& state, const AttemptUncertain& e) {
    if (!e.repeats) state.answers.erase(e.message);
}

std::optional<Instant> Promises::due(const State& state) {
    if (state.to_judge.empty()) return {};
    return state.to_judge.begin()->first;
}

}  // namespace hearback
