#include "adapters/book/schedule.h"

#include "adapters/book/sql/schedule.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

constexpr Micros kTicksKept = std::chrono::days{30};

template <class Row>
work::ScheduleState state_from(const Row& row) {
  return {
      .plan = row.plan, .since = row.since_us, .taken_until = row.taken_until_us, .lap = row.lap};
}

}  // namespace

std::map<std::string, work::ScheduleState, std::less<>> list_schedules(ports::Tx& tx) {
  std::map<std::string, work::ScheduleState, std::less<>> all;
  for (const auto& row : ports::select<sql::ListSchedules>(tx, {})) {
    all.emplace(row.workflow, state_from(row));
  }
  return all;
}

std::optional<work::ScheduleState> hold_schedule(ports::Tx& tx, std::string_view workflow) {
  const auto row = ports::select_one<sql::HoldSchedule>(tx, {.workflow = workflow});
  if (!row) return std::nullopt;
  return state_from(*row);
}

void save_schedule(ports::Tx& tx, std::string_view workflow, const work::ScheduleState& state) {
  ports::execute<sql::SaveSchedule>(tx, {.workflow = workflow,
                                         .plan = state.plan,
                                         .since_us = state.since,
                                         .taken_until_us = state.taken_until,
                                         .lap = state.lap});
}

std::optional<Enqueued> take_tick(ports::Tx& tx, std::string_view workflow, const work::Due& tick,
                                  std::int64_t lap, const NewJob& job) {
  // A tick of a later lap is another tick of the same instant: a microsecond tells them apart.
  const Instant key = tick.tick + Micros{lap};
  const auto row = ports::select_one<sql::TakeTick>(
      tx, {.workflow = workflow, .tick_us = key, .missed = tick.missed, .now_us = tx.now()});
  if (!row) return std::nullopt;
  const Enqueued enqueued = enqueue(tx, job);
  ports::execute<sql::NoteTickJob>(
      tx, {.workflow = workflow, .tick_us = key, .job_id = enqueued.job.value});
  ports::execute<sql::ForgetTicks>(tx, {.workflow = workflow, .before_us = tx.now() - kTicksKept});
  return enqueued;
}

std::map<std::string, MissedTicks, std::less<>> missed_ticks(ports::Tx& tx, Instant since) {
  std::map<std::string, MissedTicks, std::less<>> all;
  for (const auto& row : ports::select<sql::MissedTicks>(tx, {.since_us = since})) {
    auto& one = all[row.workflow];
    one.ticks += row.missed;
    one.last = row.last_us;
  }
  return all;
}

std::map<std::string, JobId, std::less<>> running_flights(ports::Tx& tx, AccountId account) {
  std::map<std::string, JobId, std::less<>> running;
  for (const auto& row : ports::select<sql::RunningFlights>(tx, {.account_id = account.value})) {
    running.emplace(row.single_flight, JobId{row.job_id});
  }
  return running;
}

}  // namespace tallyman::book
