#include "edges/web/pages/pages.hpp"
#include "edges/web/person.hpp"

namespace hearback {

namespace {

std::string about(const Colleague& who) {
    if (who.role == "team_manager") return "Team manager, " + who.team_name + ". Sees every late answer of the team.";
    if (who.role == "head_of_service") return "Head of service. Sees what the team managers could not answer, and the figures.";
    if (who.role == "complaints_team") return "Complaints team. Gets the whole story with what comes up to them.";
    return "Caseworker, " + who.team_name + ".";
}

}  // namespace

Response sign_in_page(const OfficeDesk& desk, const Request&) {
    Node::List people;
    for (const auto& who : desk.reading().staff())
        people.push_back(Node::Object{{"id", who.id}, {"person", who.name}, {"about", about(who)}, {"chosen", people.empty()}});
    return show("sign_in", {{"title", "Choose who you are"}, {"council", desk.council_name}, {"csrf", form_guard(desk, "")}, {"form", new_act()}, {"me", false},
                            {"keys", false}, {"navigation", Node::List{}}, {"said", false}, {"demo", desk.made_up}, {"clock", desk.made_up ? "It is " + moment_words(desk.clock.now()) + "." : std::string()},
                            {"people", std::move(people)}});
}

Response sign_in(const OfficeDesk& desk, const Request& request) {
    const std::string person(request.filled("person"));
    if (request.filled("csrf") != form_guard(desk, "") || !desk.reading().member(person)) return Response::see_other("/sign-in");
    auto response = Response::see_other("/queue");
    response.headers["Set-Cookie"] = sign_in_cookie(desk, person);
    return response;
}

}  // namespace hearback
