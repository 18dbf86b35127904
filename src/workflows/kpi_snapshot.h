// kpi-snapshot: one row of system_kpis per account and warehouse day, so that numbers of past days
// stay what they were. Run again on the same day it replaces the row.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "adapters/book/numbers.h"
#include "domain/base/ids.h"
#include "domain/base/zone.h"
#include "engine/worker.h"
#include "ports/database.h"

namespace tallyman::workflows {

inline constexpr std::string_view kKpiSnapshot = "kpi-snapshot";

// Up to when the numbers hold and whether they are proven.
struct KpiProof {
  Instant as_of;
  bool proven = false;
  std::string proof;
};

struct KpiSettings {
  Zone warehouse{};
  // What the pages say of the same numbers (views/proof).
  std::function<KpiProof(ports::Tx&, AccountId)> proof{};
};

// The day whose numbers a snapshot takes now. Until 6 in the morning it is the day before: a node
// that was down at 23:55 catches up, if it has seen that day.
Day kpi_day(Instant now, const Zone& warehouse);

book::Kpis count_kpis(ports::Tx& tx, AccountId account, Day day, const KpiSettings& settings);

// Writes the rows of the accounts of which this book was at work on that day: the numbers of this
// morning are nobody's yesterday. Answers how many.
std::int64_t take_kpi_snapshot(ports::Tx& tx, const RunId& run, const KpiSettings& settings);

// As the worker runs it: the rows and the run are one transaction.
engine::JobHandler kpi_snapshot(KpiSettings settings);

}  // namespace tallyman::workflows
