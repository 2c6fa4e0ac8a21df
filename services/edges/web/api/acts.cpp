#include "edges/web/api/acts.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

#include "edges/web/api/acting.hpp"
#include "edges/web/api/body.hpp"
#include "edges/web/api/json_response.hpp"
#include "edges/web/api/problem.hpp"
#include "edges/web/pages/pages.hpp"
#include "edges/web/pages/reply.hpp"
#include "kernel/text.hpp"
#include "vault/aead.hpp"
#include "vault/vault.hpp"
#include "words/postal_address.hpp"
#include "words/template.hpp"

namespace hearback {

namespace {

using nlohmann::json;

constexpr int print_days_most = 400;
constexpr std::size_t handed_over_most = 100;
constexpr std::chrono::days clock_leap_max{800};

/// What was promised in a call.
std::vector<Given> given_in(const Body& body) {
    std::vector<Given> given;
    for (const auto& each : body.objects("promised")) {
        given.push_back({.kind = needed_word<PromiseKind>(each, "kind"), .what = needed_text(each, "what"), .by = needed_date(each, "by")});
        const auto kind = text_in(each, "kind");
        if (kind == to_word(PromiseKind::answer)) each.wrong("kind", "An answer is owed by the outcome to_answer, not by a promise.");
        if (kind == to_word(PromiseKind::complaint)) each.wrong("kind", "A complaint is filed: file-complaint of its conversation.");
    }
    return given;
}

Signpost signpost_in(const Body& body) {
    const auto found = body.object("signpost");
    return found ? Signpost{.who = text_in(*found, "who"), .contact = text_in(*found, "contact"), .by = text_in(*found, "by")} : Signpost{};
}

void must_say_who(const Body& body) {
    if (text_in(body, "conversation").empty() && text_in(body, "case_id").empty() && text_in(body, "contact").empty() && text_in(body, "name").empty())
        body.wrong("name", "Say who it was: a conversation, a child's number, a contact, or a name.");
}

/// What a page would not let go to a family does not go from here.
void must_be_fit_to_send(const Body& body, const std::vector<Finding>& findings, const char* words_are_in) {
    for (const auto& each : findings)
        if (each.severity == Finding::Severity::block && !each.found.empty()) body.wrong(each.place == "subject" ? "subject" : words_are_in, "It says “" + each.found + "”. Better: " + each.better + ".");
}

void must_be_a_call(const Body& body, CallOutcome outcome) {
    must_say_who(body);
    const bool spoke = outcome == CallOutcome::answered || outcome == CallOutcome::to_answer;
    if (spoke && (text_in(body, "they_said") + text_in(body, "we_said")).empty()) body.wrong("they_said", "Write down what was said: one line is enough.");
    if (!yes_in(body, "send_note")) return;
    must_be_fit_to_send(body, check(shipped_template("after-our-call"), {{"body", needed_text(body, "note")}}), "note");
}

Response post_call(const Act& act) {
    const auto& body = act.body;
    const auto outcome = needed_word<CallOutcome>(body, "outcome");
    must_be_a_call(body, outcome);
    return done(act, CallLogged{.conversation = {text_in(body, "conversation")}, .case_id = {text_in(body, "case_id")}, .contact = {text_in(body, "contact")}, .staff = act.staff, .at = body.instant("at").value_or(act.desk.clock.now()),
                                .we_rang = yes_in(body, "we_rang"), .outcome = outcome, .name = text_in(body, "name"), .telephone = text_in(body, "telephone"),
                                .they_said = text_in(body, "they_said"), .we_said = text_in(body, "we_said"), .given = given_in(body), .send_note = yes_in(body, "send_note"), .note = text_in(body, "note")});
}

/// The bytes of a scan that came in base64 (RFC 4648 4).
std::string scan_in(const Body& body) {
    try {
        return from_base64(text_in(body, "scan"));
    } catch (const std::runtime_error&) {
        body.wrong("scan", "It must be a file in base64.");
        return {};
    }
}

Response post_letter(const Act& act) {
    const auto& body = act.body;
    must_say_who(body);
    LetterLogged letter{.conversation = {text_in(body, "conversation")}, .case_id = {text_in(body, "case_id")}, .contact = {text_in(body, "contact")}, .staff = act.staff, .received_on = needed_date(body, "received_on"),
                        .name = text_in(body, "name"), .subject = text_in(body, "subject"), .text = text_in(body, "text"), .scan = {}, .scan_name = text_in(body, "scan_name")};
    std::vector<Blob> blobs;
    if (const auto scan = scan_in(body); !scan.empty()) {
        auto sealed = seal_blob(scan);
        blobs.push_back(std::move(sealed.blob));
        letter.scan = std::move(sealed.ref);
    } else if (text_in(body, "text").empty()) {
        body.wrong("text", "Say what the letter says, in short, or add the scan of it.");
    }
    return done(act, std::move(letter), blobs);
}

Response post_print_day(const Act& act, const std::string& id) {
    const auto days = act.desk.reading().print_days(print_days_most);
    if (std::none_of(days.begin(), days.end(), [&](const PrintDay& day) { return day.day == id; })) return no_such("There are no letters of this day. Look at /api/print-days.");
    return done(act, PostedSaid{.day = date_from_iso(id).value_or(Date{}), .staff = act.staff});
}

Response post_staff(const Act& act, const StaffId& who, std::string_view verb) {
    const auto& body = act.body;
    if (!act.desk.reading().member(who.value)) return no_such("There is no such member of staff. Look at /api/staff.");
    if (verb == "here") return done(act, BackSaid{.who = who, .staff = act.staff});
    if (verb == "left") return done(act, LeavingSaid{.who = who, .staff = act.staff, .to = {needed_text(body, "to")}, .tell_families = yes_in(body, "tell_families")});
    return done(act, AwaySaid{.who = who, .staff = act.staff, .from = needed_date(body, "from"), .to = date_in(body, "to"), .cover = {needed_text(body, "cover")}, .tell_families = yes_in(body, "tell_families")});
}

Response post_message(const Act& act, const MessageId& message, std::string_view verb) {
    if (act.desk.reading().conversation_of_ours(message.value).empty()) return no_such("There is no such message for a family. A conversation's timeline names them.");
    if (verb == "stop") return done(act, StopAsked{.message = message, .staff = act.staff});
    return done(act, CameBackSaid{.message = message, .staff = act.staff, .why = text_in(act.body, "why")});
}

Response post_contact(const Act& act, const ContactId& contact, std::string_view verb) {
    const auto& body = act.body;
    if (!act.desk.reading().person(contact.value)) return no_such("There is nobody like this in our lists. Look at /api/people.");
    if (verb == "confirm") return done(act, CorrectionAgreed{.contact = contact, .staff = act.staff, .reason = needed_text(body, "reason")});
    if (verb == "take-back") return done(act, CorrectionUnwanted{.contact = contact, .staff = act.staff});
    return done(act, CorrectionAsked{.contact = contact, .staff = act.staff, .proof = needed_word<AddressProof>(body, "proof"), .before = text_in(body, "before"), .email = needed_text(body, "email"), .note = text_in(body, "note")});
}

Response post_hand_over(const Act& act) {
    const auto& body = act.body;
    auto conversations = ids_in<ConversationId>(body, "conversations");
    if (conversations.empty() || conversations.size() > handed_over_most) body.wrong("conversations", "Name 1 to " + std::to_string(handed_over_most) + " of them.");
    return done(act, HandOverAllAsked{.conversations = std::move(conversations), .staff = act.staff, .to = {needed_text(body, "to")}, .tell_family = yes_in(body, "tell_family")});
}

ReplyKind reply_kind_in(const Body& body) {
    const auto kind = body.has("kind") ? word_in<ReplyKind>(body, "kind") : ReplyKind::full;
    if (kind == ReplyKind::after_call) body.wrong("kind", "What is said after a call goes with the call: send_note of /api/calls.");
    return kind;
}

Draft draft_in(const Body& body) {
    const auto answered = texts_in(body, "answered");
    Draft draft{.words = needed_text(body, "text"), .subject = text_in(body, "subject"), .kind = reply_kind_in(body), .help = signpost_in(body), .answered = {answered.begin(), answered.end()}};
    if (const auto day = date_in(body, "new_day")) draft.new_day = to_iso(*day);
    return draft;
}

ReadThrough read_by(const Act& act, const ConversationId& id, const Draft& draft) {
    const auto me = act.desk.reading().member(act.staff.value);
    const auto file = act.desk.reading().casefile(id.value);
    return me && file ? read_through({.desk = act.desk, .request = act.request, .me = *me}, *file, draft) : ReadThrough{};
}

/// What would be said of a reply's words on its page, and how it would read; nothing is kept.
Response check_reply(const Act& act, const ConversationId& id) {
    const auto draft = draft_in(act.body);
    if (const auto faults = act.body.faults(); !faults.empty()) return problem(faults);
    const auto read = read_by(act, id, draft);
    json hints = json::array();
    for (const auto& hint : read.hints) hints.push_back({{"found", hint.found}, {"must", hint.severity == Finding::Severity::block}, {"better", hint.better}, {"why", hint.why}, {"place", hint.place}});
    return json_response(json{{"may_finish", read.may_finish}, {"hints", std::move(hints)}, {"text", read.text}});
}

/// The lines of an envelope, as the post wants them.
std::vector<std::string> envelope_in(const Body& body) {
    auto lines = texts_in(body, "address");
    if (!yes_in(body, "by_post")) return {};
    lines = tidy_address(std::move(lines));
    for (const auto& wrong : check_address(lines)) body.wrong("address", (wrong.found.empty() ? "" : wrong.found + ": ") + wrong.better);
    return lines;
}

Response post_reply(const Act& act, const ConversationId& id) {
    const auto& body = act.body;
    const auto draft = draft_in(body);
    must_be_fit_to_send(body, read_by(act, id, draft).hints, "text");
    return done(act, ReplyHandedIn{.conversation = id, .staff = act.staff, .last_seen = {needed_text(body, "last_seen")}, .kind = draft.kind, .cases = ids_in<CaseId>(body, "cases"), .left_open = number_in(body, "left_open"),
                                   .new_day = date_from_iso(draft.new_day), .signpost = draft.help, .answered = texts_in(body, "answered"), .by_post = yes_in(body, "by_post"), .address = envelope_in(body),
                                   .subject = draft.subject, .text = draft.words});
}

Response post_conversation(const Act& act, const ConversationId& id, std::string_view verb) {
    const auto& body = act.body;
    if (act.desk.reading().rows({.conversation = id.value, .most = 1}).empty()) return no_such("There is no such conversation. Look at /api/conversations.");
    if (verb == "claim") return done(act, ClaimAsked{.conversation = id, .staff = act.staff});
    if (verb == "reply") return post_reply(act, id);
    if (verb == "check-reply") return check_reply(act, id);
    if (verb == "hand-over") return done(act, HandOverAsked{.conversation = id, .staff = act.staff, .to = {needed_text(body, "to")}, .tell_family = yes_in(body, "tell_family")});
    if (verb == "file-complaint") return done(act, ComplaintFileAsked{.conversation = id, .staff = act.staff});
    if (verb == "decline-complaint") return done(act, ComplaintDeclineAsked{.conversation = id, .staff = act.staff, .reason = needed_word<NoComplaintReason>(body, "reason"), .note = text_in(body, "note")});
    if (verb == "reopen") return done(act, ReopenAsked{.conversation = id, .staff = act.staff});
    if (verb == "note") return done(act, NoteWritten{.conversation = id, .staff = act.staff, .text = needed_text(body, "text")});
    if (verb == "done") return done(act, DoneSaid{.promise = {needed_text(body, "promise")}, .conversation = id, .staff = act.staff, .note = text_in(body, "note")});
    if (verb == "no-answer-needed") return done(act, NoAnswerSaid{.conversation = id, .staff = act.staff, .reason = needed_word<NoAnswerReason>(body, "reason"), .note = text_in(body, "note")});
    return done(act, MatchAsked{.conversation = id, .staff = act.staff, .case_id = {needed_text(body, "case_id")}, .relation = needed_word<Relation>(body, "relation")});
}

Response go_to(const Act& act) {
    const auto& [desk, body] = std::tie(act.desk, act.body);
    if (!desk.go_to) return problem(403, "clock-runs", "The clock runs by itself", "It can be set only in a made-up council that was started with --set-clock.");
    body.must_have("to");
    const auto to = body.instant("to");
    if (to && *to > desk.clock.now() + clock_leap_max) body.wrong("to", "It must be within " + std::to_string(clock_leap_max.count()) + " days from now.");
    const auto id = act_id(act);
    if (const auto faults = body.faults(); !faults.empty()) return problem(faults);
    if (auto refusal = mixed_up(act, id)) return std::move(*refusal);
    desk.go_to(*to);
    return json_response(json{{"now", to_iso(desk.clock.now())}});
}

bool is_json(std::string_view content_type) {
    const auto type = lower_case(content_type.substr(0, content_type.find(';')));
    return type.substr(0, type.find_last_not_of(' ') + 1) == "application/json";
}

/// In whose name: the header's, or the body's.
StaffId staff_of(const OfficeDesk& desk, const Request& r, const Body& body) {
    const auto said = text_in(body, "staff");
    const auto& staff = r.staff_header ? *r.staff_header : said;
    if (staff.empty()) body.wrong("staff", "Say in whose name: a member of staff, here or in the header X-Hearback-Staff.");
    else if (body.has("staff") && said != staff) body.wrong("staff", "It is another than the one in the header X-Hearback-Staff. Say it once.");
    else if (!desk.reading().member(staff)) body.wrong("staff", "There is no such member of staff. Look at /api/staff.");
    return {staff};
}

}  // namespace

Response answer_act(const OfficeDesk& desk, const Request& r, const Address& address, const std::string& machine) {
    const auto& [what, id, verb, too_long] = address;
    if (!(r.body.empty() && r.content_type.empty()) && !is_json(r.content_type)) return problem(415, "wrong-media-type", "This is not JSON", "Send application/json.");
    const auto body = Body::read(r.body);
    if (!body) return problem(400, "not-json", "This is not a JSON object", "Send one object, like {\"staff\": \"priya-nair\"}.");
    const auto key = r.idempotency_key ? idempotency_key_in(*r.idempotency_key) : std::string();
    if (!key) return problem(400, "idempotency-key-malformed", "The Idempotency-Key cannot be read", "Send 1 to 255 characters in quotation marks, like \"8e03978e-40d5\".");
    const Act act{.desk = desk, .request = r, .body = *body, .staff = what == "clock" ? StaffId{} : staff_of(desk, r, *body), .machine = machine, .idempotency_key = *key};
    if (what == "clock") return go_to(act);
    if (what == "hand-over") return post_hand_over(act);
    if (what == "contacts") return post_contact(act, {id}, verb);
    if (what == "calls") return post_call(act);
    if (what == "letters") return post_letter(act);
    if (what == "print-days") return post_print_day(act, id);
    if (what == "staff") return post_staff(act, {id}, verb);
    if (what == "messages") return post_message(act, {id}, verb);
    return post_conversation(act, {id}, verb);
}

}  // namespace hearback
