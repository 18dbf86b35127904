#include "workflows/schedules.h"

#include "api/api_test.h"
#include "engine/ticker.h"
#include "ports/statements.h"
#include "workflows/table.h"

namespace tallyman::tests {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto kSync = "/api/v1/workflows/shipstation-sync";

class WorkflowsApi : public ApiTest {
 protected:
  WorkflowsApi() {
    ports::transact(story_.database(), ports::TxMode::write, workflows::add_switches);
  }
  http_server::Response post(const std::string& verb, const std::string& body) {
    return send("POST", std::string(kSync) + "/" + verb, {{"Content-Type", "application/json"}},
                body);
  }
  NoThreads threads_;

  engine::Ticker ticker() {
    return {story_.database(),
            story_.clock(),
            threads_,
            workflows::ticked_workflows([](std::string_view) { return true; }),
            {.warehouse = pacific(), .table = workflows::settings_table()}};
  }
};

TEST_F(WorkflowsApi, ShowsEveryWorkflowOfTheTable) {
  const auto page = get("/api/v1/workflows");
  const auto& items = page.at("items").as_array();
  ASSERT_EQ(items.size(), workflows::workflow_table().size());
  const auto one = get(kSync);
  EXPECT_EQ(one.at("state").as_string(), "on");
  EXPECT_EQ(one.at("schedule").at("text").as_string(), "every 5 minutes");
  EXPECT_EQ(one.at("schedule").at("interval_minutes").as_int64(), 5);
  EXPECT_TRUE(one.at("runs").as_array().empty());
  EXPECT_TRUE(one.at("last_run").is_null());
  EXPECT_TRUE(one.at("p95_ms").is_null());
  EXPECT_EQ(one.at("next_run_at").as_string(), to_text(story_.clock().now())) << "at once";
  EXPECT_EQ(send("GET", "/api/v1/workflows/nothing").status, 404);
}

TEST_F(WorkflowsApi, TheIntervalOfTheSyncIsThatOfTheScheduleInForce) {
  const auto seconds = [&] { return get("/api/v1/sync/status").at("interval_seconds").as_int64(); };
  EXPECT_EQ(seconds(), 300);
  story_.script(
      "INSERT INTO configuration_params (category, parameter_name, value) "
      "VALUES ('schedule', 'shipstation-sync', 'every 7 minutes')");
  EXPECT_EQ(seconds(), 420);
  story_.script("UPDATE configuration_params SET value = 'by a person'");
  EXPECT_EQ(seconds(), 0);
}

TEST_F(WorkflowsApi, ShowsTheLastThirtyRunsNewestLast) {
  for (int run = 0; run < 35; ++run) story_.sync();
  const auto one = get(kSync);
  const auto& runs = one.at("runs").as_array();
  ASSERT_EQ(runs.size(), 30U);
  EXPECT_LT(runs.front().at("started_at").as_string(), runs.back().at("started_at").as_string());
  EXPECT_EQ(one.at("last_run"), runs.back());
  EXPECT_EQ(runs.back().at("outcome").as_string(), "ok");
  EXPECT_TRUE(one.at("p95_ms").is_int64());
}

TEST_F(WorkflowsApi, SwitchedOffWithAReasonEverybodySeesIt) {
  const auto off = post("disable", R"({"reason":"labels are wrong"})");
  ASSERT_EQ(off.status, 200) << off.body;
  const auto one = json::parse(off.body).as_object();
  EXPECT_EQ(one.at("state").as_string(), "off");
  EXPECT_EQ(one.at("reason").as_string(), "labels are wrong");
  EXPECT_TRUE(one.at("changed_at").is_string());
  EXPECT_TRUE(one.at("next_run_at").is_null());
  EXPECT_EQ(wakes_, 1);
  EXPECT_EQ(get("/api/v1/sync/status").at("state").as_string(), "disabled");
  EXPECT_EQ(story_.one("SELECT enabled FROM workflow_controls "
                       "WHERE workflow_name = 'shipstation-sync'"),
            "0");

  const auto on = post("enable", "{}");
  ASSERT_EQ(on.status, 200) << on.body;
  EXPECT_EQ(json::parse(on.body).at("state").as_string(), "on");
  EXPECT_EQ(json::parse(on.body).at("reason").as_string(), "");
  EXPECT_EQ(post("enable", "").status, 200);
  EXPECT_EQ(story_.one("SELECT COUNT(*) FROM audit_log WHERE action = 'workflow.enable'"), "1")
      << "on already: nothing to write down";
}

TEST_F(WorkflowsApi, SwitchingOffAsksForAReason) {
  for (const auto* body : {"", "{}", R"({"reason":"no"})", R"({"reason":7})", "nonsense",
                           R"({"reason":"good enough","by":"me"})"}) {
    EXPECT_EQ(post("disable", body).status, 400) << body;
  }
  EXPECT_EQ(story_.one("SELECT enabled FROM workflow_controls "
                       "WHERE workflow_name = 'shipstation-sync'"),
            "1");
  EXPECT_EQ(send("POST", "/api/v1/workflows/nothing/enable").status, 404);
}

TEST_F(WorkflowsApi, ARowThatSomebodyDeletedIsOffUntilItIsSwitchedOn) {
  auto looking = ticker();
  looking.look();
  story_.script("DELETE FROM workflow_controls");
  const auto gone = get(kSync);
  EXPECT_EQ(gone.at("state").as_string(), "off");
  EXPECT_NE(gone.at("reason").as_string().find("missing"), std::string::npos);
  EXPECT_EQ(post("enable", "").status, 200);
  EXPECT_EQ(get(kSync).at("state").as_string(), "on");
}

TEST_F(WorkflowsApi, WithoutCredentialsItIsNotSetUp) {
  context_.is_set_up = [](std::string_view partner) { return partner != "shipstation"; };
  const auto one = get(kSync);
  EXPECT_EQ(one.at("state").as_string(), "not_set_up");
  EXPECT_TRUE(one.at("enabled").as_bool());
  EXPECT_TRUE(one.at("next_run_at").is_null());
}

TEST_F(WorkflowsApi, ShowsWhatWasMissedWhatRunsAndWhenTheNextOneIs) {
  auto looking = ticker();
  looking.look();
  story_.script("UPDATE jobs SET state = 'done'");
  story_.clock().set(instant_from_text("2026-11-20T16:02:00Z").value());
  looking.look();
  story_.script("UPDATE jobs SET state = 'running' WHERE state = 'available'");
  const auto one = get(kSync);
  EXPECT_EQ(one.at("missed").at("ticks").as_int64(), 11);
  EXPECT_EQ(one.at("missed").at("last_at").as_string(), "2026-11-20T16:02:00.000000Z");
  EXPECT_EQ(one.at("next_run_at").as_string(), "2026-11-20T16:05:00.000000Z");
  EXPECT_EQ(std::to_string(one.at("running_job_id").as_int64()),
            story_.one("SELECT job_id FROM jobs WHERE state = 'running' "
                       "AND kind = 'shipstation-sync'"));
}

TEST_F(WorkflowsApi, AScheduleThatIsNotAllowedIsShownAsAWarning) {
  story_.script(
      "INSERT INTO configuration_params (category, parameter_name, value) "
      "VALUES ('schedule', 'shipstation-sync', 'now and then')");
  const auto one = get(kSync);
  EXPECT_EQ(one.at("schedule").at("text").as_string(), "every 5 minutes");
  EXPECT_NE(one.at("warning").as_string().find("now and then"), std::string::npos);
}

}  // namespace
}  // namespace tallyman::tests
