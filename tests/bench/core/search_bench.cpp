// How quickly is anything found in a council's years: 200,000 made-up messages, 500 questions of every sort.
//
//   search_bench [MESSAGES] [SEED]      goal: 95 of 100 answers within 200 ms
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <thread>

#include "deciders/northmere.hpp"
#include "log/temp_folder.hpp"
#include "runtime/clock.hpp"
#include "vault/vault.hpp"
#include "views/search.hpp"

namespace hearback {

namespace {

constexpr int children = 3000, caseworkers = 20, decisions_at_once = 200;
constexpr std::array first_names{"Ada", "Kai", "Leo", "Mia", "Noah", "Elif", "Zara", "Tyler", "Amira", "Oliver", "Isla", "Jacob", "Hana", "Maya", "Finn", "Grace", "Lewis", "Ethan", "Poppy", "Sofia", "Joel", "Ruby", "Max", "Alice", "Dev", "Zoë", "José", "Łucja"};
constexpr std::array family_names{"Okafor", "Bennett", "Novak", "Demir", "Clarke", "Ali", "Grant", "Said", "Wood", "Murray", "Sato", "Hussain", "Doherty", "Owusu", "Kerr", "Adeyemi", "Rossi", "Brooks", "Hall", "Turner", "Byrne", "Patel", "García", "Nair", "Shah"};
constexpr std::array office_words{"school", "taxi", "transport", "plan", "meeting", "review", "panel", "appeal", "therapy", "speech", "teacher", "support", "place", "letter", "draft", "decision", "hospital", "minibus", "timetable", "funding"};

class MadeUp {
  public:
    explicit MadeUp(unsigned seed) : chance_(seed) {
        // Words as a language has them: a few of them everywhere, most of them rare (Zipf).
        const std::array syllables{"ba", "cor", "den", "el", "fi", "gra", "ho", "in", "ju", "kel", "lo", "mer", "na", "or", "pa", "qui", "ro", "ster", "ta", "un", "ver", "wil", "ex", "ya", "zo"};
        for (int n = 0; n < 40'000; ++n) {
            std::string word;
            for (int rest = n + 25; rest > 0; rest /= 25) word += syllables[std::size_t(rest % 25)];
            words_.push_back(word);
        }
        for (std::size_t n = 0; n < office_words.size(); ++n) words_[5 + n * 6] = office_words[n];
    }
    int below(int most) { return std::uniform_int_distribution(0, most - 1)(chance_); }
    template <class List>
    std::string one_of(const List& list) { return std::string(list[std::size_t(below(int(list.size())))]); }

    const std::string& word() {
        const auto rank = std::exp(std::uniform_real_distribution(0.0, std::log(double(words_.size())))(chance_));
        return words_[std::min(std::size_t(rank), words_.size()) - 1];
    }
    /// About 40 to 400 words, most of them short.
    std::string text(const std::string& child) {
        std::string text = "Good morning,\n\nthis is about " + child + ". ";
        const int length = 40 + int(-90 * std::log(std::uniform_real_distribution(0.02, 1.0)(chance_)));
        for (int n = 0; n < length; ++n) text += word() + (n % 14 == 13 ? ".\n" : " ");
        if (below(10) == 0) text += "Please ring " + phone(below(children)) + ". ";
        return text + "\nThank you";
    }
    static std::string phone(int n) { return "07700 900" + std::to_string(100 + n % 900) + std::to_string(n / 900); }

  private:
    std::mt19937 chance_;
    std::vector<std::string> words_;
};

struct Council {
    MadeUp made;
    std::vector<std::string> child, parent;
    double written = 0;  // bytes of text

    std::string text(int who) {
        auto words = made.text(child[std::size_t(who)]);
        written += double(words.size());
        return words;
    }

    explicit Council(unsigned seed) : made(seed) {}
    static std::string number(int n) { return "NM-" + std::to_string(2000 + n); }
    static StaffId owner(int n) { return {"staff-" + std::to_string(n % caseworkers)}; }

