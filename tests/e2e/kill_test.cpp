// kill -9 at any moment loses nothing and doubles nothing: a first reading of all orders and small
// syncs are cut off again and again while people go on working in ShipStation.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "tests/e2e/agreement.h"

namespace tallyman::tests {
namespace {

constexpr int kKillsPerBook = 10;
constexpr int kRunsPerBook = 4 * kKillsPerBook;  // a machine that is always quicker than us

// TALLYMAN_KILLS: ./dev e2e asks for more.
int kills_wanted() {
  const char* text = std::getenv("TALLYMAN_KILLS");
  const int wanted = text == nullptr ? 0 : std::atoi(text);
  return wanted > 0 ? wanted : 20;
}

class Kill : public testing::TestWithParam<ports::Dialect> {};

// Kills runs on one book until enough were cut off. `longest` follows the length of a run.
int kill_runs(const World& world, std::mt19937_64& chance) {
  Milliseconds longest{800};
  int killed = 0;
  for (int run = 0; run < kRunsPerBook && killed < kKillsPerBook; ++run) {
    Process process = world.start({"sync", "run", "--json", "--quiet"});
    const Milliseconds delay{static_cast<std::int64_t>(chance() % 1'000) * longest.count() / 1'000};
    if (process.ends_within(delay)) {
      const Ended ended = process.wait();
      EXPECT_EQ(ended.code, 0) << ended.out << ended.error;
      longest = std::max(longest * 7 / 10, Milliseconds{60});
    } else {
      const Ended ended = process.kill();
      // It may have ended by itself at the last moment.
      EXPECT_TRUE(ended.code == -SIGKILL || ended.code == 0) << ended.out << ended.error;
      longest = longest * 11 / 10;
      if (ended.code != 0) ++killed;
    }
    EXPECT_EQ(broken_promises(world), Findings{}) << "after run " << run;
    if (testing::Test::HasFailure()) break;
    world.sandbox().post("/_sandbox/act", {{"n", 4}});
  }
  return killed;
}

// What changed a moment ago is left to the next run: runs until one has read up to now.
void read_to_the_end(const World& world) {
  const auto now = world.sandbox().get("/_sandbox/clock").at("now").as_string();
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  for (;;) {
    const auto run = world.sync();
    ASSERT_EQ(run.at("outcome"), "ok") << boost::json::serialize(run);
    if (run.at("read_until").as_string() > now) return;
    ASSERT_LT(std::chrono::steady_clock::now(), deadline);
  }
}

TEST_P(Kill, AtAnyMomentLosesNothingAndDoublesNothing) {
  const int wanted = kills_wanted();
  std::mt19937_64 chance(20'261'120);
  int killed = 0;
  for (int round = 1; killed < wanted && !HasFailure(); ++round) {
    SCOPED_TRACE("book " + std::to_string(round));
    World world(GetParam(), {"--seed", std::to_string(round), "--orders", "400"});
    world.environment()["TALLYMAN_SHIPSTATION_PAGE_SIZE"] = "25";
    world.prepare();
    killed += kill_runs(world, chance);
    // Voided labels show in their own list only, which is read once an hour: now.
    world.book().script(
        "UPDATE sync_watermark SET read_until_us = NULL "
        "WHERE workflow_name LIKE 'shipstation-sync/%'");
    read_to_the_end(world);
    EXPECT_EQ(differences(world), Findings{});
    EXPECT_EQ(duplicates(world.book()), Findings{});
    EXPECT_EQ(world.book().one("SELECT CAST(COUNT(*) AS TEXT) FROM runs WHERE outcome = 'running'"),
              "0");
  }
  EXPECT_GE(killed, wanted);
  RecordProperty("killed", killed);
}

INSTANTIATE_TEST_SUITE_P(Databases, Kill,
                         testing::Values(ports::Dialect::sqlite, ports::Dialect::postgres),
                         [](const auto& kind) {
                           return kind.param == ports::Dialect::sqlite ? "Sqlite" : "Postgres";
                         });

}  // namespace
}  // namespace tallyman::tests
