// Bounds for a server that filters by whole seconds of a wall clock and may or may not include them
// (facts/shipstation.md §3): always wide enough, never inside an hour that the clock shows twice.
#pragma once

#include <optional>
#include <string>

#include "domain/base/time.h"
#include "domain/base/zone.h"
#include "domain/sync/page.h"

namespace tallyman::sync {

Instant second_of(Instant at);

// The lower bound that surely lists everything stamped at or after `stamp`.
Instant bound_below(Instant stamp);
// The upper bound that surely lists everything of the second of `stamp` and of the next one. Who
// has read up to it goes on with bound_after_window().
Instant bound_above(Instant stamp);
// The lower bound behind a window that was read up to `to`: nothing between is left out.
Instant bound_after_window(Instant to);

using RepeatedHours = std::optional<RepeatedHour>;

bool repeated(const RepeatedHours& hour, Instant at);
Instant outside_hour_down(const RepeatedHours& hour, Instant bound);
Instant outside_hour_up(const RepeatedHours& hour, Instant bound);

enum class Misfit { descends, outside_bounds };
// Whether the rows cannot be the answer to the question. Stamps within a repeated hour are equal.
std::optional<Misfit> misfit(const Answer& answer, const Ask& ask, const RepeatedHours& hour);

}  // namespace tallyman::sync
