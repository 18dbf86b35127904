#include "adapters/book/run_log.h"

#include <utility>

#include "adapters/book/sql/run_log.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

template <class Rows>
std::vector<RunLine> lines_from(Rows rows) {
  std::vector<RunLine> lines;
  for (auto& row : rows) {
    lines.push_back({.id = row.line_id,
                     .at = row.at_us,
                     .level = std::move(row.level),
                     .text = std::move(row.text)});
  }
  return lines;
}

}  // namespace

void add_run_lines(ports::Tx& tx, std::span<const NewRunLine> lines) {
  std::vector<sql::AddRunLine::Params> rows;
  for (const auto& line : lines) {
    rows.push_back(
        {.run_id = line.run.value, .now_us = tx.now(), .level = line.level, .text = line.text});
  }
  ports::execute_each<sql::AddRunLine>(tx, rows);
}

std::vector<RunLine> list_run_lines(ports::Tx& tx, const RunId& run, std::int64_t after,
                                    std::int64_t limit) {
  return lines_from(
      ports::select<sql::ListRunLines>(tx, {.run_id = run.value, .after = after, .limit = limit}));
}

std::vector<RunLine> list_job_lines(ports::Tx& tx, JobId job, std::int64_t after,
                                    std::int64_t limit) {
  return lines_from(
      ports::select<sql::ListJobLines>(tx, {.job_id = job.value, .after = after, .limit = limit}));
}

}  // namespace tallyman::book
