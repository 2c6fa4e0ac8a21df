#include "commands/running.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spdlog/spdlog.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

#include "clerk/clerk.hpp"
#include "commands/measures.hpp"
#include "edges/mailer/mailer.hpp"
#include "edges/print_room/print_room.hpp"
#include "edges/publisher/publisher.hpp"
#include "edges/rendering/rendering.hpp"
#include "edges/smtp_in/intake.hpp"
#include "edges/smtp_in/smtp_in.hpp"
#include "edges/web/server.hpp"
#include "edges/web/site.hpp"
#include "runtime/bank_holidays.hpp"
#include "vault/aead.hpp"
#include "views/search.hpp"
#include "views/view.hpp"

namespace hearback {

namespace {

/// Held for as long as the program runs: one program a folder.
class FolderLock {
  public:
    explicit FolderLock(const std::string& folder) : file_(open((folder + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
        if (file_ < 0 || flock(file_, LOCK_EX | LOCK_NB) != 0)
            throw BadConfig("Another hearback runs in " + folder + ". Stop it first, or give another folder with --data.");
    }
    ~FolderLock() { close(file_); }
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;

  private:
    int file_;
};

/// A folder is made up if it was so from its first day: no real family's letter may meet a clock that is set.
void check_made_up(const std::string& folder, bool wanted) {
    const auto marker = folder + "/made-up";
    const bool is = std::filesystem::exists(marker), has_log = std::filesystem::exists(folder + "/master.key");
    if (wanted && !is && has_log) throw BadConfig("--set-clock is for made-up councils only, and " + folder + " was not begun as one. Give an empty folder with --data.");
    if (wanted && !is) std::ofstream(marker) << "Begun with --set-clock: nothing in this folder is real.\n";
    if (!wanted && is) throw BadConfig("The council in " + folder + " is made up: start it with --set-clock, or give another folder with --data.");
}

void require_loopback(const Config& config, std::string_view name, std::string_view why) {
    const auto at = config.host_port(name);
    if (!at.is_loopback()) throw BadConfig("The setting " + std::string(name) + " must be an address of this machine (127.0.0.1): " + std::string(why));
}

std::unique_ptr<Views> open_views(const std::string& folder) {
    try {
        return std::make_unique<Views>(folder);
    } catch (const LogError& e) {
        if (e.kind() != LogError::Kind::refused) throw;
        throw std::runtime_error("The tables in " + folder + "/views.sqlite are damaged. Delete the file (it is made anew from the log) and start again.");
    }
}

std::unique_ptr<UsedKeys> open_used_keys(const std::string& folder) {
    try {
        return std::make_unique<UsedKeys>(folder);
    } catch (const LogError& e) {
        if (e.kind() != LogError::Kind::refused) throw;
        throw std::runtime_error("The file " + folder + "/idempotency.sqlite is damaged. Delete it and start again: a repeat is still done once, a mix-up is no longer told from it.");
    }
}

/// "1 High Street / Northmere / NM1 2AB" as lines, and the address for emails below.
std::vector<std::string> lines_of(const std::string& text, const std::string& mailbox) {
    std::vector<std::string> lines;
    std::size_t from = 0;
    while (from < text.size()) {
        const auto slash = std::min(text.find('/', from), text.size());
        const auto begin = text.find_first_not_of(' ', from), end = text.find_last_not_of(' ', slash - 1);
        if (begin < slash) lines.push_back(text.substr(begin, end + 1 - begin));
        from = slash + 1;
    }
    lines.push_back(mailbox);
    return lines;
}

ReplyTokens::Secret secret_of(const MasterKey& master) {
    ReplyTokens::Secret secret;
    const auto bytes = master.derive("reply address");
    std::copy(bytes.begin(), bytes.end(), secret.begin());
    return secret;
}

}  // namespace

const std::set<std::string>& all_roles() {
    static const std::set<std::string> roles{"smtp_in", "clerk", "rendering", "mailer", "print_room", "publisher", "web"};
    return roles;
}

/// Everything that runs, in the order in which it is taken down again (the last member first).
class Running {
  public:
    Running(const Where& where, const RunOptions& options)
        : options_(options), clock_(options.set_clock ? std::unique_ptr<Clock>(std::make_unique<SetClock>(*options.set_clock)) : std::make_unique<SystemClock>()) {
        make_folder(where.data);
        lock_ = std::make_unique<FolderLock>(where.data);
        const auto config = read_config(where);
        check_made_up(where.data, options.set_clock.has_value());
        if (has("web")) require_loopback(config, "web.listen", "people sign in here by picking a name.");
        if (options.set_clock) require_loopback(config, "smtp_in.listen", "a made-up council takes no mail from elsewhere.");
        if (options.roles.contains("publisher") && !is_on_kafka(config)) throw BadConfig("The role publisher needs a log on Kafka, which others can read: set log=kafka://host:port, or leave the role out.");
        settled_ = settled_by(config);
        premises_ = open_premises(where, *clock_);
        tokens_ = std::make_unique<ReplyTokens>(secret_of(premises_.vault->master()));
        alarms();
        start();
    }

