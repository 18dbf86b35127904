#include "domain/work/breaker.h"

#include <gtest/gtest.h>

#include "domain/work/system_status.h"

namespace tallyman::work {
namespace {

using namespace std::chrono_literals;

const Instant kNow = instant_from_text("2026-11-20T12:00:00Z").value();

Breaker after_failures(int count, Breaker breaker = {}, Instant now = kNow) {
  for (int i = 0; i < count; ++i) {
    breaker = after(breaker, {.end = CallEnd::failed, .now = now});
  }
  return breaker;
}

Breaker probed(const Breaker& breaker, CallEnd end, Instant now) {
  return after(probing(breaker, now), {.end = end, .admission = Admission::probe, .now = now});
}

TEST(Breaker, OpensAtTheFifthFailureInARowForHalfAMinute) {
  const auto four = after_failures(4);
  EXPECT_EQ(four.state, BreakerState::closed);
  EXPECT_EQ(admit(four, kNow), Admission::pass);
  const auto five = after_failures(1, four);
  EXPECT_EQ(five.state, BreakerState::open);
  EXPECT_EQ(five.next_probe, kNow + 30s);
  EXPECT_EQ(admit(five, kNow + 29s), Admission::refuse);
  EXPECT_EQ(admit(five, kNow + 30s), Admission::probe);
}

TEST(Breaker, AnAnswerInBetweenBeginsTheCountAnew) {
  const auto well = after(after_failures(4), {.end = CallEnd::answered, .now = kNow});
  EXPECT_EQ(well, Breaker{});
  EXPECT_EQ(after_failures(4, well).state, BreakerState::closed);
}

// While one unreadable order is being closed in on, most answers are a bare 500.
TEST(Breaker, WhatSaysNothingAboutThePartnerNeitherCountsNorHeals) {
  auto breaker = after_failures(4);
  for (int i = 0; i < 30; ++i) breaker = after(breaker, {.end = CallEnd::neither, .now = kNow});
  EXPECT_EQ(breaker, after_failures(4));
}

TEST(Breaker, OneProbeAtATime) {
  const auto open = after_failures(5);
  const auto under_way = probing(open, kNow + 30s);
  EXPECT_EQ(under_way.state, BreakerState::probing);
  EXPECT_EQ(admit(under_way, kNow + 31s), Admission::refuse);
  EXPECT_EQ(admit(under_way, kNow + 30s + 3min), Admission::probe) << "who probed has died";
}

TEST(Breaker, TheProbeDecides) {
  const auto open = after_failures(5);
  EXPECT_EQ(probed(open, CallEnd::answered, kNow + 30s), Breaker{});
  const auto again = probed(open, CallEnd::failed, kNow + 30s);
  EXPECT_EQ(again.state, BreakerState::open);
  EXPECT_EQ(again.next_probe, kNow + 30s + 60s) << "twice as long";
  const auto undecided = probed(open, CallEnd::neither, kNow + 30s);
  EXPECT_EQ(admit(undecided, kNow + 30s), Admission::probe);
}

TEST(Breaker, ThePauseDoublesUpToTenMinutesWithATenthOfChance) {
  auto breaker = after_failures(5);
  Instant now = kNow;
  std::vector<Micros> pauses{breaker.next_probe - now};
  for (int i = 0; i < 7; ++i) {
    now = breaker.next_probe;
    breaker = probed(breaker, CallEnd::failed, now);
    pauses.push_back(breaker.next_probe - now);
  }
  EXPECT_EQ(pauses, (std::vector<Micros>{30s, 60s, 120s, 240s, 480s, 600s, 600s, 600s}));
  const auto soonest =
      after(after_failures(4), {.end = CallEnd::failed, .now = kNow, .chance_permille = 0});
  const auto latest =
      after(after_failures(4), {.end = CallEnd::failed, .now = kNow, .chance_permille = 999});
  EXPECT_EQ(soonest.next_probe - kNow, 27s);
  EXPECT_GT(latest.next_probe - kNow, 32s);
  EXPECT_LE(latest.next_probe - kNow, 33s);
}

TEST(Breaker, CallsThatBeganBeforeItOpenedDecideNothing) {
  const auto open = after_failures(5);
  EXPECT_EQ(after(open, {.end = CallEnd::answered, .now = kNow}), open);
  EXPECT_EQ(after(open, {.end = CallEnd::failed, .now = kNow}), open);
}

TEST(Breaker, AClockPutBackByAnHourDoesNotKeepItOpenForAnHour) {
  EXPECT_EQ(admit(after_failures(5), kNow - 1h), Admission::probe);
}

TEST(SystemStatusRule, OfflineIsNotReadForTwoHoursDegradedIsAnythingElseThatIsWrong) {
  const auto status = [](const SystemFacts& facts) { return system_status(facts).status; };
  EXPECT_EQ(status({}), SystemStatus::offline);
  EXPECT_EQ(status({.age = 121min}), SystemStatus::offline);
  EXPECT_EQ(status({.age = 119min}), SystemStatus::online);
  EXPECT_EQ(status({.age = 5min, .last_run_failed = true}), SystemStatus::degraded);
  EXPECT_EQ(status({.age = 5min, .quarantined = 1}), SystemStatus::degraded);
  EXPECT_EQ(status({.age = 5min, .breakers_open = 1}), SystemStatus::degraded);
  EXPECT_FALSE(system_status({}).because.empty());
}

}  // namespace
}  // namespace tallyman::work
