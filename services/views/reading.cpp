#include "views/reading.hpp"

#include <algorithm>

#include "deciders/directory/people.hpp"
#include "views/insight.hpp"

namespace hearback {

namespace {

/// The columns of a queue row, in the order in which row() reads them: one row a promise that is open, `p`; of a conversation
/// that owes nothing one row without.
constexpr std::string_view row_columns = R"(
SELECT c.id, IFNULL(k.id, c.case_id), IFNULL(k.child,''), IFNULL(k.year,''), IFNULL(c.writer,''), c.relation, IFNULL(c.subject,''), IFNULL(c.first_words,''), CASE WHEN c.claimed THEN c.because ELSE IFNULL(r.because, c.because) END, IFNULL(p.owner, c.owner), IFNULL(s.name,''),
       c.standing, IFNULL(c.newest_at,0), IFNULL(p.judged_at,0), IFNULL(p.target,0), IFNULL(p.told_day, c.told_day), c.rung_day, IFNULL(p.broken,0), c.asks_again, c.returned, c.rung, c.holder, IFNULL(h.name,''),
       IFNULL(w.id,''), IFNULL(w.until,0), IFNULL(w.leaves_by,0), c.kept_at, c.kept_late, c.aside_because,
       IFNULL(p.id,''), IFNULL(p.kind,''), IFNULL(p.what,''), c.channel, c.thanks_only, IFNULL(p.moved,0), IFNULL(p.offered,0), c.kept_how, IFNULL(p.kept_at,0), IFNULL(p.kept_late,0), c.late_owner, IFNULL(l.name,''), c.late_because
)";
/// The figures of the managers' page, as conditions on a promise; each has the period as its two question marks.
constexpr std::pair<std::string_view, std::string_view> outcomes[] = {
    {"due", "p.kind IN ('answer','call_back') AND p.judged_at >= ? AND p.judged_at < ?"},
    {"kept", "p.kind IN ('answer','call_back') AND p.judged_at >= ? AND p.judged_at < ? AND p.kept_at > 0 AND p.kept_late = 0"},
    {"kept_by_answering", "p.kind IN ('answer','call_back') AND p.judged_at >= ? AND p.judged_at < ? AND p.kept_at > 0 AND p.kept_late = 0 AND p.kept_how <> 'no_answer_needed'"},
    {"kept_on_first_day", "p.kind IN ('answer','call_back') AND p.judged_at >= ? AND p.judged_at < ? AND p.kept_at > 0 AND p.kept_late = 0 AND p.kept_how <> 'no_answer_needed' AND p.moved = 0"},
    {"answered", "p.kind IN ('answer','call_back') AND p.kept_at >= ? AND p.kept_at < ? AND p.kept_how NOT IN ('', 'no_answer_needed')"},
    {"no_answer", "p.kind IN ('answer','call_back') AND p.kept_at >= ? AND p.kept_at < ? AND p.kept_how = 'no_answer_needed'"},
    // Ids are hashes: the first, sixth, eleventh of a team are anybody's, and the same whoever looks.
    {"no_answer_sample", "p.id IN (SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY team ORDER BY id) AS nth FROM promises WHERE kind IN ('answer','call_back') AND kept_at >= ? AND kept_at < ? AND kept_how = 'no_answer_needed') WHERE nth % 5 = 1)"},
    {"open", "p.kept_at = 0 AND p.received_at >= ? AND p.received_at < ?"},
    {"open_late", "p.kept_at = 0 AND p.broken = 1 AND p.received_at >= ? AND p.received_at < ?"},
    {"went_up_1", "p.id IN (SELECT promise FROM escalations WHERE rung = 1 AND at >= ? AND at < ?)"},
    {"went_up_2", "p.id IN (SELECT promise FROM escalations WHERE rung = 2 AND at >= ? AND at < ?)"},
    {"went_up_3", "p.id IN (SELECT promise FROM escalations WHERE rung = 3 AND at >= ? AND at < ?)"},
};

static_assert(no_answer_sample_of == 5);

constexpr std::string_view of_promises = "FROM promises p JOIN conversations c ON c.id = p.conversation ";
constexpr std::string_view of_conversations = "FROM conversations c LEFT JOIN promises p ON p.conversation = c.id AND p.kept_at = 0 ";
constexpr std::string_view beside = R"(
LEFT JOIN cases k ON k.id = IFNULL(p.case_id, c.case_id) LEFT JOIN staff s ON s.id = IFNULL(p.owner, c.owner) LEFT JOIN staff h ON h.id = c.holder
LEFT JOIN staff l ON l.id = c.late_owner LEFT JOIN reasons r ON r.conversation = c.id AND r.case_id = IFNULL(p.case_id, c.case_id)
LEFT JOIN outgoing w ON w.conversation = c.id AND w.standing = 'held' AND w.kind = 'reply')";

}  // namespace

