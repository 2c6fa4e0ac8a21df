// The pages, each in a file of its own beside its template.
#pragma once

#include "edges/web/pages/frame.hpp"

namespace hearback {

Response sign_in_page(const OfficeDesk&, const Request&);
Response sign_in(const OfficeDesk&, const Request&);

Response queue_page(const Visit&);
Response figures_page(const Visit&);
/// A standard tried on the last weeks: /standard?answer=&manager=&head=&complaints=
Response standard_page(const Visit&);
/// Any list that a figure opens: /list?standing=...&rung=...
Response list_page(const Visit&);
Response matching_page(const Visit&);
/// People, children and messages by words, names and numbers: /search?text=...
Response search_page(const Visit&);
/// A person of our lists, and what has become of their address: /contact?id=...; a child: /child?number=...
Response contact_page(const Visit&);
Response child_page(const Visit&);
Response post_correct(const Visit&);
Response post_confirm(const Visit&);
Response post_unwanted(const Visit&);
Response conversation_page(const Visit&, const std::string& conversation);

Response post_claim(const Visit&, const std::string& conversation);
Response post_reply(const Visit&, const std::string& conversation);
Response post_no_answer(const Visit&, const std::string& conversation);
Response post_reopen(const Visit&, const std::string& conversation);
Response post_note(const Visit&, const std::string& conversation);
Response post_done(const Visit&, const std::string& conversation);
Response post_hand_over(const Visit&, const std::string& conversation);

/// A telephone call or a letter, written down: /call?conversation= or ?find=, /letter likewise.
Response call_page(const Visit&);
Response post_call(const Visit&);
Response letter_page(const Visit&);
Response post_letter(const Visit&);

/// The single keys, and the switch for them.
Response keys_page(const Visit&);
Response post_keys(const Visit&);

/// The print room: a day’s letters, and that they are posted.
Response print_room_page(const Visit&);
Response post_posted(const Visit&, const std::string& day);

/// Who is here, who is away and who answers for them.
Response people_page(const Visit&);
Response post_away(const Visit&);
Response post_here(const Visit&);
Response post_left(const Visit&);

/// What went up to a rung, by its causes; each cause is decided as one: /gone-up?rung=1
Response gone_up_page(const Visit&);
Response post_gone_up(const Visit&);

/// Possible complaints, to file or to decline.
Response complaints_page(const Visit&);
Response post_complaint(const Visit&, const std::string& conversation);

Response post_match(const Visit&, const std::string& conversation);
Response post_stop(const Visit&, const std::string& message);
/// The mail as it came, for reading in a mail program.
Response original_mail(const Visit&, const std::string& message);
/// The same, or nothing when there is no such message.
std::optional<Response> original_of(const OfficeDesk&, const std::string& message);

}  // namespace hearback
