// What people ask for becomes a job: one at a time, told who has it, with its trace in the audit
// log.
#include <gtest/gtest.h>

#include "adapters/book/jobs.h"
#include "api/api_test.h"
#include "ports/statements.h"
#include "workflows/schedules.h"

namespace tallyman::tests {
namespace {

namespace json = boost::json;

class Asking : public ApiTest {
 protected:
  json::object post(const std::string& target, int status = 202) {
    const auto response = send("POST", target);
    EXPECT_EQ(response.status, status) << target << ": " << response.body;
    return json::parse(response.body).as_object();
  }
  std::string live_jobs(const std::string& kind) {
    return story_.one("SELECT COUNT(*) FROM jobs WHERE state = 'available' AND kind = '" + kind +
                      "'");
  }
  // As if a worker had claimed it.
  void is_run_by(const std::string& node, const std::string& lease) {
    story_.script("INSERT INTO nodes VALUES ('" + node +
                  "', 'web2, process 9 #x', '1', 1, 1, NULL)");
    story_.script("UPDATE jobs SET state = 'running', node_id = '" + node +
                  "', run_id = 'r1', lease_token = 1, lease_until_us = " + lease);
  }
  std::string in_an_hour() {
    return std::to_string(to_micros(story_.clock().now() + std::chrono::hours{1}));
  }
};

TEST_F(Asking, TwoClicksAreOneJob) {
  const auto first = post("/api/v1/sync/runs");
  EXPECT_FALSE(first.at("already_running").as_bool());
  const auto second = post("/api/v1/workflows/shipstation-sync/runs");
  EXPECT_TRUE(second.at("already_running").as_bool());
  EXPECT_EQ(second.at("job_id"), first.at("job_id"));
  EXPECT_EQ(live_jobs("shipstation-sync"), "1");
  EXPECT_EQ(story_.one("SELECT priority FROM jobs"), "0") << "people go first";
  EXPECT_EQ(wakes_, 2);
  EXPECT_EQ(story_.one("SELECT COUNT(*) FROM audit_log WHERE action = 'workflow.run'"), "2");
}

TEST_F(Asking, WhoRunsItElsewhereIsNamedUntilItsLeaseIsOver) {
  post("/api/v1/sync/runs");
  is_run_by("other", in_an_hour());
  EXPECT_EQ(post("/api/v1/sync/runs").at("held_by"), "web2, process 9");
  story_.script("UPDATE jobs SET lease_until_us = 1");
  EXPECT_TRUE(post("/api/v1/sync/runs").at("held_by").is_null());
}

TEST_F(Asking, AHolderOfThisMachineThatIsGoneHoldsNothing) {
  post("/api/v1/sync/runs");
  is_run_by("other", in_an_hour());
  context_.status.is_gone = [](const std::string& identity) {
    return identity == "web2, process 9 #x";
  };
  EXPECT_TRUE(post("/api/v1/sync/runs").at("held_by").is_null());
}

TEST_F(Asking, AWorkflowWithoutItsPartnerIsNotAskedFor) {
  story_.database().transact(ports::TxMode::write, workflows::add_switches);
  context_.is_set_up = [](std::string_view) { return false; };
  post("/api/v1/workflows/shipstation-sync/runs", 409);
  EXPECT_EQ(live_jobs("shipstation-sync"), "0");
  post("/api/v1/workflows/kpi-snapshot/runs");
  EXPECT_EQ(live_jobs("kpi-snapshot"), "1");
  post("/api/v1/workflows/no-such-thing/runs", 404);
}

TEST_F(Asking, WhoJoinsAJobOfTheScheduleTakesItOver) {
  story_.database().transact(ports::TxMode::write, [](ports::Tx& tx) {
    book::enqueue(tx, {.kind = "shipstation-sync",
                       .unique_key = "shipstation-sync",
                       .asked_by = "schedule",
                       .why = "every 5 minutes",
                       .run_at = tx.now() + std::chrono::hours{1}});
  });
  const auto asked = post("/api/v1/sync/runs");
  EXPECT_TRUE(asked.at("already_running").as_bool());
  EXPECT_EQ(story_.one("SELECT priority || asked_by FROM jobs").substr(0, 2), "0l");
  EXPECT_EQ(story_.one("SELECT run_at_us FROM jobs"),
            std::to_string(to_micros(story_.clock().now())));
}

TEST_F(Asking, AWorkflowThatIsOffIsNotAskedFor) {
  story_.script("UPDATE workflow_controls SET enabled = 0");
  post("/api/v1/workflows/shipstation-sync/runs", 409);
  EXPECT_EQ(live_jobs("shipstation-sync"), "0");
}

TEST_F(Asking, CredentialsTellWhetherTheyWereTaken) {
  context_.key_ends_in = "c2";
  auto one = get("/api/v1/credentials").at("items").as_array().at(0).as_object();
  EXPECT_TRUE(one.at("set").as_bool());
  EXPECT_EQ(one.at("ends_in"), "c2");
  EXPECT_TRUE(one.at("last_accepted_at").is_null());
  story_.sync();
  one = get("/api/v1/credentials").at("items").as_array().at(0).as_object();
  EXPECT_TRUE(one.at("last_accepted_at").is_string());
  EXPECT_TRUE(one.at("last_refused_at").is_null());
  story_.script(
      "UPDATE runs SET outcome = 'failed', failure = 'credentials refused', message = 'No.'");
  one = get("/api/v1/credentials").at("items").as_array().at(0).as_object();
  EXPECT_TRUE(one.at("last_refused_at").is_string());
  EXPECT_EQ(one.at("message"), "No.");
}

TEST_F(Asking, ATestOfTheCredentialsIsAJob) {
  post("/api/v1/credentials/shipstation/test");
  EXPECT_EQ(live_jobs("test-credentials"), "1");
  post("/api/v1/credentials/fax/test", 404);
  context_.status.configured = false;
  post("/api/v1/credentials/shipstation/test", 409);
  EXPECT_FALSE(get("/api/v1/credentials").at("items").as_array().at(0).at("set").as_bool());
}

}  // namespace
}  // namespace tallyman::tests
