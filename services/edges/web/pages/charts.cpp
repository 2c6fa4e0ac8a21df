#include "edges/web/pages/charts.hpp"

#include <algorithm>

namespace hearback {

Node cell(std::int64_t n, std::string href) { return Node::Object{{"n", std::to_string(n)}, {"href", n > 0 ? std::move(href) : std::string()}}; }
Node words_cell(std::string words) { return Node::Object{{"n", std::move(words)}, {"href", ""}}; }

std::string percent(std::int64_t part, std::int64_t of) { return of == 0 ? "-" : std::to_string((100 * part + of / 2) / of) + "%"; }

Node bars(const std::string& says, const std::vector<Bar>& list) {
    constexpr int left = 150, longest = 300, step = 36, height = 25;
    std::int64_t most = 1;
    for (const auto& bar : list) most = std::max(most, bar.n);
    Node::List drawn;
    std::string spoken = says + ": ";
    for (std::size_t n = 0; n < list.size(); ++n) {
        const auto width = list[n].n == 0 ? 0 : std::max<std::int64_t>(2, longest * list[n].n / most);
        const int top = int(n) * step + 6;
        const auto words = list[n].words.empty() ? std::to_string(list[n].n) : list[n].words;
        drawn.push_back(Node::Object{{"label", list[n].label}, {"top", std::to_string(top)}, {"text_at", std::to_string(top + 18)}, {"left", std::to_string(left)}, {"label_at", std::to_string(left - 10)}, {"width", std::to_string(width)},
                                     {"height", std::to_string(height)}, {"words_at", std::to_string(left + width + 8)}, {"words", words}, {"note", list[n].note}});
        spoken += (n ? ", " : "") + words + " " + list[n].label + (list[n].note.empty() ? "" : " (" + list[n].note + ")");
    }
    return Node::Object{{"says", spoken}, {"tall", std::to_string(int(list.size()) * step + 6)}, {"left", std::to_string(left)}, {"drawn", std::move(drawn)}};
}

Node figure(std::string id, std::string name, std::string says, Node chart, std::string caption, Node::List heads, Node::List rows) {
    return Node::Object{{"id", std::move(id)}, {"name", std::move(name)}, {"says", std::move(says)}, {"chart", std::move(chart)}, {"caption", std::move(caption)}, {"heads", std::move(heads)}, {"rows", std::move(rows)}};
}

Node head(const char* words, bool number) { return Node::Object{{"head", words}, {"numeric", number}}; }
Node table_row(std::string what, Node::List cells) { return Node::Object{{"what", std::move(what)}, {"cells", std::move(cells)}}; }

}  // namespace hearback
