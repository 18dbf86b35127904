// /api/v1/workflows: what runs when, and switching it on and off. Starting a run now belongs to the
// jobs of each workflow, not here.

#include <array>

#include <fmt/format.h>

#include "adapters/book/controls.h"
#include "adapters/book/settings.h"
#include "api/body.h"
#include "api/handlers.h"
#include "api/json.h"
#include "api/problem.h"
#include "api/routes.h"
#include "api/workflows.h"
#include "ports/statements.h"
#include "views/workflows.h"
#include "workflows/asking.h"
#include "workflows/schedules.h"
#include "workflows/table.h"

namespace tallyman::api {

namespace {

namespace json = boost::json;

constexpr Body::Length kReason{.least = 3, .most = 500};  // bytes

json::value milliseconds(const std::optional<Micros>& length) {
  if (!length) return nullptr;
  return std::chrono::duration_cast<std::chrono::milliseconds>(*length).count();
}

json::object to_json(const book::RunBrief& run) {
  return {{"run_id", run.id.value},
          {"outcome", run.outcome},
          {"started_at", to_text(run.started)},
          {"finished_at", api::to_json(run.finished)},
          {"duration_ms", milliseconds(book::duration(run))},
          {"message", run.message}};
}

json::object to_json(const work::Schedule& schedule) {
  json::object shown{{"text", work::to_text(schedule)},
                     {"kind", "by_person"},
                     {"interval_minutes", nullptr},
                     {"daily_at", nullptr},
                     {"business_hours", false}};
  if (const auto* interval = std::get_if<work::Interval>(&schedule)) {
    shown["kind"] = "interval";
    shown["interval_minutes"] = interval->length.count();
    shown["business_hours"] = interval->business_hours;
  } else if (const auto* daily = std::get_if<work::Daily>(&schedule)) {
    shown["kind"] = "daily";
    shown["daily_at"] = work::time_of_day(daily->at);
  }
  return shown;
}

json::object to_json(const views::Workflow& workflow) {
  json::array runs;
  for (const auto& run : workflow.runs) runs.push_back(to_json(run));
  json::value last_run = nullptr;
  if (!workflow.runs.empty()) last_run = to_json(workflow.runs.back());
  return {{"name", workflow.facts.name},
          {"description", workflow.facts.description},
          {"state", views::word(workflow.state)},
          {"enabled", workflow.enabled},
          {"reason", workflow.reason},
          {"changed_at", api::to_json(workflow.changed)},
          {"changed_by", workflow.changed_by},
          {"effect_of_off", workflow.facts.effect_of_off},
          {"schedule", to_json(workflow.schedule)},
          {"warning", text_or_null(workflow.warning)},
          {"next_run_at", api::to_json(workflow.next_run)},
          {"missed",
           {{"ticks", workflow.missed.ticks}, {"last_at", api::to_json(workflow.missed.last)}}},
          {"running_job_id",
           workflow.running ? json::value(workflow.running->value) : json::value(nullptr)},
          {"p95_ms", milliseconds(workflow.p95)},
          {"last_run", std::move(last_run)},
          {"runs", std::move(runs)}};
}

bool is_set_up(const Context& context, std::string_view partner) {
  if (partner.empty()) return true;
  if (context.is_set_up) return context.is_set_up(partner);
  return partner != "shipstation" || context.status.configured;
}

std::vector<views::Workflow> load(const Context& context, ports::Tx& tx) {
  views::WorkflowRules rules{.account = context.account,
                             .workflows = {},
                             .warehouse = context.warehouse,
                             .table = workflows::settings_table(),
                             .configured = settings::Configured(context.file_settings)};
  for (const auto& row : workflows::workflow_table()) {
    rules.workflows.push_back({.name = std::string(row.name),
                               .description = std::string(row.description),
                               .effect_of_off = std::string(row.effect_of_off),
                               .is_set_up = is_set_up(context, row.partner)});
  }
  return views::workflows(tx, rules);
}

const workflows::WorkflowRow& row_of(const Call& call) {
  const auto* row = workflows::find_workflow(call.path.at("name"));
  if (row == nullptr) throw Refusal{404, "Not found", "There is no workflow with this name."};
  return *row;
}

json::object load_one(const Context& context, ports::Tx& tx, std::string_view name) {
  for (const auto& workflow : load(context, tx)) {
    if (workflow.facts.name == name) return to_json(workflow);
  }
  throw Refusal{404, "Not found", "There is no workflow with this name."};
}

http_server::Response start_workflow(const Context& context, const Call& call) {
  const auto& row = row_of(call);
  if (!is_set_up(context, row.partner)) {
    throw Refusal{409, "Not set up",
                  fmt::format("{} has no credentials for its partner here.", row.name), kNotSetUp};
  }
  const auto off = ports::transact(context.database, ports::TxMode::read,
                                   [&](ports::Tx& tx) { return workflows::why_off(tx, row.name); });
  if (off) throw Refusal{409, "Switched off", *off};
  return json_response(202, ask_for_run(context, row.name, call.who.who));
}

http_server::Response list_workflows(const Context& context, const Call&) {
  const auto all = ports::transact(context.database, ports::TxMode::read,
                                   [&](ports::Tx& tx) { return load(context, tx); });
  json::array items;
  for (const auto& workflow : all) items.push_back(to_json(workflow));
  return json_response(200, json::object{{"items", std::move(items)}, {"next_cursor", nullptr}});
}

http_server::Response get_workflow(const Context& context, const Call& call) {
  const auto& row = row_of(call);
  return json_response(
      200, ports::transact(context.database, ports::TxMode::read,
                           [&](ports::Tx& tx) { return load_one(context, tx, row.name); }));
}

// A row that somebody deleted is made again first.
void turn(ports::Tx& tx, const workflows::WorkflowRow& row, book::Turn to, const Call& call,
          std::string_view reason) {
  const book::NewControl missing[] = {{.workflow = row.name, .description = row.description}};
  book::add_controls(tx, missing);
  if (to == book::Turn::on && book::hold_enabled(tx, row.name)) return;
  book::turn(tx, row.name, to, call.who.who, reason);
}

http_server::Response switched(const Context& context, const Call& call, book::Turn to,
                               std::string_view reason) {
  const auto& row = row_of(call);
  auto shown = ports::transact(context.database, ports::TxMode::write, [&](ports::Tx& tx) {
    turn(tx, row, to, call, reason);
    return load_one(context, tx, row.name);
  });
  if (context.wake_jobs) context.wake_jobs();
  return json_response(200, shown);
}

http_server::Response enable_workflow(const Context& context, const Call& call) {
  Body body(call.request);
  const auto reason = body.optional_text("reason", kReason).value_or("");
  body.done();
  return switched(context, call, book::Turn::on, reason);
}

http_server::Response disable_workflow(const Context& context, const Call& call) {
  Body body(call.request);
  const auto reason = body.text("reason", kReason);
  body.done();
  return switched(context, call, book::Turn::off, reason);
}

}  // namespace

std::vector<views::Workflow> workflows_of(const Context& context, ports::Tx& tx) {
  return load(context, tx);
}

views::ReadingRules reading_rules(const Context& context, ports::Tx& tx) {
  const settings::Values values(workflows::settings_table(),
                                settings::Configured(context.file_settings),
                                book::stored_settings(tx));
  return {.account = context.account,
          .is_set_up = is_set_up(context, "shipstation"),
          .schedule = values.schedule("shipstation-sync"),
          .warehouse = context.warehouse};
}

Timetable timetable_of(const Context& context, ports::Tx& tx, std::string_view workflow) {
  for (const auto& one : load(context, tx)) {
    if (one.facts.name != workflow) continue;
    return {.next_run = one.next_run, .interval = work::period(one.schedule).value_or(Micros{0})};
  }
  return {};
}

std::span<const Route> workflow_routes() {
  static constexpr std::array kRoutes = {
      Route{.method = "GET",
            .pattern = "/api/v1/workflows",
            .operation = "listWorkflows",
            .summary = "Every workflow: switch, schedule, last runs",
            .access = Access::viewer,
            .answer = list_workflows,
            .answers = "WorkflowPage"},
      Route{.method = "GET",
            .pattern = "/api/v1/workflows/{name}",
            .operation = "getWorkflow",
            .summary = "One workflow",
            .access = Access::viewer,
            .answer = get_workflow,
            .answers = "Workflow"},
      Route{.method = "POST",
            .pattern = "/api/v1/workflows/{name}/enable",
            .operation = "enableWorkflow",
            .summary = "Switch it on",
            .access = Access::admin,
            .answer = enable_workflow,
            .body = "WorkflowEnable",
            .answers = "Workflow"},
      Route{.method = "POST",
            .pattern = "/api/v1/workflows/{name}/disable",
            .operation = "disableWorkflow",
            .summary = "Switch it off, with the reason",
            .access = Access::admin,
            .answer = disable_workflow,
            .body = "WorkflowDisable",
            .answers = "Workflow"},
      Route{.method = "POST",
            .pattern = "/api/v1/workflows/{name}/runs",
            .operation = "runWorkflow",
            .summary = "Run it now, or find the run that is under way",
            .access = Access::operator_,
            .answer = start_workflow,
            .answers = "SyncAsked",
            .status = 202},
  };
  return kRoutes;
}

}  // namespace tallyman::api
