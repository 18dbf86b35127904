#include "domain/work/health.h"

#include <string>

#include <gtest/gtest.h>

#include "domain/work/zones.h"

namespace tallyman::work {
namespace {

Instant at(const std::string& text) { return instant_from_text(text).value(); }

struct Case {
  const char* name;
  const char* schedule = "every 5 minutes";
  const char* now = "2026-11-20T18:00:00Z";  // a Friday, 12:00 at the warehouse
  const char* since = "2026-11-20T08:00:00Z";
  const char* started = nullptr;  // of the last run; it took a minute
  bool has_failed = false;
  bool is_running = false;
  Health health = Health::well;
};

const Case kCases[] = {
    {.name = "a run a moment ago", .started = "2026-11-20T17:57:00Z"},
    {.name = "the last one failed",
     .started = "2026-11-20T17:57:00Z",
     .has_failed = true,
     .health = Health::failed},
    {.name = "it failed and the next one is running: red until one succeeds",
     .started = "2026-11-20T17:57:00Z",
     .has_failed = true,
     .is_running = true,
     .health = Health::failed},
    {.name = "two ticks late", .started = "2026-11-20T17:49:00Z"},
    {.name = "more than three ticks late",
     .started = "2026-11-20T17:42:00Z",
     .health = Health::missing},
    {.name = "late, but one is running", .started = "2026-11-20T17:00:00Z", .is_running = true},
    {.name = "a long one ended a moment ago", .started = "2026-11-20T17:44:30Z"},
    {.name = "never, though there has been time enough", .health = Health::missing},
    {.name = "never, but it began a moment ago", .since = "2026-11-20T17:50:00Z"},
    {.name = "late, but it was switched on a moment ago",
     .since = "2026-11-20T17:50:00Z",
     .started = "2026-11-18T17:50:00Z"},
    {.name = "nobody here runs it", .since = nullptr, .started = "2026-11-18T17:50:00Z"},
    {.name = "by a person: none is ever missing", .schedule = "by a person"},
    {.name = "by a person, and it failed",
     .schedule = "by a person",
     .started = "2026-11-18T17:50:00Z",
     .has_failed = true,
     .health = Health::failed},
    {.name = "night, business hours only",
     .schedule = "every 5 minutes in business hours",
     .now = "2026-11-21T05:00:00Z",  // 23:00 on Friday
     .started = "2026-11-21T01:58:00Z"},
    {.name = "the weekend, business hours only",
     .schedule = "every 5 minutes in business hours",
     .now = "2026-11-22T20:00:00Z",
     .started = "2026-11-21T01:58:00Z"},
    {.name = "five minutes after opening",
     .schedule = "every 5 minutes in business hours",
     .now = "2026-11-23T12:05:00Z",
     .started = "2026-11-21T01:58:00Z"},
    {.name = "an hour after opening",
     .schedule = "every 5 minutes in business hours",
     .now = "2026-11-23T13:00:00Z",
     .started = "2026-11-21T01:58:00Z",
     .health = Health::missing},
    {.name = "night, and every five minutes round the clock",
     .now = "2026-11-21T05:00:00Z",
     .started = "2026-11-21T01:58:00Z",
     .health = Health::missing},
    {.name = "daily, before its time of today",
     .schedule = "daily at 12:30",
     .since = "2026-11-01T00:00:00Z",
     .started = "2026-11-19T18:30:00Z"},
    {.name = "daily, half an hour late",
     .schedule = "daily at 11:30",
     .since = "2026-11-01T00:00:00Z",
     .started = "2026-11-19T17:30:00Z"},
    {.name = "daily, over an hour late",
     .schedule = "daily at 10:30",
     .since = "2026-11-01T00:00:00Z",
     .started = "2026-11-19T16:30:00Z",
     .health = Health::missing},
    {.name = "the clock was set back: the last run lies ahead", .started = "2026-11-20T18:40:00Z"},
};

TEST(Health, IsRedOnlyWhenARunFailedOrAScheduledOneIsMissing) {
  for (const auto& row : kCases) {
    Duty duty{.schedule = schedule_from_text(row.schedule).value(),
              .calendar = {.zone = chicago()},
              .is_running = row.is_running};
    if (row.since != nullptr) duty.since = at(row.since);
    if (row.started != nullptr) {
      duty.last = EndedRun{.has_failed = row.has_failed,
                           .started = at(row.started),
                           .ended = at(row.started) + std::chrono::minutes{1}};
    }
    EXPECT_EQ(word(health(duty, at(row.now))), word(row.health)) << row.name;
  }
}

TEST(Health, PatienceIsThreePeriodsWithinReason) {
  const auto minutes = [](const char* schedule) {
    return std::chrono::duration_cast<std::chrono::minutes>(
               patience(schedule_from_text(schedule).value()))
        .count();
  };
  EXPECT_EQ(minutes("every 1 minutes"), 10);
  EXPECT_EQ(minutes("every 5 minutes"), 15);
  EXPECT_EQ(minutes("every 2 hours"), 60);
  EXPECT_EQ(minutes("daily at 00:05"), 60);
}

}  // namespace
}  // namespace tallyman::work
