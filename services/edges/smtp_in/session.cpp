#include "edges/smtp_in/session.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "edges/smtp_in/address.hpp"

namespace hearback {
namespace {

std::string lower(std::string_view text) {
    std::string small(text);
    for (char& c : small)
        if (c >= 'A' && c <= 'Z') c = char(c + 32);
    return small;
}

std::string_view take_word(std::string_view& text) {
    const auto begin = std::min(text.find_first_not_of(' '), text.size());
    text.remove_prefix(begin);
    const auto word = text.substr(0, text.find(' '));
    text.remove_prefix(word.size());
    return word;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

/// "<path> parameters" after "FROM:" or "TO:"; false when it has not that form.
bool take_path(std::string_view& argument, std::string_view keyword, std::string_view& path) {
    if (argument.size() < keyword.size() || lower(argument.substr(0, keyword.size())) != keyword) return false;
    auto rest = trimmed(argument.substr(keyword.size()));
    if (!rest.starts_with('<')) return false;
    const auto close = end_of_path(rest);
    if (close == rest.npos) return false;
    path = rest.substr(1, close - 1);
    argument = rest.substr(close + 1);
    return argument.empty() || argument.front() == ' ';
}

std::string_view usual_words(SmtpVerdict::Kind kind) {
    switch (kind) {
        case SmtpVerdict::taken:
            return "250 2.0.0 taken, and safe";
        case SmtpVerdict::try_later:
            return "451 4.3.0 cannot take mail now, try again later";
        case SmtpVerdict::storage_full:
            return "452 4.3.1 no room to keep mail safe, try again later";
        case SmtpVerdict::too_big:
            return "552 5.3.4 the message is too big";
        case SmtpVerdict::refused:
            return "554 5.7.1 refused";
    }
    return "451 4.3.0 try again later";
}

std::string words_of(const SmtpVerdict& verdict) {
    const auto usual = usual_words(verdict.kind);
    if (verdict.words.empty()) return std::string(usual);
    std::string line(usual.substr(0, 10));  // code and enhanced code
    for (char c : verdict.words) line += c >= ' ' && c < 0x7f ? c : ' ';
    return line;
}

void say(std::string& replies, std::string_view line) { replies.append(line).append("\r\n"); }

}  // namespace

SmtpSession::SmtpSession(const SmtpSettings& settings, std::string client_address, Health health)
    : settings_(settings), health_(std::move(health)) {
    envelope_.client_address = std::move(client_address);
}

std::string SmtpSession::greeting() const { return "220 " + settings_.host_name + " ESMTP Hearback\r\n"; }

std::string SmtpSession::farewell(std::string_view reason) {
    return std::string("421 4.4.2 ").append(reason).append("\r\n");
}

SmtpSession::Act SmtpSession::take(std::string_view& input, std::string& replies) {
    while (!input.empty()) {
        if (state_ == State::data) {
            if (!take_data(input)) return Act::read;
            if (const auto act = end_of_data(replies); act != Act::read) return act;
            continue;
        }
        const auto newline = input.find('\n');
        const auto piece = input.substr(0, newline == input.npos ? input.size() : newline + 1);
        input.remove_prefix(piece.size());
        if (line_.size() + piece.size() > settings_.limits.runaway_line_bytes) {
            say(replies, "500 5.5.2 a line without end");
            return Act::close;
        }
        line_ += piece;
        if (newline == input.npos && line_.back() != '\n') return Act::read;
        const auto line = std::exchange(line_, {});
        if (const auto act = command(line, !input.empty(), replies); act != Act::read) return act;
    }
    return Act::read;
}

SmtpSession::Act SmtpSession::refuse(std::string& replies, std::string_view reply) {
    say(replies, reply);
    if (++errors_ < settings_.limits.errors) return Act::read;
    say(replies, "421 4.7.0 too many errors, closing");
    return Act::close;
}

SmtpSession::Act SmtpSession::command(std::string_view line, bool more_follows, std::string& replies) {
    if (line.size() > settings_.limits.command_bytes) return refuse(replies, "500 5.5.2 line too long");
    // A command ends at CR LF and nowhere else, and holds no control character (RFC 5321 2.3.8).
    if (!line.ends_with("\r\n")) return refuse(replies, "500 5.5.2 a bare line feed ends no command");
    line.remove_suffix(2);
    if (std::any_of(line.begin(), line.end(), [](unsigned char c) { return (c < ' ' && c != '\t') || c == 0x7f; }))
        return refuse(replies, "500 5.5.2 control characters in a command");
    auto argument = line;
    const auto verb = lower(take_word(argument));
    argument = trimmed(argument);
    if (verb != "data" && verb != "mail" && verb != "rcpt" && ++idle_commands_ > settings_.limits.idle_commands) {
        say(replies, "421 4.7.0 too many commands without mail, closing");
        return Act::close;
    }
    if (verb == "ehlo" || verb == "helo") return hello(argument, verb == "ehlo", replies);
    if (verb == "mail" || verb == "rcpt") {
        const auto before = replies.size();
        if (!said_hello_)
            say(replies, "503 5.5.1 say EHLO first");
        else if (verb == "mail")
            mail(argument, replies);
        else
            recipient(argument, replies);
        if (replies[before] == '2') return Act::read;
        const auto reply = replies.substr(before, replies.size() - before - 2);
        replies.resize(before);
        return refuse(replies, reply);
    }
    if (verb == "data") return data(more_follows, replies);
    if (verb == "rset") {
        reset();
        say(replies, "250 2.0.0 forgotten");
        return Act::read;
    }
    if (verb == "noop") return say(replies, "250 2.0.0 yes"), Act::read;
    if (verb == "quit") return say(replies, "221 2.0.0 goodbye"), Act::close;
    if (verb == "vrfy") return say(replies, "252 2.1.5 send it, then you will see"), Act::read;
    if (verb == "help") return say(replies, "214 2.0.0 see RFC 5321"), Act::read;
    if (verb != "starttls" || !settings_.offer_tls) return refuse(replies, "502 5.5.1 not a command here");
    if (envelope_.encrypted) return refuse(replies, "503 5.5.1 already encrypted");
    if (!argument.empty()) return refuse(replies, "501 5.5.4 STARTTLS stands alone");
    // RFC 3207 and CVE-2011-0411: what was sent in clear behind STARTTLS is never obeyed.
    say(replies, "220 2.0.0 go ahead");
    return Act::start_tls;
}

SmtpSession::Act SmtpSession::hello(std::string_view argument, bool extended, std::string& replies) {
    if (argument.empty()) return refuse(replies, "501 5.5.4 say who you are");
    reset();
    said_hello_ = true;
    envelope_.client_name = std::string(argument.substr(0, 255));
    if (!extended) return say(replies, "250 " + settings_.host_name), Act::read;
    say(replies, "250-" + settings_.host_name);
    say(replies, "250-SIZE " + std::to_string(settings_.limits.message_bytes));
    for (const auto* extension : {"250-PIPELINING", "250-8BITMIME", "250-SMTPUTF8"}) say(replies, extension);
    if (settings_.offer_tls && !envelope_.encrypted) say(replies, "250-STARTTLS");
    say(replies, "250 ENHANCEDSTATUSCODES");
    return Act::read;
}

void SmtpSession::tls_started() {
    // RFC 3207 4.2: everything that was said before counts no longer.
    reset();
    said_hello_ = false;
    line_.clear();
    envelope_.client_name.clear();
    envelope_.encrypted = true;
}

void SmtpSession::mail(std::string_view argument, std::string& replies) {
    if (has_sender_) return say(replies, "503 5.5.1 one sender a message");
    std::string_view path;
    if (!take_path(argument, "from:", path)) return say(replies, "501 5.5.4 MAIL FROM:<address>");
    std::string refusal;
    sender_is_utf8_ = false;
    while (!trimmed(argument).empty())
        if (!mail_parameter(take_word(argument), refusal)) return say(replies, refusal);
    path = without_route(path);
    if (!path.empty() && !is_sender(path, sender_is_utf8_))
        return say(replies, is_sender(path, true) ? "553 5.6.7 that address needs SMTPUTF8"
                                                  : "553 5.1.7 not an address that could be answered");
    if (health_)
        if (const auto verdict = health_(); verdict.kind != SmtpVerdict::taken) return say(replies, words_of(verdict));
    envelope_.sender = std::string(path);
    has_sender_ = true;
    say(replies, "250 2.1.0 sender noted");
}

bool SmtpSession::mail_parameter(std::string_view parameter, std::string& refusal) {
    const auto equals = std::min(parameter.find('='), parameter.size());
    const auto name = lower(parameter.substr(0, equals));
    const auto value = lower(parameter.substr(std::min(equals + 1, parameter.size())));
    if (name == "size") {
        std::uint64_t size = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), size);
        if (value.empty() || end != value.data() + value.size()) refusal = "501 5.5.4 SIZE is a number";
        if (error == std::errc::result_out_of_range || size > settings_.limits.message_bytes)
            refusal = "552 5.3.4 the message is too big";
    } else if (name == "body") {
        if (value != "7bit" && value != "8bitmime") refusal = "501 5.5.4 BODY is 7BIT or 8BITMIME";
    } else if (name == "smtputf8") {
        sender_is_utf8_ = true;
    } else {
        refusal = "555 5.5.4 a parameter that we have not offered";
    }
    return refusal.empty();
}

