#include "domain/work/arrivals.h"

#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tallyman::work {
namespace {

using namespace std::chrono_literals;

constexpr Micros kPatience = 30s;

TEST(Arrivals, EachRowIsNewOnce) {
  Arrivals arrivals(10);
  EXPECT_FALSE(arrivals.note(10, 0s));
  EXPECT_TRUE(arrivals.note(11, 0s));
  EXPECT_FALSE(arrivals.note(11, 1s));
  arrivals.settle(1s, kPatience);
  EXPECT_EQ(arrivals.settled(), 11);
  EXPECT_FALSE(arrivals.note(11, 2s));
}

TEST(Arrivals, AGapIsWaitedForAndMayStillBeFilled) {
  Arrivals arrivals(10);
  EXPECT_TRUE(arrivals.note(12, 0s));
  arrivals.settle(29s, kPatience);
  EXPECT_EQ(arrivals.settled(), 10);
  EXPECT_TRUE(arrivals.note(11, 29s)) << "committed after 12";
  arrivals.settle(29s, kPatience);
  EXPECT_EQ(arrivals.settled(), 12);
}

TEST(Arrivals, AGapThatStaysIsGivenUp) {
  Arrivals arrivals(10);
  arrivals.note(12, 0s);
  arrivals.note(15, 20s);
  arrivals.settle(30s, kPatience);
  EXPECT_EQ(arrivals.settled(), 12) << "14 may still come";
  arrivals.settle(50s, kPatience);
  EXPECT_EQ(arrivals.settled(), 15);
  EXPECT_FALSE(arrivals.note(14, 51s));
}

// Ids in any order of commit, each within the patience: every one is new exactly once.
RC_GTEST_PROP(Arrivals, NothingIsLostOrRepeatedWhateverTheOrderOfCommits, ()) {
  const auto delays = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 29));
  Arrivals arrivals(0);
  std::set<std::int64_t> told;
  for (int now = 0; now < static_cast<int>(delays.size()) + 40; ++now) {
    for (std::size_t i = 0; i < delays.size(); ++i) {
      // Row i + 1 is written at second i and committed after its delay.
      if (static_cast<int>(i) + delays[i] > now) continue;
      const auto id = static_cast<std::int64_t>(i + 1);
      if (id > arrivals.settled() && arrivals.note(id, std::chrono::seconds{now})) {
        RC_ASSERT(told.insert(id).second);
      }
    }
    arrivals.settle(std::chrono::seconds{now}, kPatience);
  }
  RC_ASSERT(told.size() == delays.size());
}

}  // namespace
}  // namespace tallyman::work
