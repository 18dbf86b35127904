#include "adapters/book/run_briefs.h"

#include <algorithm>

#include "adapters/book/sql/run_briefs.h"
#include "ports/statements.h"

namespace tallyman::book {

std::vector<RunBrief> list_run_briefs(ports::Tx& tx, std::string_view workflow,
                                      std::int64_t limit) {
  std::vector<RunBrief> runs;
  for (auto& row : ports::select<sql::ListRunBriefs>(tx, {.workflow = workflow, .limit = limit})) {
    runs.push_back({.id = RunId{std::move(row.run_id)},
                    .outcome = std::move(row.outcome),
                    .started = row.started_us,
                    .finished = row.finished_us,
                    .message = std::move(row.message)});
  }
  return runs;
}

std::optional<Micros> duration(const RunBrief& run) {
  if (!run.finished) return std::nullopt;
  return std::max(Micros{0}, *run.finished - run.started);
}

}  // namespace tallyman::book
