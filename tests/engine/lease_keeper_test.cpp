#include "engine/lease_keeper.h"

#include <gtest/gtest.h>

#include "adapters/book/migrations.h"
#include "adapters/database/migrations.h"
#include "tests/support/databases.h"

namespace tallyman::engine {
namespace {

using namespace std::chrono_literals;

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
