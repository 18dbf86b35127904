// One place for a running job, with its thread. Private to engine.
#pragma once

#include <memory>
#include <optional>

#include "adapters/book/job_claims.h"
#include "engine/job_run.h"
#include "engine/worker.h"

namespace tallyman::engine {

// All but `wake` and `thread` under Worker::mutex_.
struct Worker::Slot {
  ports::Event wake;
  // Shared: the heart looks at runs without the lock while their handlers may end.
  std::shared_ptr<JobRun> run;
  bool working = false;  // in its handler
  bool let_go = false;   // its handler ignored its stop: what it answers does not count
  std::optional<book::EndedAttempt> ended;  // not yet in the database
  std::unique_ptr<ports::Thread> thread;    // last: joins before the rest goes

  bool is_free() const { return run == nullptr; }
  // After each change: free again when nothing is left to do.
  void settle() {
    if (working || ended) return;
    run.reset();
    let_go = false;
  }
};

}  // namespace tallyman::engine
