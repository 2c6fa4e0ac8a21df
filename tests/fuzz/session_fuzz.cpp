// Whatever a client says: the session ends a mail nowhere but at CR LF . CR LF, keeps within its limits, answers in
// whole lines, and says the same however the bytes were cut into pieces (but for a client that does not wait for 354).
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "edges/smtp_in/session.hpp"

namespace {

using namespace hearback;

void demand(bool holds) {
    if (!holds) std::abort();
}

struct Played {
    std::string replies, mails;
    bool early = false;
};

Played play(std::string_view bytes, std::size_t piece) {
    SmtpSettings settings;
    settings.mailboxes = {"send-team@council.example"};
    settings.limits.message_bytes = 10'000;
    SmtpSession session(settings, "192.0.2.1");
    Played played;
    while (!bytes.empty()) {
        auto input = bytes.substr(0, piece);
        bytes.remove_prefix(input.size());
        while (!input.empty()) {
            const auto act = session.take(input, played.replies);
            demand(session.message().size() <= settings.limits.message_bytes);
            demand(session.envelope().recipients.size() <= settings.limits.recipients);
            if (act == SmtpSession::Act::deliver) {
                const auto mail = session.message();
                for (std::size_t i = 0; i < mail.size(); ++i) {
                    demand(mail[i] != '\n' || (i > 0 && mail[i - 1] == '\r'));
                    demand(mail[i] != '\r' || (i + 1 < mail.size() && mail[i + 1] == '\n'));
                }
                demand(!session.envelope().recipients.empty());
                played.mails.append(mail).append("|");
                session.delivered({}, played.replies);
            }
            if (act == SmtpSession::Act::start_tls) session.tls_started();
            if (act == SmtpSession::Act::close) {
                played.early = played.replies.find("wait for 354") != std::string::npos;
                return played;
            }
        }
    }
    return played;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto bytewise = play(bytes, 1), pieces = play(bytes, 7), whole = play(bytes, bytes.size() + 1);
    demand(bytewise.replies.empty() || bytewise.replies.ends_with("\r\n"));
    if (!pieces.early) demand(pieces.replies == bytewise.replies && pieces.mails == bytewise.mails);
    if (!whole.early) demand(whole.replies == bytewise.replies && whole.mails == bytewise.mails);
    return 0;
}
