#include "edges/web/pages/listed.hpp"
#include "edges/web/pages/pages.hpp"
#include "words/email_text.hpp"

namespace hearback {

Response child_page(const Visit& visit) {
    const std::string number(visit.request.asked("number"));
    const auto file = visit.desk.reading().child(number);
    if (!file) return not_found(visit, "There is no child with this number in our lists.");
    auto data = frame(visit, file->child, "");
    Node::List people, facts;
    for (const auto& each : file->people)
        people.push_back(Node::Object{{"href", contact_href(each.contact)}, {"name", each.name}, {"relation", relation_words(each.relation)}, {"email", each.email}, {"telephone", each.phone}});
    if (!file->year.empty()) facts.push_back(fact("Year", year_words(file->year)));
    facts.push_back(fact("Number", file->case_id));
    facts.push_back(fact("Caseworker", file->caseworker_name + (file->since.empty() ? "" : ", since " + keep_together(day_words_with_year(date_of(file->since))))));
    if (!file->deputy_name.empty()) facts.push_back(fact("When they are away", file->deputy_name));
    if (!file->team_name.empty()) facts.push_back(fact("Team", file->team_name));
    data["caption"] = file->case_id + (file->year.empty() ? "" : ", " + year_words(file->year));
    data["heading"] = file->child;
    data["summary"] = file->caseworker_name + " is the caseworker.";
    data["closed"] = file->closed ? "This child is in no list of the council any more. What is open stays with " + file->caseworker_name + "." : std::string();
    data["card"] = file->child;
    data["facts"] = std::move(facts);
    data["people"] = std::move(people);
    data["conversations"] = conversation_links(file->conversations, visit);
    data["all"] = Node::Object{{"href", "/search?case=" + in_address(file->case_id)}};
    return show("child", data);
}

}  // namespace hearback