    ~Running() {
        if (smtp_) smtp_->stop();
        if (web_) web_->stop();
        search_thread_ = {};
        follower_thread_ = {};  // it tells the listeners: it ends before they do
        print_room_.reset();
        mailer_.reset();        // the mail under way ends, and its report is kept
        rendering_.reset();
        publisher_thread_ = {};  // what is not published yet is so after the next start
        clerk_thread_ = {};
    }

    const std::string& failure() const { return failure_; }
    bool failed() const { return failed_; }

  private:
    bool has(const std::string& role) const { return options_.roles.empty() || options_.roles.contains(role); }

    void alarms() {
        const auto today = london_date(clock_->now());
        if (const auto words = bank_holiday_alarm(WorkingDays(shipped_bank_holidays(), {}), today)) spdlog::warn("{}", *words);
        if (const auto words = summer_time_alarm(SystemClock().now())) {
            spdlog::error("{}", *words);
            alarm_ = *words;  // the mailer is not started: what is released waits
        }
        for (const auto* name : {"council.phone", "council.safety_phone", "council.complaints_phone"})
            if (premises_.config.text(name).empty()) spdlog::warn("The setting {} is empty: letters to families leave that number out.", name);
    }

    void start();
    void start_listeners();
    void start_publisher();
    std::optional<std::string> unwell() const;
    void start_smtp();
    void start_web();
    void go_to(Instant);
    void wait_until_quiet();

    template <class Work>
    std::jthread keep(std::string name, Work work) {
        return std::jthread([this, name = std::move(name), work = std::move(work)](std::stop_token stop) {
            name_thread(name.c_str());
            try {
                work(stop, [&](std::string_view words) { spdlog::warn("{}: {}", name, words); });
            } catch (const std::exception& e) {
                std::call_once(first_failure_, [&] {
                    failure_ = e.what();
                    failed_ = true;
                });
            }
        });
    }

    RunOptions options_;
    std::unique_ptr<Clock> clock_;
    std::unique_ptr<FolderLock> lock_;
    Settled settled_;
    Premises premises_;
    std::unique_ptr<ReplyTokens> tokens_;
    std::string alarm_, failure_;
    std::atomic<bool> failed_ = false;
    std::once_flag first_failure_;
    std::mutex going_;

