// tallyman sync run | status | watermark
#include <fmt/format.h>

#include "cli/ask.h"
#include "cli/nouns.h"
#include "cli/when.h"

namespace tallyman::cli {

namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr Micros kPoll = 100ms;
constexpr Micros kUnheard = 10s;  // a server that starts again is back by then

// The contract of `sync run --json` (design §5): these members, in this order.
json::object contract(const json::object& run) {
  static constexpr std::string_view kMembers[] = {
      "run_id",         "outcome",    "manual_orders_imported",
      "status_updates", "message",    "window",
      "source_total",   "received",   "applied",
      "unchanged",      "skipped",    "quarantined",
      "deferred",       "requests",   "duration_ms",
      "watermark",      "read_until", "warnings"};
  json::object shown;
  for (const auto name : kMembers) {
    const auto* value = run.if_contains(name);
    shown[name] = value == nullptr ? json::value(nullptr) : *value;
  }
  return shown;
}

Exit exit_of(const json::object& run) {
  const std::string outcome = text_of(run, "outcome");
  const std::string failure = text_of(run, "failure");
  if (outcome == "ok") return Exit::done;
  if (outcome == "partial") return Exit::partly;
  if (failure == "stopped") return Exit::interrupted;
  if (outcome == "skipped") return failure == "busy" ? Exit::conflict : Exit::failed;
  if (failure == "credentials refused" || failure == "forbidden") return Exit::credentials;
  return failure == "-" ? Exit::failed : Exit::unreachable;
}

class ProgressLine {
 public:
  explicit ProgressLine(Terminal& terminal) : terminal_(terminal) {}

  void show(const json::object& run) {
    const auto* progress = run.if_contains("progress");
    if (progress == nullptr || terminal_.progress == Progress::none) return;
    const auto& facts = progress->as_object();
    const std::string phase = text_of(facts, "phase");
    if (phase.empty() || phase == "-") return;
    const std::string text = fmt::format("{}  {}/{}  {} requests", phase, text_of(facts, "done"),
                                         text_of(facts, "total"), text_of(run, "requests"));
    if (text == last_) return;
    if (terminal_.progress == Progress::live) {
      terminal_.error("\r\x1b[K" + text);
      drawn_ = true;
    } else if (phase != last_phase_) {
      terminal_.error(text + "\n");
    }
    last_ = text;
    last_phase_ = phase;
  }

  void clear() const {
    if (drawn_) terminal_.error("\r\x1b[K");
  }

 private:
  Terminal& terminal_;
  std::string last_;
  std::string last_phase_;
  bool drawn_ = false;
};

void print(const json::object& run, Doing& doing) {
  if (doing.global.json) {
    doing.terminal.out(json::serialize(contract(run)) + "\n");
    return;
  }
  const auto& watermark = run.at("watermark").as_object();
  std::string text = text_of(run, "message") + "\n";
  if (const auto* warnings = run.if_contains("warnings")) {
    for (const auto& warning : warnings->as_array()) {
      text += "warning: " + std::string(warning.as_string()) + "\n";
    }
  }
  text += fmt::format(
      "ShipStation counted {}, {} received: {} applied, {} unchanged, {} "
      "quarantined, {} deferred. {} requests.\nwatermark {} -> {}, read until {}\n",
      text_of(run, "source_total"), text_of(run, "received"), text_of(run, "applied"),
      text_of(run, "unchanged"), text_of(run, "quarantined"), text_of(run, "deferred"),
      text_of(run, "requests"), when(watermark, "before", doing.warehouse, Fine::seconds),
      when(watermark, "after", doing.warehouse, Fine::seconds),
      when(run, "read_until", doing.warehouse, Fine::seconds));
  doing.terminal.out(text);
}

// One look at the job: its run, when it has one.
struct Looked {
  json::object job;
  std::optional<json::object> run;
};

std::optional<json::object> read(Doing& doing, const std::string& target, int& status) {
  const ApiAnswer answer = doing.api("GET", target, {});
  status = answer.status;
  if (answer.status != 200) return std::nullopt;
  return json::parse(answer.body).as_object();
}

// The server went away, or is too busy to answer: the job goes on without it.
bool is_away(int status) { return status == 0 || status >= 500; }

std::optional<Looked> look(Doing& doing, const std::string& job, int& status) {
  auto found = read(doing, "/api/v1/jobs/" + job, status);
  if (!found) return std::nullopt;
  Looked looked{.job = std::move(*found), .run = std::nullopt};
  const std::string run = text_of(looked.job, "run_id");
  if (run == "-") return looked;
  looked.run = read(doing, "/api/v1/runs/" + encoded(run), status);
  if (!looked.run && is_away(status)) return std::nullopt;
  return looked;
}

bool is_over(const json::object& job) {
  const std::string state = text_of(job, "state");
  return state == "done" || state == "dead" || state == "cancelled";
}

// A job without a run of its own: it never came so far.
Exit tell_job(const json::object& job, Doing& doing) {
  doing.terminal.error("tallyman: " + text_of(job, "message") + "\n");
  return Exit::failed;
}

Exit tell_run(const json::object& run, Doing& doing) {
  const Exit exit = exit_of(run);
  if (exit != Exit::done && exit != Exit::partly && !doing.global.json) {
    doing.terminal.error("tallyman: " + text_of(run, "message") + "\n");
    return exit;
  }
  print(run, doing);
  return exit;
}

// Until the job is over; a run that was cut off is followed by the next one of the same job.
Exit follow(const std::string& id, std::optional<Micros> until, Doing& doing) {
  ProgressLine line(doing.terminal);
  Micros heard = doing.clock.steady();
  for (;;) {
    int status = 200;
    const auto looked = look(doing, id, status);
    if (looked) heard = doing.clock.steady();
    const bool may_come_back = is_away(status) && doing.clock.steady() - heard < kUnheard;
    if (!looked && !may_come_back) {
      line.clear();
      const Asked asked = ask(doing, "GET", "/api/v1/jobs/" + id);
      if (!asked.body) return asked.exit;
    }
    if (looked && is_over(looked->job)) {
      line.clear();
      return looked->run ? tell_run(*looked->run, doing) : tell_job(looked->job, doing);
    }
    if (looked && looked->run) line.show(*looked->run);
    if (const auto trouble = doing.trouble ? doing.trouble() : std::nullopt) {
      line.clear();
      doing.terminal.error("tallyman: the order book cannot be used: " + *trouble +
                           "\nhint: nothing was lost; run it again when that is settled\n");
      return Exit::failed;
    }
    if (is_waited_out(until, id, doing)) {
      line.clear();
      return Exit::still_running;
    }
    if (doing.clock.wait(kPoll, doing.stop) == ports::WaitEnd::stopped) {
      line.clear();
      doing.terminal.error("tallyman: stopped waiting for job " + id + "\n");
      return Exit::interrupted;
    }
  }
}

}  // namespace

