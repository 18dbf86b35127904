// /api/v1/credentials: which partners are set up, and whether they take what they are given. Never
// the credentials themselves.

#include <array>

#include "adapters/book/audit.h"
#include "adapters/book/jobs.h"
#include "api/handlers.h"
#include "api/json.h"
#include "api/problem.h"
#include "ports/statements.h"

namespace tallyman::api {

namespace {

namespace json = boost::json;

constexpr std::string_view kShipStation = "shipstation";

http_server::Response list_credentials(const Context& context, const Call&) {
  const auto seen = ports::transact(context.database, ports::TxMode::read, [&](ports::Tx& tx) {
    return book::credentials_seen(tx, context.account, "shipstation-sync");
  });
  const bool is_set = context.status.configured;
  json::array items;
  items.push_back(
      {{"partner", kShipStation},
       {"name", "ShipStation"},
       {"set", is_set},
       {"ends_in", is_set && !context.key_ends_in.empty() ? json::value(context.key_ends_in)
                                                          : json::value(nullptr)},
       {"last_accepted_at", to_json(seen.accepted)},
       {"last_refused_at", to_json(seen.refused)},
       {"message",
        is_set ? seen.refusal : "Set TALLYMAN_SHIPSTATION_KEY and TALLYMAN_SHIPSTATION_SECRET."}});
  return json_response(200, json::object{{"items", std::move(items)}, {"next_cursor", nullptr}});
}

http_server::Response test_credentials(const Context& context, const Call& call) {
  if (call.path.at("partner") != kShipStation) {
    throw Refusal{404, "Not found", "There is no partner with this name."};
  }
  if (!context.status.configured) {
    throw Refusal{409, "ShipStation is not set up",
                  "Set TALLYMAN_SHIPSTATION_KEY and TALLYMAN_SHIPSTATION_SECRET first.", kNotSetUp};
  }
  const auto enqueued = ports::transact(context.database, ports::TxMode::write, [&](auto& tx) {
    book::audit(tx, {.who = call.who.who, .action = "credentials.test", .subject = kShipStation});
    return book::enqueue(tx, {.account = context.account,
                              .kind = "test-credentials",
                              .unique_key = "test-credentials/shipstation",
                              .priority = work::Priority::person,
                              .asked_by = call.who.who,
                              .why = "Test of the credentials",
                              .timeout = std::chrono::minutes{2},
                              .max_attempts = 1});
  });
  if (context.wake_jobs) context.wake_jobs();
  return json_response(
      202, json::object{{"job_id", enqueued.job.value}, {"already_running", enqueued.already}});
}

}  // namespace

std::span<const Route> credential_routes() {
  static constexpr std::array kRoutes = {
      Route{.method = "GET",
            .pattern = "/api/v1/credentials",
            .operation = "listCredentials",
            .summary = "Which partners are set up, and whether they take our credentials",
            .access = Access::viewer,
            .answer = list_credentials,
            .answers = "CredentialPage"},
      Route{.method = "POST",
            .pattern = "/api/v1/credentials/{partner}/test",
            .operation = "testCredentials",
            .summary = "Ask the partner for one order, and see whether it answers",
            .access = Access::operator_,
            .answer = test_credentials,
            .answers = "JobAsked",
            .status = 202},
  };
  return kRoutes;
}

}  // namespace tallyman::api
