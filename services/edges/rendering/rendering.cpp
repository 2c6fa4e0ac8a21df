#include "edges/rendering/rendering.hpp"

#include "events/inbox.hpp"
#include "kernel/decider.hpp"
#include "kernel/london.hpp"
#include "kernel/text.hpp"
#include "mail/write_mail.hpp"
#include "words/letter.hpp"

namespace hearback {

namespace {

constexpr std::size_t letters_at_once_max = 100;

const Template& template_of(TemplateName name) {
    switch (name) {
        case TemplateName::we_have_got_your_message: return shipped_template("we-have-got-your-message");
        case TemplateName::reply: return shipped_template("reply");
        case TemplateName::not_answered_in_time: return shipped_template("not-answered-in-time");
        case TemplateName::somebody_else_has_it: return shipped_template("somebody-else-has-it");
        case TemplateName::we_have_your_complaint: return shipped_template("we-have-your-complaint");
        case TemplateName::with_you_now: return shipped_template("with-you-now");
        case TemplateName::with_you_this_morning: return shipped_template("with-you-this-morning");
        case TemplateName::is_this_your_address: return shipped_template("is-this-your-address");
        case TemplateName::your_address_changes: return shipped_template("your-address-changes");
        case TemplateName::after_our_call: return shipped_template("after-our-call");
    }
    return shipped_template("reply");
}

/// The template greets; a greeting of the writer's own would be the second.
std::string without_own_greeting(const std::string& text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == text.npos) return {};
    const auto end = text.find('\n', begin);
    const auto first = text.substr(begin, end == text.npos ? text.npos : end - begin);
    for (const auto* greeting : {"Dear ", "Hello", "Hi ", "Good morning", "Good afternoon"})
        if (first.starts_with(greeting) && first.size() < 60) return end == text.npos ? std::string() : text.substr(end + 1);
    return text.substr(begin);
}

std::string domain_of(const std::string& address) { return address.substr(address.rfind('@') + 1); }

}  // namespace

/// What is to leave, as its writer prepared it, and what its release adds.
struct Rendering::Letter {
    MessageId message;
    ConversationId conversation;
    TemplateName kind{};
    std::string to, to_name, in_reply_to, subject, text;
    Values values;
    bool automatic = true, by_post = false, to_staff = false;
    std::vector<std::string> address;  // of a letter on paper
    std::string mailbox;  // set at release, like the date
    Instant date{};
};

Rendering::Rendering(Log& log, Vault& vault, const ReplyTokens& tokens, const Clock& clock, RenderingSettings settings)
    : log_(log), vault_(vault), tokens_(tokens), clock_(clock), settings_(std::move(settings)),
      worker_([this](std::stop_token stop) { work(stop); }) {}

Rendering::~Rendering() { worker_.request_stop(); }

const Types& Rendering::hears() const {
    static const Types types{"MessageReceived", "AcknowledgementPrepared", "ReplyWritten", "NoticePrepared", "NewPersonTold", "ComplaintAcknowledged", "StaffTold", "SendReleased", "MessageRendered", "MessageRouted", "AddressLetterPrepared", "AddressCorrected",
                             "RenderingRefused", "SendCancelled", "SendWithdrawn", "MessageSent", "MessageReturned"};
    return types;
}

template <class Prepared>
void Rendering::prepare(const Prepared& e) {
    auto letter = std::make_shared<Letter>();
    letter->message = e.message;
    letter->conversation = e.conversation;
    letter->kind = e.template_;
    letter->to = e.to.or_empty();
    letter->to_name = e.to_name.or_empty();
    letter->to_staff = std::is_same_v<Prepared, StaffTold>;
    if constexpr (!std::is_same_v<Prepared, StaffTold>) letter->in_reply_to = e.in_reply_to.or_empty();
    for (const auto& field : e.fields.or_empty()) letter->values[field.name] = field.value;
    if constexpr (requires { e.text; }) {
        letter->values["body"] = without_own_greeting(e.text.or_empty());
        letter->values["subject"] = e.subject.or_empty();
        letter->automatic = false;
        letter->by_post = e.by_post;
        letter->address = e.address.or_empty();
    }
    letters_[e.message] = std::move(letter);
}

void Rendering::hear(const Told& decision, const Head&) {
    const auto forget = [&](const MessageId& message) {
        letters_.erase(message);
        released_.erase(message);
    };
    for (const auto& said : decision->events)
        std::visit(match{
            [&](const MessageReceived& e) {
                if (!e.mailbox.empty()) mailboxes_[e.conversation] = e.mailbox;  // a call or a letter came to none
            },
            [&](const AcknowledgementPrepared& e) { prepare(e); },
            [&](const ReplyWritten& e) { prepare(e); },
            [&](const NoticePrepared& e) { prepare(e); },
            [&](const NewPersonTold& e) { prepare(e); },
            [&](const ComplaintAcknowledged& e) { prepare(e); },
            [&](const StaffTold& e) { prepare(e); },
            [&](const AddressLetterPrepared& e) { prepare(e); },
            [&](const MessageRouted& e) { writers_[e.conversation] = e.contact; },
            [&](const AddressCorrected& e) { readdress(e); },
            [&](const SendReleased& e) {
                released_[e.message] = decision->time;
                if (began_) release(e.message, decision->time);
            },
            [&](const MessageRendered& e) { released_.erase(e.message); },
            [&](const RenderingRefused& e) { forget(e.message); },
            [&](const SendCancelled& e) { forget(e.message); },
            [&](const SendWithdrawn& e) { forget(e.message); },
            [&](const MessageSent& e) { forget(e.message); },
            [&](const MessageReturned& e) { forget(e.message); },
            [](const auto&) {}}, said.event);
}

