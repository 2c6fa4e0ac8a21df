#include "deciders/routing/routing.hpp"

#include <algorithm>

namespace hearback {

namespace {

/// Text of a personal member; what has been erased says nothing.
const std::string& words(const Personal<std::string>& personal) { return personal.or_empty(); }

MessageReceived received(const MailArrived& mail, MessageId message, ConversationId conversation, bool opens) {
    return {.message = std::move(message), .conversation = std::move(conversation), .received_at = mail.received_at,
            .mailbox = mail.mailbox, .mail_kind = mail.mail_kind, .opens_conversation = opens, .message_ref = mail.message_ref,
            .unreadable = mail.unreadable, .no_automatic_answer = mail.no_automatic_answer, .envelope_from = mail.envelope_from,
            .from_address = mail.from_address, .from_name = mail.from_name, .mail_id = mail.mail_id,
            .subject = mail.subject, .text = mail.text, .text_is_cut = mail.text_is_cut, .raw = mail.raw, .parts = mail.parts};
}

struct Place {
    ConversationId conversation;
    RoutedBy by{};
};

/// Whether the sender may join: a party to the child's case, or who began the conversation while it was nobody's.
bool is_party(const Routing::Conversation& conversation, const std::string& address, const Contact* sender, const People& people) {
    if (conversation.parties.contains(address)) return true;
    return sender && !conversation.case_id.empty() && people.tie(*sender, conversation.case_id);
}

/// The conversation that the mail belongs to by our signed token, else by its references, newest first.
std::optional<Place> find_place(const Routing::State& state, const MailArrived& mail, const Contact* sender, const People& people) {
    const auto address = lower_case(words(mail.from_address));
    const auto joins = [&](const ConversationId& id) {
        const auto found = state.conversations.find(id);
        return found != state.conversations.end() && is_party(found->second, address, sender, people);
    };
    if (!mail.token_conversation.empty() && joins(mail.token_conversation)) return Place{mail.token_conversation, RoutedBy::reply_address};
    for (const auto& reference : mail.refers_to) {
        const auto thread = state.threads.find(reference);
        if (thread != state.threads.end() && joins(thread->second)) return Place{thread->second, RoutedBy::earlier_mail};
    }
    return {};
}

bool mentions(const std::string& text, const std::string& name) {
    if (name.empty()) return false;
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80); };
    for (auto at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
        const auto end = at + name.size();
        if ((at == 0 || !letter(text[at - 1])) && (end == text.size() || !letter(text[end]))) return true;
    }
    return false;
}

/// The one child whom the sender can mean: the only one they have, or the only one of theirs that they name.
const CaseListed* child_of(const Contact& sender, const MailArrived& mail, const People& people) {
    std::vector<const CaseListed*> named;
    for (const Tie& tie : sender.ties) {
        const CaseListed* of = people.find_case(tie.case_id);
        if (of && sender.ties.size() == 1) return of;
        if (!of) continue;
        const auto name = first_name(words(of->child));
        if (mentions(words(mail.subject), name) || mentions(words(mail.text), name)) named.push_back(of);
    }
    return named.size() == 1 ? named.front() : nullptr;
}

std::string reason(const Office& office, const CaseListed& of, const Contact* sender, const StaffListed* owner, RoutedBy by) {
    const auto child = first_name(words(of.child));
    std::string text;
    const Tie* tie = sender ? office.people.tie(*sender, of.case_id) : nullptr;
    if (tie) text = words(sender->name) + " is " + child + "’s " + words_for(tie->relation) + ".";
    const bool caseworkers_own = owner && owner->staff == of.caseworker;
    if (caseworkers_own && of.since) text += " You have been " + child + "’s caseworker since " + day_words(*of.since).substr(day_name(*of.since).size() + 1) + ".";
    else if (caseworkers_own) text += " You are " + child + "’s caseworker.";
    else text += " You have taken this conversation.";
    if (by != RoutedBy::sender) text += " It answers an earlier message.";
    return text.front() == ' ' ? text.substr(1) : text;
}

