// Where the schedule of a workflow stands, and what the next look at the clock makes of it. Written
// in one row that all nodes share; the decision is pure, so that all of them come to the same.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "domain/work/schedule.h"

namespace tallyman::work {

struct ScheduleState {
  std::string plan;                      // what was in force at the last change: plan_text(), "off"
  Instant since;                         // ticks after it are due
  std::optional<Instant> taken_until{};  // no tick up to here is taken again; none: never ticked
  // How often the clock was set back over ticks that had been taken. They are taken again then: an
  // hour that is lived twice has its work done twice, and none is left out.
  std::int64_t lap = 0;
  friend bool operator==(const ScheduleState&, const ScheduleState&) = default;
};

// What decides the ticks, as text: another text is another plan.
inline constexpr std::string_view kOff = "off";
std::string plan_text(const Schedule& schedule, const Calendar& calendar);

struct Plan {
  bool is_on = true;
  const Schedule& schedule;
  const Calendar& calendar;
};

struct Step {
  ScheduleState state;        // to be written
  std::optional<Due> take{};  // with the job of this tick
};

// None: nothing to write. A plan that has changed owes nothing from before the change; one that has
// never ticked begins at once.
std::optional<Step> next_step(const std::optional<ScheduleState>& state, const Plan& plan,
                              Instant now);

// When the next tick is due; in the past: overdue. None: switched off, or started by a person.
std::optional<Instant> next_run(const std::optional<ScheduleState>& state, const Plan& plan,
                                Instant now);

}  // namespace tallyman::work
