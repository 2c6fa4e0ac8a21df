#include <ostream>

#include "commands/commands.hpp"
#include "clerk/deciders.hpp"
#include "events/codec.hpp"
#include "events/json_text.hpp"
#include "log/journal.hpp"
#include "log/sha256.hpp"
#include "mail/read_mail.hpp"

namespace hearback {

namespace {

void as_json(std::ostream& out, const Decision& decision, const Said& said, Offset offset, const Head& head) {
    std::string line = "{\"id\":";
    put_json_string(line, said.id.value);
    line += ",\"offset\":" + std::to_string(offset) + ",\"sequence\":" + std::to_string(head.sequence) + ",\"hash\":\"" + head.hash + "\",\"time\":";
    put_json_string(line, to_iso(decision.time));
    line += ",\"cause\":";
    put_json_string(line, decision.cause);
    line += ",\"speaker\":";
    put_json_string(line, speaker_of(said.event));
    line += ",\"type\":";
    put_json_string(line, type_of(said.event));
    line += ",\"subject\":";
    put_json_string(line, subject_of(said.event));
    out << line << ",\"data\":" << to_json(said.event) << "}\n";
}

void as_lines(std::ostream& out, const Decision& decision, Offset offset) {
    out << offset << "  " << to_iso(decision.time) << "  " << decision.cause << "  " << decision.id << "\n";
    for (const auto& said : decision.events) out << "      " << type_of(said.event) << "  " << subject_of(said.event) << "\n";
}

int verify(Premises& premises, std::ostream& out) {
    Journal journal(*premises.log, genesis(premises.authority()));
    std::uint64_t events = 0;
    while (journal.advance(1000, Millis{0}, [&](const Stored& stored) { events += decode_decision(stored.record, *premises.vault).events.size(); }) > 0) {
    }
    out << "The chain holds: " << journal.head().sequence << " decisions with " << events << " events, " << journal.ignored() << " records that lost a race.\n"
        << "Head: " << journal.head().hash << "\n";
    return 0;
}

/// Calls `found` with each decision that counts, from the first on.
template <class Found>
void each_decision(Premises& premises, Found&& found) {
    Journal journal(*premises.log, genesis(premises.authority()));
    while (journal.advance(1000, Millis{0}, [&](const Stored& stored) { found(decode_decision(stored.record, *premises.vault), stored); }) > 0) {
    }
}

}  // namespace

int create_log(const Where& where, int replication, std::ostream& out) {
    const auto config = read_config(where);
    if (is_on_kafka(config)) {
        out << create_kafka_topics(kafka_settings(config, where.data), replication);
        return 0;
    }
    const SystemClock clock;
    const auto premises = open_premises(where, clock);
    out << "The log of " << premises.authority() << " is in " << where.data << ".\n";
    return 0;
}

int show_journal(const Where& where, const JournalOptions& options, std::ostream& out) {
    const SystemClock clock;
    auto premises = open_premises(where, clock);
    if (options.verify) return verify(premises, out);
    Journal journal(*premises.log, genesis(premises.authority()));
    const auto show = [&](const Stored& stored) {
        const auto decision = decode_decision(stored.record, *premises.vault);
        if (!options.json) return as_lines(out, decision, stored.offset);
        for (const auto& said : decision.events) as_json(out, decision, said, stored.offset, journal.head());
    };
    while (journal.advance(500, Millis{options.follow ? 500 : 0}, show) > 0 || options.follow) {
        if (options.follow && !out.flush()) break;
    }
    return 0;
}

int show_services(std::ostream& out) {
    for (const auto& service : Deciders::services()) {
        out << service.name << "\n  hears ";
        for (const auto& each : service.hears) out << " " << each;
        out << "\n  says  ";
        for (const auto& each : service.says) out << " " << each;
        out << "\n";
    }
    return 0;
}

int explain_why(const Where& where, const std::string& event, std::ostream& out) {
    const SystemClock clock;
    auto premises = open_premises(where, clock);
    // An event's id is its decision's and a number; the decision's id is what caused it.
    const auto dot = event.rfind('.');
    const auto wanted = dot != event.npos && event.find_first_not_of("0123456789", dot + 1) == event.npos ? event.substr(0, dot) : event;
    bool found = false;
    std::string message;
    each_decision(premises, [&](const Decision& decision, const Stored& stored) {
        if (decision.id != wanted) return;
        found = true;
        as_lines(out, decision, stored.offset);
        if (decision.cause == "ClockStruck") out << "Because the clock reached " << to_iso(decision.time) << ", when something was due.\n";
        else if (decision.cause == "MailArrived") out << "Because a mail arrived. Nothing was before it.\n";
        else out << "Because of " << decision.cause << ", inbox record " << decision.id << ".\n";
        for (const auto& said : decision.events) message = subject_of(said.event);
    });
    if (!found) throw BadConfig("There is no event " + event + " in this journal.");
    out << "\nBefore it, about " << message << ":\n";
    bool before = true;
    each_decision(premises, [&](const Decision& decision, const Stored& stored) {
        before = before && decision.id != wanted;
        if (!before) return;
        for (const auto& said : decision.events)
            if (subject_of(said.event) == message) {
                out << "  " << stored.offset << "  " << to_iso(decision.time) << "  " << decision.cause << " -> " << type_of(said.event) << "  (" << said.id.value << ")\n";
            }
    });
    return 0;
}

namespace {

void put(std::string& line, const char* name, std::string_view text) {
    line += line.size() > 1 ? ",\"" : "\"";
    line += name;
    line += "\":";
    put_json_string(line, text);
}

void put_list(std::string& line, const char* name, const std::vector<std::string>& texts) {
    line += std::string(",\"") + name + "\":[";
    for (std::size_t n = 0; n < texts.size(); ++n) {
        if (n) line += ',';
        put_json_string(line, texts[n]);
    }
    line += ']';
}

std::string dump_line(const MessageReceived& e, const std::string& raw, const std::string& sha256, int automatic_replies) {
    const auto mail = read_mail(raw);
    std::string line = "{";
    put(line, "raw_sha256", sha256);
    put(line, "envelope_from", e.envelope_from.or_empty());
    put_list(line, "envelope_to", {e.mailbox});
    put(line, "subject", mail.subject);
    put(line, "message_id", mail.message_id);
    std::vector<std::string> from;
    for (const auto& each : mail.from) from.push_back(lower_case(each.address));
    put_list(line, "from", from);
    line += ",\"date_unix\":" + (mail.date ? std::to_string(std::chrono::floor<std::chrono::seconds>(*mail.date).time_since_epoch().count()) : std::string("null"));
    line += std::string(",\"has_html_body\":") + (mail.has_html ? "true" : "false");
    put(line, "text", mail.text);
    put(line, "html_text", mail.html_text);
    put(line, "shown_text", mail.shown_text);
    put(line, "kind", to_words(mail.kind));
    line += ",\"parts\":[";
    bool first = true;
    for (const auto& part : mail.parts) {
        if (part.name.empty() || part.is_inner) continue;
        std::string one = "{";
        put(one, "name", part.name);
        put(one, "sha256", part.sha256);
        line += (first ? "" : ",") + one + ",\"bytes\":" + std::to_string(part.bytes) + "}";
        first = false;
    }
    line += "],\"bounces\":[";
    first = true;
    for (const auto& failure : mail.deliveries) {
        std::string one = "{";
        put(one, "status", failure.status);
        put(one, "recipient", failure.recipient);
        line += (first ? "" : ",") + one + ",\"hard\":" + (failure.hard ? "true" : "false") + "}";
        first = false;
    }
    return line + "],\"automatic_replies\":" + std::to_string(automatic_replies) + "}";
}

}  // namespace

int dump_messages(const Where& where, std::ostream& out) {
    const SystemClock clock;
    auto premises = open_premises(where, clock);
    std::map<MessageId, int> answered;
    std::vector<MessageReceived> received;
    each_decision(premises, [&](const Decision& decision, const Stored&) {
        for (const auto& said : decision.events) {
            if (const auto* e = std::get_if<AcknowledgementPrepared>(&said.event)) ++answered[e->answers];
            if (const auto* e = std::get_if<MessageReceived>(&said.event)) received.push_back(*e);
        }
    });
    for (const auto& e : received) {
        const auto raw = premises.vault->open_blob(e.raw.or_empty());
        if (raw) out << dump_line(e, *raw, sha256_hex(*raw), answered[e.message]) << "\n";
    }
    return 0;
}

}  // namespace hearback
