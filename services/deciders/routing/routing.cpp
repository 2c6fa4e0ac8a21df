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

/// Whoever may have written: everybody who has the address.
struct Sender {
    std::string address;
    std::vector<const Contact*> people;
    bool one_family = true;  ///< or several who live together, or have the same children: what one of them writes, all may see

    const Contact* only() const { return people.size() == 1 ? people.front() : nullptr; }
};

std::set<CaseId> children_of(const Contact& contact) {
    std::set<CaseId> ids;
    for (const Tie& tie : contact.ties) ids.insert(tie.case_id);
    return ids;
}

/// A couple may share an address; a school's office has one for all its children.
Sender sender_at(const People& people, const std::string& address) {
    Sender sender{.address = address, .people = people.at_address(address)};
    for (const Contact* each : sender.people) {
        const Contact& first = *sender.people.front();
        if (!People::share_a_home(first, *each) && children_of(first) != children_of(*each)) sender.one_family = false;
    }
    return sender;
}

/// Nobody gets into a conversation by quoting a number: the sender wrote in it before, or lives with somebody who did. Of a shared
/// address all must.
bool may_join(const Routing::Conversation& conversation, const Sender& sender, const People& people) {
    if (conversation.addresses.contains(sender.address)) return true;
    return !sender.people.empty() && std::any_of(conversation.people.begin(), conversation.people.end(), [&](const ContactId& id) {
        const Contact* known = people.contact(id);
        return known && std::all_of(sender.people.begin(), sender.people.end(), [&](const Contact* each) { return People::share_a_home(*known, *each); });
    });
}

/// The conversation that the mail belongs to by our signed token, else by its references, newest first.
std::optional<Place> find_place(const Routing::State& state, const MailArrived& mail, const Sender& sender, const People& people) {
    const auto joins = [&](const ConversationId& id) {
        const auto found = state.conversations.find(id);
        return found != state.conversations.end() && may_join(found->second, sender, people);
    };
    if (!mail.token_conversation.empty() && joins(mail.token_conversation)) return Place{mail.token_conversation, RoutedBy::reply_address};
    for (const auto& reference : mail.refers_to) {
        const auto thread = state.threads.find(reference);
        if (thread != state.threads.end() && joins(thread->second)) return Place{thread->second, RoutedBy::earlier_mail};
    }
    return {};
}

/// Names stand as words of their own. Telephones write “Ada’s” with marks of three bytes (U+2000 to U+203F), which are no letters.
bool mentions(const std::string& text, const std::string& name) {
    if (name.empty()) return false;
    constexpr std::string_view mark = "\xE2\x80";
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80); };
    for (auto at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
        const auto end = at + name.size();
        const bool begins = at == 0 || !letter(text[at - 1]) || (at >= 3 && text.compare(at - 3, mark.size(), mark) == 0);
        const bool ends = end == text.size() || !letter(text[end]) || text.compare(end, mark.size(), mark) == 0;
        if (begins && ends) return true;
    }
    return false;
}

using Children = std::vector<const CaseListed*>;

Children children_of(const Sender& sender, const People& people) {
    Children all;
    for (const Contact* each : sender.people)
        for (const Tie& tie : each->ties)
            if (const CaseListed* of = people.find_case(tie.case_id); of && std::find(all.begin(), all.end(), of) == all.end()) all.push_back(of);
    return all;
}

Children children_of(const Routing::Conversation& conversation, const People& people) {
    Children so_far;
    for (const auto& id : conversation.cases)
        if (const CaseListed* of = people.find_case(id)) so_far.push_back(of);
    return so_far;
}

/// The sender's children whom the mail names; else those that the conversation is about; else the only one they have.
Children children_meant(const Sender& sender, const Routing::Conversation& conversation, const MailArrived& mail, const People& people) {
    const auto all = children_of(sender, people);
    Children named;
    std::copy_if(all.begin(), all.end(), std::back_inserter(named), [&](const CaseListed* of) {
        const auto name = first_name(words(of->child));
        return mentions(words(mail.subject), name) || mentions(words(mail.text), name);
    });
    if (!named.empty() && (conversation.cases.empty() || all.size() > 1)) return named;
    const auto so_far = children_of(conversation, people);
    if (!so_far.empty()) return so_far;
    return all.size() == 1 ? all : Children{};
}

