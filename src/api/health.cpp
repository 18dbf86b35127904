// /health: for whoever watches the program from outside. Says nothing that a stranger must not
// know.

#include <array>

#include <fmt/format.h>

#include "api/guard.h"
#include "api/json.h"
#include "api/routes.h"
#include "api/workflows.h"
#include "ports/statements.h"
#include "views/health.h"

namespace tallyman::api {

namespace {

namespace json = boost::json;

enum class Told { all, whether };  // a stranger hears whether all is well, and no names

std::string reason_of(const views::Workflow& workflow, work::Health health, Told told) {
  const auto name = told == Told::all ? workflow.facts.name : "a workflow";
  return health == work::Health::failed ? fmt::format("The last run of {} failed.", name)
                                        : fmt::format("A scheduled run of {} is missing.", name);
}

http_server::Response get_live(const Context& context, const Call&) {
  return json_response(200, json::object{{"status", "ok"}, {"version", context.version}});
}

http_server::Response get_ready(const Context& context, const Call& call) {
  const Told told = may_watch(context, call.request) ? Told::all : Told::whether;
  Instant now;
  const auto all = ports::transact(context.database, ports::TxMode::read, [&](ports::Tx& tx) {
    now = tx.now();
    return workflows_of(context, tx);
  });
  json::array shown;
  json::value reason = nullptr;
  for (const auto& workflow : all) {
    std::string_view state = views::word(workflow.state);
    if (workflow.state == views::WorkflowState::on) {
      const auto health = views::health_of(workflow, context.up_since, now);
      state = work::word(health);
      if (health != work::Health::well && reason.is_null())
        reason = reason_of(workflow, health, told);
    }
    // The program itself gave up: that is a failure, and nobody's wish.
    if (workflow.state == views::WorkflowState::off && workflow.changed_by == "tallyman") {
      state = work::word(work::Health::failed);
      if (reason.is_null()) reason = reason_of(workflow, work::Health::failed, told);
    }
    if (told == Told::whether) continue;
    shown.push_back(json::object{{"name", workflow.facts.name}, {"state", state}});
  }
  const bool is_well = reason.is_null();
  return json_response(is_well ? 200 : 503, json::object{{"status", is_well ? "ok" : "failing"},
                                                         {"reason", std::move(reason)},
                                                         {"workflows", std::move(shown)}});
}

}  // namespace

std::span<const Route> health_routes() {
  static constexpr std::array kReadyAlso = {
      AnswerRow{503, "Ready", "A run failed, or a scheduled one is missing"}};
  static constexpr std::array kRoutes = {
      Route{.method = "GET",
            .pattern = "/health/live",
            .operation = "getLive",
            .summary = "The program runs",
            .access = Access::anybody,
            .answer = get_live,
            .answers = "Live"},
      Route{.method = "GET",
            .pattern = "/health/ready",
            .operation = "getReady",
            .summary = "No run failed and none is missing",
            .access = Access::anybody,
            .answer = get_ready,
            .answers = "Ready",
            .also = kReadyAlso},
  };
  return kRoutes;
}

}  // namespace tallyman::api
