#include <fstream>
#include <map>
#include <ostream>

#include "commands/commands.hpp"
#include "commands/csv.hpp"
#include "deciders/directory/directory.hpp"
#include "events/codec.hpp"
#include "events/follower.hpp"
#include "log/journal.hpp"
#include "log/sha256.hpp"

namespace hearback {

namespace {

constexpr std::size_t rows_a_chunk = 60;

using Columns = std::map<std::string, std::size_t>;

struct Line {
    std::int64_t line = 0;
    std::string file;
};

/// One run of the import: rows of all files, in the order teams, staff, cases, contacts.
struct Lists {
    std::vector<TeamRow> teams;
    std::vector<StaffRow> staff;
    std::vector<CaseRow> cases;
    std::vector<ContactRow> contacts;
    std::map<std::int64_t, Line> lines;  // a number of our own for each row, to where it stands
    std::int64_t bad = 0, numbers = 0;
    std::ostream& out;

    std::int64_t number(const std::string& file, std::int64_t line) {
        lines[++numbers] = {line, file};
        return numbers;
    }
    void report(const std::string& file, std::int64_t line, const std::string& why) {
        out << file << ":" << line << ": " << why << "\n";
        ++bad;
    }
};

std::string id_of(std::string_view text) {
    std::string id;
    for (const char c : lower_case(text)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain) id += c;
        else if (!id.empty() && id.back() != '-') id += '-';
    }
    while (!id.empty() && id.back() == '-') id.pop_back();
    return id;
}

/// A row of one list of all: case, child, parent, caseworker, team in one line.
void read_flat(Lists& lists, const std::string& file, std::int64_t line, const std::function<std::string(const char*)>& cell, std::map<std::string, int>& known) {
    const auto number = lists.number(file, line);
    const auto team = id_of(cell("team")).empty() ? "team" : id_of(cell("team"));
    const auto email = cell("caseworker_email");
    const auto staff = id_of(email.empty() ? cell("caseworker") : email.substr(0, email.find('@')));
    if (!known["team " + team]++) lists.teams.push_back({.line = number, .team = team, .name = cell("team").empty() ? "Team" : cell("team")});
    if (!staff.empty() && !known["staff " + staff]++) lists.staff.push_back({.line = number, .staff = staff, .name = cell("caseworker"), .email = email, .phone = cell("caseworker_phone"), .role = "caseworker", .team = team});
    if (!known["case " + cell("case_ref")]++) lists.cases.push_back({.line = number, .case_ref = cell("case_ref"), .child = cell("child"), .year = cell("year"), .caseworker = staff, .deputy = {}, .team = team, .since = cell("since")});
    lists.contacts.push_back({.line = number, .case_ref = cell("case_ref"), .name = cell("parent_name"), .email = cell("parent_email"), .phone = cell("parent_phone"), .relation = cell("relation").empty() ? "parent" : cell("relation"), .home = cell("home")});
}

void read_rows(Lists& lists, const std::string& file, CsvReader& reader, const Columns& columns) {
    std::map<std::string, int> known;
    const auto has = [&](const char* name) { return columns.contains(name); };
    while (const auto row = reader.next()) {
        if (!row->trouble.empty()) {
            lists.report(file, row->line, row->trouble);
            continue;
        }
        const std::function<std::string(const char*)> cell = [&](const char* name) {
            const auto column = columns.find(name);
            return column == columns.end() || column->second >= row->cells.size() ? std::string() : row->cells[column->second];
        };
        if (row->cells.size() > columns.size()) {
            lists.report(file, row->line, "it has " + std::to_string(row->cells.size()) + " fields, the header line has " + std::to_string(columns.size()));
            continue;
        }
        if (has("parent_email")) read_flat(lists, file, row->line, cell, known);
        else if (has("relation")) lists.contacts.push_back({.line = lists.number(file, row->line), .case_ref = cell("case_ref"), .name = cell("name"), .email = cell("email"), .phone = cell("phone"), .relation = cell("relation"), .home = cell("home")});
        else if (has("case_ref")) lists.cases.push_back({.line = lists.number(file, row->line), .case_ref = cell("case_ref"), .child = cell("child"), .year = cell("year"), .caseworker = cell("caseworker"), .deputy = cell("deputy"), .team = cell("team"), .since = cell("since")});
        else if (has("role")) lists.staff.push_back({.line = lists.number(file, row->line), .staff = cell("staff"), .name = cell("name"), .email = cell("email"), .phone = cell("phone"), .role = cell("role"), .team = cell("team")});
        else lists.teams.push_back({.line = lists.number(file, row->line), .team = cell("team"), .name = cell("name"), .manager = cell("manager"), .head_of_service = cell("head_of_service"), .complaints = cell("complaints"), .matching = cell("matching")});
    }
}

void read_file(Lists& lists, const std::string& file) {
    std::ifstream in(file);
    if (!in) throw BadConfig("The list " + file + " cannot be read. Check its name and that you may read it.");
    CsvReader reader(in);
    const auto header = reader.next();
    Columns columns;
    if (header)
        for (const auto& name : header->cells) columns.try_emplace(lower_case(name), columns.size());
    const bool known = columns.contains("parent_email") || columns.contains("relation") || columns.contains("case_ref") || columns.contains("role") || columns.contains("manager");
    if (!known)
        throw BadConfig(file + " is none of our lists: its first line must name the columns, like team,name,manager,head_of_service,complaints,matching or staff,name,role,team or case_ref,child,caseworker or case_ref,name,email,relation.");
    read_rows(lists, file, reader, columns);
}

/// What the directory decider would say to a chunk, so that bad rows are reported now, program running or not.
void try_out(Lists& lists, Directory::State& state, const RowsImported& rows, const Office& office) {
    for (const auto& said : Directory::decide(state, rows, office))
        std::visit([&](const auto& e) {
            if constexpr (std::is_same_v<std::remove_cvref_t<decltype(e)>, RowRefused>) {
                const auto& at = lists.lines[e.line];
                lists.report(at.file, at.line, e.because);
            } else {
                Directory::evolve(state, e);
            }
        }, said);
}

template <class Row, class Member>
void chunk(std::vector<RowsImported>& chunks, const std::string& run, const std::vector<Row>& rows, Member member) {
    for (std::size_t from = 0; from < rows.size(); from += rows_a_chunk) {
        RowsImported next{.run = run, .chunk = std::int64_t(chunks.size())};
        next.*member = std::vector<Row>(rows.begin() + std::ptrdiff_t(from), rows.begin() + std::ptrdiff_t(std::min(rows.size(), from + rows_a_chunk)));
        chunks.push_back(std::move(next));
    }
}

Directory::State directory_now(Log& log, Vault& vault, const std::string& authority) {
    Directory::State state;
    const Types wanted{"TeamListed", "StaffListed", "CaseListed", "ContactListed", "RowsTaken"};
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

}  // namespace

int import_directory(const Where& where, const std::vector<std::string>& files, std::ostream& out) {
    const SystemClock clock;
    auto premises = open_premises(where, clock);
    Lists lists{.teams = {}, .staff = {}, .cases = {}, .contacts = {}, .lines = {}, .out = out};
    for (const auto& file : files) read_file(lists, file);
    auto state = directory_now(*premises.log, *premises.vault, premises.authority());
    const auto run = run_of(lists, state);
    std::vector<RowsImported> chunks;
    chunk(chunks, run, lists.teams, &RowsImported::teams);
    chunk(chunks, run, lists.staff, &RowsImported::staff);
    chunk(chunks, run, lists.cases, &RowsImported::cases);
    chunk(chunks, run, lists.contacts, &RowsImported::contacts);

    const auto settled = settled_by(premises.config);
    for (const auto& rows : chunks)
        try_out(lists, state, rows, {.now = clock.now(), .window = settled.window, .answering = settled.answering, .people = state.people, .standard = settled.standard, .council = settled.council, .cause = run});
    std::vector<Entry> entries;
    for (auto& rows : chunks) {
        const auto id = run + "-" + std::to_string(rows.chunk);
        entries.push_back({Topic::inbox, encode_input({.id = id, .time = clock.now(), .event = std::move(rows)}, premises.authority(), *premises.vault)});
    }
    if (!entries.empty()) premises.log->append(entries);
    std::size_t without_deputy = 0;
    for (const auto& row : lists.cases) without_deputy += row.deputy.empty();
    out << "Taken: " << lists.teams.size() << " teams, " << lists.staff.size() << " staff, " << lists.cases.size() << " cases, " << lists.contacts.size() << " contacts";
    out << (lists.bad ? ", without the " + std::to_string(lists.bad) + " bad rows above.\n" : ".\n");
    if (without_deputy > 0) out << without_deputy << " cases have no deputy: nobody is named to families for when the caseworker is away.\n";
    return lists.bad ? 1 : 0;
}

}  // namespace hearback
