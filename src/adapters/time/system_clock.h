// The real clock. Durations come from CLOCK_BOOTTIME, so that a suspended machine neither cuts a
// lease short nor stretches a wait.
#pragma once

#include "ports/clock.h"

namespace tallyman::timing {

// Thread-safe; any number of threads may wait.
class SystemClock final : public ports::Clock {
 public:
  Instant now() override;
  Micros steady() override;
  ports::WaitEnd wait(Micros length, std::stop_token stop, ports::Event* event) override;
};

}  // namespace tallyman::timing
