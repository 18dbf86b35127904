// How long what the engine leaves behind is kept.
#pragma once

#include <chrono>
#include <string>

#include "domain/base/time.h"
#include "domain/work/state.h"

namespace tallyman::work {

struct Retention {
  Micros finished_jobs = std::chrono::hours{24};  // done and cancelled
  // Done jobs of this kind come every minute and tell nothing once the next one is done.
  std::string routine_kind{};
  Micros routine_jobs = std::chrono::hours{1};
  Micros dead_jobs = std::chrono::days{30};  // somebody has to look at them
  Micros log_lines = std::chrono::days{90};
  Micros live_events = std::chrono::hours{1};
  Micros ended_nodes = std::chrono::days{7};
  Micros batches = std::chrono::hours{24};  // of runs that are over; asked for within seconds
};

// A job that ended before this is forgotten, unless another job still waits for it. `state` is one
// that is over.
inline Instant forgotten_before(JobState state, Instant now, const Retention& rules) {
  return now - (state == JobState::dead ? rules.dead_jobs : rules.finished_jobs);
}

}  // namespace tallyman::work
