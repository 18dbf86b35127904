// Two programs on one PostgreSQL: the lease lets one work, the fence stops who slept too long.
#include <gtest/gtest.h>

#include "tests/e2e/agreement.h"

namespace tallyman::tests {
namespace {

namespace json = boost::json;

const std::vector<std::string> kSync{"sync", "run", "--json", "--quiet"};

class TwoPrograms : public testing::Test {
 protected:
  explicit TwoPrograms(std::vector<std::string> options = {"--orders", "300"})
      : world_(ports::Dialect::postgres, std::move(options)) {
    world_.environment()["TALLYMAN_SHIPSTATION_PAGE_SIZE"] = "10";
    world_.environment()["TALLYMAN_SYNC_LEASE_SECONDS"] = "5";
    world_.prepare();
  }

  // Starts a run that hangs: ShipStation does not answer its third request for 30 s.
  Process start_hanging() {
    world_.sandbox().hang_in_the_middle(30);
    const auto before = world_.sandbox().requests();  // a quick process asks at once
    Process first = world_.start(kSync);
    while (world_.sandbox().requests() < before + 3 && !first.ends_within(Milliseconds{10})) {
    }
    return first;
  }

  World world_;
};

TEST_F(TwoPrograms, OneWorksAndTheOtherSaysWhoIsWorking) {
  Process first = start_hanging();
  const Ended second = world_.tallyman(kSync);
  EXPECT_EQ(second.code, 5) << second.out << second.error;
  EXPECT_NE(second.error.find("already running"), std::string::npos) << second.error;
  EXPECT_NE(second.error.find("process " + std::to_string(first.pid())), std::string::npos)
      << second.error;
  first.kill();
  // Its holder was killed on this machine: nobody waits for the expiry.
  world_.sandbox().calm();
  EXPECT_EQ(world_.sync().at("outcome"), "ok");
  EXPECT_EQ(differences(world_), Findings{});
}

TEST_F(TwoPrograms, WhoSleptLongerThanItsLeaseCommitsNothingAfterwards) {
  Process sleeper = start_hanging();
  sleeper.signal(SIGSTOP);
  world_.sandbox().calm();
  Ended other;
  int refused = 0;
  do {
    Process next = world_.start(kSync);
    other = next.wait();
    if (other.code == 5) ++refused;
    ASSERT_TRUE(other.code == 5 || other.code == 0) << other.code << other.out << other.error;
  } while (other.code != 0);
  EXPECT_GT(refused, 0) << "a sleeping holder keeps its lease until it expires";
  EXPECT_EQ(json::parse(other.out).at("outcome"), "ok");
  const auto book_then = world_.book().dump();
  const std::string runs = "SELECT outcome FROM runs ORDER BY started_us";
  const auto runs_then = world_.book().rows(runs);

  sleeper.signal(SIGCONT);
  const Ended woken = sleeper.wait();
  // What was asked for has been done: by the other, whose run it tells.
  EXPECT_EQ(woken.code, 0) << woken.out << woken.error;
  EXPECT_EQ(json::parse(woken.out).at("run_id"), json::parse(other.out).at("run_id"));
  EXPECT_EQ(world_.book().dump(), book_then);
  EXPECT_EQ(world_.book().rows(runs), runs_then);
  EXPECT_EQ(differences(world_), Findings{});
  EXPECT_EQ(duplicates(world_.book()), Findings{});
}

}  // namespace
}  // namespace tallyman::tests
