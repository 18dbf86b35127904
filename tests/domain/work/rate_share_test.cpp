#include "domain/work/rate_share.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace tallyman::work {
namespace {

using namespace std::chrono_literals;

const Instant kNow = instant_from_text("2026-11-20T12:00:00Z").value();

std::vector<GrantSeen> spread(std::int64_t count, Urgency urgency, Micros first_age,
                              Micros apart = 10ms) {
  std::vector<GrantSeen> log;
  for (std::int64_t i = 0; i < count; ++i) log.push_back({kNow - first_age + i * apart, urgency});
  return log;
}

TEST(RateShares, OfThirtyEightTenStayForPeopleAndEightForTheSchedule) {
  EXPECT_EQ(shares_of(38), (RateShares{.all = 38, .people = 30, .background = 28}));
  EXPECT_EQ(shares_of(20), (RateShares{.all = 20, .people = 12, .background = 10}));
}

TEST(RateShares, BothSidesCanAskWhateverThePartnerLowersTheLimitTo) {
  for (std::int64_t limit = -1; limit <= 100; ++limit) {
    const auto shares = shares_of(limit);
    EXPECT_GE(shares.people, 1) << limit;
    EXPECT_GE(shares.background, 1) << limit;
    EXPECT_LE(shares.people, shares.all);
    EXPECT_LE(shares.background, shares.all);
  }
}

TEST(RateWait, TheScheduleStopsTenShortOfTheLimit) {
  auto log = spread(28, Urgency::background, 30s);
  const RateQuestion schedule{.log = log, .limit = 38, .now = kNow};
  EXPECT_EQ(rate_wait(schedule), 30s + 1us) << "until its oldest leaves";
  RateQuestion person = schedule;
  person.urgency = Urgency::person;
  EXPECT_EQ(rate_wait(person), std::nullopt);
}

TEST(RateWait, AReadModifyWriteWaitsForAllOfItsTokens) {
  const auto log = spread(29, Urgency::person, 30s, 1s);
  RateQuestion question{.log = log, .limit = 38, .urgency = Urgency::person, .now = kNow};
  EXPECT_EQ(rate_wait(question), std::nullopt);
  question.requests = 3;
  EXPECT_EQ(rate_wait(question), 31s + 1us) << "two of them have to leave";
}

TEST(RateWait, WhileAPersonWaitsTheScheduleKeepsToItsFloor) {
  const auto few = spread(7, Urgency::background, 30s);
  EXPECT_EQ(rate_wait({.log = few, .limit = 38, .people_wait = true, .now = kNow}), std::nullopt);
  const auto floor = spread(8, Urgency::background, 30s);
  EXPECT_EQ(rate_wait({.log = floor, .limit = 38, .people_wait = true, .now = kNow}), 1s);
  EXPECT_EQ(rate_wait({.log = floor, .limit = 38, .now = kNow}), std::nullopt);
}

// The rule alone, with the log that the book keeps: hours of greedy callers, at random moments and
// with changing limits.
TEST(RateWait, NoWindowEverHoldsMoreThanTheLimitAndNobodyStarves) {
  for (unsigned seed = 1; seed <= 50; ++seed) {
    std::mt19937 chance(seed);
    const std::int64_t limit = 3 + static_cast<std::int64_t>(chance() % 38);
    std::vector<GrantSeen> all;
    std::int64_t waited_for_person = 0;
    Instant now = kNow;
    Instant person_granted = kNow;
    Instant schedule_granted = kNow;
    for (int step = 0; step < 1500; ++step) {
      now += Micros{chance() % 1'500'000};
      const auto urgency = chance() % 3 == 0 ? Urgency::person : Urgency::background;
      std::vector<GrantSeen> log;
      std::ranges::copy_if(all, std::back_inserter(log),
                           [&](const GrantSeen& grant) { return grant.at > now - kRateWindow; });
      const auto wait = rate_wait({.log = log,
                                   .limit = limit,
                                   .urgency = urgency,
                                   .people_wait = waited_for_person > 0,
                                   .now = now});
      if (urgency == Urgency::person) waited_for_person = wait ? 1 : 0;
      if (wait) {
        ASSERT_GT(*wait, 0us);
        ASSERT_LE(*wait, kRateWindow + 1us);
        continue;
      }
      all.push_back({now, urgency});
      (urgency == Urgency::person ? person_granted : schedule_granted) = now;
      ASSERT_LT(now - person_granted, 90s) << "seed " << seed;
      ASSERT_LT(now - schedule_granted, 90s) << "seed " << seed;
    }
    const auto most = static_cast<std::size_t>(shares_of(limit).all);
    for (std::size_t i = 0; i + most < all.size(); ++i) {
      ASSERT_GE(all[i + most].at - all[i].at, kRateWindow) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace tallyman::work
