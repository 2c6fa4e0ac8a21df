// The headers and leaves of a raw mail, by GMime, with the decoding done here: GMime drops bytes of wrongly labelled
// text and stops at padding inside base64. Views point into the raw mail, which must outlive them; it is never written
// again.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/mail.hpp"
#include "mail/read_mail.hpp"

namespace hearback {

struct HeaderField {
    std::string name;   ///< lower case
    std::string value;  ///< unfolded, as sent, valid UTF-8; see decoded_words
};

struct MimeLeaf {
    std::string content_type, charset, encoding;  ///< lower case
    std::string name;                             ///< as sent, decoded; not yet safe
    std::string content_id;
    bool is_attachment = false;     ///< Content-Disposition says so
    std::size_t message_depth = 0;  ///< 0: of this mail; 1: of a mail attached to it...
    std::string_view content;       ///< still in its transfer encoding
};

struct MimeTree {
    std::vector<HeaderField> headers;
    std::vector<MailAddress> from, reply_to, to, cc;
    std::optional<Instant> date;
    std::string content_type;  ///< of the whole, lower case
    std::string report_type;   ///< multipart/report's parameter, lower case
    std::vector<MimeLeaf> leaves;
    std::string attached_message_id;  ///< of the first mail attached to this one, without angle brackets
    std::string cut_because;          ///< a limit was reached; empty when all was read

    /// The first header of that name (lower case); empty without one.
    const HeaderField* header(std::string_view name) const;
    std::string_view value(std::string_view name) const;  ///< empty without one

    std::deque<std::string> kept;  ///< what the views point into where it is not the raw mail itself
};

/// Nothing when GMime makes no message of it.
std::optional<MimeTree> mime_tree(std::string_view raw, const ReadLimits&);

/// The decoded bytes of a leaf, before any charset.
std::string decoded(const MimeLeaf&);
/// Their number and digest, without holding them all.
struct LeafSize {
    std::uint64_t bytes = 0;
    std::string sha256;
};
LeafSize measured(const MimeLeaf&);

}  // namespace hearback