void Rendering::caught_up() {
    if (std::exchange(began_, true)) return;
    for (const auto& [message, at] : released_) release(message, at);
}

/// What still waits for somebody whose address has changed goes to the new one: an old address is never written to again,
/// but for our own word to it. (The ICO reprimanded a council for a letter that a former partner read.)
void Rendering::readdress(const AddressCorrected& e) {
    for (auto& [message, letter] : letters_) {
        const auto writer = writers_.find(letter->conversation);
        if (letter->kind == TemplateName::your_address_changes || writer == writers_.end() || writer->second != e.contact || lower_case(letter->to) != e.before.or_empty()) continue;
        letter = std::make_shared<Letter>(*letter);
        letter->to = e.email.or_empty();
    }
}

void Rendering::release(const MessageId& message, Instant at) {
    const auto found = letters_.find(message);
    if (found == letters_.end()) return;
    auto letter = std::make_shared<Letter>(*found->second);
    letter->date = at;
    const auto mailbox = mailboxes_.find(letter->conversation);
    letter->mailbox = mailbox == mailboxes_.end() ? settings_.mailbox : mailbox->second;
    jobs_.put(std::move(letter));
}

AnyEvent Rendering::on_paper(const Letter& letter, const Template& words, std::vector<Blob>& blobs) const {
    const LetterHead head{.council = settings_.council_name, .write_to = settings_.write_to, .date = london_date(letter.date), .address_lines = tidy_address(letter.address)};
    std::string wrong;
    for (const auto& finding : check_letter(words, letter.values, head))
        if (finding.severity == Finding::Severity::block) wrong += finding.place + ": " + finding.found + ". " + finding.better + " ";
    if (!wrong.empty()) return RenderingFailed{.message = letter.message, .because = wrong};
    const auto paper = render_letter(words, letter.values, head);
    auto sealed = seal_blob(paper.pdf);
    blobs.push_back(std::move(sealed.blob));
    return RenderingDone{.message = letter.message, .instance = {}, .by_post = true, .pages = paper.pages, .to = letter.to_name, .bytes = std::move(sealed.ref)};
}

AnyEvent Rendering::outcome(const Letter& letter, std::vector<Blob>& blobs) const {
    const Template& words = template_of(letter.kind);
    std::string wrong;
    for (const auto& finding : letter.by_post ? std::vector<Finding>{} : check(words, letter.values))
        if (finding.severity == Finding::Severity::block) wrong += finding.place + ": " + finding.found + ". " + finding.better + " ";
    if (!wrong.empty()) return RenderingFailed{.message = letter.message, .because = wrong};
    try {
        if (letter.by_post) return on_paper(letter, words, blobs);
        const auto rendered = render(words, letter.values);
        const auto who = letter.values.find("who");
        const bool in_person = letter.kind != TemplateName::we_have_got_your_message && !letter.to_staff && who != letter.values.end();
        const auto bytes = write_mail({
            .from = {in_person ? who->second + ", " + settings_.council_name : settings_.council_name, letter.mailbox},
            .to = {letter.to_name, letter.to},
            .reply_to = letter.to_staff ? std::string() : tokens_.address(letter.mailbox, letter.conversation.value.substr(2)),
            .subject = rendered.subject, .date = letter.date,
            .message_id = letter.message.value + "@" + domain_of(letter.mailbox), .in_reply_to = letter.in_reply_to,
            .references = letter.in_reply_to.empty() ? std::vector<std::string>{} : std::vector{letter.in_reply_to},
            .automatic = letter.automatic, .text = rendered.text, .html = rendered.html});
        auto sealed = seal_blob(bytes);
        blobs.push_back(std::move(sealed.blob));
        return RenderingDone{.message = letter.message, .instance = settings_.carrier, .by_post = false, .pages = 0, .to = letter.to, .bytes = std::move(sealed.ref)};
    } catch (const std::exception& e) {
        return RenderingFailed{.message = letter.message, .because = std::string(e.what())};
    }
}

/// Many letters share one append.
void Rendering::work(std::stop_token stop) {
    name_thread("rendering");
    for (;;) {
        const auto batch = jobs_.take(letters_at_once_max, stop);
        if (batch.empty()) return;
        std::vector<Blob> blobs;
        std::vector<Heard> heard;
        for (const auto& letter : batch)
            heard.push_back({.id = "rendered-" + letter->message.value + "-" + to_iso(letter->date), .time = clock_.now(), .event = outcome(*letter, blobs)});
        // What is not told now, a start finds released and not rendered.
        if (!append_until_kept(log_, settings_.authority, vault_, heard, blobs, stop)) return;
    }
}

}  // namespace hearback
