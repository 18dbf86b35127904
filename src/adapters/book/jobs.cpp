#include "adapters/book/jobs.h"

#include <algorithm>
#include <string>
#include <utility>

#include "adapters/book/audit.h"
#include "adapters/book/job_events.h"
#include "adapters/book/job_rows.h"
#include "adapters/book/sql/jobs.h"
#include "adapters/book/text_view.h"
#include "domain/base/check.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

using work::JobState;

struct Standing {
  JobState state = JobState::available;
  std::string message{};  // why it is cancelled
};

std::string needs_what_cannot_come(JobId need, std::string_view because) {
  return "Not started: it needs job " + std::to_string(need.value) + ", " + std::string(because) +
         ".";
}

std::string_view because(JobState state) {
  return state == JobState::cancelled ? "which was cancelled" : "which failed for good";
}

// Holds every need, so that none of them ends unseen before we commit.
Standing look_at_needs(ports::Tx& tx, std::vector<JobId> needs) {
  std::ranges::sort(needs);  // in the order of ids, so that two of us never wait for each other
  Standing standing;
  for (const JobId need : needs) {
    const auto row = ports::select_one<sql::HoldNeed>(tx, {.job_id = need.value});
    if (!row) {
      standing = {.state = JobState::cancelled,
                  .message = needs_what_cannot_come(need, "which is not known")};
      continue;
    }
    const JobState state = job_state_of(row->state);
    if (state == JobState::cancelled || state == JobState::dead) {
      standing = {.state = JobState::cancelled,
                  .message = needs_what_cannot_come(need, because(state))};
    } else if (state != JobState::done && standing.state == JobState::available) {
      standing.state = JobState::waiting;
    }
  }
  return standing;
}

struct Lineage {
  std::optional<std::string> cursor{};
  std::optional<std::int64_t> redrive_of{};
};

// No value: a live job has the unique key.
std::optional<JobId> insert(ports::Tx& tx, const NewJob& job, const Standing& standing,
                            const Lineage& lineage) {
  sql::InsertJob::Params params{};
  params.account_id = job.account.value;
  params.kind = job.kind;
  params.args = job.args;
  params.unique_key = view(job.unique_key);
  params.single_flight = view(job.single_flight);
  params.priority = static_cast<std::int64_t>(job.priority);
  params.state = work::word(standing.state);
  params.asked_by = job.asked_by;
  params.why = job.why;
  params.now_us = tx.now();
  params.run_at_us = job.run_at.value_or(tx.now());
  params.timeout_us = job.timeout.count();
  params.max_attempts = job.max_attempts;
  params.message = standing.message;
  params.cursor = view(lineage.cursor);
  params.redrive_of = lineage.redrive_of;
  if (standing.state == JobState::cancelled) {
    params.finished_us = tx.now();
    params.outcome = "cancelled";
  }
  const auto row = ports::select_one<sql::InsertJob>(tx, params);
  if (!row) return std::nullopt;
  return JobId{row->job_id};
}

Enqueued enqueue_as(ports::Tx& tx, const NewJob& job, const Lineage& lineage) {
  check(!job.kind.empty() && job.timeout > Micros{0} && job.max_attempts > 0,
        "a job has a kind, a timeout and attempts");
  const Standing standing = look_at_needs(tx, job.needs);
  // The job that has the key may end between the two statements: then there is room for ours.
  constexpr int kTries = 5;
  for (int tried = 0; tried < kTries; ++tried) {
    if (const auto id = insert(tx, job, standing, lineage)) {
      std::vector<sql::AddNeed::Params> needs;
      for (const JobId need : job.needs) {
        needs.push_back({.job_id = id->value, .needs = need.value});
      }
      ports::execute_each<sql::AddNeed>(tx, needs);
      JobEvents events;
      events.changed(*id, job.kind, standing.state);
      events.publish(tx);
      return {.job = *id, .already = false};
    }
    if (const auto live = find_live_job(tx, job.account, job.unique_key.value_or(""))) {
      return {.job = live->id, .already = true};
    }
  }
  throw ports::DbFailure(
      ports::DbError::serialization,
      "jobs with the key " + job.unique_key.value_or("") + " come and go too fast to add one");
}

}  // namespace

