#include "edges/mailer/relay.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <stdexcept>

namespace hearback {
namespace {

constexpr std::size_t replies_bytes_max = 64u << 10, words_bytes_max = 500, address_octets_max = 320;

/// A connection that was idle for longer is not used again: the relay may be about to close it.
constexpr long idle_seconds_max = 2;

/// May stand between the brackets of MAIL and RCPT; libcurl passes on whatever it is given.
bool is_safe_address(std::string_view address) {
    const auto at = address.rfind('@');
    return at != address.npos && at > 0 && at + 1 < address.size() && address.size() <= address_octets_max &&
           std::all_of(address.begin(), address.end(),
                       [](unsigned char c) { return c > ' ' && c != 0x7f && c != '<' && c != '>'; });
}

bool is_this_machine(std::string_view host) { return host == "localhost" || host == "::1" || host.starts_with("127."); }

/// Where the dialogue stands: which command the next reply belongs to.
enum class Stage { before, mail, recipient, data, message, over };

struct Reply {
    int code = 0;
    std::string words;
};

/// What one transfer has seen; the callbacks write it, `send` judges it.
struct Transfer {
    std::string_view left;
    const std::function<bool()>& before_peer;
    const std::function<void()>& before_final_dot;
    Stage stage = Stage::before;
    Reply last = {};  ///< of the stage it stands at, or of the one that ended the transfer
    std::size_t reply_bytes = 0;
    bool marked = false, withheld = false;
    std::string mark_failure = {};
};

std::string one_line(std::string_view text) {
    std::string line;
    for (char c : text.substr(0, words_bytes_max))
        if (c >= ' ' || c == '\t') line += c;
    return line;
}

Stage after(Stage stage, int code) {
    if (stage == Stage::mail && code / 100 == 2) return Stage::recipient;
    if (stage == Stage::recipient && code / 100 == 2) return Stage::data;
    if (stage == Stage::data && code == 354) return Stage::message;
    if (stage == Stage::message && code == 250) return Stage::over;
    return stage;
}

/// libcurl gives every line that the relay says to the header callback.
std::size_t on_reply_line(char* bytes, std::size_t size, std::size_t count, void* data) {
    auto& transfer = *static_cast<Transfer*>(data);
    const std::string_view line(bytes, size * count);
    transfer.reply_bytes += line.size();
    if (transfer.reply_bytes > replies_bytes_max) return 0;
    const bool has_code =
        line.size() >= 3 && std::all_of(line.begin(), line.begin() + 3, [](char c) { return c >= '0' && c <= '9'; });
    if (!has_code || (line.size() > 3 && line[3] == '-')) return line.size();
    const int code = std::stoi(std::string(line.substr(0, 3)));
    if (code == 221) return line.size();  // the answer to libcurl's own QUIT after a refusal
    transfer.last = {code, one_line(line)};
    const auto next = after(transfer.stage, transfer.last.code);
    if (next != transfer.stage) transfer.reply_bytes = 0;
    if (next == Stage::over || next == transfer.stage) return line.size();
    transfer.stage = next;
    if (next == Stage::message) transfer.last = {};
    return line.size();
}

/// After greeting, TLS and log-in, right before MAIL.
int on_ready(void* data, char*, char*, int, int) {
    auto& transfer = *static_cast<Transfer*>(data);
    transfer.withheld = !transfer.before_peer();
    transfer.stage = Stage::mail;
    transfer.last = {};
    transfer.reply_bytes = 0;
    return transfer.withheld ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

std::size_t on_read(char* to, std::size_t size, std::size_t count, void* data) {
    auto& transfer = *static_cast<Transfer*>(data);
    const auto room = size * count;
    if (transfer.left.size() <= room && !transfer.marked) {
        try {
            transfer.before_final_dot();
        } catch (const std::exception& error) {
            transfer.mark_failure = error.what();
            return CURL_READFUNC_ABORT;
        }
        transfer.marked = true;
    }
    const auto piece = transfer.left.substr(0, room);
    std::memcpy(to, piece.data(), piece.size());
    transfer.left.remove_prefix(piece.size());
    return piece.size();
}

RelayOutcome judged(const Transfer& transfer, CURLcode result, std::string_view trouble) {
    using Kind = RelayOutcome::Kind;
    const auto& [code, words] = transfer.last;
    const bool accepted = transfer.stage == Stage::message && transfer.marked && code == 250;
    if (result == CURLE_OK || accepted) return {Kind::sent, code, words, false};
    if (transfer.withheld) return {Kind::not_sent, 0, "it was no longer to be sent", false};
    if (!transfer.mark_failure.empty()) return {Kind::try_later, 0, transfer.mark_failure, false};
    const auto said = words.empty() ? one_line(trouble) : words;
    const bool for_good = code / 100 == 5, for_now = code / 100 == 4;
    if (transfer.stage <= Stage::mail) return {Kind::try_later, code, said, for_good};
    if (for_good) return {Kind::refused, code, said, false};
    if (transfer.stage == Stage::message && transfer.marked && !for_now) return {Kind::uncertain, code, said, false};
    return {Kind::try_later, code, said, false};
}

void start_libcurl() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started != CURLE_OK) throw std::runtime_error("libcurl cannot be started");
}

}  // namespace

