#include "adapters/time/virtual_clock.h"

#include <algorithm>
#include <utility>

#include "domain/base/check.h"
#include "ports/event.h"

namespace tallyman::timing {

namespace {

bool consume(ports::Event* event) {
  if (event == nullptr) return false;
  std::lock_guard lock(event->mutex);
  return std::exchange(event->is_set, false);
}

}  // namespace

void VirtualClock::set(Instant wall) {
  std::lock_guard lock(mutex_);
  now_ = wall;
}

void VirtualClock::advance(Micros length) {
  check(length >= Micros{0}, "time does not run backwards");
  std::lock_guard lock(mutex_);
  now_ += length;
  steady_ += length;
}

void VirtualClock::on_wait(OnWait hook) {
  std::lock_guard lock(mutex_);
  hook_ = std::move(hook);
}

Instant VirtualClock::now() {
  std::lock_guard lock(mutex_);
  return now_;
}

Micros VirtualClock::steady() {
  std::lock_guard lock(mutex_);
  return steady_;
}

ports::WaitEnd VirtualClock::wait(Micros length, std::stop_token stop, ports::Event* event) {
  if (stop.stop_requested()) return ports::WaitEnd::stopped;
  if (consume(event)) return ports::WaitEnd::woken;
  length = std::max(length, Micros{0});
  Micros end{};
  OnWait hook;
  Instant until{};
  {
    std::lock_guard lock(mutex_);
    end = steady_ + length;
    until = now_ + length;
    hook = hook_;
  }
  if (hook) {
    hook(until);
    if (stop.stop_requested()) return ports::WaitEnd::stopped;
    if (consume(event)) return ports::WaitEnd::woken;
  }
  std::lock_guard lock(mutex_);
  const Micros left = std::max(end - steady_, Micros{0});  // the world may have moved us already
  now_ += left;
  steady_ += left;
  return ports::WaitEnd::reached;
}

}  // namespace tallyman::timing
