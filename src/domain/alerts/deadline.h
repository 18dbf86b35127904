// By when a scheduled workflow must have run, so that its silence is noticed.
#pragma once

#include <optional>

#include "domain/alerts/limits.h"
#include "domain/base/time.h"
#include "domain/work/schedule.h"

namespace tallyman::alerts {

// So many ticks after `since` (its last run, or when it was switched on), and a moment more. Closed
// days count as the schedule counts them. None: it has no ticks.
std::optional<Instant> due_by(const work::Schedule& schedule, const work::Calendar& calendar,
                              Instant since, const Limits& limits = {});

}  // namespace tallyman::alerts
