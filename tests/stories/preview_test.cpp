// sync run --dry-run: says what a run would do, and does none of it.
#include <gtest/gtest.h>

#include <algorithm>

#include "stories/story.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;

// Every row of every table but those that count requests.
std::string everything(Story& story) {
  std::string text;
  for (const auto& table :
       story.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
                  "AND name NOT LIKE 'rate%' AND name <> 'breakers' ORDER BY name")) {
    text += table.at(0) + " " + story.one("SELECT COUNT(*) FROM " + table.at(0)) + "\n";
  }
  return text + story.book() + story.watermarks();
}

TEST(Preview, SaysWhatTheRunThenDoesAndChangesNothing) {
  Story story;
  story.seed(sandbox::SeedPlan::of(60));
  story.sync();
  story.world().create_order(goods("17612 - 250340", 2, "100901"));
  story.world().act(40);
  story.clock().advance(5min);
  const auto before = everything(story);
  const auto planned = story.preview();
  EXPECT_EQ(everything(story), before);
  EXPECT_EQ(planned.result.outcome, book::Outcome::ok) << planned.result.message;
  const auto said = std::ranges::any_of(
      planned.changes, [](const auto& change) { return change.order_number == "100901"; });
  EXPECT_TRUE(said) << "the new order is named";

  const auto run = story.sync(0min);
  EXPECT_EQ(run.numbers.received, planned.result.numbers.received);
  EXPECT_EQ(run.numbers.applied, planned.result.numbers.applied);
  EXPECT_EQ(run.numbers.manual_orders_imported, planned.result.numbers.manual_orders_imported);
  EXPECT_EQ(run.numbers.status_updates, planned.result.numbers.status_updates);
  EXPECT_GE(run.numbers.applied, 1);
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

TEST(Preview, OfAFirstRunInSlicesLeavesTheBookEmptyAndNoCheckpoint) {
  Story story;
  story.settings().reading.page_size = 20;
  story.settings().slices = {.one_transaction = 50, .slice = 40};
  story.seed(sandbox::SeedPlan::of(300));
  const auto before = everything(story);
  const auto planned = story.preview();
  EXPECT_EQ(planned.result.outcome, book::Outcome::ok) << planned.result.message;
  EXPECT_EQ(planned.result.numbers.received, 300);
  EXPECT_LE(planned.changes.size(), 100U);
  EXPECT_EQ(everything(story), before);
}

TEST(Preview, IsAllowedWhileTheSyncIsOffAndSaysWhyItCannotRead) {
  Story story;
  story.script("UPDATE workflow_controls SET enabled = 0");
  EXPECT_EQ(story.preview().result.end, workflows::SyncEnd::ran);
  story.world().set_fault({.fault = sandbox::Fault::unreachable});
  const auto failed = story.preview();
  EXPECT_EQ(failed.result.outcome, book::Outcome::failed);
  EXPECT_NE(failed.result.message.find("The watermark has not moved"), std::string::npos)
      << failed.result.message;
}

}  // namespace
}  // namespace tallyman::tests
