#include "edges/web/pages/entry.hpp"
#include "edges/web/pages/pages.hpp"
#include "vault/vault.hpp"

namespace hearback {

namespace {

struct Letter {
    std::string received_on, subject = {}, text = {}, error = {};
};

Response letter_with(const Visit& visit, const From& from, const Letter& letter) {
    auto data = frame(visit, "Enter a letter", "/letter");
    data["caption"] = moment_words(visit.now());
    data["heading"] = "Enter a letter";
    data["summary"] = "Its clock runs from the day on which the post brought it.";
    data["action"] = "/letter";
    data["from"] = from_node(visit, from, "letter");
    data["error"] = letter.error;
    data["received_on"] = letter.received_on;
    data["today"] = to_iso(visit.today());
    data["subject"] = letter.subject;
    data["text"] = letter.text;
    return show("letter", data);
}

std::string missing_in(const Visit& visit, const From& from, const Letter& letter, bool has_scan) {
    const auto day = date_from_iso(letter.received_on);
    if (!from.is_chosen()) return "Say who wrote: look them up, or write their name.";
    if (!day) return "Say on which day the post brought it.";
    if (*day > visit.today()) return "The day on which the post brought it cannot be in the future.";
    if (letter.text.empty() && !has_scan) return "Say what the letter says, in short, or add the scan of it.";
    return {};
}

}  // namespace

Response letter_page(const Visit& visit) { return letter_with(visit, from_whom(visit), {.received_on = to_iso(visit.today())}); }

Response post_letter(const Visit& visit) {
    const auto& r = visit.request;
    const auto from = from_whom(visit);
    Letter letter{.received_on = std::string(r.filled("received_on")), .subject = std::string(r.filled("subject")), .text = std::string(r.filled("text"))};
    const auto file = r.files.find("scan");
    const bool has_scan = file != r.files.end() && !file->second.bytes.empty();
    letter.error = missing_in(visit, from, letter, has_scan);
    if (!letter.error.empty()) return letter_with(visit, from, letter);
    LetterLogged logged{.conversation = {from.conversation}, .case_id = {from.case_id}, .contact = {from.contact}, .staff = {visit.me.id}, .received_on = *date_from_iso(letter.received_on),
                        .name = from.name, .subject = letter.subject, .text = letter.text, .scan = {}, .scan_name = {}};
    std::vector<Blob> blobs;
    if (has_scan) {
        auto sealed = seal_blob(file->second.bytes);
        blobs.push_back(std::move(sealed.blob));
        logged.scan = std::move(sealed.ref);
        logged.scan_name = file->second.name;
    }
    const std::string id(r.filled("form"));
    const auto shown = act(visit.desk, id, std::move(logged), blobs);
    if (shown.shown && shown.outcome.result == "refused") {
        letter.error = shown.outcome.words;
        return letter_with(visit, from, letter);
    }
    return after(visit, id, shown, shown.outcome.conversation.empty() ? "/queue" : "/conversations/" + shown.outcome.conversation, "The letter is kept.");
}

}  // namespace hearback
