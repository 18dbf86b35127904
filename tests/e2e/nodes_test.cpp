// Two servers on one PostgreSQL: they share the work, and what a killed one was doing goes on.
#include <gtest/gtest.h>

#include "tests/e2e/agreement.h"

namespace tallyman::tests {
namespace {

class Nodes : public testing::Test {
 protected:
  Nodes() : world_(ports::Dialect::postgres, {"--orders", "200"}) {
    world_.environment()["TALLYMAN_SHIPSTATION_PAGE_SIZE"] = "10";
    world_.environment()["TALLYMAN_LISTEN"] = "127.0.0.1:0";
    world_.prepare();
  }
  Process serve() {
    Process server = world_.start({"serve"});
    server.wait_for_error("on http://");
    return server;
  }
  // Until the book says so; the server that is waited for is watched meanwhile.
  void wait_until(const std::string& sql, const std::string& wanted, Process& server) {
    while (world_.book().one(sql) != wanted) {
      ASSERT_FALSE(server.ends_within(Milliseconds{50})) << server.wait().error;
    }
  }

  World world_;
};

TEST_F(Nodes, WhatAKilledOneWasDoingTheOtherGoesOnWith) {
  // The third request hangs: the first server is in the middle of its run.
  world_.sandbox().hang_in_the_middle(60);
  const auto before = world_.sandbox().requests();
  Process first = serve();
  while (world_.sandbox().requests() < before + 3 && !first.ends_within(Milliseconds{10})) {
  }
  Process second = serve();
  EXPECT_EQ(world_.book().one("SELECT CAST(COUNT(*) AS TEXT) FROM nodes WHERE stopped_us IS NULL"),
            "2");
  EXPECT_EQ(world_.book().one("SELECT state FROM jobs WHERE kind = 'shipstation-sync'"), "running");
  world_.sandbox().calm();
  first.kill();
  wait_until("SELECT state FROM jobs WHERE kind = 'shipstation-sync' ORDER BY job_id LIMIT 1",
             "done", second);
  EXPECT_EQ(world_.book().one("SELECT CAST(COUNT(*) AS TEXT) FROM job_attempts a JOIN jobs j "
                              "ON j.job_id = a.job_id WHERE j.kind = 'shipstation-sync' "
                              "AND a.outcome = 'lost'"),
            "1");
  EXPECT_EQ(differences(world_), Findings{});
  EXPECT_EQ(duplicates(world_.book()), Findings{});
  second.signal(SIGTERM);
  EXPECT_EQ(second.wait().code, 0);
}

TEST_F(Nodes, ASwitchThrownBySqlHoldsForAll) {
  const std::string syncs =
      "SELECT CAST(COUNT(*) AS TEXT) FROM jobs WHERE kind = 'shipstation-sync'";
  const std::string throw_switch = " WHERE workflow_name = 'shipstation-sync'";
  world_.book().script("UPDATE workflow_controls SET enabled = 0" + throw_switch);
  const auto before = world_.sandbox().requests();
  Process first = serve();
  Process second = serve();
  // The schedule has looked: the other workflow has had its turn.
  wait_until(
      "SELECT CAST(COUNT(*) AS TEXT) FROM jobs WHERE kind = 'kpi-snapshot' "
      "AND state = 'done'",
      "1", second);
  EXPECT_EQ(world_.book().one(syncs), "0");
  EXPECT_EQ(world_.sandbox().requests(), before);
  world_.book().script("UPDATE workflow_controls SET enabled = 1" + throw_switch);
  wait_until(syncs + " AND state = 'done'", "1", second);
  EXPECT_EQ(world_.book().one(syncs), "1");
  EXPECT_EQ(differences(world_), Findings{});
}

}  // namespace
}  // namespace tallyman::tests