Enqueued enqueue(ports::Tx& tx, const NewJob& job) { return enqueue_as(tx, job, {}); }

std::optional<Job> find_job(ports::Tx& tx, JobId id) {
  auto row = ports::select_one<sql::FindJob>(tx, {.job_id = id.value});
  if (!row) return std::nullopt;
  return job_from(std::move(*row));
}

std::optional<Job> find_live_job(ports::Tx& tx, AccountId account, std::string_view unique_key) {
  auto row = ports::select_one<sql::FindLiveJob>(
      tx, {.account_id = account.value, .unique_key = unique_key});
  if (!row) return std::nullopt;
  return job_from(std::move(*row));
}

std::optional<Job> cancel_job(ports::Tx& tx, JobId id, std::string_view who) {
  const auto row = ports::select_one<sql::LockJob>(tx, {.job_id = id.value});
  if (!row) return std::nullopt;
  const JobState state = job_state_of(row->state);
  if (work::is_over(state)) return find_job(tx, id);
  const auto before = find_job(tx, id);
  JobEvents events;
  if (state == JobState::running) {
    ports::execute<sql::AskJobToStop>(tx, {.job_id = id.value, .who = who, .now_us = tx.now()});
    events.changed(id, before->kind, JobState::running);
  } else {
    const std::string message = "Cancelled before it began.";
    ports::execute<sql::CancelIdleJob>(
        tx, {.job_id = id.value, .who = who, .message = message, .now_us = tx.now()});
    events.done(id, before->kind, "cancelled", message);
    settle_dependents(tx);
  }
  events.publish(tx);
  audit(tx, {.who = who, .action = "job.cancel", .subject = std::to_string(id.value)});
  return find_job(tx, id);
}

std::optional<Enqueued> redrive_job(ports::Tx& tx, JobId id, std::string_view who) {
  const auto old = find_job(tx, id);
  if (!old || (old->state != JobState::dead && old->state != JobState::cancelled)) {
    return std::nullopt;
  }
  const Enqueued added = enqueue_as(tx,
                                    {.account = old->account,
                                     .kind = old->kind,
                                     .args = old->args,
                                     .unique_key = old->unique_key,
                                     .single_flight = old->single_flight,
                                     .priority = old->priority,
                                     .asked_by = std::string(who),
                                     .why = "again: job " + std::to_string(id.value),
                                     .run_at = std::nullopt,
                                     .timeout = old->timeout,
                                     .max_attempts = static_cast<int>(old->max_attempts),
                                     .needs = {}},
                                    {.cursor = old->cursor, .redrive_of = id.value});
  audit(tx, {.who = who, .action = "job.retry", .subject = std::to_string(id.value)});
  return added;
}

void settle_dependents(ports::Tx& tx) {
  JobEvents events;
  // Round by round, as deep as steps depend on steps: what is cancelled here has ended now as well.
  for (bool more = true; more;) {
    more = false;
    for (const auto& row : ports::select<sql::LockDependents>(tx, {.now_us = tx.now()})) {
      const JobId id{row.job_id};
      const JobState need = job_state_of(row.need_state);
      if (need == JobState::done) {
        if (ports::execute<sql::ReleaseWaitingJob>(tx, {.job_id = id.value}) == 1) {
          events.changed(id, row.kind, JobState::available);
        }
        continue;
      }
      const std::string message = needs_what_cannot_come(JobId{row.needs}, because(need));
      if (ports::execute<sql::CancelWaitingJob>(
              tx, {.job_id = id.value, .message = message, .now_us = tx.now()}) == 1) {
        events.done(id, row.kind, "cancelled", message);
        more = true;
      }
    }
  }
  events.publish(tx);
}

void hurry_job(ports::Tx& tx, JobId id, std::string_view asked_by, std::string_view why) {
  ports::execute<sql::HurryJob>(
      tx, {.job_id = id.value, .asked_by = asked_by, .why = why, .now_us = tx.now()});
}

}  // namespace tallyman::book
