#include "mail/mail_frame.hpp"

#include <cstring>
#include <stdexcept>
#include <type_traits>

namespace hearback {
namespace {

/// The members of each struct in one place, for writing and for reading.
template <class Frame>
void members(Frame& frame, auto& address) requires std::is_same_v<std::remove_cvref_t<decltype(address)>, MailAddress> {
    frame(address.name, address.address);
}

template <class Frame>
void members(Frame& frame, auto& part) requires std::is_same_v<std::remove_cvref_t<decltype(part)>, MailPart> {
    frame(part.name, part.content_type, part.content_id, part.bytes, part.sha256, part.is_body, part.is_inner);
}

template <class Frame>
void members(Frame& frame,
             auto& failure) requires std::is_same_v<std::remove_cvref_t<decltype(failure)>, DeliveryFailure> {
    frame(failure.recipient, failure.original_recipient, failure.action, failure.status, failure.diagnostic,
          failure.hard);
}

template <class Frame>
void members(Frame& frame, auto& m) requires std::is_same_v<std::remove_cvref_t<decltype(m)>, Mail> {
    frame(m.from, m.reply_to, m.to, m.cc, m.sender, m.subject, m.date, m.message_id, m.in_reply_to, m.references,
          m.auto_submitted, m.precedence, m.list_ids, m.return_path, m.delivered_to, m.authentication_results,
          m.received_lines, m.kind, m.kind_reason, m.no_answer_because, m.deliveries, m.reported_message_id, m.text,
          m.has_html, m.html_text, m.shown_text, m.parts, m.unreadable, m.warnings);
}

class Writer {
  public:
    void operator()(const auto&... values) { (put(values), ...); }
    std::string bytes;

  private:
    void put(std::uint64_t number) { bytes.append(reinterpret_cast<const char*>(&number), sizeof number); }
    void put(bool flag) { put(std::uint64_t{flag}); }
    void put(MailKind kind) { put(std::uint64_t(kind)); }
    void put(Instant at) { put(std::uint64_t(at.time_since_epoch().count())); }
    void put(const std::string& text) {
        put(std::uint64_t{text.size()});
        bytes += text;
    }
    template <class T>
    void put(const std::optional<T>& value) {
        put(value.has_value());
        if (value) put(*value);
    }
    template <class T>
    void put(const std::vector<T>& values) {
        put(std::uint64_t{values.size()});
        for (const auto& value : values) put(value);
    }
    template <class T>
    void put(const T& value) requires std::is_class_v<T> {
        members(*this, value);
    }
};

class Reader {
  public:
    explicit Reader(std::string_view bytes) : left_(bytes) {}
    void operator()(auto&... values) { (get(values), ...); }
    bool at_end() const { return left_.empty(); }

  private:
    std::string_view take(std::uint64_t size) {
        if (size > left_.size()) throw std::runtime_error("the mail reader's answer is cut short");
        const auto bytes = left_.substr(0, size);
        left_.remove_prefix(size);
        return bytes;
    }
    void get(std::uint64_t& number) { std::memcpy(&number, take(sizeof number).data(), sizeof number); }
    std::uint64_t number() {
        std::uint64_t value = 0;
        get(value);
        return value;
    }
    void get(bool& flag) { flag = number() != 0; }
    void get(MailKind& kind) {
        const auto value = number();
        if (value > std::uint64_t(MailKind::loop)) throw std::runtime_error("the mail reader names an unknown kind");
        kind = MailKind(value);
    }
    void get(Instant& at) { at = Instant{Millis{std::int64_t(number())}}; }
    void get(std::string& text) { text = take(number()); }
    template <class T>
    void get(std::optional<T>& value) {
        bool has_value = false;
        get(has_value);
        if (has_value) get(value.emplace());
    }
    template <class T>
    void get(std::vector<T>& values) {
        for (auto count = number(); count > 0; --count) {
            if (left_.empty()) throw std::runtime_error("the mail reader's answer is cut short");
            get(values.emplace_back());
        }
    }
    template <class T>
    void get(T& value) requires std::is_class_v<T> {
        members(*this, value);
    }

    std::string_view left_;
};

}  // namespace

std::string to_frame(const Mail& mail) {
    Writer writer;
    writer.bytes.reserve(2048 + mail.text.size() + mail.html_text.size() + mail.shown_text.size());
    writer(mail);
    return std::move(writer.bytes);
}

Mail from_frame(std::string_view bytes) {
    Reader reader(bytes);
    Mail mail;
    reader(mail);
    if (!reader.at_end()) throw std::runtime_error("the mail reader's answer is too long");
    return mail;
}

}  // namespace hearback
