// From when on something is an alarm (requirements A14).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "domain/base/time.h"

namespace tallyman::alerts {

struct Limits {
  Micros long_run = std::chrono::seconds{60};
  Micros unmoved = std::chrono::hours{2};        // of read_until
  std::size_t failures = 3;                      // in a row
  Micros silent_node = std::chrono::minutes{2};  // since its last heartbeat
  Micros open_breaker = std::chrono::minutes{10};
  Micros settle = std::chrono::minutes{15};  // after a start, before silence counts
  std::uint64_t low_disk = 1ULL << 30U;      // bytes: a warning
  std::uint64_t full_disk = 200ULL << 20U;   // bytes: critical
  int missed_intervals = 3;                  // of a schedule that ticks several times a day
  int missed_days = 1;                       // of one that ticks daily
  Micros missed_grace = std::chrono::minutes{2};
  Micros daily_grace = std::chrono::hours{1};
  Micros mail_pause = std::chrono::hours{1};  // between mails about the same thing
};

// Texts in findings end here, in bytes: what a partner sent may be long.
inline constexpr std::size_t kSubjectBytes = 80;
inline constexpr std::size_t kQuoteBytes = 300;

}  // namespace tallyman::alerts
