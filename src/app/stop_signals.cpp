#include "app/stop_signals.h"

#include <signal.h>
#include <unistd.h>

#include <ctime>

namespace tallyman::app {

namespace {

constexpr int kInterrupted = 130;

sigset_t stop_set() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

}  // namespace

StopSignals::StopSignals() {
  const sigset_t set = stop_set();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  // A peer that closed its connection is an error of write(), not the end of the program.
  signal(SIGPIPE, SIG_IGN);
  // Nor is a file that may not grow further: the database then says that the disk is full.
  signal(SIGXFSZ, SIG_IGN);
  listener_ = std::jthread([this](const std::stop_token& stop) { listen(stop); });
}

StopSignals::~StopSignals() = default;

void StopSignals::listen(const std::stop_token& stop) {
  const sigset_t set = stop_set();
  const timespec look_up{.tv_sec = 0, .tv_nsec = 200'000'000};
  while (!stop.stop_requested()) {
    if (sigtimedwait(&set, nullptr, &look_up) < 0) continue;
    if (stop_.stop_requested()) _exit(kInterrupted);
    stop_.request_stop();
  }
}

}  // namespace tallyman::app