    std::unique_ptr<Views> views_;
    std::unique_ptr<SearchIndex> search_;
    std::unique_ptr<Follower> follower_;
    std::unique_ptr<Clerk> clerk_;
    std::unique_ptr<Ledger> ledger_;
    std::unique_ptr<Rendering> rendering_;
    std::unique_ptr<Mailer> mailer_;
    std::unique_ptr<PrintRoom> print_room_;
    std::unique_ptr<Publisher> publisher_;
    std::unique_ptr<MachineKeys> machine_keys_;
    std::unique_ptr<UsedKeys> used_keys_;
    std::unique_ptr<OfficeDesk> desk_;
    std::unique_ptr<ReaderPool> readers_;
    std::unique_ptr<MailIntake> intake_;
    std::jthread clerk_thread_, follower_thread_, search_thread_, publisher_thread_;
    std::unique_ptr<SmtpIn> smtp_;
    std::unique_ptr<WebServer> web_;
};

void Running::start() {
    if (has("clerk")) {
        clerk_ = std::make_unique<Clerk>(*premises_.log, *premises_.vault, *clock_, ClerkSettings{.authority = premises_.authority(), .settled = settled_, .look_again = Millis{options_.set_clock ? 5 : 200}});
        clerk_thread_ = keep("clerk", [this](std::stop_token stop, auto trouble) { clerk_->run(stop, trouble); });
    }
    start_listeners();
    // The first use of a Kafka topic costs up to a second: the first mail should not pay for it.
    for (int moment = 0; clerk_ && clerk_->pulse().idle_passes == 0 && moment < 1000 && !failed_; ++moment) pause(Millis{10});
    if (has("publisher") && is_on_kafka(premises_.config)) start_publisher();
    if (has("smtp_in")) start_smtp();
    if (has("web")) start_web();
}

void Running::start_listeners() {
    const auto& config = premises_.config;
    follower_ = std::make_unique<Follower>(*premises_.log, premises_.authority(), *premises_.vault);
    if (has("web")) follower_->add(*(views_ = open_views(premises_.folder)));
    const auto mailboxes = mailboxes_by(config);
    const bool carries = has("mailer") && alarm_.empty();
    if (carries) ledger_ = std::make_unique<Ledger>(premises_.folder + "/mailer.sqlite", InstanceId{"mailer-" + to_hex(random_bytes(8))});
    if (has("rendering")) {
        rendering_ = std::make_unique<Rendering>(*premises_.log, *premises_.vault, *tokens_, *clock_,
            RenderingSettings{.authority = premises_.authority(), .council_name = config.text("council.name"), .mailbox = mailboxes.front(), .write_to = lines_of(config.text("council.write_to"), mailboxes.front()), .carrier = ledger_ ? ledger_->instance() : InstanceId{}});
        follower_->add(*rendering_);
    }
    if (has("print_room")) {
        print_room_ = std::make_unique<PrintRoom>(*premises_.log, *premises_.vault, *clock_, premises_.folder + "/print-room", settled_.window.days(), premises_.authority(),
                                                  [](std::string_view words) { spdlog::error("print room: {}", words); });
        follower_->add(*print_room_);
    }
    if (carries) {
        mailer_ = std::make_unique<Mailer>(*premises_.log, *premises_.vault, *clock_, *ledger_,
            MailerSettings{.authority = premises_.authority(), .sender = config.text("relay.sender").empty() ? mailboxes.front() : config.text("relay.sender"),
                           .relay = relay_by(config), .connections = std::size_t(config.number("relay.connections", 1, 64)), .window = settled_.window});
        follower_->add(*mailer_);
    }
    if (has("web")) {
        search_ = std::make_unique<SearchIndex>(premises_.folder, Millis{options_.set_clock ? 0 : 1000});
        search_thread_ = keep("search", [this](std::stop_token stop, auto trouble) { search_->run(*premises_.log, premises_.authority(), *premises_.vault, stop, trouble); });
    }
    follower_thread_ = keep("follower", [this](std::stop_token stop, auto trouble) { follower_->run(stop, trouble); });
}

void Running::start_publisher() {
    publisher_ = std::make_unique<Publisher>(*premises_.log, kafka_settings(premises_.config, premises_.folder));
    publisher_thread_ = keep("publisher", [this](std::stop_token stop, auto trouble) { publisher_->run(stop, trouble); });
}

void Running::start_smtp() {
    const auto& config = premises_.config;
    const auto mailboxes = mailboxes_by(config);
    readers_ = std::make_unique<ReaderPool>(ReaderSettings{.program = {}, .readers = std::size_t(config.number("smtp_in.readers", 1, 16))});
    intake_ = std::make_unique<MailIntake>(*premises_.log, *premises_.vault, *readers_, *tokens_, *clock_, IntakeSettings{.authority = premises_.authority(), .mailboxes = mailboxes});
    const auto at = config.host_port("smtp_in.listen");
    smtp_ = std::make_unique<SmtpIn>(SmtpListener{.address = at.host == "localhost" ? "127.0.0.1" : at.host, .port = at.port, .certificate_file = config.text("smtp_in.certificate"), .key_file = config.text("smtp_in.key")},
        SmtpSettings{.host_name = config.text("smtp_in.host_name"), .mailboxes = mailboxes},
        [this](const SmtpEnvelope& envelope, std::string_view raw) { return intake_->deliver(envelope, raw); });
    smtp_->start();
    spdlog::info("Mail is taken in at {}:{} for {}", at.host, smtp_->port(), config.text("smtp_in.recipients"));
}

void Running::start_web() {
    const auto at = premises_.config.host_port("web.listen");
    machine_keys_ = std::make_unique<MachineKeys>(premises_.folder);
    machine_keys_->list();  // one that is damaged is said now, and not at the first request
    used_keys_ = open_used_keys(premises_.folder);
    desk_ = std::make_unique<OfficeDesk>(OfficeDesk{
        .log = *premises_.log, .vault = *premises_.vault, .views = *views_, .search = *search_, .clock = *clock_, .machine_keys = *machine_keys_, .used_keys = *used_keys_, .authority = premises_.authority(), .council_name = premises_.config.text("council.name"),
        .window = settled_.window, .answering = settled_.answering, .standard = settled_.standard, .made_up = options_.set_clock.has_value(),
        .metrics = [this] { return measures({.clerk = clerk_.get(), .follower = follower_.get(), .search = search_.get(), .mailer = mailer_.get(), .publisher = publisher_.get(), .smtp = smtp_.get(), .readers = readers_.get()}); },
        .unwell = [this] { return unwell(); },
        .go_to = options_.set_clock ? std::function<void(Instant)>([this](Instant to) { go_to(to); }) : nullptr});
    web_ = std::make_unique<WebServer>(WebListener{.address = at.host == "localhost" ? "127.0.0.1" : at.host, .port = at.port, .may_be_framed = desk_->made_up}, [this](const Request& request) { return answer(*desk_, request); },
                                       [](std::string_view words) { spdlog::error("web: {}", words); });
    spdlog::info("The pages are at http://{}:{}/", at.host, web_->port());
}

std::optional<std::string> Running::unwell() const {
    if (failed_) return failure_;
    if (!alarm_.empty()) return alarm_;
    return publisher_ ? publisher_->trouble() : std::nullopt;
}

/// Inbox, grants and views are quiet: nothing more comes of what has happened so far.
void Running::wait_until_quiet() {
    if (!clerk_) return;
    for (auto idle_since = clerk_->pulse().idle_passes; !failed_; pause(Millis{2})) {
        const auto pulse = clerk_->pulse();
        if (pulse.in_flight > 0) idle_since = pulse.idle_passes;
        else if (pulse.idle_passes >= idle_since + 2 && follower_->sequence() >= pulse.head.sequence && (!search_ || search_->sequence() >= pulse.head.sequence)) return;
    }
}

/// To an instant, striking each due in order.
void Running::go_to(Instant to) {
    const std::lock_guard one_at_a_time(going_);
    auto& clock = static_cast<SetClock&>(*clock_);
    for (;;) {
        wait_until_quiet();
        const auto due = clerk_ ? clerk_->pulse().due : std::nullopt;
        if (failed_ || !due || *due > to) break;
        clock.go_to(*due);
    }
    clock.go_to(to);
    wait_until_quiet();
}

int run_program(const Where& where, const RunOptions& options) {
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is a full disk: the sender is told, and the program lives
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    Running running(where, options);
    const timespec moment{0, 200'000'000};
    while (!running.failed() && sigtimedwait(&ends, nullptr, &moment) < 0) {
    }
    if (running.failed()) {
        spdlog::error("{}", running.failure());
        return 1;
    }
    spdlog::info("Stopping: what is under way is brought to its end");
    return 0;
}

}  // namespace hearback
