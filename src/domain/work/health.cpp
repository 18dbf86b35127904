#include "domain/work/health.h"

#include <algorithm>

namespace tallyman::work {

namespace {

constexpr Micros kShortest = std::chrono::minutes{10};
constexpr Micros kLongest = std::chrono::hours{1};
constexpr int kPeriods = 3;

// The newest tick that should have been run by now was not. By night due() knows none.
bool is_missing(const Duty& duty, Instant now) {
  if (!duty.since || duty.is_running) return false;
  const Instant by = now - patience(duty.schedule);
  if (by <= *duty.since) return false;
  const auto tick = due(duty.schedule, duty.calendar, *duty.since, by);
  if (!tick) return false;
  return !duty.last || std::max(duty.last->started, duty.last->ended) < tick->tick;
}

}  // namespace

std::string_view word(Health health) {
  switch (health) {
    case Health::well: return "well";
    case Health::failed: return "failed";
    case Health::missing: return "missing";
  }
  return "?";
}

Micros patience(const Schedule& schedule) {
  return std::clamp(period(schedule).value_or(kLongest) * kPeriods, kShortest, kLongest);
}

Health health(const Duty& duty, Instant now) {
  if (duty.last && duty.last->has_failed) return Health::failed;
  return is_missing(duty, now) ? Health::missing : Health::well;
}

}  // namespace tallyman::work
