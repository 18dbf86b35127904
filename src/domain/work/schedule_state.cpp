#include "domain/work/schedule_state.h"

#include <algorithm>

namespace tallyman::work {

namespace {

// Two nodes that disagree about the plan (their files differ) see it change at every look. Looking
// back for longer than they look apart, none of them leaves a tick out.
constexpr Micros kLookBack = std::chrono::minutes{1};

constexpr Micros kDoneAgain = std::chrono::hours{1};
constexpr Micros kSkew = std::chrono::minutes{1};

std::string text_of(const Plan& plan) {
  return plan.is_on ? plan_text(plan.schedule, plan.calendar) : std::string(kOff);
}

std::optional<Due> due_now(const Plan& plan, Instant after, Instant now) {
  return plan.is_on ? due(plan.schedule, plan.calendar, after, now) : std::nullopt;
}

Step take(ScheduleState state, const Due& tick) {
  state.since = tick.tick;
  state.taken_until = tick.tick;
  return {.state = std::move(state), .take = tick};
}

Step first_step(ScheduleState state, const Plan& plan, Instant now) {
  const auto tick =
      plan.is_on ? first_due(plan.schedule, plan.calendar, now) : std::optional<Due>{};
  if (tick) return take(std::move(state), *tick);
  return {.state = std::move(state)};
}

// How far a clock that was set back is waited for. Work that is done within the hour is rather done
// again than late; what runs seldom is not done twice. Two servers of a database may differ a bit.
Micros patience(const Schedule& schedule) {
  const Micros length = period(schedule).value_or(Micros{0});
  return length <= kDoneAgain ? kSkew : length;
}

bool was_set_back(const ScheduleState& state, const Plan& plan, Instant now) {
  return plan.is_on && period(plan.schedule) && state.since > now + patience(plan.schedule);
}

}  // namespace

std::string plan_text(const Schedule& schedule, const Calendar& calendar) {
  const auto* interval = std::get_if<Interval>(&schedule);
  std::string text = to_text(schedule);
  if (interval != nullptr && interval->business_hours) {
    text += " (" + to_text(calendar.hours) + "; " + to_text(calendar.holidays) + ")";
  }
  const bool is_local =
      std::holds_alternative<Daily>(schedule) || (interval != nullptr && interval->business_hours);
  return is_local ? text + ", " + calendar.zone.name() : text;
}

std::optional<Step> next_step(const std::optional<ScheduleState>& state, const Plan& plan,
                              Instant now) {
  ScheduleState next = state.value_or(ScheduleState{.plan = {}, .since = now});
  const std::string text = text_of(plan);
  const bool is_changed = next.plan != text;
  next.plan = text;
  if (!next.taken_until) {
    auto step = first_step(std::move(next), plan, now);
    return step.take || is_changed ? std::optional(std::move(step)) : std::nullopt;
  }
  if (was_set_back(next, plan, now)) {
    ++next.lap;
    next.since = now;
    next.taken_until = now;
    return Step{.state = std::move(next)};
  }
  if (is_changed) {
    const auto tick = due_now(plan, std::max(*next.taken_until, now - kLookBack), now);
    if (!tick) {
      next.since = std::max(next.since, now);
      return Step{.state = std::move(next)};
    }
    return take(std::move(next), *tick);
  }
  if (const auto tick = due_now(plan, next.since, now)) return take(std::move(next), *tick);
  return std::nullopt;
}

std::optional<Instant> next_run(const std::optional<ScheduleState>& state, const Plan& plan,
                                Instant now) {
  if (!plan.is_on) return std::nullopt;
  if (!state || !state->taken_until) {
    if (first_due(plan.schedule, plan.calendar, now)) return now;
    return next_after(plan.schedule, plan.calendar, now);
  }
  const bool is_same = state->plan == text_of(plan) && !was_set_back(*state, plan, now);
  const Instant after = is_same ? state->since : now;
  const auto next = next_after(plan.schedule, plan.calendar, after);
  // What was missed in the evening waits for the morning.
  const bool waits = next && *next <= now && !due(plan.schedule, plan.calendar, after, now);
  return waits ? next_after(plan.schedule, plan.calendar, now) : next;
}

}  // namespace tallyman::work
