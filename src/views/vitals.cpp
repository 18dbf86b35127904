#include "views/vitals.h"

#include "adapters/book/quarantine.h"
#include "adapters/book/watermarks.h"

namespace tallyman::views {

Vitals vitals(ports::Tx& tx, const SyncStatusRules& rules) {
  Vitals seen{.runs = book::count_runs_by_outcome(tx, rules.account),
              .good_runs = book::last_good_runs(tx, rules.account),
              .jobs = book::count_jobs(tx),
              .breakers = book::list_breakers(tx),
              .alerts = book::count_open_alerts(tx),
              .budget = book::read_budget(tx, rules.credential, rules.requests_per_minute),
              .lag = std::nullopt,
              .quarantine_open = book::count_open_quarantine(tx, rules.account)};
  const auto row = book::find_watermark(tx, rules.account, "shipstation-sync");
  if (row && row->read_until) seen.lag = tx.now() - *row->read_until;
  return seen;
}

}  // namespace tallyman::views
