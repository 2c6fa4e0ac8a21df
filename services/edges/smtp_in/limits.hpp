// Everything that a client may use up, each with a name. Printed at start.
#pragma once

#include <chrono>
#include <cstddef>

namespace hearback {

struct SmtpLimits {
    std::size_t message_bytes = 40u << 20;       ///< 25 MB of attachments are 34 MB as base64; offered as SIZE
    std::size_t command_bytes = 2048;            ///< RFC 5321 4.5.3.1.4 asks for 512; extensions need more
    std::size_t runaway_line_bytes = 64u << 10;  ///< a command line without end closes the connection here
    std::size_t recipients = 100;                ///< RFC 5321 4.5.3.1.8
    std::size_t errors = 20;                     ///< refused commands of one connection, then it is closed
    std::size_t idle_commands = 200;             ///< commands in a row that bring no mail forward
    std::size_t connections = 1000;
    std::size_t connections_per_address = 700;
    std::chrono::seconds idle{290};      ///< RFC 5321 4.5.3.2.7 asks for 5 minutes at least; ours ends just within
    std::chrono::seconds data{25 * 60};  ///< from DATA to the final dot, however slowly bytes drip
    std::chrono::seconds session{60 * 60};
    std::chrono::seconds stop_grace{5};  ///< how long a stop waits for a mail that is under way
};

}  // namespace hearback
