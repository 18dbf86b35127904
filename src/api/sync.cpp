// /api/v1/sync and /api/v1/runs: status, runs, "sync now"; what the pages need to begin.

#include <fmt/format.h>

#include <array>

#include "adapters/book/audit.h"
#include "api/handlers.h"
#include "api/json.h"
#include "api/problem.h"
#include "domain/base/whole_number.h"
#include "ports/statements.h"
#include "views/runs.h"
#include "views/sync_status.h"
#include "workflows/asking.h"
#include "workflows/jobs.h"

namespace tallyman::api {

namespace {

namespace json = boost::json;

constexpr std::string_view kSync = "shipstation-sync";
constexpr std::int64_t kRunsPage = 30;
constexpr std::int64_t kLargestRunsPage = 200;

json::object to_json(const book::Run& run) {
  const auto& numbers = run.numbers;
  json::object skipped;
  for (const auto& [reason, count] : numbers.skipped) skipped[reason] = count;
  json::array warnings;
  for (const auto& warning : numbers.warnings) warnings.push_back(json::value(warning));
  json::value duration = nullptr;
  if (run.finished) {
    duration =
        std::chrono::duration_cast<std::chrono::milliseconds>(*run.finished - run.started).count();
  }
  return {
      {"run_id", run.id.value},
      {"workflow", run.workflow},
      {"mode", run.mode},
      {"outcome", run.outcome},
      {"why", run.why},
      {"asked_by", run.asked_by},
      {"job_id", run.job ? json::value(run.job->value) : json::value(nullptr)},
      {"started_at", to_text(run.started)},
      {"finished_at", api::to_json(run.finished)},
      {"duration_ms", std::move(duration)},
      {"message", run.message},
      {"failure", api::to_json(run.failure)},
      {"window",
       {{"from", api::to_json(numbers.window_from)}, {"until", api::to_json(numbers.window_to)}}},
      {"manual_orders_imported", numbers.manual_orders_imported},
      {"status_updates", numbers.status_updates},
      {"source_total", numbers.source_total},
      {"received", numbers.received},
      {"applied", numbers.applied},
      {"unchanged", numbers.unchanged},
      {"skipped", std::move(skipped)},
      {"quarantined", numbers.quarantined},
      {"deferred", numbers.deferred},
      {"requests", numbers.requests},
      {"watermark",
       {{"before", api::to_json(numbers.watermark_before)},
        {"after", api::to_json(numbers.watermark_after)}}},
      {"read_until", api::to_json(numbers.read_until)},
      {"warnings", std::move(warnings)},
      {"progress",
       {{"done", run.progress_done}, {"total", run.progress_total}, {"phase", run.phase}}}};
}

std::optional<book::RunCursor> cursor_in(const http_server::Request& request) {
  const auto text = http_server::find_query(request, "cursor");
  if (!text) return std::nullopt;
  const auto dash = text->find('-', 1);
  const auto started = whole_number(text->substr(0, dash));
  if (dash == std::string_view::npos || !started) {
    throw Refusal{400, "Bad request", "cursor is not one that this program handed out."};
  }
  return book::RunCursor{.started = from_micros(*started),
                         .run = RunId{std::string(text->substr(dash + 1))}};
}

views::SyncStatus status_of(const Context& context) {
  return ports::transact(context.database, ports::TxMode::read,
                         [&](ports::Tx& tx) { return views::sync_status(tx, context.status); });
}

}  // namespace

json::object ask_for_run(const Context& context, std::string_view workflow,
                         const std::string& who) {
  workflows::AskedRun asked;
  ports::transact(context.database, ports::TxMode::write, [&](ports::Tx& tx) {
    asked = workflows::ask_for_run(tx, workflow,
                                   {.account = context.account,
                                    .who = who,
                                    .node_id = context.node_id,
                                    .is_gone = &context.status.is_gone});
  });
  if (context.wake_jobs) context.wake_jobs();
  const auto& job = asked.job;
  return {{"job_id", job.id.value},
          {"run_id", job.run ? json::value(job.run->value) : json::value(nullptr)},
          {"already_running", asked.already},
          {"held_by", to_json(asked.elsewhere)}};
}

http_server::Response get_bootstrap(const Context& context, const Call&) {
  return json_response(200, json::object{{"name", "tallyman"},
                                         {"version", context.version},
                                         {"build", context.version},
                                         {"zone", context.warehouse.name()},
                                         {"demo", context.demo},
                                         {"now", to_text(context.clock.now())}});
}

http_server::Response list_runs(const Context& context, const Call& call) {
  const auto limit = number_in_query(call.request, "limit", kRunsPage, 1, kLargestRunsPage);
  const auto before = cursor_in(call.request);
  const std::string workflow(http_server::find_query(call.request, "workflow").value_or(kSync));
  const auto list = ports::transact(context.database, ports::TxMode::read, [&](ports::Tx& tx) {
    return views::run_list(tx, workflow, before, limit);
  });
  json::value next = nullptr;
  if (list.next) {
    next = fmt::format("{}-{}", to_micros(list.next->started), list.next->run.value);
  }
  json::array items;
  for (const auto& run : list.runs) items.push_back(to_json(run));
  return json_response(200,
                       json::object{{"items", std::move(items)}, {"next_cursor", std::move(next)}});
}

http_server::Response get_run(const Context& context, const Call& call) {
  // Lease and run as of one moment: a run that has just begun is not taken for one cut off.
  std::optional<book::LeaseHolder> lease;
  auto run = ports::transact(context.database, ports::TxMode::read, [&](ports::Tx& tx) {
    lease = views::live_lease(tx, context.status);
    return views::run(tx, RunId{call.path.at("run_id")});
  });
  if (!run) throw Refusal{404, "Not found", "There is no run with this id."};
  const bool alive = lease && lease->run == run->id;
  if (run->workflow == kSync && run->outcome == book::word(book::Outcome::running) && !alive) {
    run->outcome = book::word(book::Outcome::failed);
    run->message = "Cut off: the program that ran it has ended. The next run goes on.";
  }
  return json_response(200, to_json(*run));
}

http_server::Response get_sync_status(const Context& context, const Call&) {
  const auto timetable = ports::transact(context.database, ports::TxMode::read, [&](ports::Tx& tx) {
    return timetable_of(context, tx, kSync);
  });
  std::optional<Instant> next_run;
  if (context.is_scheduled) next_run = timetable.next_run;
  const auto status = status_of(context);
  json::array warnings;
  for (const auto& warning : status.warnings) warnings.push_back(json::value(warning));
  json::value lease = nullptr;
  if (status.lease) {
    lease = json::object{{"held_by", status.lease->holder},
                         {"run_id", status.lease->run.value},
                         {"until", to_text(status.lease->expires)}};
  }
  json::value off = nullptr;
  if (status.off) {
    off = json::object{{"reason", text_or_null(status.off->reason)},
                       {"by", text_or_null(status.off->by)},
                       {"at", to_json(status.off->at)}};
  }
  json::value lag = nullptr;
  if (status.lag) lag = std::chrono::duration_cast<std::chrono::seconds>(*status.lag).count();
  return json_response(
      200,
      json::object{{"workflow", kSync},
                   {"state", status.state},
                   {"watermark", to_json(status.watermark)},
                   {"read_until", to_json(status.read_until)},
                   {"lag_seconds", std::move(lag)},
                   {"last_run", status.last_run ? json::value(to_json(*status.last_run))
                                                : json::value(nullptr)},
                   {"next_run_at", to_json(next_run)},
                   {"interval_seconds",
                    std::chrono::duration_cast<std::chrono::seconds>(timetable.interval).count()},
                   {"lease", std::move(lease)},
                   {"off", std::move(off)},
                   {"budget",
                    {{"used", status.budget.used},
                     {"limit", status.budget.limit},
                     {"window_seconds", 60},
                     {"blocked_until", to_json(status.budget.blocked_until)}}},
                   {"quarantine_open", status.quarantine_open},
                   {"warnings", std::move(warnings)},
                   {"as_of", to_text(status.as_of)}});
}

http_server::Response start_sync(const Context& context, const Call& call) {
  if (!context.status.configured) {
    throw Refusal{409, "ShipStation is not set up",
                  "Set TALLYMAN_SHIPSTATION_KEY and TALLYMAN_SHIPSTATION_SECRET first.", kNotSetUp};
  }
  const auto answer = ask_for_run(context, kSync, call.who.who);
  return json_response(202, answer);
}

http_server::Response preview_sync(const Context& context, const Call& call) {
  if (!context.status.configured) {
    throw Refusal{409, "ShipStation is not set up",
                  "Set TALLYMAN_SHIPSTATION_KEY and TALLYMAN_SHIPSTATION_SECRET first.", kNotSetUp};
  }
  const auto enqueued = ports::transact(context.database, ports::TxMode::write, [&](auto& tx) {
    book::audit(tx, {.who = call.who.who, .action = "sync.preview", .subject = kSync});
    const std::string kind(workflows::kSyncPreview);
    return book::enqueue(tx, {.account = context.account,
                              .kind = kind,
                              .unique_key = kind,
                              .single_flight = kind,
                              .priority = work::Priority::person,
                              .asked_by = call.who.who,
                              .why = "what a run would do",
                              .max_attempts = 1});
  });
  if (context.wake_jobs) context.wake_jobs();
  return json_response(
      202, json::object{{"job_id", enqueued.job.value}, {"already_running", enqueued.already}});
}

std::span<const Route> sync_routes() {
  static constexpr std::array kRunsQuery = {
      QueryRow{"workflow", "string", "runs of this workflow; shipstation-sync when not given"},
      QueryRow{"limit", "integer", "rows of a page, at most 200"},
      QueryRow{"cursor", "string", "next_cursor of the page before"}};
  static constexpr std::array kRoutes = {
      Route{.method = "GET",
            .pattern = "/api/v1/bootstrap",
            .operation = "getBootstrap",
            .summary = "What the pages need to begin",
            .access = Access::anybody,
            .answer = get_bootstrap,
            .answers = "Bootstrap"},
      Route{.method = "GET",
            .pattern = "/api/v1/runs",
            .operation = "listRuns",
            .summary = "Runs of a workflow, newest first",
            .access = Access::viewer,
            .answer = list_runs,
            .answers = "RunPage",
            .query = kRunsQuery},
      Route{.method = "GET",
            .pattern = "/api/v1/runs/{run_id}",
            .operation = "getRun",
            .summary = "One run",
            .access = Access::viewer,
            .answer = get_run,
            .answers = "Run"},
      Route{.method = "GET",
            .pattern = "/api/v1/sync/status",
            .operation = "getSyncStatus",
            .summary = "How far ShipStation has been read",
            .access = Access::viewer,
            .answer = get_sync_status,
            .answers = "SyncStatus"},
      Route{.method = "POST",
            .pattern = "/api/v1/sync/runs",
            .operation = "startSync",
            .summary = "Sync now",
            .access = Access::operator_,
            .answer = start_sync,
            .answers = "SyncAsked",
            .status = 202},
      Route{.method = "POST",
            .pattern = "/api/v1/sync/previews",
            .operation = "previewSync",
            .summary = "What a run would do now: the job's result has its numbers and changes; "
                       "nothing is changed",
            .access = Access::operator_,
            .answer = preview_sync,
            .answers = "JobAsked",
            .status = 202},
  };
  return kRoutes;
}

}  // namespace tallyman::api