MessageRouted routed(const Office& office, const MessageId& message, const Place& place, const CaseListed& of, const Contact* sender, StaffId owner) {
    if (owner.empty()) owner = of.caseworker;
    const Tie* tie = sender ? office.people.tie(*sender, of.case_id) : nullptr;
    return {.message = message, .conversation = place.conversation, .case_id = of.case_id,
            .contact = sender ? sender->id : ContactId{}, .relation = tie ? tie->relation : Relation::other, .owner = owner,
            .team = of.team, .routed_by = place.by, .because = reason(office, of, sender, office.people.member(owner), place.by)};
}

/// Why a mail gets no clock; nothing when a person wrote it to us.
std::optional<std::string> set_aside(const MailArrived& mail) {
    switch (mail.mail_kind) {
        case MessageKind::auto_reply: return "It is an automatic reply. " + mail.kind_because;
        case MessageKind::bounce: return "It tells us that a message of ours did not arrive. " + mail.kind_because;
        case MessageKind::report: return "It is a report from a mail system. " + mail.kind_because;
        case MessageKind::loop: return "It has been here before. " + mail.kind_because;
        case MessageKind::person: break;
    }
    if (mail.copy_only) return "We are only in copy: it was written to somebody else.";
    return {};
}

}  // namespace

Routing::Says Routing::decide(const State& state, const MailArrived& mail, const Office& office) {
    const MessageId message{composed("m-", office.cause)};
    if (state.received.contains(message)) return {};
    const Contact* sender = office.people.by_address(words(mail.from_address));
    const auto place = find_place(state, mail, sender, office.people);
    const ConversationId conversation = place ? place->conversation : ConversationId{composed("c-", office.cause)};
    Says said{received(mail, message, conversation, !place)};
    if (const auto because = set_aside(mail)) {
        said.push_back(MessageSetAside{.message = message, .conversation = conversation, .mail_kind = mail.mail_kind, .because = *because});
        if (mail.mail_kind == MessageKind::bounce && !mail.failed_message.empty())
            said.push_back(ReturnReceived{.message = mail.failed_message, .report = message, .for_good = mail.failed_for_good, .status = mail.failed_status});
        return said;
    }
    const auto joined = place ? state.conversations.at(conversation) : Conversation{};
    if (const CaseListed* of = office.people.find_case(joined.case_id)) {
        said.push_back(routed(office, message, *place, *of, sender, joined.owner));
        return said;
    }
    // A conversation may be nobody's still, because what came before was set aside or named no child.
    if (const CaseListed* of = sender ? child_of(*sender, mail, office.people) : nullptr) {
        said.push_back(routed(office, message, {conversation, RoutedBy::sender}, *of, sender, joined.owner));
        return said;
    }
    const bool knows_sender = sender && !sender->ties.empty();
    said.push_back(MessageUnmatched{.message = message, .conversation = conversation,
                                    .because = knows_sender ? UnmatchedBecause::several_children : UnmatchedBecause::unknown_sender});
    return said;
}

void Routing::evolve(State& state, const MessageReceived& e) {
    state.received.insert(e.message);
    auto& conversation = state.conversations[e.conversation];
    if (conversation.case_id.empty())
        if (const auto& address = words(e.from_address); !address.empty()) conversation.parties.insert(lower_case(address));
    if (!e.message_ref.empty()) state.threads.try_emplace(e.message_ref, e.conversation);
}

void Routing::evolve(State& state, const MessageRouted& e) {
    auto& conversation = state.conversations[e.conversation];
    conversation.case_id = e.case_id;
    conversation.parties.clear();
}

void Routing::evolve(State& state, const ConversationMatched& e) {
    auto& conversation = state.conversations[e.conversation];
    conversation.case_id = e.case_id;
    conversation.parties.clear();
}

void Routing::evolve(State& state, const ConversationClaimed& e) { state.conversations[e.conversation].owner = e.staff; }
void Routing::evolve(State& state, const AcknowledgementPrepared& e) { state.threads["own/" + e.message.value] = e.conversation; }
void Routing::evolve(State& state, const ReplyWritten& e) { state.threads["own/" + e.message.value] = e.conversation; }
void Routing::evolve(State& state, const NoticePrepared& e) { state.threads["own/" + e.message.value] = e.conversation; }

}  // namespace hearback
