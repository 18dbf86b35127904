// What becomes of a job when an attempt has ended. Pure; chance comes from outside.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "domain/base/time.h"
#include "domain/work/state.h"

namespace tallyman::work {

inline constexpr Micros kLongestRetryDelay = std::chrono::hours{1};

// The wait after the n-th failed attempt: n^4 seconds, up to a tenth more or less, at most an hour.
// `chance_permille` is 0 to 999.
Micros retry_delay(std::int64_t attempt, std::uint32_t chance_permille);

enum class AttemptEnd {
  done,             // the whole of the work
  snoozed,          // later, and not counted: the partner asked us to wait
  failed,           // counted, and tried again
  failed_for_good,  // no retry helps
  lost,             // its node fell silent: counted, and tried again at once
  handed_back,      // its node ends: not counted, no failure
};

// As job_attempts.outcome says it; for `done` the handler's own word stands there.
std::string_view word(AttemptEnd end);

struct Attempt {
  std::int64_t number = 1;  // this one included: 1, 2, …
  std::int64_t max = 1;
  bool cancel_requested = false;
};

struct NextState {
  JobState state = JobState::available;
  Micros pause{};       // before it may run again; for a snooze the one asked for
  bool counted = true;  // false: the number of this attempt is given again
  friend bool operator==(const NextState&, const NextState&) = default;
};

// `snooze`: how long, when the end is that.
NextState after(AttemptEnd end, const Attempt& attempt, Micros snooze,
                std::uint32_t chance_permille);

}  // namespace tallyman::work
