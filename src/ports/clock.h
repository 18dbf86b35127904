// Time from outside. All waiting in the program goes through Clock::wait.
#pragma once

#include <stop_token>

#include "domain/base/time.h"

namespace tallyman::ports {

// Something a waiter can be woken by (a job arrived, a run was asked for). set() may come from any
// thread; wait() consumes it.
class Event;

enum class WaitEnd { reached, woken, stopped };

class Clock {
 public:
  virtual ~Clock() = default;
  // The wall clock, UTC. May jump; never use it to measure a duration.
  virtual Instant now() = 0;
  // Microseconds since some fixed point that never jumps (suspend counts). For durations.
  virtual Micros steady() = 0;
  // Returns when steady() has advanced by `length`, `stop` is requested, or `event` (may be null)
  // is set, whichever comes first.
  virtual WaitEnd wait(Micros length, std::stop_token stop, Event* event = nullptr) = 0;
};

}  // namespace tallyman::ports
