// The whole program, or the roles of it that were asked for, started and stopped in the right order.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "commands/premises.hpp"

namespace hearback {

struct RunOptions {
    std::set<std::string> roles;          ///< empty: all. smtp_in, clerk, rendering, mailer, print_room, publisher, web
    std::optional<Instant> set_clock;     ///< a made-up council whose clock stands until it is put forward
};

/// The names of the roles.
const std::set<std::string>& all_roles();

/// Runs until SIGTERM or SIGINT; drains within 10 s. Returns the exit status.
int run_program(const Where&, const RunOptions&);

}  // namespace hearback
