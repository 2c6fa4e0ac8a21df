// Whatever the bytes: reading a mail neither crashes nor throws, its texts are UTF-8 within their limits, its file
// names are harmless, and it survives the way from the reader process.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mail/charset.hpp"
#include "mail/mail_frame.hpp"
#include "mail/read_mail.hpp"

namespace {

void demand(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace hearback;
    const std::string_view raw(reinterpret_cast<const char*>(data), size);
    const ReadLimits limits;
    const auto mail = read_mail(raw, limits);
    for (const auto* text : {&mail.subject, &mail.text, &mail.html_text, &mail.shown_text, &mail.message_id}) {
        demand(is_utf8(*text));
        demand(text->size() <= limits.text_bytes);
    }
    for (const auto* text : {&mail.in_reply_to, &mail.reported_message_id, &mail.sender, &mail.kind_reason, &mail.no_answer_because}) demand(is_utf8(*text));
    for (const auto* list : {&mail.references, &mail.delivered_to, &mail.list_ids, &mail.warnings})
        for (const auto& text : *list) demand(is_utf8(text));
    for (const auto* people : {&mail.from, &mail.reply_to, &mail.to, &mail.cc})
        for (const auto& person : *people) demand(is_utf8(person.name) && is_utf8(person.address));
    demand(mail.parts.size() <= limits.parts);
    for (const auto& part : mail.parts) {
        demand(is_utf8(part.name) && is_utf8(part.content_type) && is_utf8(part.content_id));
        demand(part.name.find('/') == part.name.npos && part.name.find('\\') == part.name.npos);
        demand(part.name.empty() || part.name.front() != '.');
    }
    demand(from_frame(to_frame(mail)) == mail);
    if (!mail.parts.empty()) demand(read_part(raw, mail.parts.size() - 1).has_value());
    return 0;
}
