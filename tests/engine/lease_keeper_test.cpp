#include "engine/lease_keeper.h"

#include <gtest/gtest.h>

#include <future>

#include "adapters/book/migrations.h"
#include "adapters/database/migrations.h"
#include "adapters/time/system_threads.h"
#include "adapters/time/virtual_clock.h"
#include "ports/statements.h"
#include "support/databases.h"

namespace tallyman::engine {
namespace {

using namespace std::chrono_literals;
using Keeper = std::unique_ptr<LeaseKeeper>;

class NoHeart final : public ports::Threads {
 public:
  std::unique_ptr<ports::Thread> start(std::string, std::function<void(std::stop_token)>) override {
    return nullptr;
  }
};

class Keeping : public ::testing::TestWithParam<ports::Dialect> {
 protected:
  Keeping() : database(GetParam()) {
    database::migrate(*database, book::migrations(GetParam())).value();
  }
  auto take(const std::string& run, ports::Threads& with, std::stop_token outer = {}) {
    return LeaseKeeper::take(*database, clock, with, "sync/1", "host:" + run, RunId{run},
                             std::move(outer));
  }
  void steal() { database.script("UPDATE sync_locks SET token = token + 1, run_id = 'thief'"); }
  void note(LeaseKeeper& keeper) {
    keeper.transact([](ports::Tx& tx) {
      tx.script("INSERT INTO workflow_controls (workflow_name) VALUES ('noted')");
    });
  }
  std::string noted() {
    return database
        .rows("SELECT CAST(COUNT(*) AS TEXT) FROM workflow_controls WHERE workflow_name = 'noted'")
        .at(0)
        .at(0);
  }

  tests::FreshDatabase database;
  timing::VirtualClock clock{instant_from_text("2026-11-20T15:00:00Z").value()};
  NoHeart no_heart;
  timing::SystemThreads threads;
};
INSTANTIATE_TEST_SUITE_P(Engine, Keeping,
                         ::testing::Values(ports::Dialect::sqlite, ports::Dialect::postgres),
                         [](const auto& dialect) {
                           return dialect.param == ports::Dialect::sqlite ? "Sqlite" : "Postgres";
                         });

TEST_P(Keeping, TheSecondOneHearsWhoHoldsIt) {
  auto first = take("a", no_heart);
  ASSERT_TRUE(std::holds_alternative<Keeper>(first));
  const auto second = take("b", no_heart);
  ASSERT_TRUE(std::holds_alternative<book::LeaseHolder>(second));
  EXPECT_EQ(std::get<book::LeaseHolder>(second).holder, "host:a");
  std::get<Keeper>(first).reset();
  EXPECT_TRUE(std::holds_alternative<Keeper>(take("b", no_heart))) << "released at its end";
}

TEST_P(Keeping, ALostLeaseRollsTheTransactionBack) {
  auto taken = take("a", no_heart);
  auto& keeper = *std::get<Keeper>(taken);
  note(keeper);
  EXPECT_EQ(noted(), "1");
  database.script("DELETE FROM workflow_controls WHERE workflow_name = 'noted'");
  steal();
  EXPECT_THROW(note(keeper), LeaseLost);
  EXPECT_EQ(noted(), "0");
  EXPECT_TRUE(keeper.stop().stop_requested());
  std::get<Keeper>(taken).reset();
  EXPECT_EQ(database.rows("SELECT run_id FROM sync_locks").at(0).at(0), "thief");
}

TEST_P(Keeping, TheHeartbeatFindsOutThatTheLeaseIsLost) {
  auto taken = take("a", threads);
  auto& keeper = *std::get<Keeper>(taken);
  std::promise<void> stopped;
  const std::stop_callback told(keeper.stop(), [&] { stopped.set_value(); });
  steal();
  stopped.get_future().wait();
  EXPECT_THROW(note(keeper), LeaseLost);
}

TEST_P(Keeping, AStopFromOutsideReachesTheRun) {
  std::stop_source outer;
  auto taken = take("a", no_heart, outer.get_token());
  auto& keeper = *std::get<Keeper>(taken);
  EXPECT_FALSE(keeper.stop().stop_requested());
  outer.request_stop();
  EXPECT_TRUE(keeper.stop().stop_requested());
  note(keeper);  // the lease is still ours: what is done can be recorded
  EXPECT_EQ(noted(), "1");
}

class LeaseKeeperTest : public testing::TestWithParam<ports::Dialect> {
 protected:
  LeaseKeeperTest() : database_(GetParam()) {
    database::migrate(*database_, book::migrations(GetParam())).value();
  }

