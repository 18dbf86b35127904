#include "domain/work/schedule.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "domain/work/zones.h"

namespace tallyman::work {
namespace {

using namespace std::chrono_literals;

Schedule schedule(std::string_view text) { return schedule_from_text(text).value(); }
Calendar in(Zone zone) { return {.zone = std::move(zone)}; }

struct TextCase {
  std::string_view text;
  std::string_view spelt;  // the one spelling; empty: refused
};
class ScheduleText : public ::testing::TestWithParam<TextCase> {};

TEST_P(ScheduleText, IsReadOrRefused) {
  const auto read = schedule_from_text(GetParam().text);
  ASSERT_EQ(read.has_value(), !GetParam().spelt.empty()) << GetParam().text;
  if (!read) {
    EXPECT_NE(read.error().what.find("every N minutes"), std::string::npos) << read.error().what;
    return;
  }
  EXPECT_EQ(to_text(*read), GetParam().spelt);
  EXPECT_EQ(schedule_from_text(to_text(*read)).value(), *read);
}

INSTANTIATE_TEST_SUITE_P(
    Words, ScheduleText,
    ::testing::Values(
        TextCase{"every 5 minutes", "every 5 minutes"},
        TextCase{"  every  1   minute ", "every minute"}, TextCase{"every minute", "every minute"},
        TextCase{"every 60 minutes", "every hour"}, TextCase{"every 2 hours", "every 2 hours"},
        TextCase{"every 90 minutes", "every 90 minutes"},
        TextCase{"every 1440 minutes", "every 24 hours"},
        TextCase{"every 15 minutes in business hours", "every 15 minutes in business hours"},
        TextCase{"every hour in business hours", "every hour in business hours"},
        TextCase{"daily at 00:05", "daily at 00:05"}, TextCase{"daily at 23:59", "daily at 23:59"},
        TextCase{"by a person", "by a person"}));
INSTANTIATE_TEST_SUITE_P(
    Refused, ScheduleText,
    ::testing::Values(TextCase{"", ""}, TextCase{"   ", ""}, TextCase{"every", ""},
                      TextCase{"every 0 minutes", ""}, TextCase{"every -5 minutes", ""},
                      TextCase{"every 1441 minutes", ""}, TextCase{"every 25 hours", ""},
                      TextCase{"every 99999999999999999999 minutes", ""},
                      TextCase{"every 5.5 minutes", ""}, TextCase{"every 5 seconds", ""},
                      TextCase{"Every 5 minutes", ""}, TextCase{"every 5 minutes please", ""},
                      TextCase{"every 61 minutes in business hours", ""},
                      TextCase{"in business hours", ""}, TextCase{"daily", ""},
                      TextCase{"daily at 24:00", ""}, TextCase{"daily at 7:30", ""},
                      TextCase{"daily at 07:60", ""}, TextCase{"daily at 07:-1", ""},
                      TextCase{"daily at -1:30", ""}, TextCase{"daily at 00:05 UTC", ""},
                      TextCase{"*/5 * * * *", ""}, TextCase{"by person", ""}));

TEST(BusinessHoursText, IsReadAndSpelt) {
  EXPECT_EQ(business_hours_from_text("Mon-Fri 06:00-18:00").value(), BusinessHours{});
  for (const std::string_view text :
       {"Mon-Fri 06:00-18:00", "Mon,Wed,Fri 08:00-12:00", "Mon-Sun 00:00-24:00",
        "Mon-Wed,Fri 07:15-08:15", "Sat,Sun 10:00-16:00"}) {
    EXPECT_EQ(to_text(business_hours_from_text(text).value()), text);
  }
  for (const std::string_view text :
       {"", "Mon-Fri", "06:00-18:00", "Fri-Mon 06:00-18:00", "Mon-Fri 18:00-06:00",
        "Mon-Fri 06:00-06:59", "Mon-Fri 06:00-24:01", "Monday 06:00-18:00", "Mon- 06:00-18:00",
        ", 06:00-18:00", "Mon-Tue-Fri 06:00-18:00", "Mon-Fri 06:00-12:00-18:00"}) {
    EXPECT_FALSE(business_hours_from_text(text)) << text;
  }
}

TEST(DaysText, AreSortedAndEachOnce) {
  EXPECT_EQ(to_text(days_from_text("2027-01-01, 2026-12-25,2026-12-25").value()),
            "2026-12-25, 2027-01-01");
  EXPECT_TRUE(days_from_text("").value().empty());
  EXPECT_FALSE(days_from_text("2026-02-30"));
  EXPECT_FALSE(days_from_text("Christmas"));
  EXPECT_FALSE(days_from_text("2026-12-25,"));
}

TEST(Interval, TicksOnTheSameInstantsEverywhere) {
  const auto every5 = schedule("every 5 minutes");
  for (const auto& zone : {Zone{}, chicago(), lord_howe(), kolkata()}) {
    EXPECT_EQ(due(every5, in(zone), utc("2026-11-20T15:00"), utc("2026-11-20T15:05")),
              (Due{.tick = utc("2026-11-20T15:05"), .missed = 0}));
    EXPECT_EQ(due(every5, in(zone), utc("2026-11-20T15:05"), utc("2026-11-20T15:09:59")),
              std::nullopt);
    EXPECT_EQ(next_after(every5, in(zone), utc("2026-11-20T15:05")), utc("2026-11-20T15:10"));
    EXPECT_EQ(next_after(every5, in(zone), utc("2026-11-20T15:04:59")), utc("2026-11-20T15:05"));
  }
}

TEST(Interval, MissedTicksBecomeOne) {
  EXPECT_EQ(due(schedule("every 5 minutes"), in(chicago()), utc("2026-11-20T15:00"),
                utc("2026-11-20T16:02")),
            (Due{.tick = utc("2026-11-20T16:00"), .missed = 11}));
}

TEST(Interval, AClockThatWentBackOwesNothing) {
  EXPECT_EQ(due(schedule("every 5 minutes"), in(chicago()), utc("2026-11-20T15:00"),
                utc("2026-11-20T14:00")),
            std::nullopt);
}

TEST(Interval, NeitherSkipsNorDoublesOnNightsOfDst) {
  const auto every30 = schedule("every 30 minutes");
  for (const std::string_view night : {"2026-03-08T06:00", "2026-11-01T05:00"}) {
    Instant last = utc(night);
    for (int minute = 1; minute <= 240; ++minute) {
      const Instant now = utc(night) + minute * 1min;
      const auto found = due(every30, in(chicago()), last, now);
      EXPECT_EQ(found.has_value(), minute % 30 == 0) << night << " + " << minute;
      if (found) {
        EXPECT_EQ(found->missed, 0);
        last = found->tick;
      }
    }
  }
}

// Friday 2026-11-20, 06:00 in Chicago is 12:00 UTC.
TEST(InBusinessHours, TicksWhileTheWarehouseIsOpen) {
  const auto every15 = schedule("every 15 minutes in business hours");
  const auto calendar = in(chicago());
  EXPECT_EQ(due(every15, calendar, utc("2026-11-20T11:45"), utc("2026-11-20T11:59:59")),
            std::nullopt);
  EXPECT_EQ(due(every15, calendar, utc("2026-11-19T23:45"), utc("2026-11-20T12:00")),
            (Due{.tick = utc("2026-11-20T12:00"), .missed = 0}));
  EXPECT_EQ(due(every15, calendar, utc("2026-11-20T23:30"), utc("2026-11-20T23:45")),
            (Due{.tick = utc("2026-11-20T23:45"), .missed = 0}));
  EXPECT_EQ(due(every15, calendar, utc("2026-11-20T23:45"), utc("2026-11-21T00:00")), std::nullopt)
      << "18:00 is closed";
  EXPECT_EQ(next_after(every15, calendar, utc("2026-11-20T23:45")), utc("2026-11-23T12:00"))
      << "over the weekend";
}

TEST(InBusinessHours, HolidaysAreLeftOut) {
  auto calendar = in(chicago());
  calendar.holidays = days_from_text("2026-11-23, 2026-11-26").value();
  const auto every15 = schedule("every 15 minutes in business hours");
  EXPECT_EQ(next_after(every15, calendar, utc("2026-11-20T23:45")), utc("2026-11-24T12:00"));
  EXPECT_EQ(due(every15, calendar, utc("2026-11-20T23:45"), utc("2026-11-23T15:00")), std::nullopt);
  EXPECT_FALSE(is_open(calendar, utc("2026-11-26T15:00")));
  EXPECT_TRUE(is_open(calendar, utc("2026-11-27T15:00")));
}

TEST(InBusinessHours, WhatWasMissedWaitsForTheDoorToOpen) {
  const auto every15 = schedule("every 15 minutes in business hours");
  const auto calendar = in(chicago());
  // Down since Friday 17:00: four ticks were left on that day.
  EXPECT_EQ(due(every15, calendar, utc("2026-11-20T22:45"), utc("2026-11-21T15:00")), std::nullopt);
  EXPECT_EQ(due(every15, calendar, utc("2026-11-20T22:45"), utc("2026-11-23T12:00")),
            (Due{.tick = utc("2026-11-23T12:00"), .missed = 4}));
}

TEST(InBusinessHours, ATickOfTheLastMinutesIsNotTakenAfterClosing) {
  auto calendar = in(chicago());
  calendar.hours = business_hours_from_text("Mon-Fri 06:00-17:50").value();
  // 17:15 in Chicago; the next one would be at 18:00.
  const auto every45 = schedule("every 45 minutes in business hours");
  EXPECT_EQ(due(every45, calendar, utc("2026-11-20T22:30"), utc("2026-11-20T23:49")),
            (Due{.tick = utc("2026-11-20T23:15"), .missed = 0}));
  EXPECT_EQ(due(every45, calendar, utc("2026-11-20T22:30"), utc("2026-11-20T23:55")), std::nullopt);
}

TEST(InBusinessHours, FollowTheWallClockThroughDst) {
  const auto every60 = schedule("every hour in business hours");
  const auto calendar = in(chicago());
  EXPECT_EQ(next_after(every60, calendar, utc("2026-03-06T23:59")), utc("2026-03-09T11:00"))
      << "06:00 in Chicago is an hour earlier in UTC from the 8th on";
  EXPECT_EQ(next_after(every60, calendar, utc("2026-10-30T23:00")), utc("2026-11-02T12:00"));
}

TEST(InBusinessHours, NeverWhenEveryDayIsAHoliday) {
  auto calendar = in(chicago());
  for (Day day = day_from_text("2026-11-01").value(); std::ssize(calendar.holidays) < 500;
       day += std::chrono::days{1}) {
    calendar.holidays.push_back(day);
  }
  EXPECT_EQ(
      next_after(schedule("every 15 minutes in business hours"), calendar, utc("2026-11-20T12:00")),
      std::nullopt);
}

TEST(Daily, TicksOnceByTheWarehousesClock) {
  const auto daily = schedule("daily at 00:05");
  EXPECT_EQ(next_after(daily, in(chicago()), utc("2026-11-20T15:00")), utc("2026-11-21T06:05"));
  EXPECT_EQ(due(daily, in(chicago()), utc("2026-11-20T06:05"), utc("2026-11-21T06:04:59")),
            std::nullopt);
  EXPECT_EQ(due(daily, in(chicago()), utc("2026-11-20T06:05"), utc("2026-11-21T06:05")),
            (Due{.tick = utc("2026-11-21T06:05"), .missed = 0}));
  EXPECT_EQ(due(daily, in(chicago()), utc("2026-11-17T06:05"), utc("2026-11-20T15:00")),
            (Due{.tick = utc("2026-11-20T06:05"), .missed = 2}));
}

TEST(Daily, InTheGapOfSpringRunsAtTheFirstInstantAfterIt) {
  const auto daily = schedule("daily at 02:30");
  EXPECT_EQ(next_after(daily, in(chicago()), utc("2026-03-07T09:00")), utc("2026-03-08T08:00"));
  EXPECT_EQ(next_after(daily, in(chicago()), utc("2026-03-08T08:00")), utc("2026-03-09T07:30"));
  EXPECT_EQ(next_after(schedule("daily at 00:05"), in(sao_paulo()), utc("2017-10-15T00:00")),
            utc("2017-10-15T03:00"));
}

TEST(Daily, InTheRepeatedHourRunsOnce) {
  const auto daily = schedule("daily at 01:30");
  EXPECT_EQ(next_after(daily, in(chicago()), utc("2026-10-31T12:00")), utc("2026-11-01T06:30"));
  EXPECT_EQ(next_after(daily, in(chicago()), utc("2026-11-01T06:30")), utc("2026-11-02T07:30"));
  EXPECT_EQ(due(daily, in(chicago()), utc("2026-11-01T06:30"), utc("2026-11-01T07:30")),
            std::nullopt);
}

TEST(Daily, ADayThatNeverWasHasNoTick) {
  const auto daily = schedule("daily at 02:30");
  EXPECT_EQ(next_after(daily, in(apia()), utc("2011-12-29T12:30")), utc("2011-12-30T12:30"))
      << "the 31st follows the 29th";
  EXPECT_EQ(due(daily, in(apia()), utc("2011-12-29T12:30"), utc("2011-12-30T12:30")),
            (Due{.tick = utc("2011-12-30T12:30"), .missed = 0}));
}

TEST(FirstTick, IsAtOnceAndNothingWasMissed) {
  const Instant now = utc("2026-11-20T15:02:10");
  EXPECT_EQ(first_due(schedule("every 5 minutes"), in(chicago()), now),
            (Due{.tick = utc("2026-11-20T15:00"), .missed = 0}));
  EXPECT_EQ(first_due(schedule("daily at 00:05"), in(chicago()), now),
            (Due{.tick = utc("2026-11-20T06:05"), .missed = 0}));
  EXPECT_EQ(first_due(schedule("by a person"), in(chicago()), now), std::nullopt);
  EXPECT_EQ(first_due(schedule("every 15 minutes in business hours"), in(chicago()),
                      utc("2026-11-21T15:00")),
            std::nullopt);
}

// ------------------------------------------------------------------------------- properties
Zone any_zone() {
  return *rc::gen::elementOf(
      std::vector<Zone>{Zone{}, chicago(), lord_howe(), sao_paulo(), apia(), kolkata()});
}
Schedule any_schedule() {
  const auto length = *rc::gen::inRange(1, 60);
  return *rc::gen::elementOf(std::vector<Schedule>{
      Interval{.length = std::chrono::minutes{length}},
      Interval{.length = std::chrono::minutes{length * 24}},
      Interval{.length = std::chrono::minutes{length}, .business_hours = true},
      Daily{.at = std::chrono::minutes{*rc::gen::inRange(0, 1440)}}});
}
// Near the changes of the zones above.
Instant any_instant() {
  const auto from = *rc::gen::elementOf(
      std::vector<std::string_view>{"2011-12-28T00:00", "2017-10-13T00:00", "2026-03-06T00:00",
                                    "2026-04-03T00:00", "2026-10-02T00:00", "2026-10-30T00:00"});
  return utc(from) + *rc::gen::inRange(0, 4 * 24 * 3600) * 1s;
}

RC_GTEST_PROP(AnySchedule, HasTheSameTicksHoweverOftenOneLooks, ()) {
  const auto kind = any_schedule();
  auto calendar = in(any_zone());
  calendar.hours = business_hours_from_text("Mon-Sun 01:00-04:00").value();
  const Instant start = any_instant();
  const Instant end = start + 3 * 24h;
  // Asked tick by tick …
  std::vector<Instant> ticks;
  for (auto next = next_after(kind, calendar, start); next && *next <= end;
       next = next_after(kind, calendar, *next)) {
    ticks.push_back(*next);
    RC_ASSERT(ticks.size() <= 3U * 24U * 60U);
  }
  RC_ASSERT(std::ranges::is_sorted(ticks));
  // … and looked for at odd moments: every tick is taken or counted as missed, none twice.
  Instant last = start;
  std::size_t taken = 0;
  for (Instant now = start; now < end;) {
    now = std::min(end, now + *rc::gen::inRange(1, 12 * 3600) * 1s);
    const auto found = due(kind, calendar, last, now);
    if (!found) continue;
    RC_ASSERT(found->tick <= now);
    RC_ASSERT(found->tick > last);
    taken += static_cast<std::size_t>(found->missed) + 1;
    RC_ASSERT(taken <= ticks.size());
    RC_ASSERT(ticks.at(taken - 1) == found->tick);
    last = found->tick;
  }
  const auto after_last = std::ranges::count_if(ticks, [&](Instant tick) { return tick > last; });
  RC_ASSERT(taken + static_cast<std::size_t>(after_last) == ticks.size());
}

RC_GTEST_PROP(AnyDaily, TicksOncePerCalendarDay, ()) {
  const Daily daily{.at = std::chrono::minutes{*rc::gen::inRange(0, 1440)}};
  const auto calendar = in(any_zone());
  Instant at = any_instant();
  Day before{};
  for (int day = 0; day < 6; ++day) {
    const auto next = next_after(Schedule{daily}, calendar, at);
    RC_ASSERT(next.has_value());
    RC_ASSERT(calendar.zone.day(*next) > before);
    RC_ASSERT(*next - at <= 26h);
    before = calendar.zone.day(*next);
    at = *next;
  }
}

RC_GTEST_PROP(AnyText, IsRefusedOrHasOneSpelling, (const std::string& text)) {
  if (const auto read = schedule_from_text(text)) {
    RC_ASSERT(schedule_from_text(to_text(*read)).value() == *read);
  }
  if (const auto hours = business_hours_from_text(text)) {
    RC_ASSERT(business_hours_from_text(to_text(*hours)).value() == *hours);
  }
}

}  // namespace
}  // namespace tallyman::work
