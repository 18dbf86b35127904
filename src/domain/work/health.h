// Whether a scheduled workflow is well. Red means that its last run failed or that a scheduled one
// is missing – never that it is night, that it is switched off or not set up.
#pragma once

#include <optional>
#include <string_view>

#include "domain/base/time.h"
#include "domain/work/schedule.h"

namespace tallyman::work {

enum class Health { well, failed, missing };
std::string_view word(Health health);

struct EndedRun {
  bool has_failed = false;
  Instant started{};
  Instant ended{};
};

// What a workflow that is switched on and set up is measured by.
struct Duty {
  Schedule schedule{};
  Calendar calendar{};
  std::optional<EndedRun> last{};  // the last one that really ran
  bool is_running = false;
  // Since when somebody is there to run it, and it is switched on. None: nobody is; what is not run
  // is then missed by another program.
  std::optional<Instant> since{};
};

// How late a run may be: three periods, at least 10 minutes and at most an hour.
Micros patience(const Schedule& schedule);

Health health(const Duty& duty, Instant now);

}  // namespace tallyman::work
