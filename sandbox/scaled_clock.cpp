#include "sandbox/scaled_clock.h"

#include "domain/base/check.h"

namespace tallyman::sandbox {

ScaledClock::ScaledClock(ports::Clock& base, int speed)
    : base_(base), speed_(speed), wall_start_(base.now()), steady_start_(base.steady()) {
  check(speed >= 1, "a scaled clock runs at least as fast as its base");
}

Instant ScaledClock::now() {
  // Built on the steady clock, so that a jump of the wall clock is not multiplied.
  return wall_start_ + (base_.steady() - steady_start_) * speed_;
}

Micros ScaledClock::steady() { return steady_start_ + (base_.steady() - steady_start_) * speed_; }

ports::WaitEnd ScaledClock::wait(Micros length, std::stop_token stop, ports::Event* event) {
  return base_.wait(length / speed_, std::move(stop), event);
}

}  // namespace tallyman::sandbox
