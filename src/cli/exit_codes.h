// What the program's exit status means (docs/cli.md).
#pragma once

namespace tallyman::cli {

enum class Exit : int {
  done = 0,
  failed = 1,
  usage = 2,
  differences = 3,
  credentials = 4,
  conflict = 5,     // a lock or lease is held, or a plan is out of date
  unreachable = 6,  // the partner cannot be reached or throttles us
  partly = 7,       // done, but something is in quarantine
  still_running = 8,
  interrupted = 130,
};

}  // namespace tallyman::cli
