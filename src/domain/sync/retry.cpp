#include "domain/sync/retry.h"

#include <algorithm>

namespace tallyman::sync {
namespace {

// What a trouble calls for. `twice`: once more, since a proxy's error page or a cut connection may
// stand for the answer; a second one is the answer.
enum class Remedy { back_off, rate_window, twice, none };

struct Row {
  Remedy remedy;
  std::string_view because;  // when there is no remedy
};

Row row_of(CallTrouble trouble) {
  switch (trouble) {
    case CallTrouble::unreachable:
    case CallTrouble::timeout:
    case CallTrouble::server_error: return {Remedy::back_off, {}};
    case CallTrouble::throttled: return {Remedy::rate_window, {}};
    case CallTrouble::unreadable: return {Remedy::twice, {}};
    case CallTrouble::unauthorized: return {Remedy::none, "the credentials were refused"};
    case CallTrouble::forbidden: return {Remedy::none, "access is not allowed"};
    case CallTrouble::not_found: return {Remedy::none, "it was not found"};
    case CallTrouble::rejected: return {Remedy::none, "the request was refused as wrong"};
    case CallTrouble::too_large: return {Remedy::none, "the answer is too large"};
    case CallTrouble::paused: return {Remedy::none, "calls are paused after failures"};
    case CallTrouble::stopped: return {Remedy::none, "stopped"};
  }
  return {Remedy::none, "unknown trouble"};
}

Micros share(Micros most, std::uint32_t permille) {
  return most * std::min<std::int64_t>(permille, 999) / 1000;
}

// Anything between nothing and the cap, so that many callers do not come back together.
Micros back_off(const Tried& tried, const RetryRules& rules) {
  const int doublings = std::clamp(tried.tries - 1, 0, 20);
  const Micros cap =
      std::min(rules.longest_delay, rules.first_delay * (std::int64_t{1} << doublings));
  return share(cap, tried.chance_permille);
}

}  // namespace

RetryDecision retry(const Tried& tried, const RetryRules& rules) {
  const Row row = row_of(tried.trouble);
  if (row.remedy == Remedy::none) return GiveUp{row.because};
  const int tries = row.remedy == Remedy::twice ? std::min(rules.tries, rules.tries_when_unreadable)
                                                : rules.tries;
  if (tried.tries >= tries) return GiveUp{"tried often enough in this run"};

  const Micros left = rules.wait_limit - tried.waited;
  if (row.remedy != Remedy::rate_window) {
    const Micros after = back_off(tried, rules);
    if (after > left) return GiveUp{"waited long enough in this run"};
    return TryAgain{after};
  }
  // A throttled caller that comes back early is only throttled again: all of the wait, or none.
  const Micros reset =
      std::max(Micros{0}, tried.reset_after ? Micros{*tried.reset_after} : rules.rate_window);
  if (reset > left) return GiveUp{"the rate limit resets too late for this run"};
  return TryAgain{std::min(left, reset + share(rules.rate_jitter, tried.chance_permille))};
}

}  // namespace tallyman::sync
