#include "adapters/book/budget.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include "adapters/database/open.h"
#include "adapters/time/seeded_random.h"
#include "adapters/time/virtual_clock.h"
#include "tests/adapters/book/book_on_both.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;

class Budget : public BookOnBoth {
 protected:
  book::Grant take(std::int64_t tokens = 1) {
    return write([&](ports::Tx& tx) { return book::take_tokens(tx, "key", 5, tokens); });
  }
  book::BudgetMeter meter() {
    return write([](ports::Tx& tx) { return book::read_budget(tx, "key", 5); });
  }
  // As if so much time had passed.
  void pass(Micros length) {
    database.script("UPDATE rate_grants SET granted_us = granted_us - " +
                    std::to_string(length.count()));
  }
};
INSTANTIATE_TEST_SUITE_P(Book, Budget, kBothDialects, dialect_name);

TEST_P(Budget, GrantsTheLimitAndSaysHowLongToWaitForMore) {
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(take().granted);
  const auto refused = take();
  EXPECT_FALSE(refused.granted);
  EXPECT_GT(refused.wait, 0s);
  EXPECT_LE(refused.wait, 60s + 1us);
  EXPECT_EQ(meter().used, 5);
  pass(refused.wait);
  EXPECT_TRUE(take().granted) << "the wait was long enough";
}

TEST_P(Budget, SeveralTokensAreGrantedTogetherOrNotAtAll) {
  EXPECT_TRUE(take(3).granted);
  EXPECT_FALSE(take(3).granted);
  EXPECT_EQ(meter().used, 3);
  EXPECT_TRUE(take(2).granted);
}

TEST_P(Budget, ABlockStopsEverybodyUntilItEnds) {
  take();
  write([](ports::Tx& tx) { book::tune_budget(tx, "key", 5, tx.now() + 30s); });
  const auto refused = take();
  EXPECT_FALSE(refused.granted);
  EXPECT_GT(refused.wait, 20s);
  EXPECT_LE(refused.wait, 30s);
  EXPECT_TRUE(meter().blocked_until);
  database.script("UPDATE rate_budget SET blocked_until_us = 1");
  EXPECT_TRUE(take().granted);
}

TEST_P(Budget, ALimitLearntLaterHolds) {
  take();
  write([](ports::Tx& tx) { book::tune_budget(tx, "key", 2, std::nullopt); });
  EXPECT_TRUE(take().granted);
  EXPECT_FALSE(take().granted);
  EXPECT_EQ(meter().limit, 2);
}

TEST_P(Budget, ManyThreadsTogetherGetExactlyTheLimit) {
  std::atomic<int> granted{0};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        for (int k = 0; k < 5; ++k) {
          if (take().granted) ++granted;
        }
      });
    }
  }
  EXPECT_EQ(granted, 5);
  EXPECT_EQ(one("SELECT CAST(COUNT(*) AS TEXT) FROM rate_grants"), "5");
}

// Over hours of virtual time and for every seed: no minute, wherever it begins, holds more grants
// than the limit, and who waits as told is granted.
TEST(BudgetOverTime, NoMinuteHoldsMoreThanTheLimit) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    TempFolder folder;
    timing::VirtualClock clock(instant_from_text("2026-11-20T15:00:00Z").value());
    timing::SeededRandom random(seed);
    auto database = database::open_database("sqlite:" + (folder.path() / "b.db").string(),
                                            {.clock = clock, .random = random})
                        .value();
    database::migrate(*database, book::migrations(ports::Dialect::sqlite)).value();
    std::vector<Instant> grants;
    while (grants.size() < 60) {
      const auto grant = ports::transact(*database, ports::TxMode::write, [](ports::Tx& tx) {
        return book::take_tokens(tx, "key", 7, 1);
      });
      if (grant.granted) {
        grants.push_back(clock.now());
        clock.advance(Micros{random.next() % 9'000'000});
        continue;
      }
      clock.advance(grant.wait);
      const auto next = ports::transact(*database, ports::TxMode::write, [](ports::Tx& tx) {
        return book::take_tokens(tx, "key", 7, 1);
      });
      ASSERT_TRUE(next.granted) << "seed " << seed;
      grants.push_back(clock.now());
    }
    for (std::size_t i = 0; i + 7 < grants.size(); ++i) {
      ASSERT_GE(grants[i + 7] - grants[i], 60s) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace tallyman::tests
