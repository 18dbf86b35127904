#include "domain/work/breaker.h"

#include <algorithm>

namespace tallyman::work {

namespace {

constexpr std::int64_t kMostDoublings = 20;

// Twice as long each time, a tenth more or less.
Micros pause(std::int64_t openings, std::uint32_t chance_permille, const BreakerRules& rules) {
  const auto doublings = std::clamp<std::int64_t>(openings - 1, 0, kMostDoublings);
  const Micros whole =
      std::min(rules.longest_pause, rules.first_pause * (std::int64_t{1} << doublings));
  return whole * (900 + std::min<std::int64_t>(chance_permille, 999) / 5) / 1000;
}

Breaker opened(Breaker breaker, const Ended& call, const BreakerRules& rules) {
  ++breaker.openings;
  breaker.state = BreakerState::open;
  breaker.next_probe = call.now + pause(breaker.openings, call.chance_permille, rules);
  return breaker;
}

}  // namespace

std::string_view word(BreakerState state) {
  switch (state) {
    case BreakerState::closed: return "closed";
    case BreakerState::open: return "open";
    case BreakerState::probing: return "probing";
  }
  return "?";
}

BreakerState breaker_state_from(std::string_view word_of) {
  for (const auto state : {BreakerState::open, BreakerState::probing}) {
    if (word_of == word(state)) return state;
  }
  return BreakerState::closed;
}

Admission admit(const Breaker& breaker, Instant now, const BreakerRules& rules) {
  if (breaker.state == BreakerState::closed) return Admission::pass;
  // Further away than any pause: the clock was put back.
  const bool nonsense = breaker.next_probe - now > 2 * rules.longest_pause;
  return now >= breaker.next_probe || nonsense ? Admission::probe : Admission::refuse;
}

Breaker probing(const Breaker& breaker, Instant now, const BreakerRules& rules) {
  Breaker next = breaker;
  next.state = BreakerState::probing;
  next.next_probe = now + rules.probe_time;
  return next;
}

Breaker after(const Breaker& breaker, const Ended& call, const BreakerRules& rules) {
  Breaker next = breaker;
  if (call.admission == Admission::probe) {
    if (call.end == CallEnd::answered) return {};
    if (call.end == CallEnd::neither) {  // it decided nothing: the next caller probes
      next.state = BreakerState::open;
      next.next_probe = call.now;
      return next;
    }
    ++next.failures;
    return opened(next, call, rules);
  }
  // Calls that began before it opened decide nothing any more.
  if (breaker.state != BreakerState::closed) return breaker;
  if (call.end == CallEnd::answered) return {};
  if (call.end == CallEnd::neither) return breaker;
  ++next.failures;
  return next.failures < rules.failures ? next : opened(next, call, rules);
}

}  // namespace tallyman::work