/// Of children of several homes those whom the mail names beyond doubt: by number; else by the whole name; else by the first
/// name in the subject, for a text may end with the writer's own.
Children children_named(const Children& all, const MailArrived& mail) {
    const auto subject = words(mail.subject), text = lower_case(subject + "\n" + words(mail.text));
    const auto those = [&](auto&& names) {
        Children named;
        std::copy_if(all.begin(), all.end(), std::back_inserter(named), names);
        return named;
    };
    auto named = those([&](const CaseListed* of) { return mentions(text, lower_case(of->case_id.value)); });
    if (named.empty()) named = those([&](const CaseListed* of) { return mentions(text, lower_case(words(of->child))); });
    if (named.empty()) named = those([&](const CaseListed* of) { return mentions(subject, first_name(words(of->child))); });
    return named;
}

/// What is said of whoever wrote: "Sam Okafor is Ada’s mother.", or that one of two did.
std::string writer_words(const std::vector<const Contact*>& writers, const CaseListed& of, const People& people) {
    const auto child = first_name(words(of.child));
    std::vector<std::string> names, relations;
    for (const Contact* each : writers) {
        names.push_back(words(each->name));
        relations.push_back(words_for(people.tie(*each, of.case_id)->relation));
    }
    if (names.size() == 1) return names.front() + " is " + child + "’s " + relations.front() + ".";
    return "It is written from the shared address of " + listing(names) + ", " + child + "’s " + listing(relations) + ".";
}

std::string reason(const Office& office, const CaseListed& of, const std::vector<const Contact*>& writers, const Sender& sender, const StaffListed* owner, RoutedBy by) {
    const auto child = first_name(words(of.child));
    std::string text;
    if (!writers.empty()) text = writer_words(writers, of, office.people);
    if (!sender.one_family && by == RoutedBy::sender) text += " Others have this address too; the message names " + words(of.child) + ".";
    const bool caseworkers_own = owner && owner->staff == of.caseworker;
    if (caseworkers_own && of.since) text += " You have been " + child + "’s caseworker since " + day_words(*of.since).substr(day_name(*of.since).size() + 1) + ".";
    else if (caseworkers_own) text += " You are " + child + "’s caseworker.";
    else text += " You have taken this conversation.";
    if (by == RoutedBy::reply_address || by == RoutedBy::earlier_mail) text += " It answers an earlier message.";
    if (sender.people.empty() && !sender.address.empty()) text += " The address is in no list of ours now.";
    return text.front() == ' ' ? text.substr(1) : text;
}

/// Those of the senders who are in the child's list; the one who signs, when there are several.
std::vector<const Contact*> writers_of(const Sender& sender, const CaseListed& of, const Personal<std::string>& signs, const People& people) {
    std::vector<const Contact*> writers, signing;
    for (const Contact* each : sender.people) {
        if (!people.tie(*each, of.case_id)) continue;
        writers.push_back(each);
        if (!words(signs).empty() && lower_case(words(each->name)) == lower_case(words(signs))) signing.push_back(each);
    }
    return signing.size() == 1 ? signing : writers;
}

Relation common_relation(const std::vector<const Contact*>& writers, const CaseId& case_id, const People& people) {
    const auto relation = [&](const Contact* each) { return people.tie(*each, case_id)->relation; };
    const bool same = !writers.empty() && std::all_of(writers.begin(), writers.end(), [&](const Contact* each) { return relation(each) == relation(writers.front()); });
    return same ? relation(writers.front()) : Relation::other;
}

MessageRouted routed(const Office& office, const MessageReceived& received, const Place& place, const CaseListed& of, const Sender& sender, StaffId owner) {
    if (owner.empty()) owner = of.caseworker;
    const auto writers = writers_of(sender, of, received.from_name, office.people);
    MessageRouted e{.message = received.message, .conversation = place.conversation, .case_id = of.case_id, .contact = {}, .one_of = {},
                    .relation = common_relation(writers, of.case_id, office.people), .owner = owner,
                    .team = of.team, .routed_by = place.by, .because = reason(office, of, writers, sender, office.people.member(owner), place.by)};
    if (writers.size() == 1) e.contact = writers.front()->id;
    else if (const Contact* only = sender.only()) e.contact = only->id;
    else for (const Contact* each : writers) e.one_of.push_back(each->id);
    return e;
}

/// One for each child that the message is about: each has its own promise.
void route(Routing::Says& said, const Office& office, const MessageReceived& received, const Place& place, const Children& children, const Sender& sender, const StaffId& taken_by) {
    for (const CaseListed* of : children) said.push_back(routed(office, received, place, *of, sender, taken_by));
}

