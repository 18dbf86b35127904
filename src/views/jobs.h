// The screens Jobs, Job and the nodes that do the work, as data.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "adapters/book/job_list.h"
#include "adapters/book/nodes.h"
#include "adapters/book/run_log.h"
#include "ports/database.h"

namespace tallyman::views {

struct JobRow {
  book::Job job;
  std::vector<JobId> needs;
};

struct JobPage {
  std::vector<JobRow> rows;   // newest first
  std::optional<JobId> next;  // goes on before this one
  std::map<work::JobState, std::int64_t> counts;
};
JobPage job_page(ports::Tx& tx, const book::JobFilter& filter, std::optional<JobId> before,
                 std::int64_t limit);

struct JobDetail {
  JobRow row;
  std::vector<book::JobAttempt> attempts;
};
std::optional<JobDetail> job_detail(ports::Tx& tx, JobId id);
std::optional<JobRow> job_row(ports::Tx& tx, JobId id);

// None: there is no such job.
std::optional<std::vector<book::RunLine>> job_log(ports::Tx& tx, JobId id, std::int64_t after,
                                                  std::int64_t limit);

struct NodeRow {
  book::Node node;
  std::string_view state;  // "up", "silent", "stopped"
};
std::vector<NodeRow> node_list(ports::Tx& tx);

}  // namespace tallyman::views
