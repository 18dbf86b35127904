// Whether one request is tried again within its run: at most 3 tries and 60 s of waiting (A11). A
// pure decision; the engine does the waiting, chance comes from outside.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "domain/base/time.h"

namespace tallyman::sync {

// Why a request has no usable answer.
enum class CallTrouble {
  unreachable,
  timeout,
  throttled,
  server_error,
  unauthorized,
  forbidden,
  not_found,
  rejected,
  unreadable,  // HTML, truncated or malformed
  too_large,
  paused,  // not sent at all
  stopped,
};

struct RetryRules {
  int tries = 3;
  Micros wait_limit = std::chrono::seconds{60};  // for all tries of one request
  Micros first_delay = std::chrono::seconds{1};
  Micros longest_delay = std::chrono::seconds{20};
  Micros rate_window = std::chrono::seconds{60};  // when a throttled answer names no reset
  Micros rate_jitter = std::chrono::seconds{2};
  int tries_when_unreadable = 2;
};

struct Tried {
  CallTrouble trouble{};
  int tries = 1;                                      // made so far, this one included
  Micros waited{};                                    // so far
  std::optional<std::chrono::seconds> reset_after{};  // X-Rate-Limit-Reset
  std::uint32_t chance_permille = 0;                  // 0 to 999
};

struct GiveUp {
  std::string_view because;
  friend bool operator==(const GiveUp&, const GiveUp&) = default;
};
struct TryAgain {
  Micros after{};
  friend bool operator==(const TryAgain&, const TryAgain&) = default;
};
using RetryDecision = std::variant<GiveUp, TryAgain>;

RetryDecision retry(const Tried& tried, const RetryRules& rules = {});

}  // namespace tallyman::sync
