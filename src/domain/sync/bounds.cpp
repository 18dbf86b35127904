#include "domain/sync/bounds.h"

#include <chrono>

namespace tallyman::sync {
namespace {

using namespace std::chrono_literals;

}  // namespace

Instant second_of(Instant at) { return std::chrono::floor<std::chrono::seconds>(at); }

Instant bound_below(Instant stamp) { return second_of(stamp) - 1s; }
Instant bound_above(Instant stamp) { return second_of(stamp) + 2s; }
Instant bound_after_window(Instant to) { return to - 1s; }

bool repeated(const RepeatedHours& hour, Instant at) {
  return hour && at >= hour->first && at < hour->end;
}

Instant outside_hour_down(const RepeatedHours& hour, Instant bound) {
  return repeated(hour, bound) ? second_of(hour->first) - 1s : bound;
}

Instant outside_hour_up(const RepeatedHours& hour, Instant bound) {
  return repeated(hour, bound) ? second_of(hour->end) + 2s : bound;
}

std::optional<Misfit> misfit(const Answer& answer, const Ask& ask, const RepeatedHours& hour) {
  const auto key = [&](Instant at) { return repeated(hour, at) ? hour->first : at; };
  std::optional<Instant> previous;
  for (const RowFact& row : answer.rows) {
    if (!row.stamp) continue;
    if (previous && key(*row.stamp) < key(*previous)) return Misfit::descends;
    previous = row.stamp;
    if (ask.from && *row.stamp < *ask.from - 1s) return Misfit::outside_bounds;
    if (ask.to && *row.stamp > *ask.to + 2s) return Misfit::outside_bounds;
  }
  return std::nullopt;
}

}  // namespace tallyman::sync
