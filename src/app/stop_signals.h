// SIGINT and SIGTERM as a stop token: the first asks everything to end, the second ends at once.
#pragma once

#include <stop_token>
#include <thread>

#include "ports/event.h"

namespace tallyman::app {

class StopSignals {
 public:
  // Before any other thread is started, so that they inherit the blocked signals.
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  std::stop_token token() const { return stop_.get_token(); }

 private:
  void listen(const std::stop_token& stop);

  std::stop_source stop_;
  std::jthread listener_;
};

}  // namespace tallyman::app