/// Whether somebody of ours is asked something by name in a mail that was written to others.
bool asks_us(const MailArrived& mail, const People& people) {
    const auto text = words(mail.text);
    if (text.find('?') == text.npos) return false;
    return std::any_of(people.staff.begin(), people.staff.end(), [&](const auto& each) { return mentions(text, first_name(words(each.second.name))); });
}

/// Why a mail gets no clock; nothing when a person wrote it to us.
std::optional<std::string> set_aside(const MailArrived& mail, const People& people) {
    const auto because = (mail.kind_because.empty() ? "" : ": " + mail.kind_because) + ".";
    switch (mail.mail_kind) {
        case MessageKind::auto_reply: return "It is an automatic reply" + because;
        case MessageKind::bounce: return "It tells us that a message of ours did not arrive" + because;
        case MessageKind::report: return "It is a report from a mail system" + because;
        case MessageKind::loop: return "It has been here before" + because;
        case MessageKind::person: break;
    }
    if (mail.copy_only && !asks_us(mail, people)) return "We are only in copy: it was written to somebody else.";
    return {};
}

}  // namespace

namespace {

/// Where a mail belongs and whom it is about.
struct Sorted {
    Sender sender;
    std::optional<Place> place;
    Routing::Conversation joined;  // a conversation may be nobody's still, because what came before was set aside or named no child
    Children children;
    std::vector<CaseId> guesses;
};

/// An address of several homes: what is about one child never gets into a conversation about another.
void sort_shared(Sorted& sorted, const MailArrived& mail, const People& people) {
    const auto all = children_of(sorted.sender, people);
    const auto named = children_named(all, mail);
    const auto so_far = children_of(sorted.joined, people);
    if (named.empty()) sorted.children = so_far;
    else if (named.size() == 1) sorted.children = named;
    const bool another_child = !so_far.empty() && !named.empty() && std::find(so_far.begin(), so_far.end(), named.front()) == so_far.end();
    if (another_child || named.size() > 1) {
        sorted.place = {};
        sorted.joined = {};
    }
    if (!sorted.children.empty()) return;
    for (const CaseListed* of : named.empty() ? all : named)
        if (sorted.guesses.size() < guesses_max) sorted.guesses.push_back(of->case_id);
}

Sorted sort(const Routing::State& state, const MailArrived& mail, const People& people) {
    Sorted sorted{.sender = sender_at(people, lower_case(words(mail.from_address))), .place = {}, .joined = {}, .children = {}, .guesses = {}};
    sorted.place = find_place(state, mail, sorted.sender, people);
    if (sorted.place) sorted.joined = state.conversations.at(sorted.place->conversation);
    // Our question went to an address that counts for nothing yet: whoever answers it is whom we asked for.
    if (const Contact* asked = people.contact(sorted.joined.asks); asked && sorted.sender.people.empty()) sorted.sender.people = {asked};
    if (!sorted.sender.one_family) sort_shared(sorted, mail, people);
    else sorted.children = children_meant(sorted.sender, sorted.joined, mail, people);
    return sorted;
}

UnmatchedBecause why_unmatched(const Sender& sender) {
    if (!sender.one_family) return UnmatchedBecause::shared_address;
    const bool has_children = std::any_of(sender.people.begin(), sender.people.end(), [](const Contact* each) { return !each->ties.empty(); });
    return has_children ? UnmatchedBecause::several_children : UnmatchedBecause::unknown_sender;
}

}  // namespace

Routing::Says Routing::decide(const State& state, const MailArrived& mail, const Office& office) {
    const MessageId message{composed("m-", office.cause)};
    if (state.received.contains(message)) return {};
    const auto sorted = sort(state, mail, office.people);
    const ConversationId conversation = sorted.place ? sorted.place->conversation : ConversationId{composed("c-", office.cause)};
    const auto in = received(mail, message, conversation, !sorted.place);
    Says said{in};
    if (const auto because = set_aside(mail, office.people)) {
        said.push_back(MessageSetAside{.message = message, .conversation = conversation, .mail_kind = mail.mail_kind, .because = *because});
        if (mail.mail_kind == MessageKind::bounce && !mail.failed_message.empty())
            said.push_back(ReturnReceived{.message = mail.failed_message, .report = message, .for_good = mail.failed_for_good, .status = mail.failed_status});
        return said;
    }
    route(said, office, in, sorted.place.value_or(Place{conversation, RoutedBy::sender}), sorted.children, sorted.sender, sorted.joined.taken_by);
    if (sorted.children.empty())
        said.push_back(MessageUnmatched{.message = message, .conversation = conversation, .because = why_unmatched(sorted.sender), .guesses = sorted.guesses});
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
    const bool with_them = !person || may_join(found->second, {.address = lower_case(words(person->email)), .people = {person}}, office.people);
    return with_them ? &found->second : nullptr;
}

