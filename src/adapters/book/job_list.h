// Jobs as pages list them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "adapters/book/jobs.h"
#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::book {

struct JobFilter {
  std::optional<work::JobState> state{};
  std::optional<std::string> kind{};
  std::optional<std::string> without_done{};  // not the done ones of this kind
};
// Newest first, those before `before` (the newest when none).
std::vector<Job> list_jobs(ports::Tx& tx, const JobFilter& filter, std::optional<JobId> before,
                           std::int64_t limit);

// Every state is in it. `without_done` as in the filter.
std::map<work::JobState, std::int64_t> count_jobs(
    ports::Tx& tx, const std::optional<std::string>& without_done = {});

// What each of the jobs waits or waited for, in their order.
std::vector<std::vector<JobId>> list_needs(ports::Tx& tx, std::span<const Job> jobs);

struct JobAttempt {
  std::int64_t number = 1;  // one that was handed back or snoozed has the number of the next
  RunId run;
  std::string node{};  // for people
  Instant started{};
  std::optional<Instant> ended{};
  std::string outcome{};  // "running", "lost", "snoozed", "handed back", "failed", "cancelled", or
                          // what the handler said of its work
  std::string message{};
};
// Oldest first.
std::vector<JobAttempt> list_attempts(ports::Tx& tx, JobId job);

}  // namespace tallyman::book