    std::vector<AnyEvent> people() {
        std::vector<AnyEvent> said{TeamListed{.team = send_team, .name = "SEND", .manager = jo, .head_of_service = helen, .complaints = carl, .matching = dana}};
        for (int n = 0; n < caseworkers; ++n) said.push_back(member(owner(n), StaffRole::caseworker, made.one_of(first_names) + " " + made.one_of(family_names)));
        for (int n = 0; n < children; ++n) {
            const auto family = made.one_of(family_names);
            child.push_back(made.one_of(first_names) + " " + family);
            parent.push_back(made.one_of(first_names) + " " + family);
            said.push_back(CaseListed{.case_id = {number(n)}, .caseworker = owner(n), .deputy = {}, .team = send_team, .since = {}, .child = child.back(), .year = std::to_string(n % 13)});
            said.push_back(ContactListed{.contact = {"k-" + std::to_string(n)}, .case_id = {number(n)}, .relation = Relation::mother, .name = parent.back(), .email = "p" + std::to_string(n) + "@example.org", .phone = MadeUp::phone(n)});
        }
        return said;
    }
    /// The next thing in a conversation of four: they write, we answer, they write again, we note something.
    std::vector<AnyEvent> message(int n, Instant when) {
        const int who = (n / 4 * 7919) % children;
        const ConversationId conversation{"c-" + std::to_string(n / 4)};
        const MessageId id{"m-" + std::to_string(n)};
        if (n % 4 == 1) {
            ReplyWritten e{.message = id, .conversation = conversation, .answers = {}, .staff = owner(who), .kind = ReplyKind::full, .cases = {}, .new_day = {}, .answered = {}, .template_ = TemplateName::reply};
            e.to = "p" + std::to_string(who) + "@example.org";
            e.subject = "Re: " + made.word() + " " + made.word();
            e.text = text(who);
            return {std::move(e)};
        }
        if (n % 4 == 3) return {NoteKept{.note = id, .conversation = conversation, .staff = owner(who), .text = text(who)}};
        MessageReceived e{.message = id, .conversation = conversation, .received_at = when, .channel = n % 40 == 0 ? Channel::letter : n % 20 == 2 ? Channel::call : Channel::email, .mail_kind = MessageKind::person};
        e.from_name = parent[std::size_t(who)];
        e.from_address = "p" + std::to_string(who) + "@example.org";
        e.subject = made.word() + " " + made.word();
        e.text = text(who);
        return {std::move(e), MessageRouted{.message = id, .conversation = conversation, .case_id = {number(who)}, .contact = {"k-" + std::to_string(who)}, .relation = Relation::mother, .owner = owner(who), .team = send_team, .routed_by = RoutedBy::sender, .because = "Because."}};
    }
    Search::Question question(int n, Date first_day) {
        auto& m = made;
        const int who = m.below(children);
        const auto day = Date{std::chrono::sys_days{first_day} + std::chrono::days{m.below(1000)}};
        switch (n % 20) {
            case 0: return {.text = m.one_of(office_words)};
            case 1: return {.text = m.one_of(office_words) + " " + m.one_of(office_words)};
            case 2: return {.text = "\"" + m.one_of(office_words) + " " + m.one_of(office_words) + "\""};
            case 3: return {.text = child[std::size_t(who)]};
            case 4: return {.text = parent[std::size_t(who)] + " " + m.one_of(office_words)};
            case 5: return {.text = number(who)};
            case 6: return {.text = MadeUp::phone(who)};
            case 7: return {.text = "07700 900"};
            case 8: return {.text = m.one_of(office_words).substr(0, 3)};
            case 9: return {.text = m.word().substr(0, 2)};
            case 10: return {.text = m.one_of(office_words), .case_id = number(who)};
            case 11: return {.text = m.one_of(office_words), .owner = owner(who).value};
            case 12: return {.text = m.one_of(office_words), .person = "k-" + std::to_string(who)};
            case 13: return {.text = m.one_of(office_words), .kind = "letter"};
            case 14: return {.text = m.word(), .from = day, .to = Date{std::chrono::sys_days{day} + std::chrono::days{30}}};
            case 15: return {.text = m.one_of(office_words), .best_first = true};
            case 16: return {.text = m.one_of(office_words) + " " + m.one_of(first_names), .best_first = true};
            case 17: return {.text = m.word() + " " + m.word() + " " + m.word()};
            case 18: return {.text = m.one_of(office_words), .page = 40};
            default: return {.text = "good morning thank", .owner = owner(who).value, .kind = "email", .way = "in", .from = day};
        }
    }
};

void write_log(Log& log, Vault& vault, Council& council, int messages, Instant first) {
    Head head = genesis("E1");
    std::vector<Entry> entries;
    const auto conclude = [&](std::vector<AnyEvent> events, Instant when) {
        Decision decision{.id = "d" + std::to_string(head.sequence + 1), .cause = "x", .time = when, .events = {}};
        for (auto& each : events) decision.events.push_back({{decision.id + "." + std::to_string(decision.events.size() + 1)}, std::move(each)});
        Entry entry{Topic::journal, encode_decision(decision, "E1", vault)};
        chain(entry.record, head, 0);
        for (auto& key : vault.new_keys()) entries.push_back(std::move(key));
        entries.push_back(std::move(entry));
        if (entries.size() < decisions_at_once) return;
        log.append(std::exchange(entries, {}));
        vault.keys_written();
    };
    auto people = council.people();
    for (std::size_t n = 0; n < people.size(); n += 50) conclude({people.begin() + std::ptrdiff_t(n), people.begin() + std::ptrdiff_t(std::min(n + 50, people.size()))}, first);
    for (int n = 0; n < messages; ++n) {
        const auto when = first + std::chrono::minutes{1000LL * 24 * 60 * n / messages};
        conclude(council.message(n, when), when);
    }
    log.append(entries);
}

double milliseconds_of(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

int bench(int messages, unsigned seed) {
    const TempFolder folder;
    const auto log = open_sqlite_log({.folder = folder.path(), .authority = "E1"});
    const auto first = at("2024-01-08T09:00");
    Vault vault(*log, MasterKey::from_bytes({1}), [&] { return first; });
    Council council(seed);
    write_log(*log, vault, council, messages, first);

    SearchIndex index(folder.path());
    const auto taken_in = milliseconds_of([&] {
        std::jthread writer([&](std::stop_token stop) { index.run(*log, "E1", vault, stop, [](std::string_view words) { std::printf("%.*s\n", int(words.size()), words.data()); }); });
        while (index.behind()) pause(Millis{20});
    });
    std::vector<double> took;
    std::array<double, 20> worst{};
    for (int n = 0; n < 500; ++n) {
        const auto q = council.question(n, london_date(first));
        took.push_back(milliseconds_of([&] { Search(index).ask(q); }));
        worst[std::size_t(n % 20)] = std::max(worst[std::size_t(n % 20)], took.back());
    }
    std::sort(took.begin(), took.end());
    const auto share = [&](double part) { return took[std::size_t(part * double(took.size() - 1))]; };
    std::printf("search, %d messages of %.1f kB (seed %u): indexed in %.0f s, %.0f MB; 500 questions: median %.1f ms, 95 of 100 within %.1f ms (goal 200), 99 within %.1f ms, the slowest %.1f ms\n", messages, council.written / messages / 1000, seed,
                taken_in / 1000, double(std::filesystem::file_size(folder.path() + "/search.sqlite")) / 1e6, share(0.5), share(0.95), share(0.99), took.back());
    std::printf("  the slowest of each sort, ms:");
    for (const auto each : worst) std::printf(" %.0f", each);
    std::printf("\n");
    return 0;
}

}  // namespace

}  // namespace hearback

int main(int count, char** arguments) { return hearback::bench(count > 1 ? std::atoi(arguments[1]) : 200'000, count > 2 ? unsigned(std::atoi(arguments[2])) : 20270211); }
