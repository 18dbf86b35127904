#include "domain/work/queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace tallyman::work {
namespace {

using namespace std::chrono_literals;

const Instant kNow = instant_from_text("2026-11-20T15:00:00Z").value();

TEST(Queue, EveryQuarterOfAnHourIsALevelButThePeoplesLevelIsTheirs) {
  const auto level = [](Priority priority, Micros waited) {
    return effective_level(priority, kNow - waited, kNow);
  };
  EXPECT_EQ(level(Priority::person, 3h), 0);
  EXPECT_EQ(level(Priority::batch, 3h), 1);
  EXPECT_EQ(level(Priority::sync, 14min + 59s), 2);
  EXPECT_EQ(level(Priority::sync, 15min), 1);
  EXPECT_EQ(level(Priority::backfill, 0s), 4);
  EXPECT_EQ(level(Priority::backfill, 30min), 2);
  EXPECT_EQ(level(Priority::backfill, 30h), 1);
  EXPECT_EQ(level(Priority::backfill, -1h), 4) << "not due yet";
}

TEST(Queue, PeopleFirstThenTheLevelThenTheLongestWaitThenTheId) {
  const auto at = [](std::int64_t id, Priority priority, Micros waited) {
    return InQueue{.job = JobId{id}, .priority = priority, .run_at = kNow - waited};
  };
  std::vector<InQueue> queue{
      at(5, Priority::sync, 0s),       at(1, Priority::backfill, 46min),
      at(2, Priority::sync, 1min),     at(3, Priority::person, 0s),
      at(4, Priority::sync, 0s),       at(6, Priority::batch, 2min),
      at(7, Priority::backfill, 1min),
  };
  std::ranges::sort(queue, [](const auto& a, const auto& b) { return goes_before(a, b, kNow); });
  std::vector<std::int64_t> ids;
  for (const auto& one : queue) ids.push_back(one.job.value);
  EXPECT_EQ(ids, (std::vector<std::int64_t>{3, 1, 6, 2, 4, 5, 7}));
}

}  // namespace
}  // namespace tallyman::work