Exit run(const SyncRun& command, Doing& doing) {
  if (!command.wait && doing.trouble) {
    doing.terminal.error(
        "tallyman: no server runs that could go on with it\nhint: leave out --no-wait, or start "
        "tallyman serve\n");
    return Exit::usage;
  }
  if (command.dry) return preview_sync(command, doing);
  const Asked started = ask(doing, "POST", "/api/v1/sync/runs");
  if (!started.body) return started.exit;
  const std::string id = text_of(*started.body, "job_id");
  if (const std::string other = text_of(*started.body, "held_by"); other != "-") {
    doing.terminal.error("tallyman: a sync is already running (" + other +
                         "); this one did nothing\n");
    return Exit::conflict;
  }
  const auto* already = started.body->if_contains("already_running");
  if (already != nullptr && already->is_bool() && already->get_bool()) {
    doing.terminal.error("A sync is already running; this is its job.\n");
  }
  if (!command.wait) {
    doing.terminal.out(doing.global.json ? started.text + "\n" : id + "\n");
    return Exit::still_running;
  }
  return follow(id, end_of_waiting(command.timeout, doing.clock), doing);
}

Exit run(const SyncStatus&, Doing& doing) {
  const Asked asked = ask(doing, "GET", "/api/v1/sync/status");
  if (!asked.body) return asked.exit;
  if (doing.global.json) {
    doing.terminal.out(asked.text + "\n");
    return Exit::done;
  }
  const auto& status = *asked.body;
  std::string text = fmt::format(
      "state       {}\nwatermark   {}\nread until  {}\nnext run    {}\nquarantine  {} open\n",
      text_of(status, "state"), when(status, "watermark", doing.warehouse, Fine::seconds),
      when(status, "read_until", doing.warehouse, Fine::seconds),
      when(status, "next_run_at", doing.warehouse), text_of(status, "quarantine_open"));
  const auto& budget = status.at("budget").as_object();
  text += fmt::format("requests    {} of {} in the last minute\n", text_of(budget, "used"),
                      text_of(budget, "limit"));
  if (const auto& last = status.at("last_run"); last.is_object()) {
    text += fmt::format("last run    {} at {}: {}\n", text_of(last.as_object(), "outcome"),
                        when(last.as_object(), "started_at", doing.warehouse),
                        text_of(last.as_object(), "message"));
  } else {
    text += "last run    never\n";
  }
  for (const auto& warning : status.at("warnings").as_array()) {
    text += "warning     " + std::string(warning.as_string()) + "\n";
  }
  doing.terminal.out(text);
  return Exit::done;
}

Exit run(const SyncWatermark&, Doing& doing) {
  const Asked asked = ask(doing, "GET", "/api/v1/sync/status");
  if (!asked.body) return asked.exit;
  const auto& status = *asked.body;
  if (doing.global.json) {
    doing.terminal.out(json::serialize(json::object{{"watermark", status.at("watermark")},
                                                    {"read_until", status.at("read_until")},
                                                    {"lag_seconds", status.at("lag_seconds")}}) +
                       "\n");
    return Exit::done;
  }
  doing.terminal.out(fmt::format("watermark {}\nread until {} ({} s ago)\n",
                                 when(status, "watermark", doing.warehouse, Fine::seconds),
                                 when(status, "read_until", doing.warehouse, Fine::seconds),
                                 text_of(status, "lag_seconds")));
  return Exit::done;
}

}  // namespace tallyman::cli
