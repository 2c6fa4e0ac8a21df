#include "deciders/complaints/complaints.hpp"

namespace hearback {

namespace {

using Conversation = Complaints::Conversation;
using Stands = Complaints::Stands;

template <class Act>
Complaints::Says refuse(const Act& act, ComplaintRefusedBecause because) {
    return {ComplaintRefused{.conversation = act.conversation, .staff = act.staff, .because = because}};
}

/// The conversation of an act by the complaints team, or why it is not theirs to act on.
template <class Act>
std::variant<const Conversation*, Complaints::Says> about(const Complaints::State& state, const Act& act, const Office& office) {
    const StaffListed* by = office.people.member(act.staff);
    if (!by) return refuse(act, ComplaintRefusedBecause::unknown_person);
    if (by->role != StaffRole::complaints_team) return refuse(act, ComplaintRefusedBecause::not_the_complaints_team);
    const auto found = state.conversations.find(act.conversation);
    if (found == state.conversations.end()) return refuse(act, ComplaintRefusedBecause::no_such_conversation);
    if (found->second.stands == Stands::filed) return refuse(act, ComplaintRefusedBecause::filed_already);
    return &found->second;
}

ComplaintAcknowledged acknowledge(const ConversationId& id, const Conversation& in, const StaffListed& by, Date told_day, const Office& office) {
    const auto& newest = in.about.newest;
    const CaseListed* of = office.people.find_case(in.about.first_case());
    FieldList fields = letterhead(office, of, newest, number_for(id));
    if (of) add(fields, "child", first_name(of->child.or_empty()));
    add_named_person(fields, office, &by, nullptr);
    add(fields, "answer_by", day_words(told_day));
    return {.message = {"k-" + id.value.substr(2) + "-" + std::to_string(in.filed + 1)}, .conversation = id, .template_ = TemplateName::we_have_your_complaint,
            .to = newest.from_address, .to_name = newest.from_name, .in_reply_to = newest.mail_id, .fields = std::move(fields)};
}

}  // namespace

Complaints::Says Complaints::decide(const State& state, const ConversationEscalated& e, const Office&) {
    if (e.role != StaffRole::complaints_team) return {};
    const auto found = state.conversations.find(e.conversation);
    if (found != state.conversations.end() && (found->second.stands == Stands::possible || found->second.stands == Stands::filed)) return {};
    return {PossibleComplaintOpened{.conversation = e.conversation, .promise = e.promise, .holder = e.holder, .team = e.team}};
}

Complaints::Says Complaints::decide(const State& state, const ComplaintFileAsked& act, const Office& office) {
    auto found = about(state, act, office);
    if (auto* refused = std::get_if<Says>(&found)) return std::move(*refused);
    const auto& in = *std::get<const Conversation*>(found);
    const auto& days = office.answering.days();
    const Date told_day = days.add(days.on_or_after(london_date(office.now)), complaint_answer_days);
    Says said{ComplaintFiled{.conversation = act.conversation, .case_id = in.about.first_case(), .staff = act.staff, .told_day = told_day}};
    if (!in.about.newest.from_address.or_empty().empty()) said.push_back(acknowledge(act.conversation, in, *office.people.member(act.staff), told_day, office));
    return said;
}

Complaints::Says Complaints::decide(const State& state, const ComplaintDeclineAsked& act, const Office& office) {
    auto found = about(state, act, office);
    if (auto* refused = std::get_if<Says>(&found)) return std::move(*refused);
    const auto stands = std::get<const Conversation*>(found)->stands;
    if (stands == Stands::declined) return refuse(act, ComplaintRefusedBecause::declined_already);
    if (stands != Stands::possible) return refuse(act, ComplaintRefusedBecause::not_a_possible_complaint);
    if (act.reason == NoComplaintReason::another_way && act.note.or_empty().find_first_not_of(" \t\r\n") == std::string::npos)
        return refuse(act, ComplaintRefusedBecause::say_where_they_can_go);
    return {ComplaintDeclined{.conversation = act.conversation, .staff = act.staff, .reason = act.reason, .note = act.note}};
}

void Complaints::evolve(State& state, const MessageReceived& e) { state.conversations[e.conversation].about.hear(e); }
void Complaints::evolve(State& state, const MessageRouted& e) { state.conversations[e.conversation].about.hear(e); }
void Complaints::evolve(State& state, const ConversationMatched& e) { state.conversations[e.conversation].about.hear(e); }
void Complaints::evolve(State& state, const AddressCorrected& e) {
    for (auto& [id, in] : state.conversations) in.about.hear(e);
}

void Complaints::evolve(State& state, const PossibleComplaintOpened& e) { state.conversations[e.conversation].stands = Stands::possible; }
void Complaints::evolve(State& state, const ComplaintDeclined& e) { state.conversations[e.conversation].stands = Stands::declined; }

void Complaints::evolve(State& state, const ComplaintFiled& e) {
    auto& in = state.conversations[e.conversation];
    in.stands = Stands::filed;
    ++in.filed;
}

void Complaints::evolve(State& state, const PromiseMade& e) {
    if (e.kind == PromiseKind::complaint) state.owed[e.promise] = e.conversation;
}

void Complaints::evolve(State& state, const PromiseKept& e) {
    const auto found = state.owed.find(e.promise);
    if (found == state.owed.end()) return;
    state.conversations[found->second].stands = Stands::none;
    state.owed.erase(found);
}

}  // namespace hearback