QueueRow Reading::row(const Statement& r) {
    QueueRow out{.conversation = text_at(r, 0), .case_id = text_at(r, 1), .child = text_at(r, 2), .year = text_at(r, 3), .writer = text_at(r, 4), .relation = text_at(r, 5),
                 .subject = text_at(r, 6), .first_words = text_at(r, 7), .because = text_at(r, 8), .owner = text_at(r, 9), .owner_name = text_at(r, 10), .standing = text_at(r, 11),
                 .promise = text_at(r, 29), .kind = text_at(r, 30), .what = text_at(r, 31), .channel = text_at(r, 32), .thanks_only = r.number(33) != 0, .moved = r.number(34) != 0, .offered = r.number(35) != 0,
                 .newest_at = instant_at(r, 12), .judged_at = instant_at(r, 13), .target = instant_at(r, 14), .told_day = text_at(r, 15), .rung_day = text_at(r, 16),
                 .broken = r.number(17) != 0, .asks_again = r.number(18) != 0, .returned = r.number(19) != 0, .rung = int(r.number(20)), .holder = text_at(r, 21), .holder_name = text_at(r, 22),
                 .waiting = text_at(r, 23), .waiting_until = instant_at(r, 24), .waiting_leaves_by = instant_at(r, 25), .kept_at = instant_at(r, 26), .promise_kept_at = instant_at(r, 37), .promise_kept_late = r.number(38) != 0, .kept_how = text_at(r, 36), .kept_late = r.number(27) != 0, .late_owner = text_at(r, 39), .late_owner_name = text_at(r, 40), .late_because = text_at(r, 41), .aside_because = text_at(r, 28)};
    if (out.because.empty()) out.because = out.aside_because;
    return out;
}

std::vector<QueueRow> Reading::rows(const Question& q) {
    std::string where;
    std::vector<std::string> texts;
    std::vector<Instant> times;
    const auto require = [&](std::string_view condition) { where += (where.empty() ? " WHERE " : " AND ") + std::string(condition); };
    const auto require_text = [&](std::string_view condition, const std::string& text) {
        if (text.empty()) return;
        require(condition);
        texts.push_back(text);
    };
    const bool owing = q.standing == "unanswered" || q.standing == "open" || q.standing == "matching" || q.broken || q.rung > 0 || !q.holder.empty();
    const auto* const outcome = std::find_if(std::begin(outcomes), std::end(outcomes), [&](const auto& each) { return each.first == q.outcome; });
    const bool counted = outcome != std::end(outcomes);
    if (counted) {
        require(outcome->second);
        times = {q.from, q.to};
    }
    if (!q.late_because.empty() && q.outcome.starts_with("went_up_")) {
        require("p.id IN (SELECT promise FROM escalations WHERE rung = " + std::to_string(q.outcome.back() - '0') + " AND because = ? AND owner = ?)");
        texts.push_back(q.late_because);
        texts.push_back(q.late_owner);
    }
    if (owing) require("p.kept_at = 0");
    if (!q.owner.empty()) {
        std::string marks = "?";
        for (std::size_t n = 0; n < q.covering.size(); ++n) marks += ",?";
        require((owing ? "p.owner IN (" : "IFNULL(p.owner, c.owner) IN (") + marks + ")");
        texts.push_back(q.owner);
        texts.insert(texts.end(), q.covering.begin(), q.covering.end());
    }
    require_text("IFNULL(p.team, c.team) = ?", q.team);
    require_text("c.rung > 0 AND c.holder = ?", q.holder);
    require_text("c.id = ?", q.conversation);
    require_text("c.id IN (SELECT conversation FROM writers WHERE contact = ?)", q.contact);
    require_text("c.id IN (WITH it(id) AS (SELECT ?) SELECT conversation FROM reasons, it WHERE case_id = it.id UNION SELECT v.id FROM conversations v, it WHERE v.case_id = it.id)", q.case_id);
    if (q.standing != "unanswered") require_text("c.standing = ?", q.standing);
    if (q.rung > 0) require("c.rung = " + std::to_string(q.rung));
    if (q.broken) require("p.broken = 1");
    if (q.waiting) require("w.id IS NOT NULL");
    if (q.returned) require("c.returned = 1");
    if (!q.text.empty()) {
        require("(k.child LIKE '%' || ? || '%' OR c.writer LIKE '%' || ? || '%' OR c.subject LIKE '%' || ? || '%' OR c.first_words LIKE '%' || ? || '%')");
        for (int n = 0; n < 4; ++n) texts.push_back(q.text);
    }
    const auto sql = std::string(row_columns) + std::string(owing || counted ? of_promises : of_conversations) + std::string(beside) + where;
    auto& select = prepared_.get(db_, sql + " ORDER BY IFNULL(p.broken,0) DESC, IFNULL(p.told_day, c.told_day), p.judged_at, c.newest_at LIMIT ?");
    int n = 0;
    for (const auto& at : times) select.bind(++n, std::int64_t(at.time_since_epoch().count()));
    for (const auto& text : texts) select.bind_text(++n, text);
    select.bind(++n, std::int64_t(q.most));
    std::vector<QueueRow> found;
    while (select.step()) found.push_back(row(select));
    return found;
}

