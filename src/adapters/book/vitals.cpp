#include "adapters/book/vitals.h"

#include "adapters/book/sql/vitals.h"
#include "ports/statements.h"

namespace tallyman::book {

std::vector<OutcomeCount> count_runs_by_outcome(ports::Tx& tx, AccountId account) {
  std::vector<OutcomeCount> all;
  for (auto& row : ports::select<sql::CountRunsByOutcome>(tx, {.account_id = account.value})) {
    all.push_back(
        {.workflow = std::move(row.workflow), .outcome = std::move(row.outcome), .runs = row.runs});
  }
  return all;
}

std::vector<GoodRun> last_good_runs(ports::Tx& tx, AccountId account) {
  std::vector<GoodRun> all;
  for (auto& row : ports::select<sql::LastGoodRuns>(tx, {.account_id = account.value})) {
    if (row.finished_us) {
      all.push_back({.workflow = std::move(row.workflow), .ended = *row.finished_us});
    }
  }
  return all;
}

}  // namespace tallyman::book