void SmtpSession::recipient(std::string_view argument, std::string& replies) {
    if (!has_sender_) return say(replies, "503 5.5.1 MAIL first");
    std::string_view path;
    if (!take_path(argument, "to:", path)) return say(replies, "501 5.5.4 RCPT TO:<address>");
    if (!trimmed(argument).empty()) return say(replies, "555 5.5.4 a parameter that we have not offered");
    if (envelope_.recipients.size() >= settings_.limits.recipients)
        return say(replies, "452 4.5.3 too many recipients");
    if (!is_mailbox_of(path, settings_.mailboxes)) return say(replies, "550 5.1.1 no such mailbox here");
    envelope_.recipients.emplace_back(path);
    say(replies, "250 2.1.5 recipient noted");
}

SmtpSession::Act SmtpSession::data(bool more_follows, std::string& replies) {
    if (envelope_.recipients.empty()) return refuse(replies, "503 5.5.1 RCPT first");
    // RFC 2920 3.1: DATA ends a group. A client that does not wait for 354 would have its mail obeyed as commands
    // whenever we refuse DATA, so it is stopped before that can matter.
    if (more_follows) return say(replies, "554 5.5.0 wait for 354 before the message"), Act::close;
    state_ = State::data;
    at_ = Line::start;
    data_bytes_ = 0;
    bare_newline_ = overlong_ = false;
    idle_commands_ = 0;
    say(replies, "354 the message, then a line with a dot");
    return Act::read;
}

