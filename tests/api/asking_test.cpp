// What people ask for becomes a job: one at a time, told who has it, with its trace in the audit
// log.
#include <gtest/gtest.h>

#include "adapters/book/jobs.h"
#include "adapters/book/leases.h"
#include "adapters/book/runs.h"
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
    story_.script(
        "INSERT INTO nodes (node_id, holder, version, started_us, heartbeat_us) VALUES ('" + node +
        "', 'web2, process 9 #x', '1', 1, 1)");
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

TEST_F(Asking, APreviewIsAJobOfItsOwnBesideARun) {
  post("/api/v1/sync/runs");
  const auto first = post("/api/v1/sync/previews");
  EXPECT_FALSE(first.at("already_running").as_bool());
  const auto second = post("/api/v1/sync/previews");
  EXPECT_TRUE(second.at("already_running").as_bool());
  EXPECT_EQ(second.at("job_id"), first.at("job_id"));
  EXPECT_EQ(story_.one("SELECT COUNT(*) FROM audit_log WHERE action = 'sync.preview'"), "2");
  context_.status.configured = false;
  post("/api/v1/sync/previews", 409);
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

TEST_F(Asking, WhoJoinsARunningJobOfTheScheduleTakesItOverToo) {
  story_.database().transact(ports::TxMode::write, [](ports::Tx& tx) {
    book::enqueue(tx, {.kind = "shipstation-sync",
                       .unique_key = "shipstation-sync",
                       .asked_by = "schedule",
                       .why = "every 5 minutes"});
  });
  is_run_by("this node", in_an_hour());
  EXPECT_TRUE(post("/api/v1/sync/runs").at("held_by").is_null());
  EXPECT_EQ(story_.one("SELECT priority || state FROM jobs"), "0running");
  EXPECT_NE(story_.one("SELECT asked_by FROM jobs"), "schedule");
}

// The real book; something else happens between two of its transactions.
class Meanwhile final : public ports::Database {
 public:
  Meanwhile(ports::Database& real, std::function<void()> what)
      : real_(real), what_(std::move(what)) {}
  void transact(ports::TxMode mode, const std::function<void(ports::Tx&)>& work) override {
    real_.transact(mode, work);
    if (auto what = std::exchange(what_, {})) what();
  }
  ports::Dialect dialect() const override { return real_.dialect(); }
  std::string description() const override { return real_.description(); }
  void prepare(const ports::Statement& statement) override { real_.prepare(statement); }

 private:
  ports::Database& real_;
  std::function<void()> what_;
};

TEST_F(Asking, ARunThatHasJustBegunIsNotTakenForOneThatWasCutOff) {
  Meanwhile database(story_.database(), [&] {
    story_.database().transact(ports::TxMode::write, [&](ports::Tx& tx) {
      const RunId run{"just-begun"};
      ASSERT_TRUE(book::take_lease(tx, "shipstation-sync/1", "web1, process 7 #x", run,
                                   std::chrono::minutes{1}));
      book::start_run(tx, kDefaultAccount, run, "shipstation-sync", {});
    });
  });
  const api::Context racing{.database = database,
                            .clock = story_.clock(),
                            .warehouse = pacific(),
                            .known_skus = {},
                            .status = {},
                            .version = "test"};
  http_server::Request request;
  request.method = "GET";
  request.path = "/api/v1/runs/just-begun";
  request.peer = "unix";
  const auto answer = api::make_handler(racing)(request);
  EXPECT_EQ(answer.body.find("Cut off"), std::string::npos) << answer.body;
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
