// How far the sync says it has read, and who may run it at all.
#include <gtest/gtest.h>

#include <ostream>

#include "adapters/book/leases.h"
#include "engine/lease_keeper.h"
#include "sandbox/stamps.h"
#include "stories/story.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;
using Rows = std::vector<std::vector<std::string>>;

constexpr auto kOurs = "WHERE workflow_name = 'shipstation-sync'";

std::string watermark_us(Story& story) {
  return story.one(std::string("SELECT watermark_us FROM sync_watermark ") + kOurs);
}
std::string read_until_us(Story& story) {
  return story.one(std::string("SELECT read_until_us FROM sync_watermark ") + kOurs);
}

TEST(Watermark, ItMovesToTheNewestOrderAndReadUntilToTheEndOfTheWindow) {
  Story story;
  story.world().create_order(goods("17612 - 250340"));
  const Instant created = story.clock().now();
  const auto run = story.sync();
  EXPECT_EQ(watermark_us(story), std::to_string(to_micros(created)));
  EXPECT_EQ(read_until_us(story), std::to_string(to_micros(*run.numbers.window_to)));
  EXPECT_EQ(story.one(std::string("SELECT last_sync_timestamp FROM sync_watermark ") + kOurs),
            to_text(created));
  EXPECT_EQ(run.numbers.watermark_after, created);

  const auto quiet = story.sync();
  EXPECT_EQ(watermark_us(story), std::to_string(to_micros(created)));
  EXPECT_GT(*quiet.numbers.read_until, *run.numbers.read_until);
  EXPECT_EQ(quiet.numbers.requests, 1) << "an idle cycle costs one request";
}

TEST(Watermark, TheFirstRunReadsThirtyDaysBackAndSaysSo) {
  Story story;
  const auto run = story.sync();
  EXPECT_EQ(*run.numbers.watermark_before, story.clock().now() - 30 * 24h);
  ASSERT_EQ(run.numbers.warnings.size(), 1U);
  EXPECT_NE(run.numbers.warnings.front().find("30 days back"), std::string::npos);
}

struct Damage {
  std::string_view name;
  std::string_view sql;
};

void PrintTo(const Damage& damage, std::ostream* out) { *out << damage.name; }

class DamagedWatermark : public ::testing::TestWithParam<Damage> {};

TEST_P(DamagedWatermark, IsReadFromThirtyDaysBackWithAWarning) {
  Story story;
  story.world().create_order(goods("17612 - 250340"));
  story.sync();
  const auto before = story.rows("SELECT * FROM orders_inbox");
  story.script(std::string(GetParam().sql) + " " + kOurs);
  story.world().create_order(goods("17612 - 250340"));
  const auto run = story.sync();
  EXPECT_EQ(run.outcome, book::Outcome::ok) << run.message;
  ASSERT_EQ(run.numbers.warnings.size(), 1U);
  EXPECT_NE(run.numbers.warnings.front().find("30 days back"), std::string::npos)
      << run.numbers.warnings.front();
  EXPECT_EQ(run.numbers.received, 2);
  EXPECT_EQ(run.numbers.unchanged, 1);
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
  EXPECT_EQ(story.sync().numbers.warnings, std::vector<std::string>{}) << "healed by the run";
}

INSTANTIATE_TEST_SUITE_P(
    Each, DamagedWatermark,
    ::testing::Values(
        Damage{"missing", "DELETE FROM sync_watermark"},
        Damage{"garbage_text", "UPDATE sync_watermark SET last_sync_timestamp = 'last tuesday'"},
        Damage{"empty", "UPDATE sync_watermark SET last_sync_timestamp = '', watermark_us = NULL"},
        Damage{"columns_before_2000",
               "UPDATE sync_watermark SET watermark_us = -5, read_until_us = 17"},
        Damage{"smallest_number",
               "UPDATE sync_watermark SET watermark_us = -9223372036854775807 - 1"},
        Damage{"future",
               "UPDATE sync_watermark SET last_sync_timestamp = "
               "'2090-01-01T00:00:00.000000Z', watermark_us = 3786912000000000"}),
    [](const auto& damage) { return std::string(damage.param.name); });

TEST(Watermark, AReadUntilInTheFutureIsIgnoredWithAWarning) {
  Story story;
  story.sync();
  story.script(std::string("UPDATE sync_watermark SET read_until_us = 9000000000000000 ") + kOurs);
  const auto run = story.sync();
  ASSERT_EQ(run.numbers.warnings.size(), 1U);
  EXPECT_LT(*run.numbers.window_from, story.clock().now() - 29 * 24h);
  EXPECT_EQ(read_until_us(story), std::to_string(to_micros(*run.numbers.window_to)));
}

TEST(Watermark, SetBackByHandItReadsFromThere) {
  Story story;
  story.world().create_order(goods("17612 - 250340"));
  story.sync();
  story.sync(2h);
  story.script(
      "UPDATE sync_watermark SET last_sync_timestamp = '2026-11-20T14:00:00Z' "
      "WHERE workflow_name = 'shipstation-sync'");
  const auto run = story.sync();
  const Instant wanted = instant_from_text("2026-11-20T13:50:00Z").value();  // less the overlap
  EXPECT_LE(*run.numbers.window_from, wanted);
  EXPECT_GE(*run.numbers.window_from, wanted - 2s);
  EXPECT_EQ(run.numbers.unchanged, 1);
}

