#include "events/follower.hpp"

#include "runtime/clock.hpp"

namespace hearback {

Follower::Follower(Log& log, std::string authority, Seal& seal) : log_(log), from_(genesis(authority)), seal_(seal) {}

void Follower::add(Listener& listener) {
    listeners_.push_back(&listener);
    wanted_.insert(listener.hears().begin(), listener.hears().end());
}

void Follower::tell(const Stored& stored, const Head& head) {
    const auto decision = std::make_shared<const Decision>(speaks_of(stored.record, wanted_) ? decode_decision(stored.record, seal_, &wanted_)
                                                                                             : Decision{.id = std::string(stored.record.header("ce_id")), .cause = {}, .time = {}, .events = {}});
    for (auto* listener : listeners_) listener->hear(decision, head);
}

void Follower::rest(const std::stop_token& stop) const {
    constexpr Millis look_up{50};
    for (Millis rested{0}; rested < rest_ && !stop.stop_requested(); rested += look_up) pause(look_up);
}

void Follower::run(std::stop_token stop, const std::function<void(std::string_view)>& trouble) {
    Head told = from_;
    std::optional<Journal> from(std::in_place, log_, told);
    const auto tell_all = [&](const Stored& stored) {
        tell(stored, from->head());
        told = from->head();
    };
    bool behind = true;
    while (!stop.stop_requested()) {
        try {
            auto& journal = *from;
            const auto seen = journal.advance(500, Millis{behind ? 0 : 100}, tell_all);
            if (seen == 0 && behind) {
                for (auto* listener : listeners_) listener->caught_up();
                rest(stop);
            }
            behind = seen > 0;
            if (!behind) sequence_ = journal.head().sequence;
            ignored_ = journal.ignored();
        } catch (const LogError& e) {
            if (!e.retryable()) throw;
            trouble(e.what());
            from.emplace(log_, told);  // whom the trouble befell is told that decision again
            pause(Millis{200});
        }
    }
}

}  // namespace hearback
