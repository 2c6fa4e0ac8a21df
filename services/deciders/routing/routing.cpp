#include "deciders/routing/routing.hpp"

#include <algorithm>

namespace hearback {

namespace {

/// Text of a personal member; what has been erased says nothing.
const std::string& words(const Personal<std::string>& personal) { return personal.or_empty(); }

MessageReceived received(const MailArrived& mail, MessageId message, ConversationId conversation, bool opens) {
    return {.message = std::move(message), .conversation = std::move(conversation), .received_at = mail.received_at, .channel = Channel::email,
            .mailbox = mail.mailbox, .staff = {}, .thanks_only = mail.thanks_only, .mail_kind = mail.mail_kind, .opens_conversation = opens,
            .message_ref = mail.message_ref, .unreadable = mail.unreadable, .no_automatic_answer = mail.no_automatic_answer,
            .envelope_from = mail.envelope_from, .from_address = mail.from_address, .from_name = mail.from_name, .mail_id = mail.mail_id,
            .subject = mail.subject, .text = mail.text, .text_is_cut = mail.text_is_cut, .raw = mail.raw, .parts = mail.parts};
}

struct Place {
    ConversationId conversation;
    RoutedBy by{};
};

/// Nobody gets into a conversation by quoting a number: the sender wrote in it before, or lives with somebody who did.
bool may_join(const Routing::Conversation& conversation, const std::string& address, const Contact* sender, const People& people) {
    if (conversation.addresses.contains(address)) return true;
    return sender && std::any_of(conversation.people.begin(), conversation.people.end(), [&](const ContactId& id) {
        const Contact* known = people.contact(id);
        return known && People::share_a_home(*known, *sender);
    });
}

/// The conversation that the mail belongs to by our signed token, else by its references, newest first.
std::optional<Place> find_place(const Routing::State& state, const MailArrived& mail, const Contact* sender, const People& people) {
    const auto address = lower_case(words(mail.from_address));
    const auto joins = [&](const ConversationId& id) {
        const auto found = state.conversations.find(id);
        return found != state.conversations.end() && may_join(found->second, address, sender, people);
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

using Children = std::vector<const CaseListed*>;

/// The sender's children whom the mail names; else those that the conversation is about; else the only one they have.
Children children_of(const Contact* sender, const Routing::Conversation& conversation, const MailArrived& mail, const People& people) {
    Children named, all;
    for (const Tie& tie : sender ? sender->ties : std::vector<Tie>{}) {
        const CaseListed* of = people.find_case(tie.case_id);
        if (!of) continue;
        all.push_back(of);
        const auto name = first_name(words(of->child));
        if (mentions(words(mail.subject), name) || mentions(words(mail.text), name)) named.push_back(of);
    }
    if (!named.empty() && (conversation.cases.empty() || all.size() > 1)) return named;
    Children so_far;
    for (const auto& id : conversation.cases)
        if (const CaseListed* of = people.find_case(id)) so_far.push_back(of);
    if (!so_far.empty()) return so_far;
    return all.size() == 1 ? all : Children{};
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
    if (by == RoutedBy::reply_address || by == RoutedBy::earlier_mail) text += " It answers an earlier message.";
    return text.front() == ' ' ? text.substr(1) : text;
}

MessageRouted routed(const Office& office, const MessageId& message, const Place& place, const CaseListed& of, const Contact* sender, StaffId owner) {
    if (owner.empty()) owner = of.caseworker;
    const Tie* tie = sender ? office.people.tie(*sender, of.case_id) : nullptr;
    return {.message = message, .conversation = place.conversation, .case_id = of.case_id,
            .contact = sender ? sender->id : ContactId{}, .relation = tie ? tie->relation : Relation::other, .owner = owner,
            .team = of.team, .routed_by = place.by, .because = reason(office, of, sender, office.people.member(owner), place.by)};
}

/// One for each child that the message is about: each has its own promise.
void route(Routing::Says& said, const Office& office, const MessageId& message, const Place& place, const Children& children, const Contact* sender, const StaffId& taken_by) {
    for (const CaseListed* of : children) said.push_back(routed(office, message, place, *of, sender, taken_by));
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
    // A conversation may be nobody's still, because what came before was set aside or named no child.
    const auto joined = place ? state.conversations.at(conversation) : Conversation{};
    const auto children = children_of(sender, joined, mail, office.people);
    route(said, office, message, place.value_or(Place{conversation, RoutedBy::sender}), children, sender, joined.taken_by);
    if (!children.empty()) return said;
    const bool knows_sender = sender && !sender->ties.empty();
    said.push_back(MessageUnmatched{.message = message, .conversation = conversation,
                                    .because = knows_sender ? UnmatchedBecause::several_children : UnmatchedBecause::unknown_sender});
    return said;
}

namespace {

/// What somebody entered by hand, as a message of the family's. Whom we know is reached by what the list says of them.
template <class Entry>
MessageReceived entered(const Entry& entry, const MessageId& message, const ConversationId& conversation, const Contact* person, bool opens) {
    MessageReceived e{.message = message, .conversation = conversation, .mail_kind = MessageKind::person, .opens_conversation = opens};
    e.staff = entry.staff;
    e.from_name = person ? person->name : entry.name;
    if (person) e.envelope_from = e.from_address = person->email;
    return e;
}

/// Where an entry belongs: the conversation that its writer named, if it is with this person's home; else one of its own.
template <class Entry>
const Routing::Conversation* place_of(const Routing::State& state, const Entry& entry, const Contact* person, const Office& office) {
    const auto found = state.conversations.find(entry.conversation);
    if (found == state.conversations.end()) return nullptr;
    const bool with_them = !person || may_join(found->second, lower_case(words(person->email)), person, office.people);
    return with_them ? &found->second : nullptr;
}

template <class Entry>
Routing::Says file(MessageReceived received, const Entry& entry, const Routing::Conversation* joined, const Contact* person, const Office& office) {
    const auto message = received.message;
    const auto conversation = received.conversation;
    Routing::Says said{std::move(received)};
    Children children;
    for (const auto& id : joined ? joined->cases : std::vector<CaseId>{})
        if (const CaseListed* of = office.people.find_case(id)) children.push_back(of);
    if (const CaseListed* of = office.people.find_case(entry.case_id); of && children.empty()) children.push_back(of);
    route(said, office, message, {conversation, RoutedBy::a_colleague}, children, person, joined ? joined->taken_by : StaffId{});
    if (children.empty()) said.push_back(MessageUnmatched{.message = message, .conversation = conversation, .because = UnmatchedBecause::unknown_sender});
    return said;
}

}  // namespace

// When we rang, nothing of theirs came: casework's note is the record, in the conversation that it belongs to.
Routing::Says Routing::decide(const State& state, const CallLogged& call, const Office& office) {
    const MessageId message{composed("m-", office.cause)};
    if (why_refused(office, call) || state.received.contains(message)) return {};
    const Contact* person = office.people.contact(call.contact);
    const Conversation* joined = place_of(state, call, person, office);
    if (joined && call.we_rang) return {};
    const auto conversation = joined ? call.conversation : ConversationId{composed("c-", office.cause)};
    auto e = entered(call, message, conversation, person, !joined);
    e.channel = Channel::call;
    e.received_at = call.at;
    e.subject = call.outcome == CallOutcome::missed ? "Telephone call that nobody took" : "Telephone call";
    e.text = call.they_said;
    return file(std::move(e), call, joined, person, office);
}

Routing::Says Routing::decide(const State& state, const LetterLogged& letter, const Office& office) {
    const MessageId message{composed("m-", office.cause)};
    if (why_refused(office, letter) || state.received.contains(message)) return {};
    const Contact* person = office.people.contact(letter.contact);
    const Conversation* joined = place_of(state, letter, person, office);
    const auto conversation = joined ? letter.conversation : ConversationId{composed("c-", office.cause)};
    auto e = entered(letter, message, conversation, person, !joined);
    e.channel = Channel::letter;
    e.received_at = std::min(office.answering.opening_of(letter.received_on), office.now);
    e.subject = letter.subject.or_empty().empty() ? "Letter" : letter.subject;
    e.text = letter.text;
    if (const auto& scan = letter.scan.or_empty(); !scan.name.empty()) {
        e.raw = scan;
        e.parts = std::vector{Attachment{.name = letter.scan_name.or_empty(), .content_type = {}, .bytes = scan.bytes, .sha256 = {}}};
    }
    return file(std::move(e), letter, joined, person, office);
}

void Routing::evolve(State& state, const MessageReceived& e) {
    state.received.insert(e.message);
    auto& conversation = state.conversations[e.conversation];
    if (const auto& address = words(e.from_address); !address.empty()) conversation.addresses.insert(lower_case(address));
    if (!e.message_ref.empty()) state.threads.try_emplace(e.message_ref, e.conversation);
}

namespace {

void now_about(Routing::Conversation& conversation, const CaseId& id) {
    if (std::find(conversation.cases.begin(), conversation.cases.end(), id) == conversation.cases.end()) conversation.cases.push_back(id);
}

}  // namespace

void Routing::evolve(State& state, const MessageRouted& e) {
    auto& conversation = state.conversations[e.conversation];
    now_about(conversation, e.case_id);
    if (!e.contact.empty()) conversation.people.insert(e.contact);
}

void Routing::evolve(State& state, const ConversationMatched& e) { now_about(state.conversations[e.conversation], e.case_id); }
void Routing::evolve(State& state, const ConversationClaimed& e) { state.conversations[e.conversation].taken_by = e.staff; }
void Routing::evolve(State& state, const ConversationHandedOver& e) { state.conversations[e.conversation].taken_by = e.to; }

void Routing::evolve(State& state, const WorkHandedOver& e) {
    for (auto& [id, conversation] : state.conversations)
        if (conversation.taken_by == e.from) conversation.taken_by = e.to;
}

void Routing::evolve(State& state, const AcknowledgementPrepared& e) { state.threads["own/" + e.message.value] = e.conversation; }
void Routing::evolve(State& state, const ReplyWritten& e) { state.threads["own/" + e.message.value] = e.conversation; }
void Routing::evolve(State& state, const NewPersonTold& e) {
    if (!e.message.empty()) state.threads["own/" + e.message.value] = e.conversation;
}

void Routing::evolve(State& state, const ComplaintAcknowledged& e) { state.threads["own/" + e.message.value] = e.conversation; }
void Routing::evolve(State& state, const NoticePrepared& e) { state.threads["own/" + e.message.value] = e.conversation; }

}  // namespace hearback