std::optional<CaseFile> Reading::casefile(const std::string& conversation) {
    CaseFile file;
    auto owed = rows({.conversation = conversation});
    if (owed.empty()) return {};
    file.row = owed.front();
    if (!file.row.promise.empty()) file.owed = std::move(owed);
    auto& more = prepared_.get(db_, "SELECT IFNULL(c.newest,''), IFNULL(c.address,''), IFNULL(d.name,''), IFNULL(k.since,''), c.claimed, IFNULL(t.name,'') FROM conversations c LEFT JOIN cases k ON k.id=c.case_id LEFT JOIN staff d ON d.id=k.deputy LEFT JOIN teams t ON t.id=c.team WHERE c.id=?");
    more.bind_text(1, conversation);
    if (more.step()) {
        file.newest_message = text_at(more, 0);
        file.address = text_at(more, 1);
        file.deputy_name = text_at(more, 2);
        file.since = text_at(more, 3);
        file.claimed = more.number(4) != 0;
        file.team = text_at(more, 5);
    }
    more.done();
    auto& items = prepared_.get(db_, "SELECT t.number, t.at, t.kind, t.title, t.byline, t.because, t.body, t.badge, t.message, t.event, t.attachments, t.raw_name, t.raw_key, t.raw_bytes, IFNULL(o.standing,''), IFNULL(o.until,0), IFNULL(o.leaves_by,0) FROM timeline t LEFT JOIN outgoing o ON o.id = t.message WHERE t.conversation = ? ORDER BY t.number");
    items.bind_text(1, conversation);
    while (items.step())
        file.timeline.push_back({.number = items.number(0), .at = instant_at(items, 1), .kind = text_at(items, 2), .title = text_at(items, 3), .byline = text_at(items, 4), .because = text_at(items, 5),
                                 .body = text_at(items, 6), .badge = text_at(items, 7), .message = text_at(items, 8), .event = text_at(items, 9), .attachments = text_at(items, 10), .raw_name = text_at(items, 11),
                                 .raw_key = text_at(items, 12), .raw_bytes = items.number(13), .standing = text_at(items, 14), .until = instant_at(items, 15), .leaves_by = instant_at(items, 16)});
    file.contacts = family(file.row.case_id);
    auto& questions = prepared_.get(db_, "SELECT text FROM questions WHERE conversation = ? AND answered = 0 ORDER BY number");
    questions.bind_text(1, conversation);
    while (questions.step()) file.questions.push_back(text_at(questions, 0));
    return file;
}

