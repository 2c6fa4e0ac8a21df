#include "edges/web/person.hpp"

#include "vault/aead.hpp"

namespace hearback {

namespace {

std::string signature(const OfficeDesk& desk, std::string_view purpose, const std::string& staff) {
    return to_hex(keyed_hash(desk.vault.master().derive(purpose), staff)).substr(0, 32);
}

constexpr std::string_view attributes = "; Path=/; HttpOnly; SameSite=Strict";

}  // namespace

std::optional<Colleague> signed_in(const OfficeDesk& desk, const Request& request) {
    const auto cookie = request.cookies.find("hearback_person");
    if (cookie == request.cookies.end()) return {};
    const auto dot = cookie->second.rfind('.');
    if (dot == std::string::npos) return {};
    const auto staff = cookie->second.substr(0, dot);
    if (!same_bytes(cookie->second.substr(dot + 1), signature(desk, "signed in", staff))) return {};
    return desk.reading().member(staff);
}

std::string sign_in_cookie(const OfficeDesk& desk, const std::string& staff) {
    return "hearback_person=" + staff + "." + signature(desk, "signed in", staff) + std::string(attributes);
}

std::string sign_out_cookie() { return "hearback_person=; Max-Age=0" + std::string(attributes); }

std::string form_guard(const OfficeDesk& desk, const std::string& staff) { return signature(desk, "form", staff); }

}  // namespace hearback
