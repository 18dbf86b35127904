// When a workflow runs: a schedule read from words, and which of its ticks are due. Every node
// computes the same instants, so that a tick has one name wherever it is seen.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/base/result.h"
#include "domain/base/time.h"
#include "domain/base/zone.h"

namespace tallyman::work {

// On the whole multiples of `length` since 1970 UTC: 5 minutes are :00, :05, :10 everywhere.
struct Interval {
  std::chrono::minutes length{5};  // 1 to 1440; 1 to 60 in business hours
  bool business_hours = false;     // left out while the warehouse is closed
  friend bool operator==(const Interval&, const Interval&) = default;
};
// Once a day by the warehouse's clock. Where the clock skips that time, at the first instant after
// the gap; where it shows the time twice, at the first.
struct Daily {
  std::chrono::minutes at{0};  // after local midnight
  friend bool operator==(const Daily&, const Daily&) = default;
};
// Never by itself.
struct ByPerson {
  friend bool operator==(const ByPerson&, const ByPerson&) = default;
};
using Schedule = std::variant<ByPerson, Interval, Daily>;

// "every 5 minutes", "every 2 hours", "every 15 minutes in business hours", "daily at 00:05",
// "by a person". to_text() gives the one spelling of each.
Result<Schedule> schedule_from_text(std::string_view text);
std::string to_text(const Schedule& schedule);
inline constexpr std::string_view kSchedulesAllowed =
    "\"every N minutes\" or \"every N hours\" up to a day, \"every N minutes in business hours\" "
    "up to 60, \"daily at HH:MM\" or \"by a person\"";

// Half open: a tick at the closing minute is outside. At least one hour long.
struct BusinessHours {
  std::array<bool, 7> days{true, true, true, true, true, false, false};  // Monday first
  std::chrono::minutes opens{6 * 60};
  std::chrono::minutes closes{18 * 60};
  friend bool operator==(const BusinessHours&, const BusinessHours&) = default;
};
// "Mon-Fri 06:00-18:00", "Mon,Wed,Fri 08:00-12:00", "Mon-Sun 00:00-24:00".
Result<BusinessHours> business_hours_from_text(std::string_view text);
std::string to_text(const BusinessHours& hours);
inline constexpr std::string_view kBusinessHoursAllowed =
    "days and hours such as \"Mon-Fri 06:00-18:00\", at least one hour";

// "2026-12-25, 2027-01-01"; empty: none. Ascending, each once.
Result<std::vector<Day>> days_from_text(std::string_view text);
std::string to_text(const std::vector<Day>& days);
inline constexpr std::string_view kDaysAllowed =
    "dates such as \"2026-12-25, 2027-01-01\", at most 400";

// "06:30" is 390 minutes after midnight; "24:00" is the end of the day.
Result<std::chrono::minutes> time_of_day_from_text(std::string_view text);
std::string time_of_day(std::chrono::minutes after_midnight);

// What the warehouse's clock and door say.
struct Calendar {
  Zone zone;
  BusinessHours hours{};
  std::vector<Day> holidays{};  // ascending
};
bool is_open(const Calendar& calendar, Instant at);

struct Due {
  Instant tick;             // the newest one
  std::int64_t missed = 0;  // ticks before it that nobody took: they are done with this one
  friend bool operator==(const Due&, const Due&) = default;
};

// The tick to take now, of those in (after, now]. Outside business hours a schedule that keeps them
// waits, however much it missed.
std::optional<Due> due(const Schedule& schedule, const Calendar& calendar, Instant after,
                       Instant now);
// For a schedule that has never ticked: the one it would have taken last, so that it begins at
// once.
std::optional<Due> first_due(const Schedule& schedule, const Calendar& calendar, Instant now);

// The first tick after `after`; none when a person starts it, or the warehouse stays closed for a
// year.
std::optional<Instant> next_after(const Schedule& schedule, const Calendar& calendar,
                                  Instant after);

// How far two ticks lie apart at most, business hours aside. None: by a person.
std::optional<Micros> period(const Schedule& schedule);

}  // namespace tallyman::work