TEST(Watermark, StampsAheadOfTheDateHeaderAreReadAllTheSame) {
  Story story;
  story.world().set_fault({.fault = sandbox::Fault::clock_skew, .amount = 120});
  story.world().create_order(goods("17612 - 250340"));
  story.sync(10s);
  story.world().create_order(goods("17612 - 250340"));
  story.sync(10s);
  story.sync(5min);
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

// A change that shows 700 s late is beyond the overlap of 10 minutes, and within it once the two
// minutes between the clocks are added.
class LateBeyondTheOverlap : public ::testing::TestWithParam<bool> {};

TEST_P(LateBeyondTheOverlap, IsFoundOnceTheClocksDifferByTwoMinutes) {
  const bool clocks_differ = GetParam();
  Story story;
  story.sync();
  const Instant hidden = story.clock().now();
  story.world().set_fault({.fault = sandbox::Fault::late_visibility, .amount = 700});
  story.world().create_order(goods("17612 - 250340"));
  story.sync(690s);
  ASSERT_EQ(story.one("SELECT COUNT(*) FROM orders_inbox"), "0");
  if (clocks_differ) {
    story.alter_answers([&](const ports::HttpRequest&, ports::HttpResponse& answer) {
      for (auto& [name, value] : answer.headers) {
        if (name == "Date") value = sandbox::http_date(story.clock().now() - 2min);
      }
    });
  }
  const auto run = story.sync(20s);
  EXPECT_EQ(run.outcome, book::Outcome::ok) << run.message;
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM orders_inbox"), clocks_differ ? "1" : "0");
  EXPECT_EQ(*run.numbers.window_from < hidden, clocks_differ);
  EXPECT_EQ(run.numbers.warnings.size(), clocks_differ ? 1U : 0U);
}

INSTANTIATE_TEST_SUITE_P(Clocks, LateBeyondTheOverlap, ::testing::Bool(),
                         [](const auto& differ) { return differ.param ? "Differ" : "Agree"; });

TEST(Watermark, ABookThatRefusesItIsNamedInTheRunAndNothingElseIsKept) {
  Story story;
  story.sync();
  story.world().create_order(goods("17612 - 250340"));
  story.script(
      "CREATE TRIGGER full BEFORE UPDATE ON sync_watermark "
      "BEGIN SELECT RAISE(ABORT, 'no room for watermarks'); END");
  const auto run = story.sync();
  EXPECT_EQ(run.outcome, book::Outcome::failed);
  EXPECT_EQ(story.one("SELECT message FROM runs WHERE outcome = 'failed'"), run.message);
  EXPECT_NE(run.message.find("The order book cannot be used"), std::string::npos) << run.message;
  EXPECT_NE(run.message.find("no room for watermarks"), std::string::npos) << run.message;
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM orders_inbox"), "0");
  story.script("DROP TRIGGER full");
  EXPECT_EQ(story.sync().outcome, book::Outcome::ok);
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM orders_inbox"), "1");
}

TEST(Concurrency, WhileAnotherHoldsTheLeaseNothingIsDone) {
  Story story;
  story.world().create_order(goods("17612 - 250340"));
  const auto later = to_micros(story.clock().now() + 1h);
  story.script(
      "INSERT INTO sync_locks VALUES ('shipstation-sync/1', 'other:7', 'run-of-other', "
      "41, " +
      std::to_string(later) + ", 0)");
  const auto book = story.book();
  const auto run = story.sync();
  EXPECT_EQ(run.end, workflows::SyncEnd::busy);
  ASSERT_TRUE(run.holder);
  EXPECT_EQ(run.holder->holder, "other:7");
  EXPECT_EQ(story.world().requests(), 0);
  EXPECT_TRUE(story.book() == book);
  EXPECT_EQ(story.watermarks(), "");
  EXPECT_EQ(story.one("SELECT outcome FROM runs"), "skipped");

  // Two hours later that lease has expired: it is taken over, and its token is worthless.
  EXPECT_EQ(story.sync(2h).numbers.manual_orders_imported, 1);
  EXPECT_EQ(story.one("SELECT token FROM sync_locks"), "42");
}

TEST(Concurrency, AHolderThatWasPausedTooLongCannotCommit) {
  Story story({.latency = 100ms});
  story.world().create_order(goods("17612 - 250340"));
  story.clock().on_wait([&](Instant) {
    story.script("UPDATE sync_locks SET token = token + 1, holder = 'other:8', run_id = 'theirs'");
  });
  EXPECT_THROW(story.sync(), engine::LeaseLost);
  story.clock().on_wait({});
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM orders_inbox"), "0");
  EXPECT_EQ(story.watermarks(), "");
  EXPECT_EQ(story.one("SELECT holder FROM sync_locks"), "other:8");
  // Once their lease is over, the run that was cut off is closed by the next one.
  story.script("UPDATE sync_locks SET expires_us = 0");
  EXPECT_EQ(story.sync().numbers.manual_orders_imported, 1);
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM runs WHERE outcome = 'running'"), "0");
}

}  // namespace
}  // namespace tallyman::tests
