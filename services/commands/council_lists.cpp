#include "commands/council_lists.hpp"

#include <fstream>
#include <functional>

#include "commands/csv.hpp"
#include "runtime/config.hpp"

namespace hearback {

namespace {

using Columns = std::map<std::string, std::size_t>;

struct File {
    CouncilLists& lists;
    const std::string& name;
    Columns columns;
    std::map<std::string, int> known = {};  // of a list of all: what it has named already

    std::int64_t number(std::int64_t line) {
        const auto next = std::int64_t(lists.places.size()) + 1;
        lists.places[next] = {name, line};
        return next;
    }
    void report(std::int64_t line, const std::string& what) { lists.unreadable.push_back(name + ", line " + std::to_string(line) + ": " + what); }
    bool has(const char* column) const { return columns.contains(column); }
};

using Cell = std::function<std::string(const char*)>;

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
void read_flat(File& file, std::int64_t line, const Cell& cell) {
    auto& rows = file.lists.rows;
    const auto number = file.number(line);
    const auto team = id_of(cell("team")).empty() ? "team" : id_of(cell("team"));
    const auto email = cell("caseworker_email");
    const auto staff = id_of(email.empty() ? cell("caseworker") : email.substr(0, email.find('@')));
    if (!file.known["team " + team]++) rows.teams.push_back({.line = number, .team = team, .name = cell("team").empty() ? "Team" : cell("team")});
    if (!staff.empty() && !file.known["staff " + staff]++) rows.staff.push_back({.line = number, .staff = staff, .name = cell("caseworker"), .email = email, .phone = cell("caseworker_phone"), .role = "caseworker", .team = team});
    if (!file.known["case " + cell("case_ref")]++) rows.cases.push_back({.line = number, .case_ref = cell("case_ref"), .child = cell("child"), .year = cell("year"), .caseworker = staff, .deputy = {}, .team = team, .since = cell("since")});
    rows.contacts.push_back({.line = number, .contact = {}, .case_ref = cell("case_ref"), .name = cell("parent_name"), .email = cell("parent_email"), .more_emails = {}, .phone = cell("parent_phone"), .relation = cell("relation").empty() ? "parent" : cell("relation"), .home = cell("home")});
}

void read_row(File& file, std::int64_t line, const Cell& cell) {
    auto& rows = file.lists.rows;
    if (file.has("parent_email")) read_flat(file, line, cell);
    else if (file.has("relation")) rows.contacts.push_back({.line = file.number(line), .contact = {}, .case_ref = cell("case_ref"), .name = cell("name"), .email = cell("email"), .more_emails = {}, .phone = cell("phone"), .relation = cell("relation"), .home = cell("home")});
    else if (file.has("case_ref")) rows.cases.push_back({.line = file.number(line), .case_ref = cell("case_ref"), .child = cell("child"), .year = cell("year"), .caseworker = cell("caseworker"), .deputy = cell("deputy"), .team = cell("team"), .since = cell("since")});
    else if (file.has("role")) rows.staff.push_back({.line = file.number(line), .staff = cell("staff"), .name = cell("name"), .email = cell("email"), .phone = cell("phone"), .role = cell("role"), .team = cell("team")});
    else rows.teams.push_back({.line = file.number(line), .team = cell("team"), .name = cell("name"), .manager = cell("manager"), .head_of_service = cell("head_of_service"), .complaints = cell("complaints"), .matching = cell("matching")});
}

void read_rows(File& file, CsvReader& reader) {
    while (const auto row = reader.next()) {
        if (!row->trouble.empty()) {
            file.report(row->line, row->trouble + ". Close it, or leave the line out.");
            continue;
        }
        if (row->cells.size() > file.columns.size()) {
            file.report(row->line, "it has " + std::to_string(row->cells.size()) + " fields, the header line has " + std::to_string(file.columns.size()) + ". Put a field with a comma in it into quotation marks.");
            continue;
        }
        read_row(file, row->line, [&](const char* name) {
            const auto column = file.columns.find(name);
            return column == file.columns.end() || column->second >= row->cells.size() ? std::string() : row->cells[column->second];
        });
    }
}

void read_file(CouncilLists& lists, const std::string& name) {
    std::ifstream in(name);
    if (!in) throw BadConfig("The list " + name + " cannot be read. Check its name and that you may read it.");
    CsvReader reader(in);
    File file{.lists = lists, .name = name, .columns = {}};
    if (const auto header = reader.next())
        for (const auto& column : header->cells) file.columns.try_emplace(lower_case(column), file.columns.size());
    const bool of_all = file.has("parent_email"), of_contacts = file.has("relation"), of_cases = file.has("case_ref"), of_staff = file.has("role");
    if (!of_all && !of_contacts && !of_cases && !of_staff && !file.has("manager"))
        throw BadConfig(name + " is none of our lists: its first line must name the columns, like team,name,manager,head_of_service,complaints,matching or staff,name,role,team or case_ref,child,caseworker or case_ref,name,email,relation.");
    lists.rows.names_contacts = lists.rows.names_contacts || of_contacts || of_all;
    lists.rows.names_cases = lists.rows.names_cases || of_all || (of_cases && !of_contacts);
    lists.rows.names_staff = lists.rows.names_staff || (of_staff && !of_all);
    read_rows(file, reader);
}

}  // namespace

std::string CouncilLists::told(const Difference::Fault& fault) const {
    const auto place = places.find(fault.line);
    const auto where = place == places.end() ? std::string("The lists") : place->second.file + ", line " + std::to_string(place->second.line);
    return where + (fault.column.empty() ? "" : ", column " + fault.column) + ": " + fault.because;
}

CouncilLists read_lists(const std::vector<std::string>& files) {
    CouncilLists lists;
    for (const auto& file : files) read_file(lists, file);
    return lists;
}

}  // namespace hearback
