#include "app/doctor.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <exception>
#include <filesystem>

#include <fmt/format.h>
#include <boost/json.hpp>

#include "adapters/book/alerts.h"
#include "adapters/book/audit.h"
#include "adapters/book/mail.h"
#include "adapters/book/migrations.h"
#include "adapters/book/nodes.h"
#include "adapters/book/runs.h"
#include "adapters/database/migrations.h"
#include "adapters/database/open.h"
#include "adapters/time/process_identity.h"
#include "adapters/time/zones.h"
#include "app/alerting.h"
#include "app/audit_key.h"
#include "domain/alerts/rules.h"
#include "domain/alerts/words.h"
#include "ports/statements.h"
#include "views/failure_words.h"
#include "views/health.h"
#include "views/workflows.h"
#include "workflows/table.h"

namespace tallyman::app {

namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr Micros kClockWarns = 2s;  // between the database's clock and ours
constexpr Micros kClockHurts = 30s;
constexpr std::string_view kSync = "shipstation-sync";

std::string_view word(Health health) {
  switch (health) {
    case Health::ok: return "ok";
    case Health::warn: return "warn";
    case Health::bad: return "bad";
  }
  return "?";
}

class Doctor {
 public:
  Doctor(const Config& config, const Outside& outside, const alerts::Limits& limits)
      : config_(config), outside_(outside), limits_(limits) {}

  std::vector<DoctorLine> examine() {
    configuration();
    zones();
    try {
      if (open()) look_into_the_book();
    } catch (const std::exception& failure) {
      bad("database", failure.what(),
          "Look at database.url (tallyman config show --origin) and at the database itself.");
    }
    disk();
    return std::move(lines_);
  }

 private:
  void ok(std::string area, std::string what) {
    lines_.push_back({Health::ok, std::move(area), std::move(what)});
  }
  void warn(std::string area, std::string what, std::string todo) {
    lines_.push_back({Health::warn, std::move(area), std::move(what), std::move(todo)});
  }
  void bad(std::string area, std::string what, std::string todo) {
    lines_.push_back({Health::bad, std::move(area), std::move(what), std::move(todo)});
  }

  void configuration() {
    for (const auto& note : config_.notes) {
      warn("configuration", note, "Correct the name, or take the variable away.");
    }
    ok("configuration", fmt::format("{} set, the others are built in",
                                    alerts::counted(std::ssize(config_.origins), "value")));
  }

  void zones() {
    for (const auto& [what, name] : {std::pair("warehouse", config_.timezone),
                                     std::pair("ShipStation", config_.shipstation.timezone)}) {
      const auto zone = timing::load_zone(name);
      if (!zone) {
        bad("zone", zone.error().what, "Install tzdata, or correct the zone's name.");
        continue;
      }
      const auto local = to_text(zone->day(outside_.clock.now()));
      ok("zone", fmt::format("{}: {} ({}), there it is {}", what, name,
                             zone->abbreviation(outside_.clock.now()), local));
    }
  }

  // False: there is nothing to look into, and that has been said.
  bool open() {
    const bool is_file = config_.database.dialect == ports::Dialect::sqlite;
    // Opening would make it.
    if (is_file && !std::filesystem::exists(config_.database.file)) {
      bad("database", "there is no order book at " + config_.database.file.string(),
          "tallyman serve makes it when it starts.");
      return false;
    }
    auto opened = database::open_database(database_url(config_),
                                          {.clock = outside_.clock, .random = outside_.random});
    if (!opened) {
      bad("database", opened.error().what, "Look at database.url: tallyman config show --origin.");
      return false;
    }
    database_ = std::move(*opened);
    return schema();
  }

