// The listener's TLS context: TLS 1.2 or later, the council's certificate, or one made at start that proves nothing but
// keeps the line private (RFC 7435).
#pragma once

#include <Poco/Net/Context.h>

#include <string>

namespace hearback {

/// Both files PEM; both empty: a fresh self-signed P-256 certificate for `host_name`, never written to disk.
/// Throws when the files cannot be read or do not belong together.
Poco::Net::Context::Ptr server_tls(const std::string& certificate_file, const std::string& key_file,
                                   const std::string& host_name);

}  // namespace hearback
