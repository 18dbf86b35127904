#include "domain/alerts/deadline.h"

namespace tallyman::alerts {

namespace {
constexpr Micros kRarely = std::chrono::hours{12};  // between ticks: each one counts
}

std::optional<Instant> due_by(const work::Schedule& schedule, const work::Calendar& calendar,
                              Instant since, const Limits& limits) {
  const auto period = work::period(schedule);
  if (!period) return std::nullopt;
  const bool is_rare = *period >= kRarely;
  Instant tick = since;
  for (int left = is_rare ? limits.missed_days : limits.missed_intervals; left > 0; --left) {
    const auto next = work::next_after(schedule, calendar, tick);
    if (!next) return std::nullopt;
    tick = *next;
  }
  return tick + (is_rare ? limits.daily_grace : limits.missed_grace);
}

}  // namespace tallyman::alerts
