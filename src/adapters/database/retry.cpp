#include "adapters/database/retry.h"

#include <algorithm>
#include <stop_token>

namespace tallyman::database {

namespace {

// A server that restarts first cuts connections and then refuses them for a moment; one that
// refuses from the start is told to the caller at once.
bool worth_another_try(ports::DbError kind, int failed) {
  return ports::is_transient(kind) || (kind == ports::DbError::unreachable && failed > 1);
}

}  // namespace

std::optional<Micros> pause_before_retry(const RetryPolicy& policy, ports::DbError kind, int failed,
                                         Micros elapsed, std::uint64_t chance) {
  if (!worth_another_try(kind, failed) || failed >= policy.attempts) return std::nullopt;
  Micros pause = policy.first_pause;
  for (int step = 1; step < failed; ++step) pause = std::min(pause * 4, policy.longest_pause);
  const std::int64_t half = std::max<std::int64_t>(pause.count() / 2, 1);
  pause = Micros{half + static_cast<std::int64_t>(chance % static_cast<std::uint64_t>(half))};
  if (elapsed + pause > policy.within) return std::nullopt;
  return pause;
}

void run_with_retry(const RetryPolicy& policy, ports::Clock& clock, ports::Random& random,
                    const std::function<void()>& attempt) {
  const Micros start = clock.steady();
  for (int failed = 1;; ++failed) {
    std::optional<Micros> pause;
    try {
      return attempt();
    } catch (const ports::DbFailure& failure) {
      pause =
          pause_before_retry(policy, failure.kind(), failed, clock.steady() - start, random.next());
      if (!pause) throw;
    }
    clock.wait(*pause, std::stop_token{});
  }
}

}  // namespace tallyman::database
