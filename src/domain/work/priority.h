// Who goes first. People before everything that a schedule started.
#pragma once

namespace tallyman::work {

// The number stands in jobs.priority: smaller goes first.
enum class Priority {
  person = 0,    // somebody watches the page
  batch = 1,     // a person's larger piece of work
  sync = 2,      // the schedule
  repair = 3,    // retries of what failed before, ghosts, reconcile
  backfill = 4,  // months of history
};

}  // namespace tallyman::work
