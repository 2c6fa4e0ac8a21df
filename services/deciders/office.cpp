#include "deciders/office.hpp"

#include <algorithm>

namespace hearback {

Timing timing_by(const Office& office, Instant received_at, Date told_day) {
    const auto& answering = office.answering;
    const Instant begins = answering.next_opening(received_at), judged_at = answering.closing_of(told_day);
    const auto offered_after = answering.working_time_between(begins, judged_at) * office.standard.offer_after_percent / 100;
    return {.counts_as = answering.counts_as(received_at), .told_day = told_day, .target = at_london(told_day, london_time_of_day(begins)),
            .offer_at = answering.add_working_time(begins, offered_after), .judged_at = judged_at};
}

Timing timing_for(const Office& office, Instant received_at) {
    const auto& answering = office.answering;
    const Date by_standard = answering.days().add(answering.counts_as(received_at), office.standard.answer_days);
    return timing_by(office, received_at, std::max(by_standard, answering.counts_as(office.now)));
}

std::string composed(std::string_view prefix, std::string_view cause) {
    std::string id(prefix);
    for (const char c : cause.substr(0, 24)) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
        id += plain ? c : '-';
    }
    return id;
}

}  // namespace hearback
