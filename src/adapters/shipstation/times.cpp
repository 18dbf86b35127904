#include "adapters/shipstation/times.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

#include "domain/base/check.h"

namespace tallyman::shipstation {

namespace {

constexpr std::size_t kDayLength = 10;  // "2015-07-16"

constexpr std::array<std::string_view, 7> kWeekdays = {"Sun", "Mon", "Tue", "Wed",
                                                       "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<int> number(std::string_view text) {
  int value = 0;
  if (!std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string filter_text(Instant at, const Zone& zone) {
  const LocalTime wall = std::chrono::floor<std::chrono::seconds>(zone.to_local(at));
  const Day day = day_of(wall);
  const auto year = std::chrono::year_month_day{day}.year();
  check(year >= std::chrono::year{0} && year <= std::chrono::year{9999}, "a bound has a year");
  const std::chrono::hh_mm_ss clock{std::chrono::duration_cast<std::chrono::seconds>(wall - day)};
  char text[40];
  std::snprintf(text, sizeof text, " %02d:%02d:%02d", static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return to_text(day) + text;
}

Result<Instant> stamp_from_text(std::string_view text, const Zone& zone) {
  if (const auto wall = local_time_from_text(text)) return zone.earliest(*wall);
  if (const auto instant = instant_from_text(text)) return *instant;
  if (const auto day = day_from_text(text)) return zone.earliest(LocalTime{*day});
  return problem("expected a time like 2015-07-16T14:00:34.823");
}

Result<Day> day_from_stamp(std::string_view text) {
  // The whole text must be sound, so that a garbled stamp is not half believed.
  if (!stamp_from_text(text, Zone{})) return problem("expected a date like 2015-07-16");
  return day_from_text(text.substr(0, kDayLength));
}

std::optional<Instant> instant_from_http_date(std::string_view text) {
  const bool shape = text.size() == 29 && text.substr(3, 2) == ", " && text[7] == ' ' &&
                     text[11] == ' ' && text[16] == ' ' && text[19] == ':' && text[22] == ':' &&
                     text.substr(25) == " GMT";
  if (!shape) return std::nullopt;
  if (std::ranges::find(kWeekdays, text.substr(0, 3)) == kWeekdays.end()) return std::nullopt;
  const auto month = std::ranges::find(kMonths, text.substr(8, 3));
  const auto day = number(text.substr(5, 2));
  const auto year = number(text.substr(12, 4));
  const auto hour = number(text.substr(17, 2));
  const auto minute = number(text.substr(20, 2));
  const auto second = number(text.substr(23, 2));
  if (month == kMonths.end() || !day || !year || !hour || !minute || !second) return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  const std::chrono::year_month_day date{
      std::chrono::year{*year},
      std::chrono::month{static_cast<unsigned>(month - kMonths.begin()) + 1U},
      std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return Instant{std::chrono::sys_days{date}} + std::chrono::hours{*hour} +
         std::chrono::minutes{*minute} + std::chrono::seconds{*second};
}

}  // namespace tallyman::shipstation
