#include "domain/work/ending.h"

#include <gtest/gtest.h>

namespace tallyman::work {
namespace {

using namespace std::chrono_literals;

TEST(RetryDelay, GrowsWithTheFourthPowerAndEndsAtAnHour) {
  struct Row {
    std::int64_t attempt;
    Micros least;
    Micros most;
  };
  for (const auto& row : {Row{1, 900ms, 1100ms}, Row{2, 14400ms, 17600ms}, Row{3, 72900ms, 89100ms},
                          Row{4, 230400ms, 281600ms}, Row{7, 2160900ms, 2641100ms}, Row{8, 1h, 1h},
                          Row{1'000'000, 1h, 1h}}) {
    EXPECT_EQ(retry_delay(row.attempt, 0), row.least) << row.attempt;
    EXPECT_EQ(retry_delay(row.attempt, 999), row.most) << row.attempt;
    EXPECT_GT(retry_delay(row.attempt, 500) + 1us, row.least) << row.attempt;
  }
  EXPECT_EQ(retry_delay(0, 0), retry_delay(1, 0));
  EXPECT_EQ(retry_delay(2, 4'000'000'000U), retry_delay(2, 999));
}

TEST(AfterAnAttempt, EachEndHasItsConsequence) {
  struct Row {
    AttemptEnd end;
    Attempt attempt;
    NextState next;
  };
  const Attempt first{.number = 1, .max = 3};
  const Attempt last{.number = 3, .max = 3};
  for (const auto& row : {
           Row{AttemptEnd::done, first, {.state = JobState::done}},
           Row{AttemptEnd::snoozed, last, {.pause = 40s, .counted = false}},
           Row{AttemptEnd::handed_back, last, {.counted = false}},
           Row{AttemptEnd::failed, first, {.pause = 900ms}},
           Row{AttemptEnd::failed, last, {.state = JobState::dead}},
           Row{AttemptEnd::failed_for_good, first, {.state = JobState::dead}},
           Row{AttemptEnd::lost, first, {}},
           Row{AttemptEnd::lost, last, {.state = JobState::dead}},
       }) {
    EXPECT_EQ(after(row.end, row.attempt, 40s, 0), row.next)
        << word(row.end) << " " << row.attempt.number;
  }
}

TEST(AfterAnAttempt, WhoeverWantedItCancelledIsObeyedUnlessItIsDone) {
  const Attempt wanted{.number = 1, .max = 3, .cancel_requested = true};
  for (const auto end : {AttemptEnd::snoozed, AttemptEnd::handed_back, AttemptEnd::failed,
                         AttemptEnd::failed_for_good, AttemptEnd::lost}) {
    EXPECT_EQ(after(end, wanted, 1s, 0).state, JobState::cancelled) << word(end);
  }
  EXPECT_EQ(after(AttemptEnd::done, wanted, 1s, 0).state, JobState::done);
}

TEST(AfterAnAttempt, ASnoozeIntoThePastIsAtOnce) {
  EXPECT_EQ(after(AttemptEnd::snoozed, {}, -5s, 0).pause, 0s);
}

}  // namespace
}  // namespace tallyman::work
