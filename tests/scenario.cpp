#include "scenario.hpp"

#include "deciders/northmere.hpp"
#include "events/members.hpp"

namespace hearback {

Settled ordinary_council() {
    const WorkingDays days({day("2024-03-29"), day("2024-04-01"), day("2024-12-25"), day("2024-12-26"), day("2025-01-01")}, {day("2024-12-24")});
    Settled settled{.window = {days, {}}, .answering = {days, {}}, .standard = {}, .council = {}};
    settled.council.phone = "0161 496 0000";
    return settled;
}

AnyEvent with_key_destroyed(AnyEvent event) {
    std::visit([](auto& e) {
        visit_members(e, [](auto&&...) {}, [](auto, auto& value, bool) { value = std::remove_reference_t<decltype(value)>::erased(); });
    }, event);
    return event;
}

Input with_key_destroyed(const Input& input) {
    if (const auto* event = std::get_if<AnyEvent>(&input)) return with_key_destroyed(*event);
    return input;
}

std::string as_json(const std::vector<AnyEvent>& events) {
    std::string text;
    for (const auto& each : events) text += "\n  " + std::string(type_of(each)) + " " + to_json(each);
    return text.empty() ? "\n  nothing" : text;
}

bool is_refusal(const AnyEvent& event) {
    return std::holds_alternative<ActRefused>(event) || std::holds_alternative<StopRefused>(event) || std::holds_alternative<NothingToDo>(event) ||
           std::holds_alternative<DayPosted>(event) || std::holds_alternative<RowRefused>(event) || std::holds_alternative<StaffingRefused>(event) || std::holds_alternative<ComplaintRefused>(event) || std::holds_alternative<HandedOverTogether>(event) || std::holds_alternative<CorrectionRefused>(event);
}

std::vector<AnyEvent> northmere() {
    return {
        TeamListed{.team = send_team, .name = "SEND", .manager = jo, .head_of_service = helen, .complaints = carl, .matching = dana},
        member(priya, StaffRole::caseworker, "Priya Nair"), member(dana, StaffRole::caseworker, "Dana Reid"),
        member(jo, StaffRole::team_manager, "Jo Marsh"), member(helen, StaffRole::head_of_service, "Helen Cole"),
        member(carl, StaffRole::complaints_team, "Carl Wood"),
        CaseListed{.case_id = ada, .caseworker = priya, .deputy = dana, .team = send_team, .since = day("2023-11-03"), .child = "Ada Okafor", .year = "4"},
        CaseListed{.case_id = kai, .caseworker = priya, .deputy = {}, .team = send_team, .since = {}, .child = "Kai Bennett", .year = "2"},
        CaseListed{.case_id = bo, .caseworker = priya, .deputy = {}, .team = send_team, .since = {}, .child = "Bo Bennett", .year = "1"},
        ContactListed{.contact = {"k-sam"}, .case_id = ada, .relation = Relation::mother, .name = "Sam Okafor", .email = "sam@example.org", .phone = "07700 900001"},
        ContactListed{.contact = {"k-donna"}, .case_id = kai, .relation = Relation::carer, .name = "Donna Bennett", .email = "donna@example.org", .phone = {}},
        ContactListed{.contact = {"k-donna"}, .case_id = bo, .relation = Relation::carer, .name = "Donna Bennett", .email = "donna@example.org", .phone = {}}};
}

template class Scenario<Deciders>;

}  // namespace hearback
