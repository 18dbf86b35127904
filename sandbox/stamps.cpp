#include "sandbox/stamps.h"

#include <chrono>
#include <cstdint>

#include <fmt/format.h>

namespace tallyman::sandbox {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hh_mm_ss;
using std::chrono::seconds;
using std::chrono::year_month_day;

std::string seconds_form(LocalTime at) {
  const Day day = day_of(at);
  const hh_mm_ss<seconds> time{floor<seconds>(at - day)};
  return fmt::format("{}T{:02}:{:02}:{:02}", day_form(day), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

std::int64_t milliseconds(LocalTime at) {
  return (at - floor<seconds>(at)) / std::chrono::milliseconds{1};
}

}  // namespace

LocalTime stamp(const Zone& zone, Instant at) {
  // SQL Server's datetime counts 1/300 s and shows .000, .003, .007 (facts/shipstation.md §3.3).
  const LocalTime local = zone.to_local(at);
  const auto second = floor<seconds>(local);
  const std::int64_t micros = (local - second).count();
  const std::int64_t ticks = (micros * 3 + 5'000) / 10'000;
  return second + std::chrono::milliseconds{(ticks * 10 + 1) / 3};
}

std::string day_form(Day day) {
  const year_month_day date{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string long_form(LocalTime at) {
  return fmt::format("{}.{:03}0000", seconds_form(at), milliseconds(at));
}

std::string short_form(LocalTime at) {
  std::string text = fmt::format("{}.{:03}", seconds_form(at), milliseconds(at));
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string http_date(Instant at) {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = floor<days>(at);
  const year_month_day date{day};
  const hh_mm_ss<seconds> time{floor<seconds>(at - day)};
  return fmt::format(
      "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[std::chrono::weekday{day}.c_encoding()],
      static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
      static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
      time.seconds().count());
}

Result<LocalTime> bound_from_text(std::string_view text, const Zone& zone) {
  if (const auto day = day_from_text(text)) return LocalTime{*day};
  if (const auto naive = local_time_from_text(text)) return floor<seconds>(*naive);
  // An explicit offset is accepted by the real server (facts/shipstation.md §3.6).
  if (const auto instant = instant_from_text(text)) {
    return floor<seconds>(zone.to_local(*instant));
  }
  return problem(fmt::format("'{}' is not a date", text));
}

}  // namespace tallyman::sandbox