  bool schema() {
    const Micros before = outside_.clock.steady();
    const auto status =
        database::migration_status(*database_, book::migrations(database_->dialect()));
    const Micros took = outside_.clock.steady() - before;
    const std::string where = database_->description();
    if (!status.newer.empty() || !status.changed.empty()) {
      bad("database", where + ": its schema is not one that this program knows",
          "Run the newest tallyman on it, or restore a backup.");
      return false;
    }
    if (!status.pending.empty()) {
      bad("database",
          fmt::format("{}: {} of the schema missing", where,
                      alerts::counted(std::ssize(status.pending), "step")),
          "tallyman migrate up, or start the server.");
      return false;
    }
    ok("database", fmt::format("{}, reachable in {} ms, schema {}", where,
                               std::chrono::ceil<std::chrono::milliseconds>(took).count(),
                               status.applied.empty() ? 0 : status.applied.back().version));
    return true;
  }

  void look_into_the_book() {
    database_->transact(ports::TxMode::read, [&](ports::Tx& tx) {
      clocks(tx.now());
      nodes(tx);
      findings(tx);
      open_alerts(tx);
      mail(tx);
      audit_log(tx);
    });
  }

  void clocks(Instant theirs) {
    const Micros ours_ahead = outside_.clock.now() - theirs;
    const Micros apart = ours_ahead < 0s ? -ours_ahead : ours_ahead;
    const auto text =
        fmt::format("{:.2f} s from the database's", std::chrono::duration<double>(apart).count());
    if (apart < kClockWarns) return ok("clock", text);
    const std::string todo = "Set this machine's clock, for example with chrony or ntpd.";
    return apart < kClockHurts ? warn("clock", text, todo) : bad("clock", text, todo);
  }

  void nodes(ports::Tx& tx) {
    std::int64_t up = 0;
    std::optional<Instant> last;
    std::vector<book::Node> gone;
    for (const auto& node : book::list_nodes(tx)) {
      if (!last || node.heartbeat > *last) last = node.heartbeat;
      if (node.stopped || tx.now() - node.heartbeat > limits_.silent_node) continue;
      // One that was killed on this machine need not be silent for long: its process is gone.
      if (timing::is_gone(node.identity)) {
        gone.push_back(node);
        continue;
      }
      ++up;
      up_since_ = std::min(up_since_.value_or(node.started), node.started);
    }
    for (const auto& node : gone) {
      const auto what = fmt::format("{} ended without notice; it was last heard of {} ago",
                                    node.holder, alerts::length_text(tx.now() - node.heartbeat));
      if (up > 0) warn("nodes", what, "The others take its work over. Start it again.");
      if (up == 0) bad("nodes", what, "Find out why in its log, and start it again.");
    }
    if (up > 0) return ok("nodes", alerts::counted(up, "server") + " at work");
    const std::string todo = "Start tallyman serve; until then nothing is read or sent.";
    if (!last) return warn("nodes", "no server has worked on this order book yet", todo);
    bad("nodes",
        fmt::format("no server is at work; the last one was heard of {} ago",
                    alerts::length_text(tx.now() - *last)),
        todo);
  }

  // The alert rules, looked at here and now: a server that stands still cannot tell.
  void findings(ports::Tx& tx) {
    const auto settings =
        alert_settings(config_, timing::load_zone(config_.timezone).value_or(Zone{}));
    const auto observed = workflows::observe(tx, settings);
    const auto found = alerts::findings(observed, limits_);
    for (const auto& rule : alerts::rules()) {
      for (const auto& finding : found) {
        if (finding.rule != rule.key || rule.area == "disk") continue;
        const bool critical = finding.severity == alerts::Severity::critical;
        lines_.push_back({critical ? Health::bad : Health::warn, std::string(rule.area),
                          finding.title, finding.detail});
      }
    }
    runs(tx, settings);
    well(observed);
  }

  // By the rule of /health/ready: a run that failed or is missing is red, and alerts come later.
  void runs(ports::Tx& tx, const workflows::AlertCheckSettings& settings) {
    views::WorkflowRules rules{.workflows = {},
                               .warehouse = settings.warehouse,
                               .table = settings.table,
                               .configured = settings.configured};
    for (const auto& row : workflows::workflow_table()) {
      rules.workflows.push_back({.name = std::string(row.name),
                                 .description = {},
                                 .effect_of_off = {},
                                 .is_set_up = row.partner.empty() || has_shipstation()});
    }
    for (const auto& workflow : views::workflows(tx, rules)) {
      const bool is_on = workflow.state == views::WorkflowState::on;
      if (is_on) judge(tx, workflow);
      if (workflow.facts.name == kSync && workflow.facts.is_set_up) sync(tx, is_on, workflow);
    }
  }

