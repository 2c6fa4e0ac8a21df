#include "edges/smtp_in/certificate.hpp"

#include <Poco/Net/NetSSL.h>
#include <Poco/Net/SSLManager.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>

namespace hearback {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

constexpr long valid_seconds = 10L * 365 * 24 * 3600, clock_slack_seconds = 24L * 3600;

Certificate self_signed(EVP_PKEY* key, const std::string& host_name) {
    Certificate certificate(X509_new(), X509_free);
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -clock_slack_seconds);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), valid_seconds);
    X509_set_pubkey(certificate.get(), key);
    auto* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(host_name.c_str()), -1,
                               -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    if (X509_sign(certificate.get(), key, EVP_sha256()) == 0) throw std::runtime_error("cannot sign a TLS certificate");
    return certificate;
}

Poco::Net::Context::Ptr context_of(const Poco::Net::Context::Params& parameters) {
    try {
        return new Poco::Net::Context(Poco::Net::Context::TLS_SERVER_USE, parameters);
    } catch (const Poco::Exception&) {
        throw std::runtime_error("The certificate \"" + parameters.certificateFile + "\" with the key \"" + parameters.privateKeyFile +
                                 "\" cannot be used: check smtp_in.certificate and smtp_in.key, and that both can be read.");
    }
}

}  // namespace

Poco::Net::Context::Ptr server_tls(const std::string& certificate_file, const std::string& key_file,
                                   const std::string& host_name) {
    using Poco::Net::Context;
    Poco::Net::initializeSSL();
    Context::Params parameters;
    parameters.verificationMode = Context::VERIFY_NONE;
    parameters.loadDefaultCAs = false;
    parameters.certificateFile = certificate_file;
    parameters.privateKeyFile = key_file;
    Context::Ptr context = context_of(parameters);
    context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
    if (certificate_file.empty() && key_file.empty()) {
        const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
        if (!key) throw std::runtime_error("cannot make a TLS key");
        const auto certificate = self_signed(key.get(), host_name);
        SSL_CTX_use_certificate(context->sslContext(), certificate.get());
        SSL_CTX_use_PrivateKey(context->sslContext(), key.get());
    }
    if (SSL_CTX_check_private_key(context->sslContext()) != 1)
        throw std::runtime_error("The TLS certificate and key do not belong together: check smtp_in.certificate and smtp_in.key.");
    return context;
}

}  // namespace hearback
