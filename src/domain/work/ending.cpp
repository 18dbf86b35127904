#include "domain/work/ending.h"

#include <algorithm>

namespace tallyman::work {

Micros retry_delay(std::int64_t attempt, std::uint32_t chance_permille) {
  constexpr std::int64_t kFarEnough = 8;  // 8^4 s is more than an hour
  const std::int64_t n = std::clamp<std::int64_t>(attempt, 1, kFarEnough);
  const Micros base = std::chrono::seconds{n * n * n * n};
  const Micros tenth = base / 10;
  const Micros chance = 2 * tenth * std::min<std::int64_t>(chance_permille, 999) / 999;
  return std::min(base - tenth + chance, kLongestRetryDelay);
}

std::string_view word(AttemptEnd end) {
  switch (end) {
    case AttemptEnd::done: return "ok";
    case AttemptEnd::snoozed: return "snoozed";
    case AttemptEnd::failed:
    case AttemptEnd::failed_for_good: return "failed";
    case AttemptEnd::lost: return "lost";
    case AttemptEnd::handed_back: return "handed back";
  }
  return "?";
}

NextState after(AttemptEnd end, const Attempt& attempt, Micros snooze,
                std::uint32_t chance_permille) {
  if (end == AttemptEnd::done) return {.state = JobState::done};
  if (attempt.cancel_requested) return {.state = JobState::cancelled};
  switch (end) {
    case AttemptEnd::done: break;
    case AttemptEnd::snoozed:
      return {.state = JobState::available, .pause = std::max(snooze, Micros{0}), .counted = false};
    case AttemptEnd::handed_back: return {.state = JobState::available, .counted = false};
    case AttemptEnd::failed_for_good: break;
    case AttemptEnd::lost:
      if (attempt.number < attempt.max) return {.state = JobState::available};
      break;
    case AttemptEnd::failed:
      if (attempt.number < attempt.max) {
        return {.state = JobState::available,
                .pause = retry_delay(attempt.number, chance_permille)};
      }
      break;
  }
  return {.state = JobState::dead};
}

}  // namespace tallyman::work
