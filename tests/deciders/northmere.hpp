// The people of a made-up council, and what they do, for the scenarios.
#pragma once

#include "scenario.hpp"

namespace hearback {

inline const TeamId send_team{"t-send"};
inline const StaffId priya{"priya"}, dana{"dana"}, jo{"jo"}, helen{"helen"}, carl{"carl"};
inline const CaseId ada{"NM-2041"}, kai{"NM-2042"}, bo{"NM-2050"};

inline StaffListed member(const StaffId& id, StaffRole role, std::string name) {
    return {.staff = id, .role = role, .team = send_team, .name = std::move(name), .email = {}, .phone = {}};
}

/// Sam has Ada; Donna has Kai and Bo. Priya is the caseworker of all, Dana her deputy.
std::vector<AnyEvent> northmere();

inline Scenario<> office() { return std::move(Scenario<>().given(northmere())); }

inline MailArrived mail_from(std::string address, std::string_view london, std::string subject = "Transport") {
    MailArrived mail;
    mail.received_at = at(london);
    mail.mailbox = "send@northmere.example";
    mail.envelope_from = address;
    mail.from_address = std::move(address);
    mail.from_name = "A. Writer";
    mail.subject = std::move(subject);
    mail.text = "When will we hear from you?";
    mail.raw = BlobRef{"name", "key", 100};
    return mail;
}
inline MailArrived from_sam(std::string_view london) { return mail_from("sam@example.org", london); }

inline ReplyHandedIn reply_to(const MessageReceived& newest, const StaffId& staff = priya) {
    return {.conversation = newest.conversation, .staff = staff, .last_seen = newest.message, .kind = ReplyKind::full, .cases = {}, .left_open = 0, .new_day = {}, .signpost = {}, .answered = {}, .subject = {}, .text = "On Monday."};
}

/// Renders and grants; the carrier then reports how it went.
inline AttemptGranted granted(Scenario<>& all, const MessageId& message) {
    all.when(RenderingDone{.message = message, .instance = {"one"}, .to = "sam@example.org", .bytes = BlobRef{"b", "k", 1}});
    return all.the<AttemptGranted>();
}
inline void report(Scenario<>& all, const AttemptGranted& grant, AttemptOutcome outcome) {
    all.when(AttemptReported{.message = grant.message, .attempt = grant.attempt, .outcome = outcome, .at = all.now(), .code = 0, .words = "ok"});
}
inline void send(Scenario<>& all, const MessageId& message) { report(all, granted(all, message), AttemptOutcome::sent); }

}  // namespace hearback
