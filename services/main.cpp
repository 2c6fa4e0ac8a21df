// The program's command line. Which services run together is said in commands/running.cpp and nowhere else.
#include <CLI/CLI.hpp>
#include <iostream>
#include <malloc.h>
#include <spdlog/spdlog.h>

#include "commands/calendar.hpp"
#include "commands/commands.hpp"
#include "commands/running.hpp"

namespace {

using namespace hearback;

Instant instant_given(const std::string& text) {
    if (const auto at = instant_from_iso(text)) return *at;
    const auto local = local_from_iso(text.size() == 16 ? text + ":00" : text);
    if (!local) throw BadConfig("\"" + text + "\" is not a time. Write 2024-02-15T21:40 (London time) or 2024-02-15T21:40:00Z.");
    return from_london(*local);
}

RunOptions run_options(const std::vector<std::string>& roles, const std::string& set_clock) {
    RunOptions options;
    for (const auto& role : roles) {
        if (!all_roles().contains(role)) throw BadConfig("There is no role \"" + role + "\". The roles are smtp_in, clerk, rendering, mailer, publisher, web.");
        options.roles.insert(role);
    }
    if (!set_clock.empty()) options.set_clock = instant_given(set_clock);
    if (options.set_clock && !options.roles.empty()) throw BadConfig("--set-clock needs all roles in one process: leave --roles out.");
    return options;
}

}  // namespace

int main(int argc, char** argv) {
    // Threads that come and go with connections would give their memory back to the system and ask for it again.
    mallopt(M_ARENA_MAX, 4);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    mallopt(M_TOP_PAD, 1 << 20);
    mallopt(M_MXFAST, 0);  // fast bins are consolidated on every large piece: a sixth of the processor's time a mail
    // `hearback calendar` reads its own words: dates and --batch.
    if (argc > 1 && std::string_view(argv[1]) == "calendar") return run_calendar({argv + 2, argv + argc}, std::cin, std::cout);

    CLI::App app{"Hearback: every parent hears back. Takes in what parents write, sees that somebody answers, and sends it at a decent hour."};
    app.require_subcommand(1);
    app.set_help_all_flag("--help-all", "Help for all commands");
    Where where;
    app.add_option("--data", where.data, "The data folder")->capture_default_str();
    app.add_option("--config", where.config_file, "Settings in YAML (hearback.yaml in the data folder, if left out)");
    app.add_option("--set", where.settings, "One setting: name=value; may be given many times")->allow_extra_args(false);
    app.fallthrough();

    std::vector<std::string> roles, files;
    std::string set_clock, event, file, log, name, may = "read";
    int replication = 1;
    JournalOptions journal;
    ImportOptions lists;

    auto* run = app.add_subcommand("run", "Run the program until it is stopped (Ctrl-C or SIGTERM)");
    run->add_option("--roles", roles, "Only these, with a Kafka log: smtp_in,clerk,rendering,mailer,publisher,web")->delimiter(',');
    run->add_option("--set-clock", set_clock, "A made-up council whose clock stands here until POST /api/clock puts it forward");
    run->add_option("--log", log, "The same as --set log=...");
    auto* config = app.add_subcommand("config", "Print every setting, its value and what it is for");
    auto* of_log = app.add_subcommand("log", "The log itself")->require_subcommand(1);
    auto* create = of_log->add_subcommand("create", "Make the log: Kafka's topics with the settings that we rely on, or the file");
    create->add_option("--replication", replication, "Copies of each Kafka topic (3 on a cluster)")->capture_default_str()->check(CLI::Range(1, 7));
    create->add_option("--log", log, "The same as --set log=...");
    auto* directory = app.add_subcommand("directory", "Who is who")->require_subcommand(1);
    auto* import = directory->add_subcommand("import", "Read the council's lists (CSV): teams, staff, cases, contacts");
    import->add_option("files", files, "CSV files, told apart by their header lines")->required();
    import->add_flag("--dry-run", lists.dry_run, "Only show what would change");
    import->add_flag("--show-all", lists.show_all, "Name everybody who would leave or move, not the first twenty");
    import->add_option("--allow-share", lists.allow_share, "Percent that may leave or move this time (otherwise directory.share_max)")->check(CLI::Range(0, 100));
    auto* try_it = app.add_subcommand("standard", "The service standard: days to answer and the ladder")->require_subcommand(1)->add_subcommand("try", "Run a standard dry on past traffic: how many would have been kept, how many would have come to each rung, week by week");
    try_it->add_option("file", file, "YAML like hearback.yaml, for example:  standard: {answer_days: 2, ladder_days: [1, 2, 2]}")->required();
    auto* of_journal = app.add_subcommand("journal", "Show what was concluded");
    of_journal->add_flag("--json", journal.json, "One event a line as JSON");
    of_journal->add_flag("--follow", journal.follow, "Go on as it grows");
    of_journal->add_flag("--verify", journal.verify, "Check the whole chain");
    auto* key = app.add_subcommand("key", "Keys with which machines use the API")->require_subcommand(1);
    auto* add_key = key->add_subcommand("add", "Make a key and show it, once; from the first on the API wants one");
    add_key->add_option("name", name, "What the record calls the machine")->required();
    add_key->add_option("--may", may, "read, or act: read and act")->capture_default_str()->check(CLI::IsMember({"read", "act"}));
    auto* list_keys = key->add_subcommand("list", "Show the names of all keys and what they may do");
    auto* remove_key = key->add_subcommand("remove", "Take a key back; its machine is refused from its next request on");
    remove_key->add_option("name", name, "As `key list` shows it")->required();
    auto* services = app.add_subcommand("services", "What each service hears and says");
    auto* why = app.add_subcommand("why", "The causes of an event");
    why->add_option("event", event, "The event's id, as the journal and the pages show it")->required();
    auto* dump = app.add_subcommand("dump", "Every stored message as JSON, one a line");
    auto* rebuild = app.add_subcommand("views", "The tables behind the pages")->require_subcommand(1)->add_subcommand("rebuild", "Make tables anew from the log, beside the live ones")->require_subcommand(1)->add_subcommand("search", "The words that are searched");
    app.add_subcommand("calendar", "Explain a date, or answer questions about dates (--batch)");
    CLI11_PARSE(app, argc, argv);

    spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%e %^%l%$ %v");
    if (!log.empty()) where.settings.push_back("log=" + log);
    try {
        if (*run) return run_program(where, run_options(roles, set_clock));
        if (*config) return std::cout << read_config(where).explained(), 0;
        if (*create) return create_log(where, replication, std::cout);
        if (*try_it) return try_standard_file(where, file, std::cout);
        if (*import) return import_directory(where, files, lists, std::cout);
        if (*of_journal) return show_journal(where, journal, std::cout);
        if (*add_key) return add_machine_key(where, name, may == "act" ? MachineMay::act : MachineMay::read, std::cout);
        if (*list_keys) return list_machine_keys(where, std::cout);
        if (*remove_key) return remove_machine_key(where, name, std::cout);
        if (*services) return show_services(std::cout);
        if (*why) return explain_why(where, event, std::cout);
        if (*rebuild) return rebuild_search(where, std::cout);
        if (*dump) return dump_messages(where, std::cout);
    } catch (const std::exception& e) {
        std::cerr << "hearback: " << e.what() << "\n";
        return 1;
    }
    return 0;
}
