#include "deciders/casework/casework.hpp"


namespace hearback {

namespace {

template <class Act>
Casework::Says refuse(const Act& act, RefusedBecause because, StaffId by = {}) {
    return {ActRefused{.conversation = act.conversation, .staff = act.staff, .because = because, .by = std::move(by)}};
}

template <class Act>
Casework::Says nothing_to_do(const Act& act) {
    return {NothingToDo{.conversation = act.conversation, .staff = act.staff}};
}

/// The conversation of an act, and who acts, or why not.
template <class Act>
std::variant<const Casework::Conversation*, Casework::Says> about(const Casework::State& state, const Act& act, const Office& office) {
    if (!office.people.member(act.staff)) return refuse(act, RefusedBecause::unknown_person);
    const auto found = state.conversations.find(act.conversation);
    if (found == state.conversations.end()) return refuse(act, RefusedBecause::no_such_conversation);
    return &found->second;
}

std::string reply_subject(const std::string& given, const std::string& asked) {
    if (!given.empty()) return given;
    const auto lower = lower_case(asked.substr(0, 3));
    return lower == "re:" ? asked : asked.empty() ? "Your message" : "Re: " + asked;
}

FieldList reply_fields(const Office& office, const Casework::Conversation& conversation, const ConversationId& id, const StaffListed& writer) {
    const CaseListed* of = office.people.find_case(conversation.case_id);
    FieldList fields = letterhead(office, of, conversation.newest, number_for(id));
    add_named_person(fields, office, &writer, of);
    if (const StaffListed* deputy = of ? office.people.member(of->deputy) : nullptr; deputy && deputy->staff != writer.staff)
        add(fields, "deputy", name_of(deputy));
    return fields;
}

}  // namespace

Casework::Says Casework::decide(const State& state, const ClaimAsked& act, const Office& office) {
    auto found = about(state, act, office);
    if (auto* refused = std::get_if<Says>(&found)) return std::move(*refused);
    const auto& conversation = *std::get<const Conversation*>(found);
    if (conversation.claimed_by == act.staff) return nothing_to_do(act);
    if (!conversation.claimed_by.empty()) return refuse(act, RefusedBecause::claimed_already, conversation.claimed_by);
    return {ConversationClaimed{.conversation = act.conversation, .staff = act.staff, .before = conversation.owner}};
}

Casework::Says Casework::decide(const State& state, const ReplyHandedIn& act, const Office& office) {
    auto found = about(state, act, office);
    if (auto* refused = std::get_if<Says>(&found)) return std::move(*refused);
    const auto& conversation = *std::get<const Conversation*>(found);
    const MessageId message{composed("r-", office.cause)};
    if (state.replies.contains(message)) return nothing_to_do(act);
    const auto& mail = conversation.newest;
    if (act.text.or_empty().find_first_not_of(" \t\r\n") == std::string::npos) return refuse(act, RefusedBecause::nothing_written);
    if (act.last_seen != mail.message) return refuse(act, RefusedBecause::changed_meanwhile);
    // Never to Reply-To, which may lead anywhere: no event has it.
    const auto& to = mail.from_address.or_empty();
    if (to.empty()) return refuse(act, RefusedBecause::no_address);
    return {ReplyWritten{.message = message, .conversation = act.conversation, .answers = mail.message, .staff = act.staff,
                         .news_only = act.news_only, .template_ = TemplateName::reply, .to = to, .to_name = mail.from_name,
                         .subject = reply_subject(act.subject.or_empty(), mail.subject.or_empty()), .text = act.text,
                         .in_reply_to = mail.mail_id,
                         .fields = reply_fields(office, conversation, act.conversation, *office.people.member(act.staff))}};
}

Casework::Says Casework::decide(const State& state, const NoAnswerSaid& act, const Office& office) {
    auto found = about(state, act, office);
    if (auto* refused = std::get_if<Says>(&found)) return std::move(*refused);
    if (!std::get<const Conversation*>(found)->open) return nothing_to_do(act);
    return {NoAnswerNeeded{.conversation = act.conversation, .staff = act.staff, .reason = act.reason, .note = act.note}};
}

Casework::Says Casework::decide(const State& state, const MatchAsked& act, const Office& office) {
    auto found = about(state, act, office);
    if (auto* refused = std::get_if<Says>(&found)) return std::move(*refused);
    const auto& conversation = *std::get<const Conversation*>(found);
    if (conversation.case_id == act.case_id) return nothing_to_do(act);
    if (!conversation.case_id.empty()) return refuse(act, RefusedBecause::matched_already);
    const CaseListed* of = office.people.find_case(act.case_id);
    if (!of) return refuse(act, RefusedBecause::no_such_case);
    return {ConversationMatched{.conversation = act.conversation, .case_id = act.case_id, .relation = act.relation, .owner = of->caseworker,
                                .team = of->team, .staff = act.staff, .email = conversation.newest.from_address,
                                .name = conversation.newest.from_name}};
}

void Casework::evolve(State& state, const MessageReceived& e) {
    if (e.mail_kind == MessageKind::person) state.conversations[e.conversation].newest = newest_of(e);
}

void Casework::evolve(State& state, const MessageRouted& e) {
    auto& conversation = state.conversations[e.conversation];
    conversation.case_id = e.case_id;
    conversation.owner = e.owner;
}

void Casework::evolve(State& state, const ConversationClaimed& e) {
    auto& conversation = state.conversations[e.conversation];
    conversation.owner = conversation.claimed_by = e.staff;
}

void Casework::evolve(State& state, const ConversationMatched& e) {
    auto& conversation = state.conversations[e.conversation];
    conversation.case_id = e.case_id;
    conversation.owner = e.owner;
}

void Casework::evolve(State& state, const ReplyWritten& e) { state.replies.insert(e.message); }
void Casework::evolve(State& state, const PromiseMade& e) { state.conversations[e.conversation].open = true; }
void Casework::evolve(State& state, const PromiseKept& e) { state.conversations[e.conversation].open = false; }

}  // namespace hearback