  void judge(ports::Tx& tx, const views::Workflow& workflow) {
    const auto& name = workflow.facts.name;
    if (is_named(name)) return;  // an alert's rule has said more
    switch (views::health_of(workflow, up_since_, tx.now())) {
      case work::Health::well: return;
      case work::Health::failed: {
        const auto last = book::last_finished_run(tx, kDefaultAccount, name);
        return bad("workflows", fmt::format("the last run of {} failed", name),
                   last ? views::plain_message(*last) : "Look at its runs on the page Workflows.");
      }
      case work::Health::missing:
        return bad("workflows", fmt::format("a scheduled run of {} is missing", name),
                   "Look at the nodes and at what is waiting: tallyman jobs list.");
    }
  }

  void sync(ports::Tx& tx, bool is_on, const views::Workflow& workflow) {
    if (!is_on && !is_told("credentials")) {
      return warn("sync", "switched off" + (workflow.reason.empty() ? "" : ": " + workflow.reason),
                  "tallyman workflows enable shipstation-sync, when it shall run again.");
    }
    if (is_on && !book::credentials_seen(tx, kDefaultAccount, kSync).accepted) {
      warn("sync", "ShipStation has not been read yet",
           "tallyman sync run reads it now; serve does so by its schedule.");
    }
  }

  bool has_shipstation() const {
    return config_.shipstation.key.is_set() && config_.shipstation.secret.is_set();
  }

  bool is_named(const std::string& workflow) const {
    return std::ranges::any_of(lines_, [&](const DoctorLine& line) {
      return line.area == "workflows" && line.what.starts_with(workflow);
    });
  }

  bool is_told(std::string_view area) const {
    return std::ranges::find(lines_, area, &DoctorLine::area) != lines_.end();
  }

  // What nothing was found about.
  void well(const alerts::Observed& observed) {
    if (!is_told("credentials")) {
      const bool set = observed.partners.front().credentials == alerts::Credentials::complete;
      if (set) {
        ok("credentials", "ShipStation's are set, and not refused");
      } else {
        warn("credentials", "ShipStation is not set up",
             "Set TALLYMAN_SHIPSTATION_KEY and TALLYMAN_SHIPSTATION_SECRET.");
      }
    }
    if (!is_told("workflows")) {
      const auto on = std::ranges::count_if(observed.workflows, [](const auto& workflow) {
        return workflow.enabled && workflow.set_up;
      });
      ok("workflows", alerts::counted(on, "workflow") + " on and set up, none overdue or failing");
    }
    const auto& read_until = observed.workflows.front().read_until;
    if (!is_told("sync") && read_until) {
      ok("sync", fmt::format("ShipStation was read to its end {} ago",
                             alerts::length_text(observed.now - *read_until)));
    }
    if (!is_told("quarantine")) ok("quarantine", "empty");
    if (!is_told("jobs")) ok("jobs", "none gave up");
  }

  void open_alerts(ports::Tx& tx) {
    const auto counts = book::count_open_alerts(tx);
    const auto text = fmt::format("{} critical, {} warnings open, {} snoozed", counts.critical,
                                  counts.warning, counts.snoozed);
    if (counts.open == 0) return ok("alerts", text);
    if (counts.critical == 0) return warn("alerts", text, "tallyman alerts list");
    bad("alerts", text, "tallyman alerts list");
  }

  void mail(ports::Tx& tx) {
    if (config_.mail.server.empty()) {
      return warn("mail", "not set up: alerts stand on the page only",
                  "Set mail.server, mail.from and mail.alerts_to.");
    }
    const auto recipients = mail_door(config_).alerts_to(tx);
    if (recipients.empty()) {
      return warn("mail", "nobody is told of alerts", "Set mail.alerts_to.");
    }
    const auto history = book::mail_history(tx);
    const auto& failure = history.last_failure;
    if (failure && (!history.last_sent || failure->at > *history.last_sent)) {
      return warn("mail", "the last mail was not sent: " + failure->message,
                  "Look at mail.server, mail.security, mail.user and mail.password.");
    }
    ok("mail", fmt::format("{}:{}, alerts to {}", config_.mail.server, config_.mail.port,
                           alerts::counted(std::ssize(recipients), "person")));
  }