  std::variant<std::unique_ptr<LeaseKeeper>, book::LeaseHolder> take(
      const std::string& holder, const std::string& run, LeaseRules rules = {.length = 1h}) {
    return LeaseKeeper::take(*database_, database_.clock(), threads_, "sync", holder, RunId{run},
                             {}, std::move(rules));
  }
  static LeaseRules knowing(bool gone) {
    return {.length = 1h, .is_gone = [gone](const std::string&) { return gone; }};
  }

  tests::FreshDatabase database_;
  // Heartbeats would find the lease lost before the fence does: here nobody beats.
  class Still final : public ports::Threads {
    std::unique_ptr<ports::Thread> start(std::string,
                                         std::function<void(std::stop_token)>) override {
      return nullptr;
    }
  } threads_;
};

TEST_P(LeaseKeeperTest, AHeldLeaseNamesItsHolderWithoutTheMachineReadablePart) {
  const auto first = take("web1, process 4711 #boot.1.4711.9", "r1");
  const auto second = take("web1, process 4712", "r2");
  ASSERT_TRUE(std::holds_alternative<book::LeaseHolder>(second));
  const auto& holder = std::get<book::LeaseHolder>(second);
  EXPECT_EQ(holder.holder, "web1, process 4711");
  EXPECT_EQ(holder.identity, "web1, process 4711 #boot.1.4711.9");
  EXPECT_EQ(holder.run, RunId{"r1"});
}

TEST_P(LeaseKeeperTest, ALeaseOfAKilledHolderIsFreeAtOnceAndItsFenceHolds) {
  auto first = take("web1, process 4711 #boot.1.4711.9", "r1");
  auto second = take("web1, process 4712", "r2", knowing(true));
  ASSERT_TRUE(std::holds_alternative<std::unique_ptr<LeaseKeeper>>(second));
  bool ran = false;
  std::get<0>(second)->transact([&](ports::Tx&) { ran = true; });
  EXPECT_TRUE(ran);
  // Were the answer wrong and the first still alive, it would find out before it commits.
  EXPECT_THROW(std::get<0>(first)->transact([](ports::Tx&) {}), LeaseLost);
  EXPECT_TRUE(std::get<0>(first)->stop().stop_requested());
}

TEST_P(LeaseKeeperTest, ALeaseOfAHolderThatMayStillRunWaitsForItsExpiry) {
  const auto first = take("db7, process 4711 #boot.1.4711.9", "r1");
  const auto second = take("web1, process 4712", "r2", knowing(false));
  EXPECT_TRUE(std::holds_alternative<book::LeaseHolder>(second));
}

TEST_P(LeaseKeeperTest, AnExpiredLeaseIsTakenOverAndTheFirstHolderCommitsNothingMore) {
  auto first = take("db7, process 4711", "r1", {.length = -1s});
  auto second = take("web1, process 4712", "r2");
  ASSERT_TRUE(std::holds_alternative<std::unique_ptr<LeaseKeeper>>(second));
  EXPECT_THROW(std::get<0>(first)->transact([](ports::Tx&) {}), LeaseLost);
}

INSTANTIATE_TEST_SUITE_P(Databases, LeaseKeeperTest,
                         testing::Values(ports::Dialect::sqlite, ports::Dialect::postgres),
                         [](const auto& kind) {
                           return kind.param == ports::Dialect::sqlite ? "Sqlite" : "Postgres";
                         });

}  // namespace
}  // namespace tallyman::engine
