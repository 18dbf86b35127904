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

}  // namespace
}  // namespace tallyman::tests
