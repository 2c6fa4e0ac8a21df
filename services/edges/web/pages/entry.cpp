#include "edges/web/pages/entry.hpp"

#include <algorithm>

namespace hearback {

namespace {

constexpr int found_shown = 20;

std::string given(const Visit& visit, std::string_view name) {
    const auto filled = visit.request.filled(name);
    return std::string(filled.empty() ? visit.request.asked(name) : filled);
}

/// A conversation is with whom it was with so far: its writer, by the address that the list has.
void fill_from_conversation(const Visit& visit, From& from) {
    const auto file = visit.desk.reading().casefile(from.conversation);
    if (!file) {
        from.conversation.clear();
        return;
    }
    from.owed = file->owed;
    if (from.case_id.empty()) from.case_id = file->row.case_id;
    from.name = file->row.writer;
    for (const auto& c : file->contacts)
        if (from.contact.empty() && !c.email.empty() && c.email == file->address) from.contact = c.contact;
}

void fill_from_list(const Visit& visit, From& from) {
    for (const auto& child : visit.desk.reading().cases(from.case_id, 2)) {
        if (child.id != from.case_id) continue;
        from.child = child.child;
        from.year = child.year;
    }
    if (from.child.empty()) from.case_id.clear();
    for (const auto& c : visit.desk.reading().family(from.case_id)) {
        if (c.contact != from.contact) continue;
        from.name = c.name;
        from.telephone = c.phone;
        from.email = c.email;
        from.relation = c.relation;
    }
}

std::string link(std::string_view page, const ListedPerson& found) { return "/" + std::string(page) + "?case=" + found.case_id + "&contact=" + found.contact; }

}  // namespace

From from_whom(const Visit& visit) {
    From from{.conversation = given(visit, "conversation"), .case_id = given(visit, "case"), .contact = given(visit, "contact"), .name = given(visit, "name"), .telephone = given(visit, "telephone")};
    if (!from.conversation.empty()) fill_from_conversation(visit, from);
    if (!from.case_id.empty()) fill_from_list(visit, from);
    return from;
}

Node from_node(const Visit& visit, const From& from, std::string_view page) {
    const auto find = std::string(visit.request.asked("find"));
    Node::List found;
    if (!find.empty())
        for (const auto& each : visit.desk.reading().people_like(find, found_shown))
            found.push_back(Node::Object{{"href", link(page, each)}, {"person", each.name}, {"what", relation_words(each.relation) + (each.relation.empty() || each.relation == "other" ? "" : " of ") + each.child + (each.year.empty() ? "" : ", " + year_words(each.year))}, {"telephone", each.phone}});
    const auto relation = relation_words(from.relation);
    return Node::Object{{"chosen", from.is_chosen()}, {"conversation", from.conversation}, {"case_id", from.case_id}, {"contact", from.contact}, {"name", from.name}, {"telephone", from.telephone},
                        {"about", from.child.empty() ? "Not in our list yet" : (relation.empty() ? "About " : relation + " of ") + from.child + (from.year.empty() ? "" : ", " + year_words(from.year))},
                        {"again", "/" + std::string(page)}, {"find", find}, {"nobody", !find.empty() && found.empty()}, {"found", std::move(found)}, {"stranger", "/" + std::string(page) + "?stranger=yes"},
                        {"is_stranger", visit.request.asked("stranger") == "yes" || (from.is_chosen() && from.contact.empty() && from.conversation.empty())}};
}

}  // namespace hearback
