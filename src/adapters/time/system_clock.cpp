#include "adapters/time/system_clock.h"

#include <time.h>

#include <algorithm>
#include <chrono>

#include "domain/base/check.h"
#include "ports/event.h"

namespace tallyman::timing {

namespace {

// Condition variables stand still while the machine sleeps: look at BOOTTIME at least this often.
constexpr std::chrono::seconds kLongestNap{5};

Micros read(clockid_t id) {
  timespec at{};
  check(clock_gettime(id, &at) == 0, "the kernel has this clock");
  return std::chrono::duration_cast<Micros>(std::chrono::seconds{at.tv_sec} +
                                            std::chrono::nanoseconds{at.tv_nsec});
}

}  // namespace

Instant SystemClock::now() { return Instant{read(CLOCK_REALTIME)}; }
Micros SystemClock::steady() { return read(CLOCK_BOOTTIME); }

ports::WaitEnd SystemClock::wait(Micros length, std::stop_token stop, ports::Event* event) {
  const Micros start = steady();
  ports::Event nobody;
  ports::Event& wake = event == nullptr ? nobody : *event;
  std::unique_lock lock(wake.mutex);
  while (true) {
    if (stop.stop_requested()) return ports::WaitEnd::stopped;
    if (wake.is_set) {
      wake.is_set = false;
      return ports::WaitEnd::woken;
    }
    const Micros passed = steady() - start;
    if (passed >= length) return ports::WaitEnd::reached;
    wake.changed.wait_for(lock, stop, std::min<Micros>(length - passed, kLongestNap),
                          [&wake] { return wake.is_set; });
  }
}

}  // namespace tallyman::timing
