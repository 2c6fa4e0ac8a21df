// The words of mail systems, lower case, by what they mean for the address. Data only.
#pragma once

#include <string_view>

namespace hearback::bounce_words {

// clang-format off
/// In the subject of a mail from a mail system: a message was not delivered.
inline constexpr std::string_view subjects[] = {
    "undeliver", "returned mail", "delivery status notification", "delivery failure", "delivery failed",
    "delivery has failed", "failure notice", "mail delivery", "mail system error", "could not be delivered",
    "couldn't be delivered", "delivery error", "delivery problem", "non-delivery", "nondeliver", "non delivery",
    "not delivered", "returned to sender", "mail failure", "could not send message", "unzustellbar",
    "delivery report", "delivery notification", "message you sent blocked", "delayed mail", "delivery delayed",
    "dsn:", "rejected", "failed mail", "permanent fail", "error sending", "error delivering", "returned message",
    "message delivery", "warning: message", "delivery unsuccessful", "unable to deliver", "could not deliver",
    "can't be delivered", "cannot be delivered", "user unknown", "message status", "warning: could not send",
    "unsolicited bulk email", "undelivered", "no se puede entregar", "no entregado", "non remis",
    "échec de la remise", "nicht zugestellt", "mancata consegna", "não foi possível entregar"};

/// The same in its first words.
inline constexpr std::string_view texts[] = {
    "could not be delivered", "couldn't be delivered", "was not delivered", "unable to deliver", "were unsuccessful",
    "undeliverable", "delivery failed", "delivery to the following", "delivery failure", "permanent error",
    "permanent fatal errors", "qmail-send", "user unknown", "does not exist", "could not deliver",
    "cannot be delivered", "can not be delivered", "not be delivered to", "following recipient", "following address",
    "failed permanently", "i'm sorry to have to inform", "mailbox is full", "quota", "550 ", "rejected",
    "message has been blocked", "reason:"};

/// The sender or the way it came was refused, not the recipient.
inline constexpr std::string_view about_the_sender[] = {
    "after mail from", ">>> mail from", "sender address rejected"};

/// No doubt, whatever else is said.
inline constexpr std::string_view no_such_person[] = {
    "user unknown", "unknown user", "no such user", "does not exist", "doesn't have a", "unknown recipient",
    "recipient unknown", "no such recipient", "unknown local part", "not our customer"};

/// A state, a policy or a network, which may be another tomorrow.
inline constexpr std::string_view passing_trouble[] = {
    "mailbox full", "mailbox is full", "quota", "mailbox size", "insufficient system storage", "mailfolder is full",
    "spam", "blocked", "block list", "blocklist", "blacklist", "reputation", "policy", "authenticat", "spf", "dkim",
    "dmarc", "greylist", "try again", "rate limit", "too many", "too large", "message size", "virus", "content",
    "ptr record", "reverse dns", "frequency", "timed out", "timeout", "connection refused", "relay", "disabled",
    "inactive", "suspended", "mail loop", "too many hops", "access denied", "filter", "loops back", "not reachable"};

/// The address or its domain does not exist.
inline constexpr std::string_view bad_address[] = {
    "no mailbox", "mailbox unavailable", "no longer valid", "not listed in", "unrouteable address", "host unknown",
    "host not found", "domain not found", "no such domain", "unknown domain", "name or service not known",
    "invalid recipient", "unknown address", "address unknown", "undeliverable address", "not a valid mailbox",
    "has moved", "no such mailbox", "user not found", "recipient not found", "unknown mailbox", "invalid mailbox",
    "bad destination", "nullmx", "null mx", "does not accept mail", "not a known user", "no account",
    "name is not recognized", "no valid recipients", "no mx record", "no mx found", "dns lookup failure: host",
    "address couldn't be found", "address wasn't found", "check if address is correct",
    "invalid final delivery userid"};
// clang-format on

}  // namespace hearback::bounce_words
