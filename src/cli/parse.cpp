// The command line (CLI11, which is slow to compile: only here).
#include <algorithm>
#include <charconv>
#include <functional>
#include <map>

#include <CLI/CLI.hpp>

#include "cli/ask.h"
#include "cli/command.h"
#include "cli/exit_codes.h"

namespace tallyman::cli {

namespace {

// Fewest edits from one word to the other, for "did you mean".
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t corner = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = corner + (a[i - 1] == b[j - 1] ? 0U : 1U);
      corner = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
    }
  }
  return row[b.size()];
}

std::string did_you_mean(const CLI::App& app, const std::string& word) {
  std::string best;
  std::size_t nearest = 3;
  for (const auto* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
    const std::size_t far = distance(word, sub->get_name());
    if (far < nearest) {
      nearest = far;
      best = sub->get_name();
    }
  }
  return best.empty() || nearest == 0 ? std::string{} : "\nhint: did you mean '" + best + "'?";
}

std::optional<std::chrono::seconds> length_from(std::string_view text) {
  constexpr std::int64_t kLongest = 1'000'000;  // of any unit
  std::int64_t count = 0;
  const auto* end = text.data() + text.size();
  // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): `end` says where it ends
  const auto [at, error] = std::from_chars(text.data(), end, count);
  if (error != std::errc{} || count < 0 || count > kLongest || end - at != 1) return std::nullopt;
  switch (*at) {
    case 's': return std::chrono::seconds(count);
    case 'm': return std::chrono::minutes(count);
    case 'h': return std::chrono::hours(count);
    default: return std::nullopt;
  }
}

Shell shell_of(const std::string& word) {
  if (word == "zsh") return Shell::zsh;
  return word == "fish" ? Shell::fish : Shell::bash;
}

// What a command's value by its place is called by the server.
std::optional<WordsOfServer> words_of_server(const std::string& noun, const std::string& verb,
                                             const std::string& begun) {
  if (noun == "orders") {
    return WordsOfServer{"/api/v1/orders?limit=50" + (begun.empty() ? "" : "&q=" + encoded(begun)),
                         "order_number"};
  }
  if (noun == "jobs") return WordsOfServer{"/api/v1/jobs?limit=50", "job_id"};
  if (noun == "alerts") return WordsOfServer{"/api/v1/alerts?state=open&limit=50", "id"};
  if (noun == "workflows") return WordsOfServer{"/api/v1/workflows", "name"};
  if (noun == "config") return WordsOfServer{"/api/v1/settings", "key"};
  if (noun == "user" && verb != "add") return WordsOfServer{"/api/v1/users", "name"};
  if (noun == "token" && verb == "revoke") return WordsOfServer{"/api/v1/tokens", "token_id"};
  return std::nullopt;
}

// Builds the table of commands; `chosen` is set by whichever matched.
class Table {
 public:
  Table() : app_("Keeps ShipStation, the order book, Shopify and RMS in agreement.", "tallyman") {
    app_.require_subcommand(1);
    app_.fallthrough();
    app_.add_flag("--json", parsed_.global.json, "Print one JSON document");
    app_.add_flag("-q,--quiet", parsed_.global.quiet, "No progress");
    app_.add_flag_callback(
        "--no-color", [this] { parsed_.global.colour = ColourWish::never; }, "No colours");
    app_.add_option("--config", config_, "Configuration file");
    app_.add_flag_callback(
        "--version", [] { throw CLI::CallForVersion("", 0); }, "The version of this program");
    daemons();
    sync();
    orders();
    jobs();
    workflows();
    people();
    alerts();
    imports();
    upkeep();
  }

  tl::expected<Parsed, NotACommand> parse(const std::vector<std::string>& arguments) {
    try {
      std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
      app_.parse(reversed);
    } catch (const CLI::CallForVersion&) {
      make_ = [] { return Command{Version{}}; };
    } catch (const CLI::ParseError& problem) {
      return tl::unexpected(explain(problem, arguments));
    }
    if (!config_.empty()) parsed_.global.config = config_;
    parsed_.command = make_();
    return parsed_;
  }

