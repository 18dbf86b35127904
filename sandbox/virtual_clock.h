// A clock that moves only when told: waiting is the same as moving it. For stories on one thread.
#pragma once

#include "ports/clock.h"
#include "ports/event.h"

namespace tallyman::sandbox {

class VirtualClock final : public ports::Clock {
 public:
  explicit VirtualClock(Instant start) : now_(start) {}

  Instant now() override {
    std::lock_guard lock(mutex_);
    return now_;
  }
  Micros steady() override {
    std::lock_guard lock(mutex_);
    return steady_;
  }
  // Advances at once by `length`, unless already stopped or woken.
  ports::WaitEnd wait(Micros length, std::stop_token stop, ports::Event* event) override {
    if (stop.stop_requested()) return ports::WaitEnd::stopped;
    if (event != nullptr) {
      std::lock_guard lock(event->mutex);
      if (std::exchange(event->is_set, false)) return ports::WaitEnd::woken;
    }
    advance(length);
    return ports::WaitEnd::reached;
  }

  void advance(Micros length) {
    std::lock_guard lock(mutex_);
    now_ += length;
    steady_ += length;
  }
  // The wall clock jumps; durations do not.
  void jump_to(Instant at) {
    std::lock_guard lock(mutex_);
    now_ = at;
  }

 private:
  std::mutex mutex_;
  Instant now_;
  Micros steady_{0};
};

}  // namespace tallyman::sandbox
