#include <gtest/gtest.h>

#include "stories/story.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;

TEST(SyncStory, TwoThousandOrdersAreAllAccountedForInNineRequests) {
  Story story;
  story.seed(sandbox::SeedPlan::of(2000));
  const auto first = story.sync();
  EXPECT_EQ(first.outcome, book::Outcome::ok) << first.message;
  const auto& numbers = first.numbers;
  EXPECT_EQ(numbers.source_total, 2000);
  EXPECT_EQ(numbers.received, 2000);
  EXPECT_EQ(numbers.applied, 1900);
  EXPECT_EQ(numbers.manual_orders_imported, 200);
  EXPECT_EQ(numbers.status_updates, 1700);
  EXPECT_LE(numbers.requests, 9);
  EXPECT_EQ(story.differences(), std::vector<std::string>{});

  const auto before = story.rows("SELECT * FROM orders_inbox ORDER BY id");
  const auto second = story.sync();
  EXPECT_LE(second.numbers.requests, 2);
  EXPECT_EQ(story.rows("SELECT * FROM orders_inbox ORDER BY id"), before);
}

TEST(Sync, AKeySkuAddedInTheSettingsCountsFromTheNextRunOn) {
  Story story;
  orders::KnownSkus key_skus{Sku{"17612"}};
  story.settings().key_skus_now = [&](ports::Tx&) { return key_skus; };
  story.world().create_order(goods("18795 - 250340", 1, "100801"));
  story.sync();
  EXPECT_EQ(story.one("SELECT COUNT(*) FROM orders_inbox"), "0");
  key_skus.insert(Sku{"18795"});
  story.world().create_order(goods("18795 - 250340", 2, "100802"));
  story.sync();
  EXPECT_EQ(story.one("SELECT order_number FROM orders_inbox WHERE total_items = 2"), "100802");
}

}  // namespace
}  // namespace tallyman::tests