  Completion complete(const std::vector<std::string>& words) const {
    const CLI::App* at = &app_;
    std::size_t places = 0;              // words so far that are values of `at` by their place
    const CLI::Option* waits = nullptr;  // for its value: the next word
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      const auto& word = words[i];
      if (std::exchange(waits, nullptr) != nullptr) continue;
      if (word.starts_with('-')) {
        waits = value_wanted(*at, word);
      } else if (const auto* sub = child(*at, word)) {
        at = sub;
      } else {
        ++places;
      }
    }
    const std::string begun = words.empty() ? std::string{} : words.back();
    if (waits != nullptr) return values_of(*waits, begun);
    if (begun.starts_with('-')) return {.words = flags(*at, begun)};
    const auto children = at->get_subcommands([](const CLI::App*) { return true; });
    Completion fits;
    for (const auto* sub : children) {
      if (sub->get_name().starts_with(begun)) fits.words.push_back(sub->get_name());
    }
    if (!children.empty()) return fits;
    const auto by_place =
        at->get_options([](const CLI::Option* option) { return option->get_positional(); });
    if (places >= by_place.size()) return fits;
    fits = values_of(*by_place[places], begun);
    // The first names what is spoken of; what follows is about it.
    if (fits.words.empty() && places == 0 && at->get_parent() != nullptr) {
      fits.more = words_of_server(at->get_parent()->get_name(), at->get_name(), begun);
    }
    return fits;
  }

 private:
  static const CLI::App* child(const CLI::App& app, const std::string& name) {
    for (const auto* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
      if (sub->get_name() == name) return sub;
    }
    return nullptr;
  }

  // The option of this name when its value is the next word, here or above.
  static const CLI::Option* value_wanted(const CLI::App& app, const std::string& name) {
    for (const auto* level = &app; level != nullptr; level = level->get_parent()) {
      const auto* option = level->get_option_no_throw(name);
      if (option != nullptr) return option->get_items_expected_max() == 0 ? nullptr : option;
    }
    return nullptr;
  }

  static std::vector<std::string> flags(const CLI::App& app, const std::string& begun) {
    std::vector<std::string> fits;
    for (const auto* level = &app; level != nullptr; level = level->get_parent()) {
      for (const auto* option : level->get_options()) {
        for (const auto& name : option->get_lnames()) {
          if (("--" + name).starts_with(begun)) fits.push_back("--" + name);
        }
      }
    }
    std::ranges::sort(fits);
    fits.erase(std::ranges::unique(fits).begin(), fits.end());
    return fits;
  }

  Completion values_of(const CLI::Option& option, const std::string& begun) const {
    Completion fits;
    if (const auto known = choices_.find(&option); known != choices_.end()) {
      std::ranges::copy_if(known->second, std::back_inserter(fits.words),
                           [&](const auto& word) { return word.starts_with(begun); });
    }
    return fits;
  }

  CLI::Option* one_of(CLI::Option* option, const std::vector<std::string>& words) {
    choices_.emplace(option, words);
    return option->check(CLI::IsMember(words));
  }

  // "90s", "10m", "2h".
  void timeout(CLI::App& command, std::optional<std::chrono::seconds>& into) {
    command
        .add_option_function<std::string>(
            "--timeout",
            [&into](const std::string& text) {
              into = length_from(text);
              if (!into) throw CLI::ValidationError("--timeout", "expected 30s, 10m or 2h");
            },
            "Wait no longer than this, for example 10m; what was asked for goes on")
        ->type_name("TIME");
  }

  NotACommand explain(const CLI::ParseError& problem, const std::vector<std::string>& arguments) {
    std::ostringstream out;
    std::ostringstream error;
    const int code = app_.exit(problem, out, error);
    if (code == 0) return {.exit = 0, .out = out.str(), .error = {}};
    std::string hint;
    if (!arguments.empty() && !arguments.front().starts_with('-')) {
      hint = did_you_mean(app_, arguments.front());
      for (const auto* sub : app_.get_subcommands([](const CLI::App*) { return true; })) {
        if (sub->get_name() == arguments.front() && arguments.size() > 1) {
          hint = did_you_mean(*sub, arguments[1]);
        }
      }
    }
    return {.exit = static_cast<int>(Exit::usage),
            .out = {},
            .error = std::string("tallyman: ") + problem.what() + hint + "\nhint: tallyman help\n"};
  }

  CLI::App* command(CLI::App& parent, const std::string& name, const std::string& what,
                    std::function<Command()> make) {
    auto* sub = parent.add_subcommand(name, what);
    sub->fallthrough();
    sub->callback([this, make = std::move(make)] { make_ = make; });
    return sub;
  }

  CLI::App& noun(const std::string& name, const std::string& what) {
    auto* sub = app_.add_subcommand(name, what);
    sub->require_subcommand(1);
    sub->fallthrough();
    return *sub;
  }

  void daemons() {
    auto* serve = command(app_, "serve", "The sync on its schedule, API and pages",
                          [this] { return Command{serve_}; });
    serve->add_option("--dev-assets", serve_.dev_assets, "Serve the pages from this folder");
    auto* demo = command(app_, "demo", "A first look: sandbox, order book, sync and pages in one",
                         [this] { return Command{demo_}; });
    demo->add_option("--port", demo_.port, "Port of the pages on 127.0.0.1")
        ->check(CLI::Range(0, 65535));
    demo->add_option("--seed", demo_.seed, "What happens follows from it");
    demo->add_option("--orders", demo_.orders, "Orders at the start")
        ->check(CLI::Range(20, 50'000));
    demo->add_option("--speed", demo_.speed, "Time runs so many times faster")
        ->check(CLI::Range(1, 1000));
    // Listed here, parsed by the sandbox itself: see parse() below.
    command(app_, "sandbox", "A pretend ShipStation as an HTTP server; see its --help",
            [] { return Command{Sandbox{}}; });
    command(app_, "openapi", "The description of the HTTP API (OpenAPI 3.1)",
            [] { return Command{OpenApi{}}; });
    auto* status = command(app_, "status", "The numbers of today and what needs a person",
                           [this] { return api(status_); });
    status->add_flag("--watch", status_.watch, "Again every five seconds, until Ctrl C");
    command(app_, "version", "The version of this program", [] { return Command{Version{}}; });
    auto* script = command(app_, "completion", "Words for a shell: bash, zsh or fish",
                           [this] { return Command{CompletionScript{shell_of(shell_)}}; });
    one_of(script->add_option("shell", shell_, "Which")->required(), {"bash", "zsh", "fish"});
    command(app_, "help", "This text", [] { return Command{Version{}}; });
  }

  void sync() {
    auto& sync = noun("sync", "The ShipStation sync");
    auto* run = command(sync, "run", "Run it now", [this] { return api(sync_run_); });
    run->add_flag("--wait,!--no-wait", sync_run_.wait, "Wait for its end (default)");
    timeout(*run, sync_run_.timeout);
    run->add_flag("--dry-run", sync_run_.dry, "Read, and say what would change; change nothing");
    command(sync, "status", "Last and next run, what is open",
            [this] { return api(SyncStatus{}); });
    command(sync, "watermark", "How far ShipStation has been read",
            [this] { return api(SyncWatermark{}); });
  }

  void orders() {
    auto& orders = noun("orders", "Orders of the book");
    auto* list = command(orders, "list", "Newest change first", [this] { return api(list_); });
    list->add_option("--status", list_.status, "Only this status, for example awaiting_shipment");
    list->add_option("--source", list_.source, "Only this source system");
    list->add_option("--sku", list_.sku, "Only orders with this SKU");
    list->add_option("--search", list_.search, "Number, company or name that begins so; tracking");
    list->add_flag("--needs-attention", list_.attention, "Only what a person has to look at");
    list->add_option("--limit", list_.limit, "Rows")->check(CLI::Range(1, 500));
    list->add_option("--cursor", list_.cursor, "Go on behind a page: its next_cursor");
    auto* show =
        command(orders, "show", "One order with its timeline", [this] { return api(show_); });
    show->add_option("number", show_.number, "Order number")->required();
    show->add_flag("--payload", show_.payload, "What ShipStation said, word for word");
    auto* why =
        command(orders, "why", "Why an order is here, or is not", [this] { return api(why_); });
    why->add_option("number", why_.number, "Order number")->required();
  }

  void jobs() {
    auto& jobs = noun("jobs", "Pieces of work: what is to be done, is being done, was done");
    auto* list = command(jobs, "list", "Newest first", [this] { return api(jobs_list_); });
    one_of(list->add_option("--state", jobs_list_.state, "Only this state, for example dead"),
           {"waiting", "available", "running", "done", "cancelled", "dead"});
    list->add_option("--kind", jobs_list_.kind, "Only this kind, for example shipstation-sync");
    list->add_option("--limit", jobs_list_.limit, "Rows")->check(CLI::Range(1, 200));
    list->add_option("--cursor", jobs_list_.cursor, "Go on behind a page: its next_cursor");
    auto* show = command(jobs, "show", "One job with its attempts and log lines",
                         [this] { return api(jobs_show_); });
    show->add_option("id", jobs_show_.id, "Job")->required()->check(CLI::PositiveNumber);
    show->add_flag("--follow", jobs_show_.follow, "Print lines as they come, until it is over");
    timeout(*show, jobs_show_.timeout);
    auto* cancel = command(jobs, "cancel", "Cancel it; a running one is asked to stop",
                           [this] { return api(jobs_cancel_); });
    cancel->add_option("id", jobs_cancel_.id, "Job")->required()->check(CLI::PositiveNumber);
    auto* retry = command(jobs, "retry", "Ask for a dead or cancelled job again, as a new job",
                          [this] { return api(jobs_retry_); });
    retry->add_option("id", jobs_retry_.id, "Job")->required()->check(CLI::PositiveNumber);
  }

  void workflows() {
    auto& workflows = noun("workflows", "What runs by itself: switches, schedules, last runs");
    command(workflows, "list", "Every workflow", [this] { return api(WorkflowsList{}); });
    auto* enable =
        command(workflows, "enable", "Switch it on", [this] { return api(workflows_enable_); });
    enable->add_option("name", workflows_enable_.name, "Workflow")->required();
    enable->add_option("--reason", workflows_enable_.reason, "Why, for everybody to see");
    auto* disable = command(workflows, "disable", "Switch it off within a cycle",
                            [this] { return api(workflows_disable_); });
    disable->add_option("name", workflows_disable_.name, "Workflow")->required();
    disable->add_option("--reason", workflows_disable_.reason, "Why, for everybody to see")
        ->required();
  }

  // Settings kept in the database.
  void kept_settings(CLI::App& config) {
    command(config, "list", "Every value in force, those of the database included",
            [this] { return api(ConfigList{}); });
    auto* set =
        command(config, "set", "Keep a value in the database", [this] { return api(config_set_); });
    set->add_option("key", config_set_.key, "Setting, for example warehouse.cutoff")->required();
    set->add_option("value", config_set_.value, "Its value")->required();
    set->add_option("--reason", config_set_.reason, "Why, for the history");
    auto* reset = command(config, "reset", "Back to the file's or the built-in value",
                          [this] { return api(config_reset_); });
    reset->add_option("key", config_reset_.key, "Setting")->required();
    auto* history =
        command(config, "history", "Who changed it when", [this] { return api(config_history_); });
    history->add_option("key", config_history_.key, "Setting")->required();
  }

  void people() {
    const std::vector<std::string> roles = {"viewer", "operator", "admin"};
    auto& user = noun("user", "People who may sign in");
    auto* add = command(user, "add", "Let somebody in; asks for the password, or reads one line",
                        [this] { return api(user_add_); });
    add->add_option("name", user_add_.name, "What they are called here")->required();
    one_of(add->add_option("--role", user_add_.role, "viewer (default), operator or admin"), roles);
    command(user, "list", "Who may sign in", [this] { return api(UserList{}); });
    auto* role = command(user, "role", "Another role", [this] { return api(user_role_); });
    role->add_option("name", user_role_.name, "User")->required();
    one_of(role->add_option("role", user_role_.role, "viewer, operator or admin")->required(),
           roles);
    const auto one = [&](const char* verb, const char* what, std::string& name,
                         std::function<Command()> make) {
      command(user, verb, what, std::move(make))->add_option("name", name, "User")->required();
    };
    one("password", "Another password; asks for it, or reads one line", user_password_.name,
        [this] { return api(user_password_); });
    one("disable", "No longer lets them in, and ends their sessions", user_disable_.name,
        [this] { return api(user_disable_); });
    one("enable", "Lets them in again", user_enable_.name, [this] { return api(user_enable_); });
    tokens(roles);
    audit();
  }

  void tokens(const std::vector<std::string>& roles) {
    auto& token = noun("token", "API tokens: programs that may ask");
    auto* add = command(token, "add", "Make one; it is shown this once",
                        [this] { return api(token_add_); });
    add->add_option("name", token_add_.name, "What it is for")->required();
    one_of(add->add_option("--role", token_add_.role, "viewer (default), operator or admin"),
           roles);
    add->add_option("--expires", token_add_.expires, "When it ends: 2027-01-01T00:00:00Z");
    command(token, "list", "All of them", [this] { return api(TokenList{}); });
    auto* revoke =
        command(token, "revoke", "Refuse it from now on", [this] { return api(token_revoke_); });
    revoke->add_option("id", token_revoke_.id, "Its first eight characters behind tally_")
        ->required();
  }

  void audit() {
    auto& audit = noun("audit", "What was done by whom");
    auto* list = command(audit, "list", "Newest first", [this] { return api(audit_list_); });
    list->add_option("--who", audit_list_.who, "Only what this one did, for example user:ana");
    list->add_option("--action", audit_list_.action, "Only this, for example user.add");
    list->add_option("--subject", audit_list_.subject, "Only what was done to this");
    list->add_option("--limit", audit_list_.limit, "Rows")->check(CLI::Range(1, 500));
    list->add_option("--cursor", audit_list_.cursor, "Go on behind a page: its next_cursor");
    command(audit, "verify", "Is every row as it was written?",
            [this] { return api(AuditVerify{}); });
  }

  void imports() {
    auto& import = noun("import", "The shop's file of orders");
    auto* run = command(import, "run", "Take a file in", [this] { return api(import_run_); });
    run->add_option("file", import_run_.file, "The file, for example orders.xml")->required();
    run->add_flag("--dry-run", import_run_.dry_run, "Say what would be done, and do nothing");
    run->add_flag("--wait,!--no-wait", import_run_.wait, "Wait for its end (default)");
    auto* status = command(import, "status", "What came, and what became of it",
                           [this] { return api(import_status_); });
    status->add_option("--limit", import_status_.limit, "Rows")->check(CLI::Range(1, 500));
    auto& bundles = noun("bundles", "SKUs that the shop sells and the warehouse does not have");
    command(bundles, "list", "Every bundle", [this] { return api(BundlesList{}); });
    auto* set = command(bundles, "set", "Store one as a whole, new or not",
                        [this] { return api(bundles_set_); });
    set->add_option("sku", bundles_set_.sku, "The bundle's SKU")->required();
    set->add_option("components", bundles_set_.components, "Units and SKU, for example 15x17612")
        ->required();
    set->add_option("--description", bundles_set_.description, "What it is, for people");
    set->add_flag("--off", bundles_set_.off, "Keep it, but do not take it apart");
  }

  void alerts() {
    auto& alerts = noun("alerts", "What is wrong, and who looks after it");
    auto* list =
        command(alerts, "list", "Open ones, newest first", [this] { return api(alerts_list_); });
    list->add_flag("--all", alerts_list_.all, "Resolved ones too");
    list->add_option("--limit", alerts_list_.limit, "Rows")->check(CLI::Range(1, 200));
    list->add_option("--cursor", alerts_list_.cursor, "Go on behind a page: its next_cursor");
    auto* show = command(alerts, "show", "One alert", [this] { return api(alerts_show_); });
    show->add_option("id", alerts_show_.id, "Alert")->required()->check(CLI::PositiveNumber);
    auto* ack = command(alerts, "ack", "Somebody looks after it: no mail about it",
                        [this] { return api(alerts_ack_); });
    ack->add_option("id", alerts_ack_.id, "Alert")->required()->check(CLI::PositiveNumber);
    ack->add_option("--owner", alerts_ack_.owner, "Who; you when not given");
    auto* snooze = command(alerts, "snooze", "Hide it for a while, or until its facts change",
                           [this] { return api(alerts_snooze_); });
    snooze->add_option("id", alerts_snooze_.id, "Alert")->required()->check(CLI::PositiveNumber);
    snooze->add_option("--hours", alerts_snooze_.hours, "1 to 720")
        ->required()
        ->check(CLI::Range(1, 720));
    auto* resolve = command(alerts, "resolve", "Leave it; it returns when its facts change",
                            [this] { return api(alerts_resolve_); });
    resolve->add_option("id", alerts_resolve_.id, "Alert")->required()->check(CLI::PositiveNumber);
    resolve->add_option("--reason", alerts_resolve_.reason, "Why")->required();
  }

  void upkeep() {
    command(app_, "doctor", "Is everything as it should be? Says what to do",
            [] { return Command{Doctor{}}; });
    auto& migrate = noun("migrate", "The schema of the order book");
    command(migrate, "status", "Which steps are applied", [] { return Command{MigrateStatus{}}; });
    command(migrate, "up", "Apply what is missing", [] { return Command{MigrateUp{}}; });
    auto& config = noun("config", "The configuration");
    auto* show = command(config, "show", "Every setting", [this] { return Command{config_show_}; });
    show->add_flag("--origin", config_show_.origin, "Where each value comes from");
    command(config, "check", "Is it right?", [] { return Command{ConfigCheck{}}; });
    kept_settings(config);
  }

  template <class Verb>
  static Command api(Verb verb) {
    return Command{ApiCommand{std::move(verb)}};
  }

  CLI::App app_;
  std::map<const CLI::Option*, std::vector<std::string>> choices_;
  std::string config_;
  std::string shell_;
  Parsed parsed_{.command = Version{}, .global = {}};
  std::function<Command()> make_;
  Serve serve_;
  Demo demo_;
  SyncRun sync_run_;
  Status status_;
  OrdersList list_;
  OrdersShow show_;
  OrdersWhy why_;
  JobsList jobs_list_;
  JobsShow jobs_show_;
  JobsCancel jobs_cancel_;
  JobsRetry jobs_retry_;
  UserAdd user_add_;
  UserRole user_role_;
  UserPassword user_password_;
  UserDisable user_disable_;
  UserEnable user_enable_;
  TokenAdd token_add_;
  TokenRevoke token_revoke_;
  AuditList audit_list_;
  AlertsList alerts_list_;
  AlertsShow alerts_show_;
  AlertsAck alerts_ack_;
  AlertsSnooze alerts_snooze_;
  AlertsResolve alerts_resolve_;
  ImportRun import_run_;
  ImportStatus import_status_;
  BundlesSet bundles_set_;
  ConfigShow config_show_;
  WorkflowsEnable workflows_enable_;
  WorkflowsDisable workflows_disable_;
  ConfigSet config_set_;
  ConfigReset config_reset_;
  ConfigHistory config_history_;
};

}  // namespace

tl::expected<Parsed, NotACommand> parse(const std::vector<std::string>& arguments) {
  if (!arguments.empty() && arguments.front() == "sandbox") {
    return Parsed{.command = Sandbox{{arguments.begin() + 1, arguments.end()}}, .global = {}};
  }
  // Not in the table: shells ask it, and what stands behind it is a line of any other command.
  if (!arguments.empty() && arguments.front() == "complete") {
    const std::size_t before = arguments.size() > 1 && arguments[1] == "--" ? 2 : 1;
    return Parsed{.command = Complete{{arguments.begin() + static_cast<std::ptrdiff_t>(before),
                                       arguments.end()}},
                  .global = {}};
  }
  if (arguments.size() == 1 && arguments.front() == "help") return Table{}.parse({"--help"});
  return Table{}.parse(arguments);
}

Completion complete(const std::vector<std::string>& words) { return Table{}.complete(words); }

}  // namespace tallyman::cli
