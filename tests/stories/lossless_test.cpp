// Nothing is lost: seeded worlds in which people work while the sync reads, held against the truth.
#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/time/seeded_random.h"
#include "stories/story.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;
using sandbox::Fault;

constexpr std::uint64_t kSeeds = 100;

struct Scene {
  std::string_view start = "2026-11-20T15:00:00Z";
  Micros length = 50min;
  std::vector<sandbox::FaultSpec> faults{};
  sync::ReadPolicy reading{};
};

sync::ReadPolicy small_pages() {
  sync::ReadPolicy policy;
  policy.page_size = 15;
  return policy;
}

sandbox::FaultSpec shifting(double probability) {
  return {.fault = Fault::page_shift, .probability = probability, .amount = 20};
}
sandbox::FaultSpec late(double probability) {
  return {.fault = Fault::late_visibility, .probability = probability, .amount = 60};
}

struct Lived {
  std::vector<std::string> differences;
  std::int64_t failed_runs = 0;
  std::string message;  // of the last failed run
};

// People act at any second, the sync runs every 5 to 10 minutes; then peace, and what is wrong.
Lived live(std::uint64_t seed, const Scene& scene) {
  Story story({.seed = seed, .start = scene.start, .latency = 150ms});
  timing::SeededRandom chance(seed * 7919 + 1);
  const auto below = [&](std::uint64_t limit) {
    return static_cast<std::int64_t>(chance.next() % limit);
  };
  story.settings().reading = scene.reading;
  story.seed(sandbox::SeedPlan::of(60));
  for (const auto& fault : scene.faults) story.world().set_fault(fault);
  const Instant end = story.clock().now() + scene.length;
  Lived lived;
  Micros until_sync{};
  while (story.clock().now() < end) {
    const Micros step = std::chrono::seconds{5 + below(55)};
    if (until_sync > step) {
      until_sync -= step;
      story.clock().advance(step);
      story.world().act(1);
      continue;
    }
    const auto run = story.sync(until_sync);
    if (run.outcome == book::Outcome::failed) {
      ++lived.failed_runs;
      lived.message = run.message;
    }
    until_sync = 5min + std::chrono::seconds{below(300)};
  }
  story.heal();
  lived.differences = story.differences();
  return lived;
}

void expect_nothing_lost(const Scene& scene) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Lived lived = live(seed, scene);
    EXPECT_EQ(lived.differences, std::vector<std::string>{}) << "seed " << seed;
    EXPECT_EQ(lived.failed_runs, 0) << "seed " << seed << ": " << lived.message;
    if (::testing::Test::HasFailure()) return;
  }
}

// The first seed in which something is lost; 0: none does. What shows that the tests above can
// fail.
std::int64_t first_seed_that_loses(const Scene& scene) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    if (!live(seed, scene).differences.empty()) return static_cast<std::int64_t>(seed);
  }
  return 0;
}

TEST(Lossless, TwentyChangesAtEveryPageLoseNothing) {
  expect_nothing_lost({.faults = {shifting(1.0)}, .reading = small_pages()});
}

TEST(Lossless, ChangesThatListsShowAMinuteLateLoseNothing) {
  expect_nothing_lost({.faults = {late(0.6)}, .reading = small_pages()});
}

TEST(Lossless, TheNightWithTheRepeatedHourLosesNothing) {
  expect_nothing_lost({.start = "2026-11-01T06:30:00Z",
                       .length = 5h,
                       .faults = {shifting(0.1), late(0.2)},
                       .reading = small_pages()});
}

TEST(Lossless, WithoutTheOverlapLateChangesAreLost) {
  auto reading = small_pages();
  reading.overlap = 0s;
  EXPECT_GT(first_seed_that_loses({.faults = {late(0.6)}, .reading = reading}), 0);
}

TEST(Lossless, ByPageNumberRowsAreSkipped) {
  auto reading = small_pages();
  reading.anchoring = sync::Anchoring::by_page_number;
  EXPECT_GT(first_seed_that_loses({.faults = {shifting(1.0)}, .reading = reading}), 0);
}

// What the hundred seeds of the night found, in one order: the clock shows 01:50, then 01:10.
TEST(Lossless, AChangeInTheSecondPassOfTheRepeatedHourIsNoLateView) {
  Story story({.start = "2026-11-01T08:40:00Z"});
  const auto id = story.world().create_order(goods("17612 - 250340", 1));
  story.sync(15min);
  story.clock().advance(15min);  // 01:10 for the second time
  story.world().edit(id, [](sandbox::Order& order) { order.lines.front().quantity = 7; });
  story.sync();
  EXPECT_EQ(story.differences(), std::vector<std::string>{});
}

}  // namespace
}  // namespace tallyman::tests