template <class Entry>
Routing::Says file(const MessageReceived& received, const Entry& entry, const Routing::Conversation* joined, const Contact* person, const Office& office) {
    const auto message = received.message;
    const auto conversation = received.conversation;
    Routing::Says said{received};
    Children children;
    for (const auto& id : joined ? joined->cases : std::vector<CaseId>{})
        if (const CaseListed* of = office.people.find_case(id)) children.push_back(of);
    if (const CaseListed* of = office.people.find_case(entry.case_id); of && children.empty()) children.push_back(of);
    const Sender sender{.address = {}, .people = person ? std::vector{person} : std::vector<const Contact*>{}};
    route(said, office, received, {conversation, RoutedBy::a_colleague}, children, sender, joined ? joined->taken_by : StaffId{});
    if (children.empty()) said.push_back(MessageUnmatched{.message = message, .conversation = conversation, .because = UnmatchedBecause::unknown_sender, .guesses = {}});
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
    return file(e, call, joined, person, office);
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
    return file(e, letter, joined, person, office);
}

// Its text is not remembered: who wrote it, and what stands in its subject, must do.
Routing::Says Routing::decide(const State& state, const ConversationReopened& e, const Office& office) {
    const auto found = state.unplaced.find(e.conversation);
    if (found == state.unplaced.end()) return {};
    const auto& [message, from_address, from_name, subject] = found->second;
    MailArrived mail;
    mail.token_conversation = e.conversation;  // whoever wrote in it may join it
    mail.from_address = from_address;
    mail.subject = subject;
    auto sorted = sort(state, mail, office.people);
    MessageReceived in{.message = message, .conversation = e.conversation};
    in.from_name = from_name;
    Says said;
    route(said, office, in, {e.conversation, RoutedBy::a_colleague}, sorted.children, sorted.sender, state.conversations.at(e.conversation).taken_by);
    if (said.empty()) said.push_back(MessageUnmatched{.message = message, .conversation = e.conversation, .because = why_unmatched(sorted.sender), .guesses = sorted.guesses});
    return said;
}

void Routing::evolve(State& state, const MessageReceived& e) {
    state.received.insert(e.message);
    if (e.opens_conversation || (e.mail_kind == MessageKind::person && state.unplaced.contains(e.conversation)))
        state.unplaced[e.conversation] = {.message = e.message, .from_address = e.from_address, .from_name = e.from_name, .subject = e.subject};
    auto& conversation = state.conversations[e.conversation];
    if (const auto& address = words(e.from_address); !address.empty()) conversation.addresses.insert(lower_case(address));
    if (!e.message_ref.empty()) state.threads.try_emplace(e.message_ref, e.conversation);
}

namespace {

void now_about(Routing::Conversation& conversation, const CaseId& id) {
    if (std::find(conversation.cases.begin(), conversation.cases.end(), id) == conversation.cases.end()) conversation.cases.push_back(id);
}

}  // namespace

void Routing::evolve(State& state, const MessageUnmatched& e) { state.unplaced.erase(e.conversation); }

void Routing::evolve(State& state, const MessageRouted& e) {
    state.unplaced.erase(e.conversation);
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

// Our question to a new address opens a conversation with whoever reads it, and our word to the old one another: they may be
// two people.
void Routing::evolve(State& state, const AddressLetterPrepared& e) {
    state.threads["own/" + e.message.value] = e.conversation;
    if (!words(e.to).empty()) state.conversations[e.conversation].addresses.insert(lower_case(words(e.to)));
}

void Routing::evolve(State& state, const CorrectionBegun& e) {
    for (const auto& id : {e.conversation, e.with_old_address})
        if (!id.empty() && !e.case_id.empty()) now_about(state.conversations[id], e.case_id);
    state.conversations[e.conversation].asks = e.contact;
}

}  // namespace hearback