struct Relay::Wire {
    explicit Wire(const RelaySettings& settings) {
        start_libcurl();
        curl = curl_easy_init();
        if (!curl) throw std::runtime_error("libcurl cannot be started");
        const auto url = "smtp://" +
                         (settings.host.find(':') == std::string::npos ? settings.host : "[" + settings.host + "]") +
                         ":" + std::to_string(settings.port) + "/" + settings.hello_name;
        curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
        curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp");
        curl_easy_setopt(curl, CURLOPT_PROXY, "");
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, trouble);
        curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, long(settings.connect_timeout.count()));
        curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT,
                         long(std::chrono::ceil<std::chrono::seconds>(settings.reply_timeout).count()));
        curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, long(settings.total_timeout.count()));
        curl_easy_setopt(curl, CURLOPT_MAXAGE_CONN, idle_seconds_max);
        curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_read);
        curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_reply_line);
        curl_easy_setopt(curl, CURLOPT_PREREQFUNCTION, on_ready);
        secure(settings);
    }
    ~Wire() { curl_easy_cleanup(curl); }
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    void secure(const RelaySettings& settings) {
        using Tls = RelaySettings::Tls;
        const long use = settings.tls == Tls::required        ? CURLUSESSL_ALL
                         : settings.tls == Tls::opportunistic ? CURLUSESSL_TRY
                                                              : CURLUSESSL_NONE;
        curl_easy_setopt(curl, CURLOPT_USE_SSL, use);
        curl_easy_setopt(curl, CURLOPT_SSLVERSION, long(CURL_SSLVERSION_TLSv1_2));
        curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, settings.tls == Tls::required ? 1L : 0L);
        curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, settings.tls == Tls::required ? 2L : 0L);
        if (!settings.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, settings.ca_file.c_str());
        if (settings.user.empty()) return;
        curl_easy_setopt(curl, CURLOPT_USERNAME, settings.user.c_str());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, settings.password.c_str());
    }

    CURLcode run(Transfer& transfer, const RelayEnvelope& envelope, bool fresh) {
        curl_slist* recipients = curl_slist_append(nullptr, envelope.recipient.c_str());
        trouble[0] = 0;
        curl_easy_setopt(curl, CURLOPT_MAIL_FROM, envelope.sender.c_str());
        curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
        curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, curl_off_t(transfer.left.size()));
        curl_easy_setopt(curl, CURLOPT_READDATA, &transfer);
        curl_easy_setopt(curl, CURLOPT_HEADERDATA, &transfer);
        curl_easy_setopt(curl, CURLOPT_PREREQDATA, &transfer);
        curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, fresh ? 1L : 0L);
        const auto result = curl_easy_perform(curl);
        curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, nullptr);
        curl_slist_free_all(recipients);
        return result;
    }

    /// A kept connection that the relay had closed meanwhile says nothing about this mail.
    bool was_stale(const Transfer& transfer) const {
        long connects = 0;
        curl_easy_getinfo(curl, CURLINFO_NUM_CONNECTS, &connects);
        return connects == 0 && transfer.stage <= Stage::mail && transfer.last.code == 0 && !transfer.withheld;
    }

    std::string_view trouble_of(CURLcode result) const { return trouble[0] ? trouble : curl_easy_strerror(result); }

    CURL* curl = nullptr;
    char trouble[CURL_ERROR_SIZE] = {};
};

Relay::Relay(RelaySettings settings) {
    if (!settings.user.empty() && settings.tls != RelaySettings::Tls::required && !is_this_machine(settings.host))
        throw std::invalid_argument("a password goes to a relay only over required TLS");
    wire_ = std::make_unique<Wire>(settings);
}

Relay::~Relay() = default;
Relay::Relay(Relay&&) noexcept = default;

RelayOutcome Relay::send(const RelayEnvelope& envelope, std::string_view bytes,
                         const std::function<bool()>& before_peer, const std::function<void()>& before_final_dot) {
    using Kind = RelayOutcome::Kind;
    if (!is_safe_address(envelope.recipient))
        return {Kind::not_sent, 0, "the recipient is not an email address", false};
    if (!envelope.sender.empty() && !is_safe_address(envelope.sender))
        return {Kind::not_sent, 0, "the sender is not an email address", false};
    for (const bool fresh : {false, true}) {
        if (!before_peer()) return {Kind::not_sent, 0, "it was no longer to be sent", false};
        Transfer transfer{bytes, before_peer, before_final_dot};
        const auto result = wire_->run(transfer, envelope, fresh);
        if (result != CURLE_OK && !fresh && wire_->was_stale(transfer)) continue;
        return judged(transfer, result, wire_->trouble_of(result));
    }
    return {};
}

}  // namespace hearback
