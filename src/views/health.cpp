#include "views/health.h"

#include <algorithm>
#include <ranges>

namespace tallyman::views {

namespace {

std::optional<work::EndedRun> last_ended(const Workflow& workflow) {
  for (const auto& run : std::ranges::reverse_view(workflow.runs)) {
    if (!run.finished || run.outcome == "running" || run.outcome == "skipped") continue;
    return work::EndedRun{
        .has_failed = run.outcome == "failed", .started = run.started, .ended = *run.finished};
  }
  return std::nullopt;
}

}  // namespace

work::Health health_of(const Workflow& workflow, std::optional<Instant> up_since, Instant now) {
  work::Duty duty{.schedule = workflow.schedule,
                  .calendar = workflow.calendar,
                  .last = last_ended(workflow),
                  .is_running = workflow.running.has_value(),
                  .since = up_since};
  if (duty.since && workflow.changed) duty.since = std::max(*duty.since, *workflow.changed);
  return work::health(duty, now);
}

}  // namespace tallyman::views
