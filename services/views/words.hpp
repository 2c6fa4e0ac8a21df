// The office's own words for what happened: screens say these, never the system's.
#pragma once

#include <string>
#include <string_view>

#include "events/casework.hpp"
#include "events/complaints.hpp"
#include "events/directory.hpp"
#include "events/promises.hpp"
#include "events/sending_window.hpp"
#include "events/staffing.hpp"
#include "kernel/london.hpp"

namespace hearback {

std::string capital(std::string_view);  ///< "The family" of "the family"
std::string spoken(std::string_view);   ///< "it is an ..." of "It is an ...", names left alone
/// A reason that was said to its owner, as others read it: "You are Ada’s caseworker." becomes "Priya Nair is ...".
std::string told_of(std::string reason, std::string_view owner);
std::string size_words(std::int64_t bytes);         ///< "240 kB"
std::string hour_words(Instant);                     ///< "8am"
/// "Friday 8:00 to 8:15am"
std::string slot_words(Instant from, Instant to);
/// Why the family is told that day: "Because it came after 6pm, so it counts from Friday."
std::string why_that_day(const PromiseMade&);
std::string words_for(HeldBecause);
std::string words_for(StopRefusedBecause);
std::string words_for(NoAnswerReason);
std::string words_for(StaffingRefusedBecause);
std::string words_for(ComplaintRefusedBecause);
std::string words_for(NoComplaintReason);  ///< "the family does not want it": read after "because"
std::string words_for(CorrectionRefusedBecause, std::string_view who_began);
std::string words_for(AddressProof);  ///< "told on the telephone, on the number in our list"
std::string words_for(Channel);    ///< "email", "telephone call"
std::string words_for(KeptHow);    ///< "answered", "answered on the telephone"
std::string words_for(ReplyKind);  ///< "reply", "news", "part of an answer"
std::string words_for(RefusedBecause, std::string_view who_was_first);

}  // namespace hearback
