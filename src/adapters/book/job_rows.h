// From a row of a statement about jobs to the job. Private to book.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "adapters/book/jobs.h"
#include "domain/base/check.h"

namespace tallyman::book {

inline work::JobState job_state_of(std::string_view text) {
  const auto state = work::job_state_from(text);
  check(state.has_value(), "the database knows only our six states");
  return *state;
}

// "web1, process 4711 #…" without what only machines read; the node's id when it is not known.
inline std::optional<std::string> node_for_people(const std::optional<std::string>& holder,
                                                  std::optional<std::string> node_id) {
  if (holder) return holder->substr(0, holder->find(" #"));
  return node_id;
}

template <class Row>
Job job_from(Row row) {
  Job job{.id = JobId{row.job_id},
          .account = AccountId{row.account_id},
          .kind = std::move(row.kind),
          .args = std::move(row.args),
          .unique_key = std::move(row.unique_key),
          .single_flight = std::move(row.single_flight),
          .priority = static_cast<work::Priority>(row.priority),
          .state = job_state_of(row.state),
          .asked_by = std::move(row.asked_by),
          .why = std::move(row.why),
          .enqueued = row.enqueued_us,
          .run_at = row.run_at_us,
          .timeout = Micros{row.timeout_us},
          .attempt = row.attempt,
          .max_attempts = row.max_attempts,
          .snoozes = row.snoozes,
          .node = node_for_people(row.holder, row.node_id),
          .node_id = std::move(row.node_id),
          .run = std::nullopt,
          .lease_token = row.lease_token,
          .lease_until = row.lease_until_us,
          .deadline = row.deadline_us,
          .started = row.started_us,
          .finished = row.finished_us,
          .cancel_requested = row.cancel_requested_us,
          .cancel_requested_by = std::move(row.cancel_requested_by),
          .phase = std::move(row.phase),
          .progress_done = row.progress_done,
          .progress_total = row.progress_total,
          .cursor = std::move(row.cursor),
          .outcome = std::move(row.outcome),
          .message = std::move(row.message),
          .result = std::move(row.result),
          .redrive_of = std::nullopt};
  if (row.run_id) job.run = RunId{std::move(*row.run_id)};
  if (row.redrive_of) job.redrive_of = JobId{*row.redrive_of};
  return job;
}

}  // namespace tallyman::book
