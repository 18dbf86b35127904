// The screen Workflows, as data: what runs when, who switched it off and why, how its last runs
// went.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/book/run_briefs.h"
#include "adapters/book/schedule.h"
#include "domain/base/ids.h"
#include "domain/base/zone.h"
#include "domain/settings/values.h"
#include "ports/database.h"

namespace tallyman::views {

// What the program knows of a workflow without the book.
struct WorkflowFacts {
  std::string name;
  std::string description;
  std::string effect_of_off;
  bool is_set_up = true;  // its partner has credentials, or it needs none
};

struct WorkflowRules {
  AccountId account = kDefaultAccount;
  std::vector<WorkflowFacts> workflows;
  Zone warehouse;
  const settings::Table& table;
  const settings::Configured& configured;
};

enum class WorkflowState { on, off, not_set_up };
std::string_view word(WorkflowState state);

struct Workflow {
  WorkflowFacts facts;
  WorkflowState state = WorkflowState::off;
  bool enabled = false;
  std::string reason;  // why it is off
  std::optional<Instant> changed;
  std::string changed_by;
  work::Schedule schedule;
  work::Calendar calendar;
  std::string warning;              // the schedule that somebody wrote is not allowed; empty: fine
  std::optional<Instant> next_run;  // in the past: overdue
  book::MissedTicks missed;         // noticed in the last seven days
  std::optional<JobId> running;
  std::optional<Micros> p95;         // of the last 100 runs that ran and ended
  std::vector<book::RunBrief> runs;  // at most the last 30, newest last
};

// In the order of the rules.
std::vector<Workflow> workflows(ports::Tx& tx, const WorkflowRules& rules);

// The duration that 95 of 100 stay below or meet; none without any.
std::optional<Micros> p95(std::vector<Micros> durations);

}  // namespace tallyman::views
