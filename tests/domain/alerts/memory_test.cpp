#include "domain/alerts/memory.h"

#include <gtest/gtest.h>

namespace tallyman::alerts {
namespace {

using namespace std::chrono_literals;

const Instant kNow = instant_from_text("2026-11-20T15:00:00Z").value();

Finding finding(std::string fact, std::string subject = "shipstation-sync") {
  return {.rule = "run_failed_repeatedly",
          .subject = std::move(subject),
          .severity = Severity::critical,
          .title = "t",
          .detail = "d",
          .evidence = "/sync",
          .facts = {{"failure", std::move(fact)}}};
}

Standing row(std::int64_t id, const Finding& about, State state) {
  return {.id = {id},
          .rule = about.rule,
          .subject = about.subject,
          .fact_hash = fact_hash(about),
          .state = state,
          .severity = about.severity};
}

// "open 0, refresh 3 (wakes), close 4": what is decided.
std::string decided(const std::vector<Finding>& found, const std::vector<Standing>& standing) {
  std::string text;
  for (const auto& one : remember(found, standing, kNow)) {
    if (!text.empty()) text += ", ";
    switch (one.step) {
      case Step::open: text += "open " + std::to_string(*one.finding); break;
      case Step::refresh: text += "refresh " + std::to_string(one.alert->value); break;
      case Step::close: text += "close " + std::to_string(one.alert->value); break;
      case Step::forget: text += "forget " + std::to_string(one.alert->value); break;
    }
    if (one.wakes) text += " (wakes)";
  }
  return text;
}

TEST(AlertMemory, WhatIsNewOpens) {
  EXPECT_EQ(decided({finding("a"), finding("a", "other")}, {}), "open 0, open 1");
}

TEST(AlertMemory, WhatIsOpenIsSeenAgainEvenWithOtherFacts) {
  const auto open = row(3, finding("a"), State::open);
  EXPECT_EQ(decided({finding("a")}, {open}), "refresh 3");
  EXPECT_EQ(decided({finding("b")}, {open}), "refresh 3");
}

TEST(AlertMemory, WhatAPersonResolvedStaysResolvedUntilItsFactsChange) {
  const auto resolved = row(3, finding("a"), State::resolved);
  EXPECT_EQ(decided({finding("a")}, {resolved}), "");
  EXPECT_EQ(decided({finding("b")}, {resolved}), "open 0");
}

TEST(AlertMemory, FactsThatReturnWithinTheSameConditionAreRememberedToo) {
  const auto first = row(3, finding("a"), State::resolved);
  const auto second = row(4, finding("b"), State::resolved);
  EXPECT_EQ(decided({finding("a")}, {first, second}), "");
  EXPECT_EQ(decided({finding("c")}, {first, second}), "open 0");
}

TEST(AlertMemory, AnOpenOneIsNotHiddenByAResolvedOne) {
  const auto resolved = row(3, finding("a"), State::resolved);
  const auto open = row(4, finding("b"), State::open);
  EXPECT_EQ(decided({finding("a")}, {resolved, open}), "refresh 4");
}

TEST(AlertMemory, WhatIsNoLongerTrueClosesAndIsForgotten) {
  const auto resolved = row(3, finding("a"), State::resolved);
  const auto open = row(4, finding("b"), State::open);
  EXPECT_EQ(decided({}, {resolved, open}), "forget 3, close 4");
  EXPECT_EQ(decided({finding("a", "other")}, {open}), "open 0, close 4");
}

TEST(AlertMemory, ASnoozeEndsByItsTimeOrWhenTheFactsChange) {
  auto open = row(3, finding("a"), State::open);
  open.snoozed_until = kNow + 1h;
  EXPECT_EQ(decided({finding("a")}, {open}), "refresh 3");
  EXPECT_EQ(decided({finding("b")}, {open}), "refresh 3 (wakes)");
  open.snoozed_until = kNow;
  EXPECT_EQ(decided({finding("a")}, {open}), "refresh 3 (wakes)");
}

TEST(AlertMemory, AHigherSeverityIsNews) {
  const auto resolved = row(3, finding("a"), State::resolved);
  auto milder = finding("a");
  milder.severity = Severity::warning;
  EXPECT_EQ(decided({milder}, {resolved}), "open 0");
}

}  // namespace
}  // namespace tallyman::alerts
