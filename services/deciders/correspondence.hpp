// What several deciders remember of a conversation, all in the same way: who wrote last, which children it is about, who
// has taken it on.
#pragma once

#include <optional>
#include <vector>

#include "deciders/family_words.hpp"
#include "deciders/office.hpp"
#include "events/casework.hpp"
#include "events/directory.hpp"
#include "events/routing.hpp"
#include "events/staffing.hpp"

namespace hearback {

struct Correspondence {
    NewestMessage newest;       ///< from the family
    std::vector<CaseId> cases;  ///< its children, the first one named first; siblings share a conversation
    StaffId taken_by;           ///< who has claimed it; else each child's own caseworker has it
    ContactId writer;           ///< of the newest message, when it is known who of our lists it was

    bool is_about(const CaseId& id) const { return std::find(cases.begin(), cases.end(), id) != cases.end(); }
    CaseId first_case() const { return cases.empty() ? CaseId{} : cases.front(); }

    void hear(const MessageReceived&);
    void hear(const MessageRouted&);
    /// An answer never goes to an address that somebody else may read by now.
    void hear(const AddressCorrected&);
    void hear(const ConversationMatched& e) { add(e.case_id); }
    void hear(const ConversationClaimed& e) { taken_by = e.staff; }
    void hear(const ConversationHandedOver& e) { taken_by = e.to; }
    void hear(const WorkHandedOver& e) {
        if (taken_by == e.from) taken_by = e.to;
    }

  private:
    void add(const CaseId&);
};

/// Who answers for a child in this conversation: who has taken it on, else the child's caseworker; null when nobody does.
const StaffListed* owner_of(const Office&, const Correspondence&, const CaseId&);
/// Who answers for them today: the owner, or who stands in; the team manager when nobody does.
const StaffListed* answering_of(const Office&, const Correspondence&, const CaseId&);
/// The child that a letter by this member of staff speaks of: theirs, when there are several.
const CaseListed* child_for(const Office&, const Correspondence&, const StaffId&);

}  // namespace hearback
