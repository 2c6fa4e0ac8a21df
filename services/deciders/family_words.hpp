// The values that letters to families need (templates/README.md names each): who, by which day, how to reach them. Pure
// look-ups in the Office.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "deciders/office.hpp"
#include "events/common.hpp"
#include "events/escalation.hpp"
#include "events/routing.hpp"
#include "kernel/personal.hpp"

namespace hearback {

using FieldList = std::vector<Field>;

/// What deciders remember of the newest message of a family: enough to answer it, without its words. Of a call or a letter
/// the addresses are those of the list.
struct NewestMessage {
    MessageId message;
    ConversationId conversation;
    Instant received_at{};
    Channel channel{};
    bool no_automatic_answer = false;
    Personal<std::string> envelope_from, from_address, from_name, mail_id, subject;
};
NewestMessage newest_of(const MessageReceived&);

void add(FieldList&, std::string_view name, std::string value);

/// What every letter carries: greeting, office, the number for this family, danger, complaints. `number_of_its_own` is
/// used while there is no case.
FieldList letterhead(const Office&, const CaseListed*, const NewestMessage& from, std::string_view number_of_its_own);

/// The named person: `who`, `who_is` ("Ada’s caseworker", "the team manager", "looking after Priya Nair’s work"),
/// `telephone`, `hours`.
void add_named_person(FieldList&, const Office&, const StaffListed*, const CaseListed*, const StaffListed* in_place_of = nullptr);
/// Who gets it if that day passes: `next_who`, `next_is`, `next_day`; nothing when nobody is above `rung`.
void add_next_person(FieldList&, const Office&, const TeamId&, std::int64_t rung, Date day);

/// Whether the list of a child's family has this address. Only then may words about the child go to it: a From line is a
/// claim, and an automatic answer goes to the envelope's sender, who may be somebody else.
bool may_be_told(const Office&, const CaseId&, std::string_view address);

/// "Ada’s caseworker", "the team manager", "from the complaints team".
std::string who_they_are(const StaffListed&, const CaseListed*);
/// Whether a reply of this kind answers the family.
bool answers(ReplyKind);
/// "answer you", "ring you back": read after "we said that we would".
std::string_view what_was_promised(PromiseKind);
/// "Priya Nair is away", "Nobody has it": the cause of what went up, for staff.
std::string why_late(LateBecause, std::string_view owner);
/// "M-7K3Q41" for a conversation without a case.
std::string number_for(const ConversationId&);

}  // namespace hearback
