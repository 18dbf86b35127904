// How a partner's requests of a minute are shared between people and the schedule: by an exact log,
// so that no minute, wherever it begins, holds more than the limit (facts/reliability.md A4). A
// pure rule; adapters/book keeps the log, the engine waits.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "domain/base/time.h"

namespace tallyman::work {

// The number stands in rate_grants.urgency.
enum class Urgency { person = 0, background = 1 };

inline constexpr Micros kRateWindow = std::chrono::minutes{1};

// The most requests of one window, in all and of each side. What one side may never use stays for
// the other, so that neither waits for ever: 38 in all are at most 28 of the schedule and at most
// 30 of people. Below 20 both reserves shrink with the limit.
struct RateShares {
  std::int64_t all = 0;
  std::int64_t people = 0;
  std::int64_t background = 0;
  friend bool operator==(const RateShares&, const RateShares&) = default;
};
RateShares shares_of(std::int64_t limit);
std::int64_t share(const RateShares& shares, Urgency urgency);

struct GrantSeen {
  Instant at;  // a request under a reservation may be stamped a little ahead
  Urgency urgency = Urgency::background;
};

struct RateQuestion {
  std::span<const GrantSeen> log{};  // ascending, those of the window up to `now`
  std::int64_t limit = 0;
  std::int64_t requests = 1;  // granted together or not at all
  Urgency urgency = Urgency::background;
  bool people_wait = false;  // somebody at a page was refused a moment ago
  Instant now;
  Micros window = kRateWindow;
};

// Nothing: granted. Else how long to wait before asking again; enough, when nobody else asks.
std::optional<Micros> rate_wait(const RateQuestion& question);

}  // namespace tallyman::work
