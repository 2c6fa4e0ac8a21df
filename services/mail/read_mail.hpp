// Reads an email from its raw bytes, without limits on how broken it may be: what cannot be parsed still becomes a Mail
// that a person can see, with the reason in `unreadable`. Nothing is thrown for bad mail.
// Pure but for memory; run it behind a process with limits (reader_pool.hpp) for mail from outside.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "mail/mail.hpp"

namespace hearback {

/// Beyond these a mail is read only as far as they reach, and says so. They bound the parser's work, never acceptance.
struct ReadLimits {
    std::size_t message_bytes = 64u << 20;
    std::size_t header_field_bytes = 16u << 10;
    std::size_t header_bytes = 256u << 10;
    std::size_t text_bytes = 2u << 20;  ///< of each of text, html_text and shown_text
    std::size_t parts = 500;
    std::size_t depth = 50;
    std::size_t received_lines = 50;  ///< more is a loop (as Postfix and chasquid count)
};

Mail read_mail(std::string_view raw, const ReadLimits& = {});

/// The decoded bytes of `read_mail(raw).parts[index]`; text parts come as UTF-8. Nothing when there is no such part.
std::optional<std::string> read_part(std::string_view raw, std::size_t index, const ReadLimits& = {});

/// A mail of which only this can be said: it is there, and why it could not be read.
Mail unreadable_mail(std::string reason);

}  // namespace hearback
