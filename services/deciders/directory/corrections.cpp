// An address that has changed: said by one member of staff with the proof, confirmed from the new address or by a second person.
#include <algorithm>

#include "deciders/directory/addresses.hpp"
#include "deciders/directory/directory.hpp"
#include "deciders/family_words.hpp"

namespace hearback {

namespace {

using Because = CorrectionRefusedBecause;

template <class Act>
Directory::Says refuse(const Act& act, Because because, StaffId by = {}) {
    return {CorrectionRefused{.contact = act.contact, .staff = act.staff, .because = because, .by = std::move(by)}};
}

std::optional<Because> wrong_with(const CorrectionAsked& act, const Contact* person) {
    if (!person || person->ties.empty()) return Because::not_in_our_lists;
    const auto before = lower_case(act.before.or_empty()), email = lower_case(act.email.or_empty());
    if (!is_address(email)) return Because::not_an_address;
    if (person->open) return Because::one_is_open;
    if (has(person->emails, email)) return Because::theirs_already;
    if (!before.empty() && !has(person->emails, before)) return Because::not_their_address;
    return {};
}

std::string how_we_know(AddressProof proof) {
    switch (proof) {
        case AddressProof::told_by_telephone: return "by telephone";
        case AddressProof::told_in_person: return "in person";
        case AddressProof::letter: return "in a letter";
        case AddressProof::from_old_address: return "in an email from this address";
    }
    return {};
}

/// To the new address, which may be somebody else's by a slip of the pen: no name, no child, no case number.
AddressLetterPrepared question(const CorrectionBegun& e, const Office& office) {
    FieldList fields = letterhead(office, nullptr, {}, number_for(e.conversation));
    add_named_person(fields, office, office.people.member(e.staff), nullptr);
    return {.message = {"q-" + e.conversation.value.substr(2)}, .conversation = e.conversation, .contact = e.contact, .template_ = TemplateName::is_this_your_address,
            .to = e.email, .to_name = {}, .in_reply_to = {}, .fields = std::move(fields)};
}

/// To the old address, or where we write to them when it is one more: it may not have been them who told us, and somebody else may
/// read the old one by now, so the new one is not named.
AddressLetterPrepared word_to_the_old(const CorrectionBegun& e, const std::string& to, const Office& office) {
    const CaseListed* of = office.people.find_case(e.case_id);
    const NewestMessage reader{.message = {}, .conversation = e.with_old_address, .channel = {}, .envelope_from = {}, .from_address = to, .from_name = e.name, .mail_id = {}, .subject = {}};
    FieldList fields = letterhead(office, of, reader, number_for(e.conversation));
    add_named_person(fields, office, office.people.member(e.staff), of);
    add(fields, "how", how_we_know(e.proof));
    add(fields, "came", day_words(london_date(office.now)));
    return {.message = {"q-" + e.with_old_address.value.substr(2)}, .conversation = e.with_old_address, .contact = e.contact, .template_ = TemplateName::your_address_changes,
            .to = to, .to_name = e.name, .in_reply_to = {}, .fields = std::move(fields)};
}

AddressCorrected corrected(const Contact& person, ConfirmedHow how) {
    const auto& open = *person.open;
    return {.conversation = open.conversation, .contact = person.id, .how = how, .staff = {}, .begun_by = open.staff, .before = open.before, .email = open.email, .reason = {}};
}

/// A second hexadecimal id beside that of the cause: a reply token takes both (mail/reply_token.hpp).
constexpr std::string_view old_address_mark = "0d";

}  // namespace

Directory::Says Directory::decide(const State& state, const CorrectionAsked& act, const Office& office) {
    if (!office.people.member(act.staff)) return refuse(act, Because::unknown_person);
    const Contact* person = state.people.contact(act.contact);
    if (const auto because = wrong_with(act, person)) return refuse(act, *because, person && person->open ? person->open->staff : StaffId{});
    const ConversationId conversation{composed("c-", office.cause)};
    const auto before = lower_case(act.before.or_empty());
    const auto& told = before.empty() ? person->email.or_empty() : before;
    CorrectionBegun begun{.conversation = conversation, .with_old_address = told.empty() ? ConversationId{} : ConversationId{conversation.value + std::string(old_address_mark)},
                          .contact = act.contact, .case_id = person->ties.front().case_id, .staff = act.staff, .proof = act.proof, .before = before,
                          .email = lower_case(act.email.or_empty()), .name = person->name, .note = act.note};
    Says said{begun, question(begun, office)};
    if (!told.empty()) said.push_back(word_to_the_old(begun, told, office));
    return said;
}

Directory::Says Directory::decide(const State& state, const CorrectionAgreed& act, const Office& office) {
    if (!office.people.member(act.staff)) return refuse(act, Because::unknown_person);
    const Contact* person = state.people.contact(act.contact);
    if (!person || !person->open) return refuse(act, Because::none_is_open);
    if (person->open->staff == act.staff) return refuse(act, Because::needs_a_second_person);
    if (act.reason.or_empty().find_first_not_of(" \t\r\n") == std::string::npos) return refuse(act, Because::no_reason);
    auto said = corrected(*person, ConfirmedHow::second_person);
    said.staff = act.staff;
    said.reason = act.reason;
    return {std::move(said)};
}

Directory::Says Directory::decide(const State& state, const CorrectionUnwanted& act, const Office& office) {
    if (!office.people.member(act.staff)) return refuse(act, Because::unknown_person);
    const Contact* person = state.people.contact(act.contact);
    if (!person || !person->open) return refuse(act, Because::none_is_open);
    return {CorrectionTakenBack{.conversation = person->open->conversation, .contact = act.contact, .staff = act.staff}};
}

// Our question went to the new address and nowhere else: who answers it from there reads it. An answer from the old address
// is for a person to weigh.
Directory::Says Directory::decide(const State& state, const MessageReceived& e, const Office&) {
    const auto asking = state.asking.find(e.conversation);
    if (asking == state.asking.end() || e.mail_kind != MessageKind::person || e.channel != Channel::email) return {};
    const Contact* person = state.people.contact(asking->second);
    if (!person || !person->open || person->open->doubted) return {};
    const auto& open = *person->open;
    if (e.conversation == open.with_old_address) return {CorrectionDoubted{.conversation = open.conversation, .contact = person->id}};
    const auto from = lower_case(e.from_address.or_empty());
    if (from.empty() || from != open.email.or_empty()) return {};
    return {corrected(*person, ConfirmedHow::replied)};
}

namespace {

void close(Directory::State& state, Contact& person) {
    if (!person.open) return;
    state.asking.erase(person.open->conversation);
    state.asking.erase(person.open->with_old_address);
    person.open.reset();
}

/// What the lists do not know yet. Of two corrections in a row only the first address and the last are of interest; one that
/// leads back is none.
void remember(Contact& person, const std::string& before, const std::string& now, const StaffId& by) {
    const auto earlier = std::find_if(person.corrected.begin(), person.corrected.end(), [&](const Corrected& c) { return !before.empty() && c.now == before; });
    if (earlier == person.corrected.end()) person.corrected.push_back({.before = before, .now = now, .by = by});
    else earlier->now = now, earlier->by = by;
    std::erase_if(person.corrected, [&](const Corrected& c) { return c.before == c.now || has(person.in_lists, c.now); });
}

}  // namespace

void Directory::evolve(State& state, const CorrectionBegun& e) {
    auto& person = state.people.contacts[e.contact];
    person.open = OpenCorrection{.conversation = e.conversation, .with_old_address = e.with_old_address, .staff = e.staff, .before = e.before, .email = e.email};
    state.asking[e.conversation] = e.contact;
    if (!e.with_old_address.empty()) state.asking[e.with_old_address] = e.contact;
}

void Directory::evolve(State& state, const CorrectionDoubted& e) {
    if (auto& open = state.people.contacts[e.contact].open) open->doubted = true;
}

void Directory::evolve(State& state, const AddressCorrected& e) {
    auto& person = state.people.contacts[e.contact];
    close(state, person);
    const auto &before = e.before.or_empty(), &now = e.email.or_empty();
    if (now.empty()) return;  // erased
    no_longer_found(state.people, person);
    const auto old = std::find(person.emails.begin(), person.emails.end(), before);
    if (old != person.emails.end()) *old = now;
    else person.emails.push_back(now);
    if (std::count(person.emails.begin(), person.emails.end(), now) > 1) person.emails.erase(std::find(person.emails.rbegin(), person.emails.rend(), now).base() - 1);
    remember(person, before, now, e.begun_by);
    is_found(state.people, person);
}

void Directory::evolve(State& state, const CorrectionTakenBack& e) { close(state, state.people.contacts[e.contact]); }

}  // namespace hearback
