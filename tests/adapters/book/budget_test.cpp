#include "adapters/book/budget.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include "adapters/database/open.h"
#include "adapters/time/seeded_random.h"
#include "adapters/time/system_clock.h"
#include "adapters/time/virtual_clock.h"
#include "domain/base/whole_number.h"
#include "tests/adapters/book/book_on_both.h"

namespace tallyman::tests {
namespace {

using namespace std::chrono_literals;

constexpr auto kPerson = work::Urgency::person;
constexpr auto kSchedule = work::Urgency::background;

// A ceiling of 10: people at most 6, the schedule at most 5.
class Budget : public BookOnBoth {
 protected:
  book::Grant take(work::Urgency urgency = kPerson, std::int64_t tokens = 1, Micros hold = 0s) {
    return write([&](ports::Tx& tx) {
      return book::take_tokens(
          tx,
          {.credential = "key", .ceiling = 10, .tokens = tokens, .urgency = urgency, .hold = hold});
    });
  }
  int granted(work::Urgency urgency, int times) {
    int count = 0;
    for (int i = 0; i < times; ++i) count += take(urgency).granted ? 1 : 0;
    return count;
  }
  book::BudgetMeter meter() {
    return write([](ports::Tx& tx) { return book::read_budget(tx, "key", 10); });
  }
  // As if so much time had passed.
  void pass(Micros length) {
    const auto us = std::to_string(length.count());
    database.script("UPDATE rate_grants SET granted_us = granted_us - " + us +
                    "; UPDATE rate_budget SET people_wait_us = people_wait_us - " + us +
                    ", blocked_until_us = blocked_until_us - " + us);
  }
  void block(Micros length, book::BlockedBy why = book::BlockedBy::its_window) {
    write([&](ports::Tx& tx) { book::block_budget(tx, "key", 10, length, why); });
  }
};
INSTANTIATE_TEST_SUITE_P(Book, Budget, kBothDialects, dialect_name);

TEST_P(Budget, GrantsTheShareAndSaysHowLongToWaitForMore) {
  EXPECT_EQ(granted(kPerson, 6), 6);
  const auto refused = take();
  EXPECT_FALSE(refused.granted);
  EXPECT_GT(refused.wait, 0s);
  EXPECT_LE(refused.wait, 61s + 1us);
  EXPECT_EQ(meter().used, 6);
  pass(refused.wait);
  EXPECT_TRUE(take().granted) << "the wait was long enough";
}

TEST_P(Budget, TheScheduleLeavesTokensToPeopleAndPeopleLeaveSomeToTheSchedule) {
  EXPECT_EQ(granted(kSchedule, 20), 5);
  EXPECT_EQ(granted(kPerson, 20), 5) << "together never more than the limit";
  pass(2min);
  EXPECT_EQ(granted(kPerson, 20), 6);
  pass(3s);  // the person has given up
  EXPECT_EQ(granted(kSchedule, 20), 4);
  EXPECT_EQ(meter().used, 10);
  EXPECT_EQ(meter().used_by_people, 6);
}

TEST_P(Budget, APersonWhoWaitsIsLetInBeforeTheSchedule) {
  EXPECT_EQ(granted(kSchedule, 5), 5);
  EXPECT_EQ(granted(kPerson, 5), 5);
  EXPECT_FALSE(take(kPerson).granted) << "from now on somebody waits";
  database.script(
      "UPDATE rate_grants SET granted_us = granted_us - 62000000 WHERE grant_id = "
      "(SELECT MIN(grant_id) FROM rate_grants)");
  EXPECT_FALSE(take(kSchedule).granted) << "the freed token is the person's";
  EXPECT_TRUE(take(kPerson).granted);
}

TEST_P(Budget, WhoGaveUpWaitingHoldsNothingBack) {
  EXPECT_EQ(granted(kPerson, 7), 6);
  EXPECT_EQ(granted(kSchedule, 1), 1) << "its floor stays in any case";
  pass(3s);
  EXPECT_EQ(granted(kSchedule, 3), 3);
}

TEST_P(Budget, SeveralTokensAreGrantedTogetherOrNotAtAll) {
  EXPECT_TRUE(take(kPerson, 4).granted);
  EXPECT_FALSE(take(kPerson, 3).granted);
  EXPECT_EQ(meter().used, 4);
  EXPECT_TRUE(take(kPerson, 2).granted);
}

TEST_P(Budget, MoreThanItsShareIsCutDownInsteadOfWaitingForEver) {
  const auto grant = take(kSchedule, 50);
  EXPECT_TRUE(grant.granted);
  EXPECT_EQ(grant.tokens, 5);
}

TEST_P(Budget, TokensHeldForLaterCountFromTheirLastMoment) {
  EXPECT_TRUE(take(kPerson, 6, 30s).granted);
  pass(62s);
  EXPECT_EQ(granted(kPerson, 6), 1) << "five may have been used half a minute ago";
  pass(30s);
  EXPECT_EQ(granted(kPerson, 6), 5);
}

TEST_P(Budget, ABlockStopsEverybodyUntilItEnds) {
  take();
  block(30s);
  const auto refused = take();
  EXPECT_FALSE(refused.granted);
  EXPECT_GT(refused.wait, 20s);
  EXPECT_LE(refused.wait, 30s);
  EXPECT_FALSE(take(kSchedule).granted);
  EXPECT_TRUE(meter().blocked_until);
  EXPECT_FALSE(meter().last_throttled);
  pass(31s);
  EXPECT_TRUE(take().granted);
}

TEST_P(Budget, AShorterBlockDoesNotEndALongerOne) {
  block(60s, book::BlockedBy::throttled);
  block(1s);
  EXPECT_GT(take().wait, 50s);
  EXPECT_TRUE(meter().last_throttled) << "for the meter: its last 429";
}

TEST_P(Budget, ALimitLearntLaterHoldsAndEndsNoBlock) {
  block(60s);
  write([](ports::Tx& tx) { book::lower_limit(tx, "key", 10, 4); });
  EXPECT_FALSE(take().granted);
  pass(62s);
  EXPECT_EQ(granted(kPerson, 9), 3);
  EXPECT_EQ(meter().limit, 4);
  EXPECT_EQ(meter().shares, (work::RateShares{.all = 4, .people = 3, .background = 2}));
}

TEST_P(Budget, AClockPutBackByAnHourBlocksNobodyForAnHour) {
  EXPECT_EQ(granted(kPerson, 6), 6);
  block(5min);
  pass(-1h);  // all of it lies in the future now
  const auto refused = take();
  EXPECT_FALSE(refused.granted) << "nothing may be granted twice either";
  EXPECT_LE(refused.wait, 61s + 1us);
  pass(62s);
  EXPECT_TRUE(take().granted);
}

TEST_P(Budget, ManyThreadsTogetherGetExactlyTheLimit) {
  std::atomic<int> granted{0};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&, urgency = i % 2 == 0 ? kPerson : kSchedule] {
        for (int k = 0; k < 5; ++k) {
          if (take(urgency).granted) ++granted;
        }
      });
    }
  }
  EXPECT_EQ(granted, 10);
  EXPECT_EQ(one("SELECT CAST(COUNT(*) AS TEXT) FROM rate_grants"), "10");
}