  // The head stands here too: kept elsewhere, it shows whether rows were cut off at the end.
  void audit_log(ports::Tx& tx) {
    std::optional<book::AuditKeyInUse> in_use;
    if (const auto file = audit_key_file(config_)) {
      if (auto key = read_audit_key(*file)) in_use.emplace(std::move(*key));
    }
    const auto chain = book::verify_audit(tx);
    if (!chain.broken_at) {
      return ok("audit log", fmt::format("whole, {}, {}{}", alerts::counted(chain.checked, "row"),
                                         in_use ? "sealed" : "without a key",
                                         chain.head.empty() ? "" : ", head " + chain.head));
    }
    bad("audit log",
        fmt::format("row {} is missing, changed, out of place or sealed with another key",
                    *chain.broken_at),
        "Compare with a backup: tallyman audit verify.");
  }

  void disk() {
    const auto settings =
        alert_settings(config_, timing::load_zone(config_.timezone).value_or(Zone{}));
    if (!settings.disk) return;
    const auto seen = settings.disk();
    if (!seen) return;
    const alerts::Observed observed{.now = outside_.clock.now(), .disk = seen};
    for (const auto& finding : alerts::find_rule("disk_low")->find(observed, limits_)) {
      const bool critical = finding.severity == alerts::Severity::critical;
      lines_.push_back(
          {critical ? Health::bad : Health::warn, "disk", finding.title, finding.detail});
    }
    if (!is_told("disk")) {
      ok("disk", fmt::format("{} GiB left beside the order book", seen->free_bytes >> 30U));
    }
  }

  const Config& config_;
  const Outside& outside_;
  const alerts::Limits limits_;
  std::unique_ptr<ports::Database> database_;
  std::optional<Instant> up_since_;  // the oldest server that is at work
  std::vector<DoctorLine> lines_;
};

}  // namespace

std::vector<DoctorLine> examine(const Config& config, const Outside& outside,
                                const alerts::Limits& limits) {
  return Doctor(config, outside, limits).examine();
}

cli::Exit tell_health(std::span<const DoctorLine> lines, const cli::Global& global,
                      cli::Terminal& terminal) {
  std::array<std::int64_t, 3> counts{};
  json::array items;
  std::string text;
  for (const auto& line : lines) {
    ++counts.at(static_cast<std::size_t>(line.health));
    items.push_back({{"health", word(line.health)},
                     {"area", line.area},
                     {"what", line.what},
                     {"todo", line.todo}});
    const std::string health(word(line.health));
    text += cli::painted(health, terminal.colour) + std::string(6 - health.size(), ' ') +
            fmt::format("{:<13}  {}\n", line.area, line.what);
    if (!line.todo.empty()) text += fmt::format("      hint: {}\n", line.todo);
  }
  const auto [fine, warnings, wrong] = counts;
  if (global.json) {
    text = json::serialize(json::object{
               {"items", std::move(items)}, {"ok", fine}, {"warn", warnings}, {"bad", wrong}}) +
           "\n";
  } else {
    text += fmt::format("{} ok, {}, {} bad\n", fine, alerts::counted(warnings, "warning"), wrong);
  }
  terminal.out(text);
  return wrong == 0 ? cli::Exit::done : cli::Exit::failed;
}

cli::Exit tell_unreadable_config(std::span<const Problem> problems, const cli::Global& global,
                                 cli::Terminal& terminal) {
  std::vector<DoctorLine> lines;
  for (const auto& problem : problems) {
    lines.push_back({Health::bad, "configuration", problem.what,
                     "Correct it there; nothing else was looked at."});
  }
  return tell_health(lines, global, terminal);
}

}  // namespace tallyman::app
