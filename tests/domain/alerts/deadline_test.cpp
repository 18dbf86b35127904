#include "domain/alerts/deadline.h"

#include <gtest/gtest.h>

namespace tallyman::alerts {
namespace {

struct Case {
  std::string schedule;
  std::string since;
  std::string due_by;  // empty: never
};

TEST(AlertDeadline, IsThreeTicksOrADayAndAMoment) {
  const work::Calendar utc{};
  const std::vector<Case> cases = {
      {"every 5 minutes", "2026-11-20T10:00:02Z", "2026-11-20T10:17:00.000000Z"},
      {"every 2 hours", "2026-11-20T10:00:02Z", "2026-11-20T16:02:00.000000Z"},
      {"daily at 23:55", "2026-11-20T23:55:01Z", "2026-11-22T00:55:00.000000Z"},
      {"daily at 00:05", "2026-11-20T10:00:00Z", "2026-11-21T01:05:00.000000Z"},
      {"by a person", "2026-11-20T10:00:00Z", ""},
      // Friday evening: the third tick of business hours is on Monday.
      {"every 30 minutes in business hours", "2026-11-20T17:30:00Z", "2026-11-23T07:02:00.000000Z"},
  };
  for (const auto& one : cases) {
    const auto due = due_by(work::schedule_from_text(one.schedule).value(), utc,
                            instant_from_text(one.since).value());
    EXPECT_EQ(due ? to_text(*due) : "", one.due_by) << one.schedule;
  }
}

}  // namespace
}  // namespace tallyman::alerts
