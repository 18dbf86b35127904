// /health: what an outside watcher sees.
#include "adapters/book/controls.h"
#include "api/api_test.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;

class ApiHealth : public ApiTest {
 protected:
  ApiHealth() { context_.up_since = story_.clock().now(); }
  std::string state() {
    const auto body = boost::json::parse(send("GET", "/health/ready").body).as_object();
    return std::string(body.at("workflows").as_array().at(0).at("state").as_string());
  }
  int ready() { return send("GET", "/health/ready").status; }
};

TEST_F(ApiHealth, IsWellBeforeTheFirstRunAndAfterAGoodOne) {
  EXPECT_EQ(ready(), 200);
  story_.sync();
  EXPECT_EQ(ready(), 200);
  EXPECT_EQ(state(), "well");
  EXPECT_EQ(send("GET", "/health/live").status, 200);
}

TEST_F(ApiHealth, IsRedAfterAFailedRunUntilOneSucceeds) {
  story_.world().set_fault({.fault = sandbox::Fault::unreachable});
  EXPECT_EQ(story_.sync().outcome, book::Outcome::failed);
  const auto red = send("GET", "/health/ready");
  EXPECT_EQ(red.status, 503);
  EXPECT_NE(red.body.find("The last run of shipstation-sync failed."), std::string::npos);
  EXPECT_EQ(send("GET", "/health/live").status, 200) << "the program itself runs";
  story_.heal();
  EXPECT_EQ(ready(), 200);
}

TEST_F(ApiHealth, IsRedWhenTheProgramItselfSwitchedItOffAndQuietWhenAPersonDid) {
  const auto off = [&](std::string_view who) {
    story_.database().transact(ports::TxMode::write, [&](ports::Tx& tx) {
      book::turn(tx, "shipstation-sync", book::Turn::on, "user:ana", "");
      book::turn(tx, "shipstation-sync", book::Turn::off, who, "a reason");
    });
  };
  off("user:ana");
  EXPECT_EQ(ready(), 200);
  off("tallyman");
  EXPECT_EQ(ready(), 503);
  EXPECT_EQ(state(), "failed");
}

TEST_F(ApiHealth, IsRedWhenAScheduledRunIsMissing) {
  story_.sync();
  story_.clock().advance(10min);
  EXPECT_EQ(ready(), 200);
  story_.clock().advance(20min);
  EXPECT_EQ(ready(), 503);
  EXPECT_EQ(state(), "missing");
  story_.sync();
  EXPECT_EQ(ready(), 200);
}

TEST_F(ApiHealth, IsNeverRedForWhatIsSwitchedOffOrNotSetUp) {
  story_.sync();
  story_.clock().advance(3h);
  ASSERT_EQ(ready(), 503);
  story_.script(
      "UPDATE workflow_controls SET enabled = 0 WHERE workflow_name = 'shipstation-sync'");
  EXPECT_EQ(ready(), 200);
  EXPECT_EQ(state(), "off");
  story_.script(
      "UPDATE workflow_controls SET enabled = 1 WHERE workflow_name = 'shipstation-sync'");
  context_.status.configured = false;
  EXPECT_EQ(ready(), 200);
  EXPECT_EQ(state(), "not_set_up");
}

TEST_F(ApiHealth, MissesNothingWhereNothingIsScheduled) {
  context_.up_since.reset();
  story_.sync();
  story_.clock().advance(24h);
  EXPECT_EQ(ready(), 200);
}

TEST_F(ApiHealth, TellsAStrangerNothingOfWhatWentWrong) {
  story_.world().set_fault({.fault = sandbox::Fault::unreachable});
  story_.sync();
  http_server::Request stranger;
  stranger.method = "GET";
  stranger.path = "/health/ready";
  stranger.peer = "192.168.1.7";
  stranger.headers = {{"Host", "localhost"}};
  const auto answer = send(stranger);
  EXPECT_EQ(answer.status, 503);
  for (const auto* word : {"unreachable", "connect", "http", "ssapi", "shipstation", "sync"}) {
    EXPECT_EQ(answer.body.find(word), std::string::npos) << answer.body;
  }
  EXPECT_NE(answer.body.find("The last run of a workflow failed."), std::string::npos);
  stranger.peer = "127.0.0.1";
  EXPECT_NE(send(stranger).body.find("shipstation-sync"), std::string::npos)
      << "this machine hears which";
}

}  // namespace
}  // namespace tallyman::tests
