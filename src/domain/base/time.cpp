#include "domain/base/time.h"

#include <cctype>
#include <cstdio>
#include <optional>

namespace tallyman {

namespace {

// Reads exactly `count` digits at `at`; advances.
std::optional<int> digits(std::string_view text, std::size_t& at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const char c = text[at + i];
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  at += count;
  return value;
}

bool eat(std::string_view text, std::size_t& at, char wanted) {
  if (at >= text.size() || text[at] != wanted) return false;
  ++at;
  return true;
}

std::optional<Day> eat_day(std::string_view text, std::size_t& at) {
  const auto year = digits(text, at, 4);
  if (!year || !eat(text, at, '-')) return std::nullopt;
  const auto month = digits(text, at, 2);
  if (!month || !eat(text, at, '-')) return std::nullopt;
  const auto day = digits(text, at, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day ymd{std::chrono::year{*year},
                                        std::chrono::month{static_cast<unsigned>(*month)},
                                        std::chrono::day{static_cast<unsigned>(*day)}};
  if (!ymd.ok()) return std::nullopt;
  return Day{ymd};
}

// Seconds and up to nine fraction digits; digits beyond microseconds are dropped.
std::optional<Micros> eat_fraction(std::string_view text, std::size_t& at) {
  if (!eat(text, at, '.')) return Micros{0};
  std::int64_t value = 0;
  int count = 0;
  while (at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0) {
    if (count < 6) value = value * 10 + (text[at] - '0');
    ++count;
    ++at;
  }
  if (count == 0 || count > 9) return std::nullopt;
  for (; count < 6; ++count) value *= 10;
  return Micros{value};
}

std::optional<std::chrono::minutes> eat_offset(std::string_view text, std::size_t& at) {
  if (eat(text, at, 'Z') || eat(text, at, 'z')) return std::chrono::minutes{0};
  if (at >= text.size() || (text[at] != '+' && text[at] != '-')) return std::nullopt;
  const int sign = text[at++] == '-' ? -1 : 1;
  const auto hours = digits(text, at, 2);
  if (!hours || *hours > 23) return std::nullopt;
  int minutes = 0;
  if (at < text.size()) {
    eat(text, at, ':');
    const auto read = digits(text, at, 2);
    if (!read || *read > 59) return std::nullopt;
    minutes = *read;
  }
  return std::chrono::minutes{sign * (*hours * 60 + minutes)};
}

std::optional<LocalTime> eat_wall_clock(std::string_view text, std::size_t& at) {
  const auto day = eat_day(text, at);
  if (!day || (!eat(text, at, 'T') && !eat(text, at, ' '))) return std::nullopt;
  const auto hour = digits(text, at, 2);
  if (!hour || *hour > 23 || !eat(text, at, ':')) return std::nullopt;
  const auto minute = digits(text, at, 2);
  if (!minute || *minute > 59 || !eat(text, at, ':')) return std::nullopt;
  const auto second = digits(text, at, 2);
  if (!second || *second > 60) return std::nullopt;
  const auto fraction = eat_fraction(text, at);
  if (!fraction) return std::nullopt;
  return LocalTime{*day} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
         std::chrono::seconds{*second} + *fraction;
}

}  // namespace

std::string to_text(Day day) {
  const std::chrono::year_month_day ymd{day};
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(ymd.year()),
                static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
  return text;
}

std::string to_text(Instant at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::hh_mm_ss<Micros> clock{at - day};
  char text[32];
  std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%06dZ", static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()),
                static_cast<int>(clock.subseconds().count()));
  return to_text(Day{day.time_since_epoch()}) + text;
}

Result<Day> day_from_text(std::string_view text) {
  std::size_t at = 0;
  const auto day = eat_day(text, at);
  if (!day || at != text.size()) return problem("expected a date like 2026-11-20");
  return *day;
}

Result<LocalTime> local_time_from_text(std::string_view text) {
  std::size_t at = 0;
  const auto wall = eat_wall_clock(text, at);
  if (!wall || at != text.size()) return problem("expected a time like 2026-11-20T06:30:00.123");
  return *wall;
}

Result<Instant> instant_from_text(std::string_view text) {
  std::size_t at = 0;
  const auto wall = eat_wall_clock(text, at);
  if (!wall) return problem("expected a time like 2026-11-20T06:30:00Z");
  const auto offset = eat_offset(text, at);
  if (!offset || at != text.size()) return problem("expected a time ending in Z or an offset");
  return Instant{wall->time_since_epoch() - *offset};
}

}  // namespace tallyman
