// When calls to a partner are paused: after failures in a row, for longer each time, until one
// probe is answered. Pure; the state is shared by all nodes through the table `breakers`. Not to be
// mixed up with domain/sync/breaker, which tells bad rows from a bad source.
#pragma once

#include <cstdint>
#include <string_view>

#include "domain/base/time.h"

namespace tallyman::work {

enum class BreakerState { closed, open, probing };
std::string_view word(BreakerState state);
BreakerState breaker_state_from(std::string_view word);  // closed for an unknown word

struct Breaker {
  BreakerState state = BreakerState::closed;
  std::int64_t failures = 0;  // in a row
  std::int64_t openings = 0;  // in a row, without an answer in between
  Instant next_probe{};       // open: when one is let through; probing: when it counts as lost
  friend bool operator==(const Breaker&, const Breaker&) = default;
};

struct BreakerRules {
  std::int64_t failures = 5;
  Micros first_pause = std::chrono::seconds{30};
  Micros longest_pause = std::chrono::minutes{10};
  Micros probe_time = std::chrono::minutes{3};  // a probe without an end is lost: somebody died
};

enum class Admission { pass, probe, refuse };
Admission admit(const Breaker& breaker, Instant now, const BreakerRules& rules = {});
// The breaker while a probe is under way.
Breaker probing(const Breaker& breaker, Instant now, const BreakerRules& rules = {});

// `failed`: unreachable, timeout, 501 to 599. `neither` says nothing about the partner: we stopped,
// we asked wrongly, or it was a bare 500, which at ShipStation may be one broken order of a page;
// the reader asks around that one and ends a real outage after twenty of them (facts/shipstation.md
// §8.2).
enum class CallEnd { answered, failed, neither };

struct Ended {
  CallEnd end = CallEnd::answered;
  Admission admission = Admission::pass;  // as which it was let through
  Instant now;
  std::uint32_t chance_permille = 500;  // 0 to 999: nodes do not come back together
};
Breaker after(const Breaker& breaker, const Ended& call, const BreakerRules& rules = {});

}  // namespace tallyman::work