std::vector<FamilyMember> Reading::family(const std::string& case_id) {
    auto& select = prepared_.get(db_, "SELECT contact, name, relation, email, phone FROM contacts WHERE case_id = ? AND case_id <> '' AND removed = 0 ORDER BY name");
    select.bind_text(1, case_id);
    std::vector<FamilyMember> found;
    while (select.step()) found.push_back({text_at(select, 0), text_at(select, 1), text_at(select, 2), text_at(select, 3), text_at(select, 4)});
    return found;
}

std::optional<TimelineItem> Reading::message(const std::string& message) {
    auto& select = prepared_.get(db_, "SELECT raw_name, raw_key, raw_bytes, title FROM timeline WHERE message = ? AND kind = 'in'");
    select.bind_text(1, message);
    if (!select.step()) return {};
    TimelineItem item;
    item.raw_name = text_at(select, 0);
    item.raw_key = text_at(select, 1);
    item.raw_bytes = select.number(2);
    item.title = text_at(select, 3);
    select.done();
    return item;
}

std::string Reading::conversation_of_ours(const std::string& message) {
    auto& select = prepared_.get(db_, "SELECT conversation FROM outgoing WHERE id = ?");
    select.bind_text(1, message);
    const auto found = select.step() ? text_at(select, 0) : std::string();
    select.done();
    return found;
}

std::int64_t Reading::gone_up(const std::string& team) {
    auto& count = prepared_.get(db_, "SELECT COUNT(*) FROM conversations WHERE rung > 0 AND (?1 = '' OR team = ?1)");
    count.bind_text(1, team);
    const auto n = count.step() ? count.number(0) : 0;
    count.done();
    return n;
}

Figures Reading::figures(const std::string& team) {
    Figures f;
    auto& totals = prepared_.get(db_, "SELECT name, count FROM tallies");
    while (totals.step()) f.totals[text_at(totals, 0)] = totals.number(1);
    auto& counts = prepared_.get(db_, R"(SELECT
        SUM(rung=1), SUM(rung=2), SUM(rung=3), SUM(standing='matching'), SUM(standing='aside'), SUM(standing='parked'), SUM(returned), SUM(standing='kept') FROM conversations WHERE ?1 = '' OR team = ?1)");
    counts.bind_text(1, team);
    if (counts.step()) {
        std::int64_t* into[] = {&f.with_manager, &f.with_head, &f.with_complaints, &f.matching, &f.aside, &f.parked, &f.returned, &f.settled};
        for (int n = 0; n < 8; ++n) *into[n] = counts.number(n);
    }
    counts.done();
    auto& owed = prepared_.get(db_, "SELECT COUNT(*), SUM(broken) FROM promises WHERE kept_at = 0 AND (?1 = '' OR team = ?1)");
    owed.bind_text(1, team);
    if (owed.step()) {
        f.open = owed.number(0);
        f.broken = owed.number(1);
    }
    owed.done();
    auto& possible = prepared_.get(db_, "SELECT COUNT(*) FROM complaints WHERE stands = 'possible' AND (?1 = '' OR team = ?1)");
    possible.bind_text(1, team);
    if (possible.step()) f.possible_complaints = possible.number(0);
    possible.done();
    auto& not_seen_now = prepared_.get(db_, "SELECT COUNT(*) FROM missing m JOIN staff s ON s.id = m.staff WHERE ?1 = '' OR s.team = ?1");
    not_seen_now.bind_text(1, team);
    if (not_seen_now.step()) f.not_seen = not_seen_now.number(0);
    not_seen_now.done();
    auto& waiting = prepared_.get(db_, "SELECT COUNT(*) FROM outgoing o JOIN conversations c ON c.id = o.conversation WHERE o.standing = 'held' AND (?1 = '' OR c.team = ?1)");
    waiting.bind_text(1, team);
    if (waiting.step()) f.waiting_for_window = waiting.number(0);
    waiting.done();
    return f;
}

namespace {

constexpr std::string_view colleague_columns = "SELECT s.id, s.name, s.role, s.team, IFNULL(t.name,''), s.phone, EXISTS (SELECT 1 FROM left_us l WHERE l.staff = s.id) FROM staff s LEFT JOIN teams t ON t.id = s.team ";

Colleague colleague(const Statement& row) {
    return {text_at(row, 0), text_at(row, 1), text_at(row, 2), text_at(row, 3), text_at(row, 4), text_at(row, 5), row.number(6) != 0};
}

}  // namespace

