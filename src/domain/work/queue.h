// Who goes first among jobs that may begin.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <tuple>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "domain/work/priority.h"

namespace tallyman::work {

inline constexpr Micros kAgeing = std::chrono::minutes{15};  // of waiting: one level further ahead

// The level after ageing. Level 0 is for people alone: nobody who watches a page waits behind a
// backlog, however old it is; among the rest the oldest comes to level 1 within the hour.
constexpr std::int64_t effective_level(Priority priority, Instant run_at, Instant now) {
  const auto level = static_cast<std::int64_t>(priority);
  if (level <= 1) return level;
  const std::int64_t aged = std::max(now - run_at, Micros{0}) / kAgeing;
  return std::max<std::int64_t>(level - aged, 1);
}

struct InQueue {
  JobId job;
  Priority priority = Priority::sync;
  Instant run_at{};
};

constexpr bool goes_before(const InQueue& a, const InQueue& b, Instant now) {
  return std::tuple(effective_level(a.priority, a.run_at, now), a.run_at, a.job) <
         std::tuple(effective_level(b.priority, b.run_at, now), b.run_at, b.job);
}

}  // namespace tallyman::work
