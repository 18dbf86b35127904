// Another clock, running N times faster from now on: days pass while one watches.
#pragma once

#include "ports/clock.h"

namespace tallyman::sandbox {

class ScaledClock final : public ports::Clock {
 public:
  // `base` must outlive this clock; `speed` ≥ 1.
  ScaledClock(ports::Clock& base, int speed);

  Instant now() override;
  Micros steady() override;
  ports::WaitEnd wait(Micros length, std::stop_token stop, ports::Event* event) override;

 private:
  ports::Clock& base_;
  int speed_;
  Instant wall_start_;
  Micros steady_start_;
};

}  // namespace tallyman::sandbox