std::vector<Colleague> Reading::staff() {
    auto& select = prepared_.get(db_, std::string(colleague_columns) + "ORDER BY s.team, s.role DESC, s.name");
    std::vector<Colleague> found;
    while (select.step()) found.push_back(colleague(select));
    return found;
}

std::optional<Colleague> Reading::member(const std::string& id) {
    auto& select = prepared_.get(db_, std::string(colleague_columns) + "WHERE s.id = ?");
    select.bind_text(1, id);
    if (!select.step()) return {};
    auto found = colleague(select);
    select.done();
    return found;
}

std::vector<PrintDay> Reading::print_days(int most) {
    auto& select = prepared_.get(db_, "SELECT print_day, COUNT(*), SUM(pages), SUM(standing <> 'in_print_room') FROM outgoing WHERE by_post = 1 AND print_day <> '' GROUP BY print_day ORDER BY print_day DESC LIMIT ?");
    select.bind(1, std::int64_t(most));
    std::vector<PrintDay> found;
    while (select.step()) found.push_back({text_at(select, 0), select.number(1), select.number(2), select.number(3)});
    return found;
}

std::vector<Away> Reading::absences(Date today) {
    auto& select = prepared_.get(db_, "SELECT a.who, IFNULL(s.name,''), a.from_day, a.to_day, a.cover, IFNULL(c.name,'') FROM absences a LEFT JOIN staff s ON s.id = a.who LEFT JOIN staff c ON c.id = a.cover WHERE a.to_day = '' OR a.to_day >= ? ORDER BY a.from_day, s.name");
    const auto day = to_iso(today);
    select.bind_text(1, day);
    std::vector<Away> found;
    while (select.step()) found.push_back({text_at(select, 0), text_at(select, 1), text_at(select, 2), text_at(select, 3), text_at(select, 4), text_at(select, 5)});
    return found;
}

bool Reading::seen_on(const std::string& staff, Date day) {
    auto& select = prepared_.get(db_, "SELECT day FROM seen WHERE staff = ?");
    select.bind_text(1, staff);
    const bool seen = select.step() && text_at(select, 0) >= to_iso(day);
    select.done();
    return seen;
}

std::vector<NotSeen> Reading::not_seen() {
    auto& select = prepared_.get(db_, "SELECT m.staff, IFNULL(s.name,''), IFNULL(s.team,''), m.day, m.due FROM missing m LEFT JOIN staff s ON s.id = m.staff ORDER BY s.name");
    std::vector<NotSeen> found;
    while (select.step()) found.push_back({text_at(select, 0), text_at(select, 1), text_at(select, 2), text_at(select, 3), select.number(4)});
    return found;
}

std::vector<std::string> Reading::covered_by(const std::string& me, Date today) {
    People people;
    for (const auto& each : staff()) people.staff[{each.id}].staff = {each.id};
    for (const auto& a : absences(today)) people.absences[{a.who}].push_back({.from = date_from_iso(a.from).value_or(today), .to = date_from_iso(a.to), .cover = {a.cover}});
    std::vector<std::string> covered;
    for (const auto& [who, list] : people.absences) {
        const StaffListed* stands_in = people.is_away(who, today) ? people.standing_in_for(who, today) : nullptr;
        if (stands_in && stands_in->staff.value == me) covered.push_back(who.value);
    }
    return covered;
}

