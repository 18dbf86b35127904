// The schedule in the database: where each workflow's stands (schedules) and which ticks were taken
// (schedule_ticks). When a tick is due is decided in domain/work.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/book/jobs.h"
#include "domain/work/schedule_state.h"
#include "ports/database.h"

namespace tallyman::book {

std::map<std::string, work::ScheduleState, std::less<>> list_schedules(ports::Tx& tx);

// Locked until commit, so that of all nodes one looks at a time. None: never looked at.
std::optional<work::ScheduleState> hold_schedule(ports::Tx& tx, std::string_view workflow);
void save_schedule(ports::Tx& tx, std::string_view workflow, const work::ScheduleState& state);

// Writes the tick and its job down together. None: another node has taken this tick. A job of this
// kind that is still waiting or running does for the tick as well (NewJob::unique_key).
std::optional<Enqueued> take_tick(ports::Tx& tx, std::string_view workflow, const work::Due& tick,
                                  std::int64_t lap, const NewJob& job);

struct MissedTicks {
  std::int64_t ticks = 0;
  std::optional<Instant> last{};  // when that was noticed
};
// Noticed since then, by workflow.
std::map<std::string, MissedTicks, std::less<>> missed_ticks(ports::Tx& tx, Instant since);

// The running job of each single flight: workflows by their name.
std::map<std::string, JobId, std::less<>> running_flights(ports::Tx& tx, AccountId account);

}  // namespace tallyman::book
