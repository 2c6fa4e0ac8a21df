// What the pages of a person and of a child share.
#pragma once

#include "edges/web/pages/frame.hpp"

namespace hearback {

std::string contact_href(const std::string& contact);
std::string child_href(const std::string& case_id);
/// As a value in an address (RFC 3986 2.3).
std::string in_address(std::string_view value);
Node fact(std::string what, std::string value);
/// Links to conversations: what each is about, with whom, and where it stands.
Node::List conversation_links(const std::vector<QueueRow>&, const Visit&);

}  // namespace hearback
