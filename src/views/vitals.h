// What a monitor of machines asks: numbers of the order book and its work, read in one look.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "adapters/book/alerts.h"
#include "adapters/book/breakers.h"
#include "adapters/book/job_list.h"
#include "adapters/book/vitals.h"
#include "ports/database.h"
#include "views/sync_status.h"

namespace tallyman::views {

struct Vitals {
  std::vector<book::OutcomeCount> runs;
  std::vector<book::GoodRun> good_runs;
  std::map<work::JobState, std::int64_t> jobs;
  std::vector<book::StoredBreaker> breakers;
  book::AlertCounts alerts;
  book::BudgetMeter budget;
  std::optional<Micros> lag;  // how old what we know of ShipStation is
  std::int64_t quarantine_open = 0;
};

Vitals vitals(ports::Tx& tx, const SyncStatusRules& rules);

}  // namespace tallyman::views