// On PostgreSQL a transaction may wait long for the row; its request is not older than the others'.
TEST_P(Budget, ARequestCountsFromWhenItGotTheLockAndNotFromWhenItBegan) {
  take();  // the row exists
  auto other = database.open_again();
  std::jthread second;
  std::atomic<bool> asking = false;
  Instant released;
  write([&](ports::Tx& tx) {
    book::take_tokens(tx, {.credential = "key", .ceiling = 10, .urgency = kPerson});
    second = std::jthread([&] {
      ports::transact(*other, ports::TxMode::write, [&](ports::Tx& late) {
        asking = true;
        book::take_tokens(late, {.credential = "key", .ceiling = 10, .urgency = kPerson});
      });
    });
    // SQLite lets it not even begin; then there is nothing to wait for.
    while (GetParam() == ports::Dialect::postgres && !asking) std::this_thread::yield();
    released = timing::SystemClock().now();
  });
  second.join();
  const auto last = whole_number(one("SELECT CAST(MAX(granted_us) AS TEXT) FROM rate_grants"));
  EXPECT_GE(from_micros(last.value()), released);
}

// Over hours of virtual time and for every seed: no minute, wherever it begins, holds more grants
// than the limit, and who waits as told is granted.
TEST(BudgetOverTime, NoMinuteHoldsMoreThanTheLimit) {
  constexpr book::TokensWanted kWanted{
      .credential = "key", .ceiling = 11, .urgency = work::Urgency::person};  // at most 7 of 11
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
      const auto grant = ports::transact(*database, ports::TxMode::write, [&](ports::Tx& tx) {
        return book::take_tokens(tx, kWanted);
      });
      if (grant.granted) {
        grants.push_back(clock.now());
        clock.advance(Micros{random.next() % 9'000'000});
        continue;
      }
      clock.advance(grant.wait);
      const auto next = ports::transact(*database, ports::TxMode::write, [&](ports::Tx& tx) {
        return book::take_tokens(tx, kWanted);
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
