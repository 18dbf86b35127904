#include "adapters/book/job_list.h"

#include <limits>
#include <utility>

#include "adapters/book/job_rows.h"
#include "adapters/book/sql/job_list.h"
#include "adapters/book/text_view.h"
#include "ports/statements.h"

namespace tallyman::book {

std::vector<Job> list_jobs(ports::Tx& tx, const JobFilter& filter, std::optional<JobId> before,
                           std::int64_t limit) {
  sql::ListJobs::Params params{};
  if (filter.state) params.state = work::word(*filter.state);
  params.kind = view(filter.kind);
  params.without_done = view(filter.without_done);
  params.before = before ? before->value : std::numeric_limits<std::int64_t>::max();
  params.limit = limit;
  std::vector<Job> jobs;
  for (auto& row : ports::select<sql::ListJobs>(tx, params)) {
    jobs.push_back(job_from(std::move(row)));
  }
  return jobs;
}

std::map<work::JobState, std::int64_t> count_jobs(ports::Tx& tx,
                                                  const std::optional<std::string>& without_done) {
  std::map<work::JobState, std::int64_t> counts;
  for (const work::JobState state : work::kJobStates) counts[state] = 0;
  for (const auto& row : ports::select<sql::CountJobs>(tx, {.without_done = view(without_done)})) {
    counts[job_state_of(row.state)] = row.jobs;
  }
  return counts;
}

std::vector<std::vector<JobId>> list_needs(ports::Tx& tx, std::span<const Job> jobs) {
  std::vector<sql::ListNeeds::Params> params;
  for (const auto& job : jobs) params.push_back({.job_id = job.id.value});
  std::vector<std::vector<JobId>> needs(jobs.size());
  ports::select_each<sql::ListNeeds>(tx, params, [&](std::size_t index, const auto& row) {
    needs[index].push_back(JobId{row.needs});
  });
  return needs;
}

std::vector<JobAttempt> list_attempts(ports::Tx& tx, JobId job) {
  std::vector<JobAttempt> attempts;
  for (auto& row : ports::select<sql::ListAttempts>(tx, {.job_id = job.value})) {
    attempts.push_back({.number = row.attempt_no,
                        .run = RunId{std::move(row.run_id)},
                        .node = node_for_people(row.holder, std::move(row.node_id)).value_or("?"),
                        .started = row.started_us,
                        .ended = row.ended_us,
                        .outcome = std::move(row.outcome),
                        .message = std::move(row.message)});
  }
  return attempts;
}

}  // namespace tallyman::book
