// Numbers for whoever watches the program from outside.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "ports/database.h"

namespace tallyman::book {

struct OutcomeCount {
  std::string workflow;
  std::string outcome;  // never "running"
  std::int64_t runs = 0;
};
std::vector<OutcomeCount> count_runs_by_outcome(ports::Tx& tx, AccountId account);

struct GoodRun {
  std::string workflow;
  Instant ended;
};
// The last one of each workflow that did its work, wholly or in part.
std::vector<GoodRun> last_good_runs(ports::Tx& tx, AccountId account);

}  // namespace tallyman::book
