#include <algorithm>

#include "edges/web/pages/listed.hpp"
#include "edges/web/pages/pages.hpp"
#include "events/words.hpp"
#include "views/words.hpp"
#include "words/email_text.hpp"

namespace hearback {

namespace {

/// What a form of this page was filled with when it could not be taken: nothing of it is lost.
struct Filled {
    std::string error = {}, before = {}, email = {}, proof = {}, note = {};
    std::string confirm_error = {}, reason = {};
};

std::string day_since(Instant at) { return keep_together(day_words_with_year(london_date(at))); }

std::string how_known(const KnownAddress& address) {
    if (address.source == "corrected") {
        const auto proof = from_word<AddressProof>(address.proof);
        return "Corrected by " + (address.staff_name.empty() ? "a colleague" : address.staff_name) + (proof ? ": " + words_for(*proof) : "");
    }
    return address.source == "matched" ? "A colleague matched a message from it" : "From the council’s lists";
}

Node::List addresses_of(const PersonFile& file) {
    Node::List list;
    bool first = true;
    for (const auto& each : file.addresses) {
        Node::List shared;
        for (const auto& [contact, name] : each.shared_with) shared.push_back(Node::Object{{"words", shared.empty() ? "Shared with" : "and"}, {"href", contact_href(contact)}, {"name", name}});
        const bool counts = each.until == Instant{};
        list.push_back(Node::Object{{"email", each.email}, {"now", counts ? first ? "We write here" : "" : "No longer, since " + day_since(each.until)}, {"since", day_since(each.since)},
                                    {"from", how_known(each)}, {"shared", std::move(shared)}});
        first = false;
    }
    return list;
}

std::string question_words(const WaitingAddress& waiting) {
    if (waiting.standing == "sent") return "We have asked there. Nobody has replied yet.";
    if (waiting.standing == "held") return "Our question leaves " + keep_together(moment_words(waiting.leaves_at)) + ".";
    if (waiting.standing == "returned" || waiting.standing == "refused") return "Our question could not be delivered there. The address may be wrong.";
    if (waiting.standing == "stopped") return "Our question was stopped.";
    return "Our question is on its way.";
}

Node waiting_node(const Visit& visit, const PersonFile& file, const Filled& filled) {
    if (!file.waiting) return false;
    const auto& w = *file.waiting;
    const auto proof = from_word<AddressProof>(w.proof);
    const bool may_confirm = w.staff != visit.me.id;
    const auto says = w.staff_name + " entered it on " + day_since(w.at) + (w.before.empty() ? ", as one more address" : ", in place of " + w.before) + ": " + (proof ? words_for(*proof) : "") + "." + (w.note.empty() ? "" : " " + w.note);
    return Node::Object{{"email", w.email}, {"says", says}, {"question", question_words(w)}, {"href", "/conversations/" + w.conversation},
                        {"doubt", w.doubted ? "Somebody has answered from the old address. Read that first: a reply from the new one is not enough any more." : ""},
                        {"confirm", may_confirm ? Node(Node::Object{{"id", file.contact}, {"form", new_act()}, {"error", filled.confirm_error}, {"reason", filled.reason}}) : Node(false)},
                        {"unwanted", Node::Object{{"id", file.contact}, {"form", new_act()}}}};
}

Node correct_node(const PersonFile& file, const Filled& filled) {
    const bool listed = std::any_of(file.children.begin(), file.children.end(), [](const ListedChild& c) { return c.removed == Instant{}; });
    if (file.waiting || !listed) return false;
    Node::List before, proofs;
    for (const auto& each : file.addresses)
        if (each.until == Instant{}) before.push_back(Node::Object{{"value", each.email}, {"choice", each.email}, {"chosen", filled.before == each.email}});
    before.push_back(Node::Object{{"value", "none"}, {"choice", "None: it is one more"}, {"chosen", filled.before == "none"}});
    const std::pair<AddressProof, const char*> ways[] = {{AddressProof::told_by_telephone, "They said so when we rang the number in our list"}, {AddressProof::told_in_person, "They said so in person"},
                                                         {AddressProof::letter, "They wrote it in a letter"}, {AddressProof::from_old_address, "They wrote it from the old address"}};
    for (const auto& [proof, choice] : ways) proofs.push_back(Node::Object{{"value", to_word(proof)}, {"choice", choice}, {"chosen", filled.proof == to_word(proof)}});
    return Node::Object{{"id", file.contact}, {"form", new_act()}, {"error", filled.error}, {"before", std::move(before)}, {"email", filled.email}, {"proofs", std::move(proofs)}, {"note", filled.note}};
}

Node::List children_of(const PersonFile& file) {
    Node::List list;
    for (const auto& each : file.children) {
        Node::List lines;
        lines.push_back(Node::Object{{"line", (each.listed_by == "matched" ? "Matched by a colleague on " : "In the council’s lists since ") + day_since(each.since)}});
        if (each.removed != Instant{}) lines.push_back(Node::Object{{"line", "In no list any more since " + day_since(each.removed)}});
        list.push_back(Node::Object{{"href", child_href(each.case_id)}, {"child", each.child}, {"words", relation_words(each.relation).empty() ? "" : ", as " + relation_words(each.relation)}, {"lines", std::move(lines)}});
    }
    return list;
}

Response contact_with(const Visit& visit, const std::string& id, const Filled& filled) {
    const auto file = visit.desk.reading().person(id);
    if (!file) return not_found(visit, "There is nobody like this in our lists.");
    auto data = frame(visit, file->name, "");
    const auto& child = file->children.front();
    Node::List facts;
    facts.push_back(fact("Telephone", file->phone.empty() ? "Not in our lists" : file->phone));
    if (!file->home.empty()) facts.push_back(fact("Home", file->home));
    data["caption"] = child.child.empty() ? std::string() : (relation_words(child.relation).empty() ? "About " + child.child : capital(relation_words(child.relation)) + " of " + child.child) + (file->children.size() > 1 ? " and others" : "");
    data["heading"] = file->name;
    data["summary"] = file->conversations.empty() ? "They have not written to us yet." : "What we know, and what they wrote.";
    data["card"] = file->name;
    data["facts"] = std::move(facts);
    data["children"] = children_of(*file);
    data["addresses"] = addresses_of(*file);
    data["waiting"] = waiting_node(visit, *file, filled);
    data["correct"] = correct_node(*file, filled);
    data["conversations"] = conversation_links(file->conversations, visit);
    data["all"] = Node::Object{{"href", "/search?person=" + in_address(file->contact)}};
    return show("contact", data);
}

bool refused(const ActShown& shown) { return shown.shown && shown.outcome.result == "refused"; }

}  // namespace

Response contact_page(const Visit& visit) { return contact_with(visit, std::string(visit.request.asked("id")), {}); }

Response post_correct(const Visit& visit) {
    const auto& r = visit.request;
    const std::string contact(r.filled("id")), id(r.filled("form"));
    Filled filled{.before = std::string(r.filled("before")), .email = std::string(r.filled("email")), .proof = std::string(r.filled("proof")), .note = std::string(r.filled("note"))};
    const auto proof = from_word<AddressProof>(filled.proof);
    if (!proof) {
        filled.error = "Say how we know the new address.";
        return contact_with(visit, contact, filled);
    }
    const auto shown = act(visit.desk, id, CorrectionAsked{.contact = {contact}, .staff = {visit.me.id}, .proof = *proof, .before = filled.before == "none" ? std::string() : filled.before, .email = filled.email, .note = filled.note});
    if (refused(shown)) {
        filled.error = shown.outcome.words;
        return contact_with(visit, contact, filled);
    }
    return after(visit, id, shown, contact_href(contact), "The new address is kept, and waits to be confirmed.");
}

Response post_confirm(const Visit& visit) {
    const auto& r = visit.request;
    const std::string contact(r.filled("id")), id(r.filled("form")), reason(r.filled("reason"));
    const auto shown = act(visit.desk, id, CorrectionAgreed{.contact = {contact}, .staff = {visit.me.id}, .reason = reason});
    if (refused(shown)) return contact_with(visit, contact, {.confirm_error = shown.outcome.words, .reason = reason});
    return after(visit, id, shown, contact_href(contact), "Your word is kept.");
}

Response post_unwanted(const Visit& visit) {
    const std::string contact(visit.request.filled("id")), id(visit.request.filled("form"));
    return after(visit, id, act(visit.desk, id, CorrectionUnwanted{.contact = {contact}, .staff = {visit.me.id}}), contact_href(contact), "Your word is kept.");
}

}  // namespace hearback
