// The values that letters to families need: names, days, telephone numbers. Pure look-ups in the Office.
#pragma once

#include <string>
#include <vector>

#include "deciders/office.hpp"
#include "events/common.hpp"
#include "kernel/personal.hpp"

namespace hearback {

using Fields = std::vector<Field>;

/// What every letter carries: the council, its number and hours, the number for this family, how to complain.
/// Fields with nothing to say are there and empty, for the templates' conditions.
Fields letterhead(const Office&, const CaseId&);

/// Who has it: name, role and telephone of a member of staff, under `prefix` ("owner" gives owner_name, owner_first_name,
/// owner_role, owner_phone). All empty for nobody.
void add_person(Fields&, std::string_view prefix, const StaffListed*);
void add(Fields&, std::string_view name, std::string value);
/// A day under `name` ("Monday 19 February") and its weekday under `name`_weekday.
void add_day(Fields&, std::string_view name, Date);

/// What a letter calls its reader: the name that they sign with, or empty.
std::string greeting_name(const Personal<std::string>& from_name);

}  // namespace hearback
