#include "commands/measures.hpp"

#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include "clerk/clerk.hpp"
#include "edges/mailer/mailer.hpp"
#include "edges/publisher/publisher.hpp"
#include "edges/smtp_in/smtp_in.hpp"
#include "events/follower.hpp"
#include "mail/reader_pool.hpp"
#include "views/search.hpp"

namespace hearback {

std::string measures(const Measured& of) {
    prometheus::Registry registry;
    const auto say = [&](const char* name, const char* help, double value) {
        prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({}).Set(value);
    };
    if (of.clerk) {
        const auto pulse = of.clerk->pulse();
        say("hearback_journal_sequence", "Decisions that have counted.", double(pulse.head.sequence));
        say("hearback_inbox_position", "First inbox offset that is not concluded yet.", double(pulse.head.inbox_next));
        say("hearback_messages_in_flight", "Messages between release and outcome.", double(pulse.in_flight));
        say("hearback_clerk_refolds", "Races lost: states folded again.", double(pulse.refolds));
        say("hearback_inputs_parked", "Inputs that could not be understood since the start.", double(pulse.parked));
    }
    if (of.follower) {
        say("hearback_follower_sequence", "Decisions that all listeners have taken in.", double(of.follower->sequence()));
        say("hearback_journal_ignored", "Records that lost a race and count for nothing.", double(of.follower->ignored()));
    }
    if (of.search) say("hearback_search_sequence", "Decisions whose messages can be found.", double(of.search->sequence()));
    if (of.mailer) say("hearback_mailer_sent", "Messages that the relay has taken since the start.", double(of.mailer->sent()));
    if (of.publisher) {
        const auto published = of.publisher->sequence(), counted = of.follower ? of.follower->sequence() : published;
        say("hearback_publisher_sequence", "Decisions whose events others can read.", double(published));
        say("hearback_publisher_lag", "Decisions that have counted and whose events others cannot read yet.", counted > published ? double(counted - published) : 0.0);
    }
    if (of.smtp) say("hearback_smtp_connections", "Open SMTP connections.", double(of.smtp->connections()));
    if (of.readers) say("hearback_readers_replaced", "Mail readers that a mail had ended.", double(of.readers->replaced()));
    return prometheus::TextSerializer().Serialize(registry.Collect());
}

}  // namespace hearback
