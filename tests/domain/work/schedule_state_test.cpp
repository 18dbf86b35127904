#include "domain/work/schedule_state.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "domain/work/zones.h"

namespace tallyman::work {
namespace {

using namespace std::chrono_literals;

// A schedule that is looked at, as the ticker does it.
struct Looked {
  explicit Looked(std::string_view text) : schedule(schedule_from_text(text).value()) {}

  std::optional<Due> at(Instant now) { return with(schedule, now); }
  std::optional<Due> with(const Schedule& other, Instant now) {
    return look({.is_on = is_on, .schedule = other, .calendar = calendar}, now);
  }
  std::optional<Due> look(const Plan& plan, Instant now) {
    const auto step = next_step(state, plan, now);
    if (!step) return std::nullopt;
    state = step->state;
    if (step->take) {
      // The key of schedule_ticks: the database refuses the second one.
      EXPECT_TRUE(taken.insert({state->lap, step->take->tick}).second) << "taken twice";
    }
    return step->take;
  }

  Schedule schedule;
  Calendar calendar{.zone = chicago()};
  bool is_on = true;
  std::optional<ScheduleState> state;
  std::set<std::pair<std::int64_t, Instant>> taken;
};

Due tick(std::string_view at, std::int64_t missed = 0) {
  return {.tick = utc(at), .missed = missed};
}

TEST(ScheduleState, AFreshOneTicksAtOnceAndThenOnTheGrid) {
  Looked every5("every 5 minutes");
  EXPECT_EQ(every5.at(utc("2026-11-20T15:02:10")), tick("2026-11-20T15:00"));
  EXPECT_EQ(every5.at(utc("2026-11-20T15:02:25")), std::nullopt);
  EXPECT_EQ(every5.at(utc("2026-11-20T15:04:59")), std::nullopt);
  EXPECT_EQ(every5.at(utc("2026-11-20T15:05:01")), tick("2026-11-20T15:05"));
}

TEST(ScheduleState, WhatWasMissedIsTakenOnceWithItsCount) {
  Looked every5("every 5 minutes");
  every5.at(utc("2026-11-20T15:00"));
  EXPECT_EQ(every5.at(utc("2026-11-20T16:02")), tick("2026-11-20T16:00", 11));
  EXPECT_EQ(every5.at(utc("2026-11-20T16:02:15")), std::nullopt);
}

TEST(ScheduleState, TimeSwitchedOffIsNotMissed) {
  Looked every5("every 5 minutes");
  every5.at(utc("2026-11-20T15:00"));
  every5.is_on = false;
  EXPECT_EQ(every5.at(utc("2026-11-20T15:05:10")), std::nullopt);
  EXPECT_EQ(every5.state->plan, kOff);
  EXPECT_EQ(every5.at(utc("2026-11-22T15:05:10")), std::nullopt);
  every5.is_on = true;
  EXPECT_EQ(every5.at(utc("2026-11-22T15:07:10")), std::nullopt);
  EXPECT_EQ(every5.at(utc("2026-11-22T15:10:02")), tick("2026-11-22T15:10"));
}

TEST(ScheduleState, AnotherScheduleOwesNothingFromBeforeIt) {
  Looked every60("every hour");
  every60.at(utc("2026-11-20T15:00"));
  every60.schedule = schedule_from_text("every 5 minutes").value();
  EXPECT_EQ(every60.at(utc("2026-11-20T15:52:30")), std::nullopt);
  EXPECT_EQ(every60.at(utc("2026-11-20T15:55:02")), tick("2026-11-20T15:55"));
  every60.schedule = schedule_from_text("daily at 09:00").value();  // 15:00 UTC, an hour ago
  EXPECT_EQ(every60.at(utc("2026-11-20T16:00:30")), std::nullopt);
  EXPECT_EQ(every60.at(utc("2026-11-21T15:00:10")), tick("2026-11-21T15:00"));
}

TEST(ScheduleState, NodesThatDisagreeLeaveNoTickOut) {
  Looked daily("daily at 00:05");
  const Schedule other = schedule_from_text("daily at 01:05").value();
  Instant now = utc("2026-11-20T16:00");
  daily.at(now);
  std::vector<Instant> taken;
  for (int look = 0; look < 4 * 60 * 24; ++look) {
    now += 15s;
    const auto found = look % 2 == 0 ? daily.with(other, now) : daily.at(now);
    if (found) taken.push_back(found->tick);
  }
  EXPECT_EQ(taken, (std::vector{utc("2026-11-21T06:05"), utc("2026-11-21T07:05")}));
}

TEST(ScheduleState, AClockAnHourAheadAndBackNeitherDoublesNorLeavesOut) {
  Looked every5("every 5 minutes");
  every5.at(utc("2026-11-20T15:00"));
  EXPECT_EQ(every5.at(utc("2026-11-20T16:02")), tick("2026-11-20T16:00", 11));
  EXPECT_EQ(every5.at(utc("2026-11-20T15:02:15")), std::nullopt);
  EXPECT_EQ(every5.at(utc("2026-11-20T15:05")), tick("2026-11-20T15:05"));
  for (int minute = 10; minute < 60; minute += 5) {
    EXPECT_TRUE(every5.at(utc("2026-11-20T15:00") + minute * 1min)) << minute;
  }
  EXPECT_EQ(every5.at(utc("2026-11-20T16:00")), tick("2026-11-20T16:00"));
}

TEST(ScheduleState, AClockThatIsSetBackALittleIsWaitedFor) {
  Looked every5("every 5 minutes");
  every5.at(utc("2026-11-20T15:05:00.2"));
  EXPECT_EQ(every5.at(utc("2026-11-20T15:04:59.8")), std::nullopt);
  EXPECT_EQ(every5.at(utc("2026-11-20T15:05:00.1")), std::nullopt) << "it was taken";
  EXPECT_EQ(every5.state->lap, 0);
}

TEST(ScheduleState, WhatRunsSeldomIsNotDoneTwiceWhenTheClockGoesBackAnHour) {
  Looked every6("every 6 hours");
  EXPECT_EQ(every6.at(utc("2026-11-20T18:00:01")), tick("2026-11-20T18:00"));
  EXPECT_EQ(every6.at(utc("2026-11-20T17:00:10")), std::nullopt);
  EXPECT_EQ(every6.at(utc("2026-11-20T18:00:10")), std::nullopt);
  EXPECT_EQ(every6.at(utc("2026-11-21T00:00:10")), tick("2026-11-21T00:00"));
}

TEST(ScheduleState, ADailyOneIsNotDoneTwiceWhenTheClockGoesBackAnHour) {
  Looked daily("daily at 00:05");
  daily.at(utc("2026-11-20T15:00"));
  EXPECT_EQ(daily.at(utc("2026-11-21T06:05")), tick("2026-11-21T06:05"));
  EXPECT_EQ(daily.at(utc("2026-11-21T05:06")), std::nullopt);
  EXPECT_EQ(daily.at(utc("2026-11-21T06:05")), std::nullopt);
  EXPECT_EQ(daily.at(utc("2026-11-22T06:05")), tick("2026-11-22T06:05"));
}

TEST(ScheduleState, AClockThatWasAMonthAheadStopsNothing) {
  Looked daily("daily at 00:05");
  daily.at(utc("2026-12-20T15:00"));
  EXPECT_EQ(daily.at(utc("2026-11-20T15:00")), std::nullopt);
  EXPECT_EQ(daily.at(utc("2026-11-21T06:05")), tick("2026-11-21T06:05"));
}

TEST(ScheduleState, ByAPersonNeverTicks) {
  Looked person("by a person");
  EXPECT_EQ(person.at(utc("2026-11-20T15:00")), std::nullopt);
  EXPECT_EQ(person.at(utc("2027-11-20T15:00")), std::nullopt);
}

TEST(NextRun, TellsWhenAndShowsWhatIsOverdue) {
  const Calendar calendar{.zone = chicago()};
  const Schedule every5 = schedule_from_text("every 5 minutes").value();
  const Plan plan{.is_on = true, .schedule = every5, .calendar = calendar};
  const Instant now = utc("2026-11-20T15:02");
  EXPECT_EQ(next_run(std::nullopt, plan, now), now);
  const ScheduleState state{.plan = plan_text(every5, calendar),
                            .since = utc("2026-11-20T14:00"),
                            .taken_until = utc("2026-11-20T14:00")};
  EXPECT_EQ(next_run(state, plan, now), utc("2026-11-20T14:05"));
  EXPECT_EQ(next_run(state, {.is_on = false, .schedule = every5, .calendar = calendar}, now),
            std::nullopt);
  const ScheduleState was_off{.plan = std::string(kOff),
                              .since = utc("2026-11-20T14:00"),
                              .taken_until = utc("2026-11-20T14:00")};
  EXPECT_EQ(next_run(was_off, plan, now), utc("2026-11-20T15:05"));
}

TEST(NextRun, WhatWasMissedBeforeClosingWaitsForTheMorning) {
  const Calendar calendar{.zone = chicago()};
  const Schedule every15 = schedule_from_text("every 15 minutes in business hours").value();
  const Plan plan{.is_on = true, .schedule = every15, .calendar = calendar};
  const ScheduleState state{.plan = plan_text(every15, calendar),
                            .since = utc("2026-11-20T22:45"),
                            .taken_until = utc("2026-11-20T22:45")};
  EXPECT_EQ(next_run(state, plan, utc("2026-11-21T15:00")), utc("2026-11-23T12:00"));
}

// Time passes, nodes look at odd moments, and now and then somebody sets the clock, an hour either
// way.
RC_GTEST_PROP(AnyClock, GivesEveryPeriodOfRealTimeItsTick, ()) {
  const Micros length = *rc::gen::inRange(1, 61) * 1min;
  Looked schedule("every 5 minutes");
  schedule.schedule = Interval{.length = std::chrono::duration_cast<std::chrono::minutes>(length)};
  Instant wall = utc("2026-10-31T20:00");
  Micros real{0};
  Micros last_run{0};
  Micros last_jump{0};
  schedule.at(wall);
  for (int look = 0; look < 1200; ++look) {
    const Micros pause = *rc::gen::inRange(5, 16) * 1s;
    real += pause;
    wall += pause;
    if (real - last_jump > 2 * length && *rc::gen::inRange(0, 20) == 0) {
      wall += *rc::gen::elementOf(std::vector<Micros>{1h, -1h});
      last_jump = real;
    }
    if (schedule.at(wall)) last_run = real;
    RC_ASSERT(real - last_run <= 2 * length + 1min + 16s);
  }
}

}  // namespace
}  // namespace tallyman::work
