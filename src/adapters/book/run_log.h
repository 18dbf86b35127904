// The lines of runs: what a handler said while it worked.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::book {

struct NewRunLine {
  RunId run;
  std::string level = "info";  // "info", "warning", "error"
  std::string text{};          // without secrets and personal data
};
void add_run_lines(ports::Tx& tx, std::span<const NewRunLine> lines);

struct RunLine {
  std::int64_t id = 0;  // grows
  Instant at{};
  std::string level{};
  std::string text{};
};
// The lines after `after`, oldest first.
std::vector<RunLine> list_run_lines(ports::Tx& tx, const RunId& run, std::int64_t after,
                                    std::int64_t limit);
// The same of all attempts of a job.
std::vector<RunLine> list_job_lines(ports::Tx& tx, JobId job, std::int64_t after,
                                    std::int64_t limit);

}  // namespace tallyman::book