std::vector<ListedPerson> Reading::people_like(const std::string& words, int most) {
    std::string digits;
    for (const char c : words)
        if (c >= '0' && c <= '9') digits += c;
    const bool is_number = digits.size() >= 5 && words.find_first_not_of("0123456789 +()-") == words.npos;
    auto& select = prepared_.get(db_, R"(SELECT p.contact, p.name, p.relation, p.phone, k.id, k.child, k.year FROM contacts p JOIN cases k ON k.id = p.case_id
        WHERE p.removed = 0 AND ((?2 = '' AND (p.name LIKE '%' || ?1 || '%' OR k.child LIKE '%' || ?1 || '%' OR k.id LIKE ?1 || '%' OR p.email LIKE ?1 || '%'))
           OR (?2 <> '' AND REPLACE(REPLACE(p.phone, ' ', ''), '-', '') LIKE '%' || ?2)) ORDER BY k.child, p.name LIMIT ?3)");
    const auto number = is_number ? digits : std::string();
    select.bind_text(1, words);
    select.bind_text(2, number);
    select.bind(3, std::int64_t(most));
    std::vector<ListedPerson> found;
    while (select.step()) found.push_back({text_at(select, 0), text_at(select, 1), text_at(select, 2), text_at(select, 3), text_at(select, 4), text_at(select, 5), text_at(select, 6)});
    return found;
}

std::vector<CaseRef> Reading::cases(const std::string& like, int most) {
    auto& select = prepared_.get(db_, "SELECT k.id, k.child, k.year, IFNULL(s.name,'') FROM cases k LEFT JOIN staff s ON s.id = k.caseworker WHERE k.closed = 0 AND (?1 = '' OR k.child LIKE '%' || ?1 || '%' OR k.id LIKE ?1 || '%') ORDER BY k.child LIMIT ?2");
    select.bind_text(1, like);
    select.bind(2, std::int64_t(most));
    std::vector<CaseRef> found;
    while (select.step()) found.push_back({text_at(select, 0), text_at(select, 1), text_at(select, 2), text_at(select, 3)});
    return found;
}

std::vector<ComplaintRow> Reading::complaints(int most) {
    auto& select = prepared_.get(db_, R"(SELECT m.conversation, IFNULL(k.child,''), IFNULL(c.writer,''), IFNULL(c.relation,''), IFNULL(c.first_words,''), m.stands, m.opened_at, IFNULL(c.newest_at,0), c.standing = 'kept', IFNULL(s.name,''), m.decided_at, m.reason, m.told_day,
        EXISTS (SELECT 1 FROM promises p WHERE p.conversation = m.conversation AND p.kind = 'complaint' AND p.kept_at = 0)
        FROM complaints m LEFT JOIN conversations c ON c.id = m.conversation LEFT JOIN cases k ON k.id = c.case_id LEFT JOIN staff s ON s.id = m.staff
        ORDER BY m.stands = 'declined', m.stands = 'filed', m.opened_at LIMIT ?)");
    select.bind(1, std::int64_t(most));
    std::vector<ComplaintRow> found;
    while (select.step())
        found.push_back({.conversation = text_at(select, 0), .child = text_at(select, 1), .writer = text_at(select, 2), .relation = text_at(select, 3), .first_words = text_at(select, 4), .stands = text_at(select, 5),
                         .opened_at = instant_at(select, 6), .newest_at = instant_at(select, 7), .answered = select.number(8) != 0, .staff_name = text_at(select, 9), .decided_at = instant_at(select, 10),
                         .reason = text_at(select, 11), .told_day = text_at(select, 12), .owed = select.number(13) != 0});
    return found;
}

std::optional<ActOutcome> Reading::outcome(const std::string& act) {
    auto& select = prepared_.get(db_, "SELECT conversation, result, words FROM acts WHERE id = ?");
    select.bind_text(1, act);
    if (!select.step()) return {};
    ActOutcome found{text_at(select, 0), text_at(select, 1), text_at(select, 2)};
    select.done();
    return found;
}

std::vector<GivenRow> Reading::given(const std::string& act) {
    auto& select = prepared_.get(db_, "SELECT g.conversation, IFNULL(k.child,''), IFNULL(c.writer,''), IFNULL(c.relation,''), IFNULL(b.name,''), IFNULL(n.name,'') FROM given g JOIN conversations c ON c.id = g.conversation "
                                      "LEFT JOIN cases k ON k.id = c.case_id LEFT JOIN staff b ON b.id = g.before LEFT JOIN staff n ON n.id = g.now WHERE g.act = ? ORDER BY k.child, g.conversation");
    select.bind_text(1, act);
    std::vector<GivenRow> found;
    while (select.step()) found.push_back({text_at(select, 0), text_at(select, 1), text_at(select, 2), text_at(select, 3), text_at(select, 4), text_at(select, 5)});
    return found;
}

}  // namespace hearback