void SmtpSession::keep(std::string_view bytes) {
    data_bytes_ += bytes.size();
    if (data_bytes_ > settings_.limits.message_bytes) overlong_ = true;
    if (overlong_ || bare_newline_)
        message_.clear();
    else if (!bytes.empty())
        message_.append(bytes);
}

/// Takes bytes of the message; true when the final dot has been read. Only CR LF . CR LF ends it.
bool SmtpSession::take_data(std::string_view& input) {
    while (!input.empty()) {
        if (at_ == Line::middle) {
            const auto carriage = std::min(input.find('\r'), input.size());
            const auto piece = input.substr(0, carriage);
            bare_newline_ = bare_newline_ || piece.find('\n') != piece.npos;
            keep(piece);
            input.remove_prefix(carriage);
            if (input.empty()) return false;
            input.remove_prefix(1);
            at_ = Line::cr;
            continue;
        }
        const char c = input.front();
        if (at_ == Line::start && c == '.') {
            at_ = Line::dot;
        } else if (at_ == Line::dot && c == '\r') {
            at_ = Line::dot_cr;
        } else if (at_ == Line::dot_cr && c == '\n') {
            input.remove_prefix(1);
            return true;
        } else if (at_ == Line::cr && c == '\n') {
            keep("\r\n");
            at_ = Line::start;
        } else {
            // The CR before this byte was bare; the byte itself is looked at again as part of the line.
            if (at_ == Line::cr || at_ == Line::dot_cr) bare_newline_ = true;
            at_ = Line::middle;
            continue;
        }
        input.remove_prefix(1);
    }
    return false;
}

SmtpSession::Act SmtpSession::end_of_data(std::string& replies) {
    state_ = State::command;
    if (!bare_newline_ && !overlong_) return Act::deliver;
    const auto reply = bare_newline_ ? "550 5.5.2 a bare CR or LF in the message: lines end in CR LF"
                                     : usual_words(SmtpVerdict::too_big);
    reset();
    return refuse(replies, reply);
}

void SmtpSession::delivered(const SmtpVerdict& verdict, std::string& replies) {
    say(replies, words_of(verdict));
    reset();
}

void SmtpSession::reset() {
    envelope_.sender.clear();
    envelope_.recipients.clear();
    has_sender_ = sender_is_utf8_ = false;
    message_.clear();
}

}  // namespace hearback
