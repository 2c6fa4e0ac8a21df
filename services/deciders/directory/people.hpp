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
};

struct Contact {
    ContactId id;
    Personal<std::string> name, email, phone, home;
    std::vector<Tie> ties;
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
    std::map<std::string, ContactId, std::less<>> by_email;  ///< lower case

    std::map<StaffId, std::vector<Absence>> absences;
    std::set<StaffId> left;  ///< they no longer work here

    const TeamListed* team(const TeamId&) const;
    const StaffListed* member(const StaffId&) const;
    const CaseListed* find_case(const CaseId&) const;
    const Contact* by_address(std::string_view email) const;  ///< case-insensitive
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
/// "Sam" of "Sam Okafor".
std::string first_name(std::string_view full_name);
/// "mother", "foster carer".
std::string words_for(Relation);
/// "team manager", "head of service".
std::string words_for(StaffRole);

}  // namespace hearback
