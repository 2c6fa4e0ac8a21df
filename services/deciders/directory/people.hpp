// Who is who, as plain data: what the Office lends out to every decider.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "events/common.hpp"
#include "events/directory.hpp"
#include "kernel/ids.hpp"
#include "kernel/text.hpp"

namespace hearback {

struct Tie {
    ContactId contact;
    CaseId case_id;
    Relation relation{};
    ListedBy listed_by{};
};

/// An address that the council's lists still have otherwise. It holds against every import until they agree.
struct Corrected {
    std::string before, now;  ///< lower case; `before` is empty when the address is one more
    StaffId by;
};

/// A new address that is not confirmed yet: it counts for nothing.
struct OpenCorrection {
    ConversationId conversation, with_old_address;
    StaffId staff;
    Personal<std::string> before, email;
    bool doubted = false;  ///< somebody has answered from the old address
};

/// A person. Two people may have one address, and one person several.
struct Contact {
    ContactId id;
    Personal<std::string> name, email, phone, home;  ///< `email`: where we write to them
    std::vector<std::string> emails;                 ///< all from which they write, lower case, the first one as above
    std::vector<std::string> in_lists;               ///< the same as the council's lists have it
    std::vector<Corrected> corrected;
    std::optional<OpenCorrection> open;
    std::vector<Tie> ties;  ///< none: in no child's list any more; kept because they have written
};

/// Days on which somebody is away, and who answers for them.
struct Absence {
    Date from{};
    std::optional<Date> to;  ///< the last day; missing while nobody knows
    StaffId cover;
};

struct People {
    std::map<TeamId, TeamListed> teams;
    std::map<StaffId, StaffListed> staff;
    std::map<CaseId, CaseListed> cases;
    std::map<ContactId, Contact> contacts;
    std::map<std::string, std::vector<ContactId>, std::less<>> by_email;  ///< lower case; only who is in a child's list
    std::set<CaseId> closed;  ///< children who are in no list any more

    std::map<StaffId, std::vector<Absence>> absences;
    std::set<StaffId> left;  ///< they no longer work here

    const TeamListed* team(const TeamId&) const;
    const StaffListed* member(const StaffId&) const;
    const CaseListed* find_case(const CaseId&) const;
    /// Everybody in a child's list who has this address, case-insensitive: a couple may share one, and a school's office.
    std::vector<const Contact*> at_address(std::string_view email) const;
    /// Those of them who are in this child's list.
    std::vector<const Contact*> at_address(std::string_view email, const CaseId&) const;
    const Tie* tie(const Contact&, const CaseId&) const;

    const Contact* contact(const ContactId&) const;
    /// Whether two people live together: only then may they share a conversation.
    static bool share_a_home(const Contact&, const Contact&);

    bool is_away(const StaffId&, Date) const;
    /// Who answers for a member of staff on this day: themselves when they are here, else their cover, or the cover's
    /// cover. Null when that leads to nobody, or in a circle.
    const StaffListed* standing_in_for(const StaffId&, Date) const;

    /// Who answers unknown senders: the first holder of the matching role, else the first team's manager, else
    /// the first member of staff; null while there is nobody.
    const StaffListed* matcher() const;
    /// Who holds a rung's role for a team, or stands in for them on this day; null when nobody does.
    const StaffListed* holder(const TeamId&, StaffRole, Date) const;
};

/// The name to show of a member of staff: "Priya Nair", or "a colleague" when it has been erased.
std::string name_of(const StaffListed*);
/// "Sam", "Sam and Lee", "Sam, Lee and Kim".
std::string listing(const std::vector<std::string>&);
/// "Sam" of "Sam Okafor".
std::string first_name(std::string_view full_name);
/// "mother", "foster carer".
std::string words_for(Relation);
/// "team manager", "head of service".
std::string words_for(StaffRole);

}  // namespace hearback
