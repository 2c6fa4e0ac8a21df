#include "views/words.hpp"

namespace hearback {

std::string capital(std::string_view text) {
    std::string out(text);
    if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = char(out[0] - 'a' + 'A');
    return out;
}

std::string spoken(std::string_view text) {
    std::string out(text);
    for (const auto* first : {"It ", "You ", "We ", "The ", "A "})
        if (text.starts_with(first)) out[0] = char(out[0] - 'A' + 'a');
    return out;
}

std::string told_of(std::string reason, std::string_view owner) {
    for (const auto& [said, told] : {std::pair{"You have ", " has "}, {"You are ", " is "}})
        if (const auto at = reason.find(said); at != reason.npos) reason.replace(at, std::string_view(said).size(), std::string(owner) + told);
    return reason;
}

std::string size_words(std::int64_t bytes) {
    if (bytes < 1000) return std::to_string(bytes) + " bytes";
    if (bytes < 1000 * 1000) return std::to_string((bytes + 500) / 1000) + " kB";
    return std::to_string((bytes + 500 * 1000) / (1000 * 1000)) + " MB";
}

std::string hour_words(Instant at) { return time_words(at); }

namespace {

/// "8:00" or "8:15am": the hour always with its minutes, as in a span of time.
std::string clock_words(Instant at, bool half_of_day) {
    const auto minutes = std::chrono::floor<std::chrono::minutes>(london_time_of_day(at)).count();
    const auto hour = minutes / 60 % 12 == 0 ? 12 : minutes / 60 % 12, minute = minutes % 60;
    std::string text = std::to_string(hour) + ":" + (minute < 10 ? "0" : "") + std::to_string(minute);
    if (half_of_day) text += minutes < 12 * 60 ? "am" : "pm";
    return text;
}

}  // namespace

std::string slot_words(Instant from, Instant to) {
    using namespace std::chrono;
    const auto start = to - minutes{15};
    return day_name(london_date(from)) + " " + clock_words(start, false) + " to " + clock_words(to, true);
}

std::string why_that_day(const PromiseMade& e) {
    const Date came = london_date(e.received_at);
    const std::string rule = e.kind == PromiseKind::call_back ? " We ring back by the next working day." : " An answer is owed by the next working day.";
    if (came == e.counts_as) return "Because it came on " + day_words(came) + "." + rule;
    const bool evening = std::chrono::sys_days{e.counts_as} - std::chrono::sys_days{came} == std::chrono::days{1};
    return std::string("Because it came ") + (evening ? "after we had closed" : "while we were closed") + ", so it counts from " + day_name(e.counts_as) + "." + rule;
}

std::string words_for(HeldBecause because) {
    switch (because) {
        case HeldBecause::after_hours: return "Because nothing goes to a family after 6pm.";
        case HeldBecause::before_hours: return "Because nothing goes to a family before 8am.";
        case HeldBecause::not_a_working_day: return "Because nothing goes to a family at a weekend or on a bank holiday.";
        case HeldBecause::missed_its_time: return "Because it could not leave while the window was open.";
    }
    return {};
}

std::string words_for(StopRefusedBecause because) {
    switch (because) {
        case StopRefusedBecause::already_left: return "It has left already. It can no longer be stopped.";
        case StopRefusedBecause::already_stopped: return "It was stopped already. It was not sent.";
        case StopRefusedBecause::not_found: return "This message is not waiting: it has left, or was stopped before.";
    }
    return {};
}

std::string words_for(NoAnswerReason reason) {
    switch (reason) {
        case NoAnswerReason::thanks_only: return "it only says thank you";
        case NoAnswerReason::answered_already: return "it was answered already, by telephone or in person";
        case NoAnswerReason::not_for_us: return "it is not for us, and the family knows who to ask";
        case NoAnswerReason::same_message_twice: return "the same message came twice";
        case NoAnswerReason::no_person_wrote: return "a machine sent it, and no person wrote it";
    }
    return {};
}

std::string words_for(StaffingRefusedBecause because) {
    switch (because) {
        case StaffingRefusedBecause::unknown_person: return "Choose somebody from the list of staff.";
        case StaffingRefusedBecause::not_theirs_to_say: return "Only they themselves, or somebody who leads a team, can say this.";
        case StaffingRefusedBecause::days_in_wrong_order: return "The last day comes before the first. Nothing was changed.";
        case StaffingRefusedBecause::cover_is_themselves: return "Choose a colleague, not the same person.";
        case StaffingRefusedBecause::cover_is_away: return "The colleague whom you chose is away then too, and nobody stands in for them. Choose somebody else.";
        case StaffingRefusedBecause::cover_goes_in_a_circle: return "They would stand in for each other, and nobody would be here. Choose somebody else.";
        case StaffingRefusedBecause::not_away: return "They were not down as away. Nothing was changed.";
        case StaffingRefusedBecause::so_already: return "It was so already.";
        case StaffingRefusedBecause::left_before: return "They have left already. Their work is with somebody else.";
    }
    return {};
}

std::string words_for(ComplaintRefusedBecause because) {
    switch (because) {
        case ComplaintRefusedBecause::unknown_person: return "We do not know who you are. Sign in again.";
        case ComplaintRefusedBecause::not_the_complaints_team: return "Only the complaints team files a complaint, or says that it is none.";
        case ComplaintRefusedBecause::no_such_conversation: return "We cannot find this conversation.";
        case ComplaintRefusedBecause::filed_already: return "It is filed already, and not answered yet.";
        case ComplaintRefusedBecause::declined_already: return "It was decided already that it is not filed. You can still file it.";
        case ComplaintRefusedBecause::not_a_possible_complaint: return "This has not come to the complaints team.";
        case ComplaintRefusedBecause::say_where_they_can_go: return "Write down where the family can go instead, and tell them.";
    }
    return {};
}

std::string words_for(CorrectionRefusedBecause because, std::string_view who_began) {
    switch (because) {
        case CorrectionRefusedBecause::unknown_person: return "You are not in the list of staff.";
        case CorrectionRefusedBecause::not_in_our_lists: return "This person is in no child’s list. Match a message of theirs to the child first.";
        case CorrectionRefusedBecause::not_their_address: return "The old address is not one of theirs. Look again: somebody may have changed it meanwhile.";
        case CorrectionRefusedBecause::not_an_address: return "The new address is not an email address. Write it like name@example.org.";
        case CorrectionRefusedBecause::theirs_already: return "They have this address already.";
        case CorrectionRefusedBecause::one_is_open: return std::string(who_began) + " has entered a new address that is not confirmed yet. Confirm that one, or take it back.";
        case CorrectionRefusedBecause::none_is_open: return "Nothing waits to be confirmed. Look again: it may have been confirmed or taken back.";
        case CorrectionRefusedBecause::needs_a_second_person: return "You have entered this address. A colleague must confirm it, or the family from the new address.";
        case CorrectionRefusedBecause::no_reason: return "Write how you know that the address is theirs.";
    }
    return {};
}

std::string words_for(NoComplaintReason reason) {
    switch (reason) {
        case NoComplaintReason::family_does_not_want_it: return "the family does not want it";
        case NoComplaintReason::answered_meanwhile: return "the family has its answer, and asks for no more";
        case NoComplaintReason::same_complaint_stands: return "the same complaint stands already";
        case NoComplaintReason::another_way: return "there is another way for it";
    }
    return {};
}

std::string words_for(AddressProof proof) {
    switch (proof) {
        case AddressProof::told_by_telephone: return "they said so when we rang the number in our list";
        case AddressProof::told_in_person: return "they said so in person";
        case AddressProof::letter: return "they wrote it in a letter";
        case AddressProof::from_old_address: return "they wrote it from the old address";
    }
    return {};
}

std::string words_for(Channel channel) {
    switch (channel) {
        case Channel::email: return "email";
        case Channel::call: return "telephone call";
        case Channel::letter: return "letter";
    }
    return {};
}

std::string words_for(KeptHow how) {
    switch (how) {
        case KeptHow::answered: return "answered";
        case KeptHow::by_telephone: return "answered on the telephone";
        case KeptHow::signposted: return "shown who can help";
        case KeptHow::passed_on: return "passed on, and the family knows";
        case KeptHow::no_answer_needed: return "no answer needed";
        case KeptHow::done: return "done";
    }
    return {};
}

std::string words_for(ReplyKind kind) {
    switch (kind) {
        case ReplyKind::full: return "reply";
        case ReplyKind::part: return "part of an answer";
        case ReplyKind::holding: return "news";
        case ReplyKind::signposted: return "who can help,";
        case ReplyKind::passed_on: return "passed on: word";
        case ReplyKind::after_call: return "note of the call";
    }
    return {};
}

std::string words_for(RefusedBecause because, std::string_view first) {
    switch (because) {
        case RefusedBecause::changed_meanwhile: return "The family has written again since you began. Read their new message first. Your words are kept.";
        case RefusedBecause::claimed_already: return std::string(first) + " took this before you.";
        case RefusedBecause::no_such_conversation: return "We cannot find this conversation.";
        case RefusedBecause::not_matched_yet: return "Match it to a child first.";
        case RefusedBecause::matched_already: return "It was matched to another child already. Nothing was changed.";
        case RefusedBecause::no_such_case: return "There is no case with this number.";
        case RefusedBecause::nothing_written: return "Write your reply first.";
        case RefusedBecause::no_address: return "We have no email address to answer to. Ring, or write a letter.";
        case RefusedBecause::who_can_help_is_missing: return "Say who can help the family, and how they reach them.";
        case RefusedBecause::day_not_possible: return "That day is not possible. Choose a working day that is not over, and for news a day after the one we told, within two weeks.";
        case RefusedBecause::moved_before: return "The day was moved once already. It cannot be moved again: the family was told.";
        case RefusedBecause::day_has_passed: return "The day we told the family has passed. It cannot be moved any more: answer, or ring them.";
        case RefusedBecause::nothing_said: return "Write something first.";
        case RefusedBecause::no_such_promise: return "This is not open any more, or it is kept by answering.";
        case RefusedBecause::nobody_of_that_name: return "Choose a colleague who works here.";
        case RefusedBecause::not_in_this_conversation: return "This conversation is not about that child.";
        case RefusedBecause::too_many_at_once: return "That is more than 100 at once. Nothing was changed: give away fewer, then the rest.";
        case RefusedBecause::no_postal_address: return "A letter needs a postal address: the name, the street, the town with its postcode.";
        case RefusedBecause::unknown_person: return "We do not know who you are. Sign in again.";
    }
    return {};
}

}  // namespace hearback
