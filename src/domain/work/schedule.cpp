#include "domain/work/schedule.h"

#include <algorithm>

namespace tallyman::work {

namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr int kLongestClosed = 400;  // days looked ahead for the next open one

// The largest multiple of `length` at or before `at`.
Instant grid_at_or_before(Instant at, minutes length) {
  const Micros step = length;
  auto count = at.time_since_epoch() / step;
  if (at.time_since_epoch() % step < Micros{0}) --count;
  return Instant{count * step};
}

// Multiples of `length` in (after, until].
std::int64_t grid_count(Instant after, Instant until, minutes length) {
  if (until <= after) return 0;
  const Micros step = length;
  return (grid_at_or_before(until, length) - grid_at_or_before(after, length)) / step;
}

bool is_business_day(const Calendar& calendar, Day day) {
  const auto index = std::chrono::weekday{day}.iso_encoding() - 1;
  return calendar.hours.days.at(index) && !std::ranges::binary_search(calendar.holidays, day);
}

// [first, second): the instants at which the warehouse is open on a business day.
struct OpenHours {
  Instant opens;
  Instant closes;
};
OpenHours open_hours(const Calendar& calendar, Day day) {
  return {calendar.zone.earliest(LocalTime{day} + calendar.hours.opens),
          calendar.zone.earliest(LocalTime{day} + calendar.hours.closes)};
}

// A zone that moved across the date line has days that never were.
bool exists(const Zone& zone, Day day) { return zone.day(zone.earliest(LocalTime{day})) == day; }

// ---------------------------------------------------------------------------------- intervals
std::int64_t count(const Interval& interval, const Calendar& calendar, Instant after,
                   Instant until) {
  if (!interval.business_hours) return grid_count(after, until, interval.length);
  std::int64_t ticks = 0;
  const Day last = calendar.zone.day(until);
  for (Day day = calendar.zone.day(after); day <= last; day += days{1}) {
    if (!is_business_day(calendar, day)) continue;
    const auto hours = open_hours(calendar, day);
    // Counted are ticks in (from, to]; the tick at the opening itself belongs to the day.
    const Instant from = std::max(after, hours.opens - Micros{1});
    const Instant to = std::min(until, hours.closes - Micros{1});
    ticks += grid_count(from, to, interval.length);
  }
  return ticks;
}

std::optional<Due> due(const Interval& interval, const Calendar& calendar, Instant after,
                       Instant now) {
  if (interval.business_hours && !is_open(calendar, now)) return std::nullopt;
  const auto ticks = count(interval, calendar, after, now);
  if (ticks == 0) return std::nullopt;
  const Instant newest = grid_at_or_before(now, interval.length);
  // Just opened, and no tick since: what was missed before waits for the first tick of today.
  if (interval.business_hours && !is_open(calendar, newest)) return std::nullopt;
  return Due{.tick = newest, .missed = ticks - 1};
}

std::optional<Instant> next_after(const Interval& interval, const Calendar& calendar,
                                  Instant after) {
  const Instant next = grid_at_or_before(after, interval.length) + interval.length;
  if (!interval.business_hours || is_open(calendar, next)) return next;
  Day day = calendar.zone.day(after);
  for (int ahead = 0; ahead <= kLongestClosed; ++ahead, day += days{1}) {
    if (!is_business_day(calendar, day)) continue;
    const auto hours = open_hours(calendar, day);
    const Instant first =
        grid_at_or_before(hours.opens - Micros{1}, interval.length) + interval.length;
    if (first > after && first < hours.closes) return first;
  }
  return std::nullopt;
}

// ---------------------------------------------------------------------------------- daily
std::optional<Instant> tick_of(const Daily& daily, const Zone& zone, Day day) {
  if (!exists(zone, day)) return std::nullopt;
  return zone.earliest(LocalTime{day} + daily.at);
}

std::optional<Due> due(const Daily& daily, const Calendar& calendar, Instant after, Instant now) {
  std::optional<Due> found;
  const Day last = calendar.zone.day(now);
  // A tick that falls into a gap at midnight is one day late on the calendar.
  for (Day day = calendar.zone.day(after) - days{1}; day <= last; day += days{1}) {
    const auto tick = tick_of(daily, calendar.zone, day);
    if (!tick || *tick <= after || *tick > now) continue;
    found = Due{.tick = *tick, .missed = found ? found->missed + 1 : 0};
  }
  return found;
}

std::optional<Instant> next_after(const Daily& daily, const Calendar& calendar, Instant after) {
  Day day = calendar.zone.day(after) - days{1};
  for (int ahead = 0; ahead <= 4; ++ahead, day += days{1}) {
    const auto tick = tick_of(daily, calendar.zone, day);
    if (tick && *tick > after) return tick;
  }
  return std::nullopt;
}

// ---------------------------------------------------------------------------------- by a person
std::optional<Due> due(const ByPerson&, const Calendar&, Instant, Instant) { return std::nullopt; }
std::optional<Instant> next_after(const ByPerson&, const Calendar&, Instant) {
  return std::nullopt;
}

Micros period_of(const Interval& interval) { return interval.length; }
Micros period_of(const Daily&) { return days{1}; }

}  // namespace

bool is_open(const Calendar& calendar, Instant at) {
  const Day day = calendar.zone.day(at);
  if (!is_business_day(calendar, day)) return false;
  const auto hours = open_hours(calendar, day);
  return at >= hours.opens && at < hours.closes;
}

std::optional<Due> due(const Schedule& schedule, const Calendar& calendar, Instant after,
                       Instant now) {
  if (now <= after) return std::nullopt;
  return std::visit([&](const auto& kind) { return due(kind, calendar, after, now); }, schedule);
}

std::optional<Due> first_due(const Schedule& schedule, const Calendar& calendar, Instant now) {
  const auto length = period(schedule);
  if (!length) return std::nullopt;
  // A day may be an hour longer than a day.
  const Micros back =
      std::holds_alternative<Daily>(schedule) ? *length + std::chrono::hours{1} : *length;
  auto found = due(schedule, calendar, now - back, now);
  if (found) found->missed = 0;
  return found;
}

std::optional<Instant> next_after(const Schedule& schedule, const Calendar& calendar,
                                  Instant after) {
  return std::visit([&](const auto& kind) { return next_after(kind, calendar, after); }, schedule);
}

std::optional<Micros> period(const Schedule& schedule) {
  if (const auto* interval = std::get_if<Interval>(&schedule)) return period_of(*interval);
  if (const auto* daily = std::get_if<Daily>(&schedule)) return period_of(*daily);
  return std::nullopt;
}

}  // namespace tallyman::work
