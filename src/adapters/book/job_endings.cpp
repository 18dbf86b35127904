// The ends of attempts: what a worker tells, and what others tell of nodes that fell silent.
#include <algorithm>
#include <utility>

#include "adapters/book/job_claims.h"
#include "adapters/book/job_events.h"
#include "adapters/book/jobs.h"
#include "adapters/book/sql/job_claims.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

using work::AttemptEnd;
using work::JobState;

constexpr std::int64_t kAttemptsKept = 100;  // rows of one job

// What the rows of the attempt and of the job say.
struct Telling {
  std::string_view outcome;      // of the attempt
  std::string_view job_outcome;  // when the job is over
  std::string message{};
};

Telling telling(const EndedAttempt& ended, const work::NextState& next) {
  if (next.state == JobState::cancelled) {
    return {.outcome = "cancelled",
            .job_outcome = "cancelled",
            .message = ended.message.empty() ? "Cancelled while it ran." : ended.message};
  }
  return {.outcome = work::word(ended.end), .job_outcome = "failed", .message = ended.message};
}

// One attempt that is ours to end otherwise than done, and what follows from its end.
struct Ending {
  const EndedAttempt* ended = nullptr;
  std::string kind{};
  work::NextState next{};
  Telling told{};
};

sql::EndJob::Params end_job_params(ports::Tx& tx, const Ending& ending) {
  const EndedAttempt& ended = *ending.ended;
  sql::EndJob::Params params{};
  params.job_id = ended.held.job.value;
  params.lease_token = ended.held.token;
  params.state = work::word(ending.next.state);
  params.given_back = ending.next.counted ? 0 : 1;
  params.snoozed = ended.end == AttemptEnd::snoozed ? 1 : 0;
  if (work::is_over(ending.next.state)) {
    params.finished_us = tx.now();
    params.outcome = ending.told.job_outcome;
  } else {
    params.run_at_us = tx.now() + ending.next.pause;
  }
  params.message = ending.told.message;
  return params;
}

void end_otherwise(ports::Tx& tx, std::span<const Ending> endings, JobEvents& events) {
  std::vector<sql::EndJob::Params> jobs;
  std::vector<sql::EndAttempt::Params> attempts;
  std::vector<sql::ForgetAttempts::Params> old;
  for (const auto& ending : endings) {
    const Held& held = ending.ended->held;
    jobs.push_back(end_job_params(tx, ending));
    attempts.push_back({.job_id = held.job.value,
                        .lease_token = held.token,
                        .now_us = tx.now(),
                        .outcome = ending.told.outcome,
                        .message = ending.told.message});
    if (ending.ended->end == AttemptEnd::snoozed && held.token > kAttemptsKept) {
      old.push_back({.job_id = held.job.value, .up_to = held.token - kAttemptsKept});
    }
    if (work::is_over(ending.next.state)) {
      events.done(held.job, ending.kind, ending.told.job_outcome, ending.told.message);
    } else {
      events.changed(held.job, ending.kind, ending.next.state);
    }
  }
  ports::execute_each<sql::EndJob>(tx, jobs);
  ports::execute_each<sql::EndAttempt>(tx, attempts);
  ports::execute_each<sql::ForgetAttempts>(tx, old);
}

// Most attempts end so, and the database need not be asked about them before.
void finish(ports::Tx& tx, std::span<const EndedAttempt> all, std::vector<Settled>& settled,
            JobEvents& events) {
  std::vector<sql::FinishJob::Params> rows;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].end != AttemptEnd::done) continue;
    sql::FinishJob::Params params{};
    params.job_id = all[i].held.job.value;
    params.lease_token = all[i].held.token;
    params.now_us = tx.now();
    params.outcome = all[i].outcome;
    params.message = all[i].message;
    if (!all[i].result.empty()) params.result = all[i].result;
    rows.push_back(params);
    places.push_back(i);
  }
  if (rows.empty()) return;
  ports::select_each<sql::FinishJob>(tx, rows, [&](std::size_t index, const auto& row) {
    const std::size_t place = places[index];
    settled[place].state = JobState::done;
    events.done(all[place].held.job, row.kind, all[place].outcome, all[place].message);
  });
  ports::execute<sql::FinishAttempts>(tx, {.now_us = tx.now()});
}

// Looks at the others before it decides what becomes of their jobs.
std::vector<Ending> decide(ports::Tx& tx, std::span<const EndedAttempt> all,
                           std::vector<Settled>& settled) {
  std::vector<sql::HoldAttempt::Params> rows;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].end == AttemptEnd::done) continue;
    rows.push_back({.job_id = all[i].held.job.value, .lease_token = all[i].held.token});
    places.push_back(i);
  }
  std::vector<Ending> endings;
  ports::select_each<sql::HoldAttempt>(tx, rows, [&](std::size_t index, auto row) {
    const std::size_t place = places[index];
    const EndedAttempt& ended = all[place];
    const work::Attempt attempt{.number = row.attempt,
                                .max = row.max_attempts,
                                .cancel_requested = row.cancel_requested_us.has_value()};
    const auto next = work::after(ended.end, attempt, ended.snooze, ended.chance_permille);
    settled[place].state = next.state;
    endings.push_back(
        {.ended = &ended, .kind = std::move(row.kind), .next = next, .told = telling(ended, next)});
  });
  return endings;
}

constexpr std::int64_t kRescuedAtOnce = 200;

template <class Rows>
std::vector<Settled> end_rows(ports::Tx& tx, const Rows& rows, AttemptEnd end,
                              const std::string& message) {
  std::vector<EndedAttempt> ended;
  for (const auto& row : rows) {
    EndedAttempt one;
    one.held = {.job = JobId{row.job_id}, .token = row.lease_token};
    one.end = end;
    one.message = message;
    ended.push_back(std::move(one));
  }
  return end_attempts(tx, ended);
}

}  // namespace

std::vector<Settled> end_attempts(ports::Tx& tx, std::span<const EndedAttempt> all) {
  if (all.empty()) return {};
  std::vector<Settled> settled;
  for (const auto& ended : all) settled.push_back({.held = ended.held});
  JobEvents events;
  finish(tx, all, settled, events);
  end_otherwise(tx, decide(tx, all, settled), events);
  events.publish(tx);
  settle_dependents(tx);
  return settled;
}

std::vector<Settled> rescue_silent(ports::Tx& tx) {
  const auto rows =
      ports::select<sql::SilentJobs>(tx, {.now_us = tx.now(), .limit = kRescuedAtOnce});
  return end_rows(tx, rows, AttemptEnd::lost, "Its node fell silent.");
}

std::vector<Settled> rescue_jobs_of(ports::Tx& tx, std::string_view node) {
  const auto rows =
      ports::select<sql::RunningJobsOf>(tx, {.node_id = node, .limit = kRescuedAtOnce});
  return end_rows(tx, rows, AttemptEnd::lost, "Its node ended without notice.");
}

std::vector<Settled> hand_back_unknown(ports::Tx& tx, std::string_view node,
                                       std::span<const Held> known) {
  auto rows = ports::select<sql::RunningJobsOf>(tx, {.node_id = node, .limit = kRescuedAtOnce});
  std::erase_if(rows, [&](const auto& row) {
    const Held held{.job = JobId{row.job_id}, .token = row.lease_token};
    return std::ranges::find(known, held) != known.end();
  });
  return end_rows(tx, rows, AttemptEnd::handed_back, "");
}

}  // namespace tallyman::book
