// A request and an answer as plain data: what handlers see. The server turns them into HTTP (RFC 9110).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace hearback {

/// A file that came with a form (RFC 7578).
struct SentFile {
    std::string name, content_type, bytes;
};

struct Request {
    std::string method, path;  ///< the path is decoded; no query
    std::map<std::string, std::string, std::less<>> query, form, cookies;
    std::map<std::string, SentFile, std::less<>> files = {};
    std::string content_type, body, if_none_match, authorization;
    std::optional<std::string> staff_header = {}, idempotency_key = {};

    std::string_view asked(std::string_view name) const { return value_in(query, name); }
    std::string_view filled(std::string_view name) const { return value_in(form, name); }

  private:
    static std::string_view value_in(const std::map<std::string, std::string, std::less<>>& from, std::string_view name) {
        const auto found = from.find(name);
        return found == from.end() ? std::string_view{} : std::string_view(found->second);
    }
};

struct Response {
    int status = 200;
    std::string content_type = "text/html; charset=utf-8";
    std::string body;
    std::map<std::string, std::string> headers = {};

    static Response see_other(std::string to) { return {.status = 303, .body = "", .headers = {{"Location", std::move(to)}}}; }
};

}  // namespace hearback
