// What the web edge works with, and how it acts: the web never decides. It appends what a person did to the inbox and
// shows the outcome when the view has applied it.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "deciders/office.hpp"
#include "edges/web/api/machine_keys.hpp"
#include "edges/web/api/used_keys.hpp"
#include "edges/web/http.hpp"
#include "events/codec.hpp"
#include "kernel/working_time.hpp"
#include "runtime/clock.hpp"
#include "vault/vault.hpp"
#include "views/insight.hpp"
#include "views/reading.hpp"
#include "views/search.hpp"

namespace hearback {

struct OfficeDesk {
    Log& log;
    Vault& vault;
    const Views& views;
    const SearchIndex& search;
    const Clock& clock;
    const MachineKeys& machine_keys;
    UsedKeys& used_keys;
    std::string authority, council_name;
    OpenTime window, answering;
    Standard standard;
    bool made_up = false;
    std::function<std::string()> metrics;
    std::function<std::optional<std::string>()> unwell;  ///< why the program is unwell, or nothing
    std::function<void(Instant)> go_to;                    ///< set clock only: returns when all is quiet

    Reading reading() const { return Reading(views); }
    Insight insight() const { return Insight(views); }
};

/// The rows that an address asks for: ?owner=&team=&standing=&rung=&broken=true&waiting=true&returned=true&text=
Reading::Question rows_asked(const Request&, int most);

/// What an address asks to be found: ?text=&case=&person=&owner=&kind=&way=&from=&to=&order=best&page=
Search::Question search_asked(const Request&);

/// How long a page waits for its act to show.
inline constexpr Millis act_patience{3000};

/// A token that names one act: the same form sent twice is one act. 32 hex digits.
std::string new_act();

struct ActShown {
    bool shown = false;  ///< false: it is kept, and will show in a moment
    ActOutcome outcome;
};
/// Appends the act, unless something has come of it already, and waits until the view shows its outcome. Throws LogError when it could not be kept.
ActShown act(const OfficeDesk&, const std::string& id, AnyEvent, std::span<const Blob> blobs = {});

}  // namespace hearback
