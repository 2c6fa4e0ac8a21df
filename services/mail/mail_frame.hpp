// Mails on the pipe between us and a reader: lengths and bytes, no text format. Both ends are of one build.
#pragma once

#include <string>
#include <string_view>

#include "mail/mail.hpp"

namespace hearback {

std::string to_frame(const Mail&);
/// Throws std::runtime_error for bytes that to_frame does not write: the reader is not believed either.
Mail from_frame(std::string_view);

}  // namespace hearback
