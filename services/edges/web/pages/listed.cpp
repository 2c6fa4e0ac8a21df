#include "edges/web/pages/listed.hpp"

#include "views/words.hpp"
#include "words/email_text.hpp"

namespace hearback {

std::string in_address(std::string_view value) {
    static constexpr char hex[] = "0123456789ABCDEF";
    std::string text;
    for (const char c : value) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("-._~").find(c) != std::string_view::npos;
        if (plain) text += c;
        else text += {'%', hex[static_cast<unsigned char>(c) >> 4], hex[static_cast<unsigned char>(c) & 15]};
    }
    return text;
}

std::string contact_href(const std::string& contact) { return "/contact?id=" + in_address(contact); }
std::string child_href(const std::string& case_id) { return "/child?number=" + in_address(case_id); }

Node fact(std::string what, std::string value) { return Node::Object{{"what", std::move(what)}, {"value", std::move(value)}}; }

Node::List conversation_links(const std::vector<QueueRow>& rows, const Visit& visit) {
    Node::List list;
    for (const auto& row : rows) {
        const Date day = london_date(row.newest_at);
        std::string about = row.writer + ", " + (day.year() == visit.today().year() ? day_words(day) : day_words_with_year(day));
        if (!row.child.empty()) about += ", " + row.child;
        if (row.broken) about += ": late";
        else if (row.standing == "open" || row.standing == "matching") about += ": to answer by " + day_words(date_of(row.told_day));
        else if (row.standing == "kept") about += ": answered";
        list.push_back(Node::Object{{"href", "/conversations/" + row.conversation}, {"subject", row.subject.empty() ? "No subject" : row.subject}, {"about", keep_together(about)}});
    }
    return list;
}

}  // namespace hearback
