#include <ostream>

#include "commands/commands.hpp"
#include "commands/council_lists.hpp"
#include "events/codec.hpp"
#include "events/follower.hpp"
#include "log/journal.hpp"
#include "log/sha256.hpp"

namespace hearback {

namespace {

constexpr std::size_t rows_a_chunk = 60;
constexpr std::size_t named_most = 20;

Directory::State directory_now(Log& log, Vault& vault, const std::string& authority) {
    Directory::State state;
    // Everything that the directory remembers but messages: those are many, and change nobody's place in a list.
    static const Types wanted{"TeamListed", "StaffListed", "CaseListed", "ContactListed", "CaseClosed", "ContactRemoved", "RowsTaken", "AbsenceSet", "AbsenceEnded", "WorkHandedOver",
                              "CorrectionBegun", "CorrectionDoubted", "AddressCorrected", "CorrectionTakenBack"};
    Journal journal(log, genesis(authority));
    while (journal.advance(1000, Millis{0}, [&](const Stored& stored) {
        if (!speaks_of(stored.record, wanted)) return;
        for (const auto& said : decode_decision(stored.record, vault, &wanted).events)
            std::visit([&](const auto& e) {
                if constexpr (remembers<Directory, std::remove_cvref_t<decltype(e)>>) Directory::evolve(state, e);
            }, said.event);
    }) > 0) {
    }
    return state;
}

/// The same lists on the same directory are the same run, and a repeat of it is dropped.
std::string run_of(const Lists& lists, const Directory::State& state) {
    Sha256 hash;
    hash.add(std::to_string(state.taken.size()));
    for (const auto& row : lists.teams) hash.add("t" + row.team + row.name + row.manager + row.head_of_service + row.complaints + row.matching);
    for (const auto& row : lists.staff) hash.add("s" + row.staff + row.name + row.email + row.phone + row.role + row.team);
    for (const auto& row : lists.cases) hash.add("c" + row.case_ref + row.child + row.year + row.caseworker + row.deputy + row.team + row.since);
    for (const auto& row : lists.contacts) hash.add("k" + row.case_ref + row.name + row.email + row.phone + row.relation + row.home);
    return hash.hex().substr(0, 24);
}

std::string counted(std::size_t n, std::string_view words) { return std::to_string(n) + " " + std::string(words); }

void tell_counts(std::ostream& out, std::string_view of, const Difference::Count& counts, std::string_view moved) {
    std::vector<std::string> parts;
    if (counts.added) parts.push_back(counted(counts.added, "new"));
    if (counts.changed) parts.push_back(counted(counts.changed, "changed") + (counts.moved ? " (" + counted(counts.moved, moved) + ")" : ""));
    if (counts.removed) parts.push_back(counted(counts.removed, "in no list any more"));
    if (counts.same) parts.push_back(counted(counts.same, "as before"));
    if (!parts.empty()) out << "  " << of << ": " << listing(parts) << "\n";
}

/// A heading and one line each, the first twenty unless all are asked for.
template <class Item, class Words>
void tell_each(std::ostream& out, std::string_view heading, const std::vector<Item>& items, bool all, Words&& words) {
    if (items.empty()) return;
    out << heading << "\n";
    const auto shown = all ? items.size() : std::min(items.size(), named_most);
    for (std::size_t n = 0; n < shown; ++n) out << "  " << words(items[n]) << "\n";
    if (shown < items.size()) out << "  and " << items.size() - shown << " more: --show-all names them\n";
}

std::string child_words(const People& people, const CaseId& id) {
    const CaseListed* of = people.find_case(id);
    return id.value + (of ? " " + of->child.or_empty() : "");
}

std::string with_words(const People& people, const CaseListed& of) {
    const TeamListed* team = people.team(of.team);
    return name_of(people.member(of.caseworker)) + (team ? " (" + team->name + ")" : "");
}

void tell(std::ostream& out, const Difference& found, const People& people, bool all) {
    out << "What changes against what stands now (" << counted(found.cases.standing, "children") << ", " << counted(found.contacts.standing, "entries in their lists of people") << "):\n";
    tell_counts(out, "Teams", found.teams, "");
    tell_counts(out, "Staff", found.staff, "");
    tell_counts(out, "Children", found.cases, "to another caseworker or team");
    tell_counts(out, "People in their lists", found.contacts, "with another address");
    tell_each(out, "To another caseworker or team:", found.moved, all, [&](const Difference::Moved& m) { return child_words(people, m.before.case_id) + ": from " + with_words(people, m.before) + " to " + with_words(people, m.after); });
    tell_each(out, "Children in no list any more:", found.gone_cases, all, [&](const CaseId& id) { return child_words(people, id) + ", with " + name_of(people.member(people.find_case(id)->caseworker)); });
    tell_each(out, "People in no list any more:", found.gone_contacts, all, [&](const Gone& gone) {
        const Contact& person = *people.contact(gone.contact);
        return person.name.or_empty() + ", " + words_for(people.tie(person, gone.case_id)->relation) + " of " + child_words(people, gone.case_id);
    });
    tell_each(out, "With another address:", found.readdressed, all, [](const Difference::Readdressed& r) { return r.before.name.or_empty() + ": from " + listing(r.before.emails) + " to " + listing(r.after); });
    tell_each(out, "Corrected by us and not in the lists yet (our correction stays; please correct the list too):", found.kept, all, [&](const Difference::Kept& k) {
        const auto is = k.corrected.before.empty() ? "also has " + k.corrected.now : "has " + k.corrected.now + " and not " + k.corrected.before;
        return k.person.name.or_empty() + " " + is + ", says " + name_of(people.member(k.corrected.by));
    });
    tell_each(out, "In no list of staff any more (nobody is taken away: say on the page Who is here that they have left, and who has their work):", found.not_in_staff_list, all, [](const StaffListed& who) { return who.name.or_empty(); });
}

/// Removals before the people of the list: whoever names a child that is gone is refused.
std::vector<RowsImported> chunks_of(const Difference& found, const std::string& run) {
    std::vector<RowsImported> chunks;
    const auto cut = [&](const auto& rows, auto member) {
        for (std::size_t from = 0; from < rows.size(); from += rows_a_chunk) {
            RowsImported next{.run = run, .chunk = std::int64_t(chunks.size()), .teams = {}, .staff = {}, .cases = {}, .contacts = {}, .gone_cases = {}, .gone_contacts = {}};
            next.*member = std::remove_cvref_t<decltype(rows)>(rows.begin() + std::ptrdiff_t(from), rows.begin() + std::ptrdiff_t(std::min(rows.size(), from + rows_a_chunk)));
            chunks.push_back(std::move(next));
        }
    };
    cut(found.rows.teams, &RowsImported::teams);
    cut(found.rows.staff, &RowsImported::staff);
    cut(found.rows.cases, &RowsImported::cases);
    cut(found.gone_cases, &RowsImported::gone_cases);
    cut(found.gone_contacts, &RowsImported::gone_contacts);
    cut(found.rows.contacts, &RowsImported::contacts);
    return chunks;
}

void append(Premises& premises, const Clock& clock, std::vector<RowsImported> chunks) {
    std::vector<Entry> entries;
    for (auto& rows : chunks) {
        const auto id = rows.run + "-" + std::to_string(rows.chunk);
        entries.push_back({Topic::inbox, encode_input({.id = id, .time = clock.now(), .event = std::move(rows)}, premises.authority(), *premises.vault)});
    }
    premises.log->append(entries);
}

bool tell_faults(std::ostream& out, const CouncilLists& lists, const Difference& found, bool all) {
    auto bad = lists.unreadable;
    for (const auto& fault : found.faults) bad.push_back(lists.told(fault));
    tell_each(out, "Nothing is taken in, because of " + (bad.size() == 1 ? "a line that cannot be" : std::to_string(bad.size()) + " lines that cannot be") + ". Correct the files and import them again:", bad, all, [](const std::string& line) { return line; });
    return !bad.empty();
}

}  // namespace

int import_directory(const Where& where, const std::vector<std::string>& files, const ImportOptions& options, std::ostream& out) {
    const SystemClock clock;
    auto premises = open_premises(where, clock);
    const auto lists = read_lists(files);
    const auto state = directory_now(*premises.log, *premises.vault, premises.authority());
    const auto run = run_of(lists.rows, state);
    const auto settled = settled_by(premises.config);
    const Office office{.now = clock.now(), .window = settled.window, .answering = settled.answering, .people = state.people, .standard = settled.standard, .council = settled.council, .cause = run};
    const auto found = difference(state, lists.rows, run, office);
    if (tell_faults(out, lists, found, options.show_all)) return 1;
    tell(out, found, state.people, options.show_all);
    const auto most = options.allow_share >= 0 ? std::size_t(options.allow_share) : std::size_t(premises.config.number("directory.share_max", 0, 100));
    if (found.share() > most) {
        out << "Nothing was taken in: " << found.share() << " % of the children, or of the people in their lists, would leave or move, and " << most << " % may.\n"
            << "Read above who it is. When it is right, import again with --allow-share " << found.share() << ".\n";
        return 1;
    }
    if (options.dry_run) return out << "Nothing was taken in: this was a dry run.\n", 0;
    if (!found.is_empty()) append(premises, clock, chunks_of(found, run));
    std::size_t without_deputy = 0;
    for (const auto& row : lists.rows.cases) without_deputy += row.deputy.empty();
    out << (found.is_empty() ? "It was so already: nothing to take in.\n" : "Taken in.\n");
    if (without_deputy > 0) out << without_deputy << " children have no deputy: nobody is named to families for when the caseworker is away.\n";
    return 0;
}

}  // namespace hearback
