// A clock that only moves when told, for tests, simulation and the demo. Waiting costs no real
// time, so a story of a week runs in a moment and always the same way.
#pragma once

#include <functional>
#include <mutex>

#include "ports/clock.h"

namespace tallyman::timing {

// Thread-safe.
class VirtualClock final : public ports::Clock {
 public:
  // Called at the start of every wait with the instant at which it would end, without any lock:
  // the pretend world may act, advance this clock, set the waiter's event or request its stop.
  using OnWait = std::function<void(Instant until)>;

  explicit VirtualClock(Instant start) : now_(start) {}

  // Moves the wall clock only, as an administrator or NTP would; steady() is untouched.
  void set(Instant wall);
  // Time passes: both clocks move. `length` is not negative.
  void advance(Micros length);
  void on_wait(OnWait hook);

  Instant now() override;
  Micros steady() override;
  // Ends at once. `reached` leaves the clocks at (at least) start + length; `woken` and `stopped`
  // leave them where they are.
  ports::WaitEnd wait(Micros length, std::stop_token stop, ports::Event* event) override;

 private:
  std::mutex mutex_;
  Instant now_;
  Micros steady_{0};
  OnWait hook_;
};

}  // namespace tallyman::timing
