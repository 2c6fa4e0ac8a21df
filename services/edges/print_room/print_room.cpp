#include "edges/print_room/print_room.hpp"

#include "events/inbox.hpp"
#include "kernel/decider.hpp"

namespace hearback {

namespace {

constexpr Millis try_again_after{2000};

}  // namespace

PrintRoom::PrintRoom(Log& log, Vault& vault, const Clock& clock, std::filesystem::path folder, const WorkingDays& days, std::string authority,
                     std::function<void(std::string_view)> trouble)
    : log_(log), vault_(vault), clock_(clock), folder_(std::move(folder), days), authority_(std::move(authority)), trouble_(std::move(trouble)),
      worker_([this](std::stop_token stop) { work(stop); }) {}

PrintRoom::~PrintRoom() { worker_.request_stop(); }

const Types& PrintRoom::hears() const {
    static const Types types{"MessageRendered", "LetterInPrintRoom"};
    return types;
}

void PrintRoom::hear(const Told& decision, const Head&) {
    for (const auto& said : decision->events)
        std::visit(match{
            [&](const MessageRendered& e) {
                if (!e.by_post) return;
                const Letter letter{e.message, e.bytes.or_empty(), int(e.pages)};
                waiting_[e.message] = letter;
                if (began_) jobs_.put(letter);
            },
            [&](const LetterInPrintRoom& e) { waiting_.erase(e.message); },
            [](const auto&) {}}, said.event);
}

void PrintRoom::caught_up() {
    if (std::exchange(began_, true)) return;
    for (const auto& [message, letter] : waiting_) jobs_.put(letter);
}

/// Paper is never made twice: the folder knows what it has, so a letter may be brought to it again after any death.
void PrintRoom::place(const Letter& letter, std::stop_token stop) {
    const auto pdf = vault_.open_blob(letter.pdf);
    if (!pdf) return;  // erased: nobody is to read it any more
    const auto placed = folder_.put(letter.message, clock_.now(), *pdf, letter.pages);
    const Heard heard{.id = "placed-" + letter.message.value, .time = clock_.now(), .event = LetterPlaced{.message = letter.message, .day = placed.day}};
    append_until_kept(log_, authority_, vault_, {&heard, 1}, {}, stop);
}

void PrintRoom::work(std::stop_token stop) {
    name_thread("print room");
    for (;;) {
        const auto letters = jobs_.take(1, stop);
        if (letters.empty()) return;
        for (bool placed = false; !placed && !stop.stop_requested();) {
            try {
                place(letters.front(), stop);
                placed = true;
            } catch (const std::runtime_error& e) {
                trouble_(e.what());
                for (Millis waited{0}; waited < try_again_after && !stop.stop_requested(); waited += Millis{100}) pause(Millis{100});
            } catch (const std::invalid_argument& e) {
                trouble_(e.what());
                placed = true;  // it has its paper already; another one would be the second
            }
        }
    }
}

}  // namespace hearback
