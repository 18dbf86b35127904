// When a transaction that failed is worth doing again, and after which pause. The only retry in
// this room; nothing above it repeats a transaction for the same reasons.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "ports/clock.h"
#include "ports/database.h"
#include "ports/random.h"

namespace tallyman::database {

struct RetryPolicy {
  int attempts = 5;            // in all, the first included
  Micros within{30'000'000};   // no new attempt later than this after the first
  Micros first_pause{50'000};  // grows fourfold, half of it by chance
  Micros longest_pause{5'000'000};
};

// The pause before the next attempt after `failed` attempts (1 …) and `elapsed` since the first
// one began; nothing = give up. Pure; `chance` is any random number.
std::optional<Micros> pause_before_retry(const RetryPolicy& policy, ports::DbError kind, int failed,
                                         Micros elapsed, std::uint64_t chance);

// Runs `attempt` until it returns, fails for good, or the policy ends; then throws its failure.
void run_with_retry(const RetryPolicy& policy, ports::Clock& clock, ports::Random& random,
                    const std::function<void()>& attempt);

}  // namespace tallyman::database
