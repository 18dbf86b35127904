#include "views/workflows.h"

#include <algorithm>

#include "adapters/book/controls.h"
#include "adapters/book/settings.h"

namespace tallyman::views {

namespace {

constexpr Micros kMissedShown = std::chrono::days{7};
constexpr std::int64_t kRunsMeasured = 100;
constexpr std::ptrdiff_t kRunsShown = 30;
constexpr std::string_view kNoRow =
    "Its row in workflow_controls is missing: nothing runs until it is switched on.";

// Read once for all workflows.
struct Known {
  settings::Values values;
  work::Calendar calendar;
  std::map<std::string, work::ScheduleState, std::less<>> states;
  std::map<std::string, book::MissedTicks, std::less<>> missed;
  std::map<std::string, JobId, std::less<>> running;
  std::vector<book::Control> controls;
};

template <class Map>
auto value_in(const Map& map, std::string_view key) -> std::optional<typename Map::mapped_type> {
  const auto found = map.find(key);
  if (found == map.end()) return std::nullopt;
  return found->second;
}

void add_switch(Workflow& workflow, const std::vector<book::Control>& controls) {
  const auto control = std::ranges::find(controls, workflow.facts.name, &book::Control::workflow);
  if (control == controls.end()) {
    workflow.reason = kNoRow;
  } else {
    workflow.enabled = control->enabled;
    workflow.reason = control->reason;
    workflow.changed = control->changed;
    workflow.changed_by = control->changed_by;
  }
  if (!workflow.facts.is_set_up) {
    workflow.state = WorkflowState::not_set_up;
  } else {
    workflow.state = workflow.enabled ? WorkflowState::on : WorkflowState::off;
  }
}

void add_schedule(Workflow& workflow, const Known& known, Instant now) {
  const auto& name = workflow.facts.name;
  workflow.schedule = known.values.schedule(name);
  workflow.warning = known.values.of(settings::schedule_key(name)).warning;
  workflow.calendar = known.calendar;
  const work::Plan plan{.is_on = workflow.state == WorkflowState::on,
                        .schedule = workflow.schedule,
                        .calendar = known.calendar};
  workflow.next_run = work::next_run(value_in(known.states, name), plan, now);
  workflow.missed = value_in(known.missed, name).value_or(book::MissedTicks{});
  workflow.running = value_in(known.running, name);
}

void add_runs(Workflow& workflow, std::vector<book::RunBrief> newest_first) {
  std::vector<Micros> durations;
  for (const auto& run : newest_first) {
    const auto length = book::duration(run);
    if (length && run.outcome != "skipped") durations.push_back(*length);
  }
  workflow.p95 = p95(std::move(durations));
  const auto shown = std::min(kRunsShown, std::ssize(newest_first));
  workflow.runs.assign(newest_first.begin(), newest_first.begin() + shown);
  std::ranges::reverse(workflow.runs);
}

}  // namespace

std::string_view word(WorkflowState state) {
  switch (state) {
    case WorkflowState::on: return "on";
    case WorkflowState::off: return "off";
    case WorkflowState::not_set_up: return "not_set_up";
  }
  return "?";
}

std::optional<Micros> p95(std::vector<Micros> durations) {
  if (durations.empty()) return std::nullopt;
  std::ranges::sort(durations);
  const auto rank = (durations.size() * 95 + 99) / 100;  // the nearest rank, from 1
  return durations.at(rank - 1);
}

std::vector<Workflow> workflows(ports::Tx& tx, const WorkflowRules& rules) {
  settings::Values values(rules.table, rules.configured, book::stored_settings(tx));
  auto calendar = values.calendar(rules.warehouse);
  const Known known{.values = std::move(values),
                    .calendar = std::move(calendar),
                    .states = book::list_schedules(tx),
                    .missed = book::missed_ticks(tx, tx.now() - kMissedShown),
                    .running = book::running_flights(tx, rules.account),
                    .controls = book::list_controls(tx)};
  std::vector<Workflow> all;
  for (const auto& facts : rules.workflows) {
    auto& workflow = all.emplace_back();
    workflow.facts = facts;
    add_switch(workflow, known.controls);
    add_schedule(workflow, known, tx.now());
    add_runs(workflow, book::list_run_briefs(tx, facts.name, kRunsMeasured));
  }
  return all;
}

}  // namespace tallyman::views
