#include "edges/web/pages/pages.hpp"

namespace hearback {

namespace {

constexpr int days_shown = 30;

std::string count_of(std::int64_t n, const char* one, const char* many) { return std::to_string(n) + " " + (n == 1 ? one : many); }

}  // namespace

Response print_room_page(const Visit& visit) {
    auto data = frame(visit, "Letters to post", "/print-room");
    Node::List days;
    for (const auto& each : visit.desk.reading().print_days(days_shown)) {
        const auto waiting = each.letters - each.posted;
        days.push_back(Node::Object{{"day", day_words(date_of(each.day))}, {"letters", count_of(each.letters, "letter", "letters")}, {"pages", count_of(each.pages, "page", "pages")}, {"folder", "print-room/" + each.day},
                                    {"says", waiting == 0 ? "All posted" : count_of(waiting, "is", "are") + " not posted yet"},
                                    {"posted", waiting > 0 ? Node(Node::Object{{"action", "/print-room/" + each.day}, {"form", new_act()}}) : Node(false)}});
    }
    data["caption"] = moment_words(visit.now());
    data["heading"] = "Letters to post";
    data["summary"] = "Each day’s letters lie in a folder, with a list. Print what the list names, post it, and say so here: until then they have answered nobody.";
    data["days"] = std::move(days);
    return show("print_room", data);
}

Response post_posted(const Visit& visit, const std::string& day) {
    const auto date = date_from_iso(day);
    if (!date) return not_found(visit, "There is no such day.");
    const std::string id(visit.request.filled("form"));
    return after(visit, id, act(visit.desk, id, PostedSaid{.day = *date, .staff = {visit.me.id}}), "/print-room", "Your word is kept.");
}

}  // namespace hearback
