#include "views/sync_status.h"

#include <fmt/format.h>

#include "adapters/book/controls.h"
#include "adapters/book/quarantine.h"
#include "adapters/book/watermarks.h"

namespace tallyman::views {

namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kRunsLookedAt = 30;
constexpr std::string_view kWorkflow = "shipstation-sync";
constexpr Micros kLongRun = 60s;  // requirements A14
constexpr Micros kUnmoved = 2h;   // requirements A14

std::string state_of(const SyncStatus& status, const SyncStatusRules& rules, bool enabled) {
  if (!rules.configured) return "not_set_up";
  if (status.lease) return "running";
  if (!enabled) return "disabled";
  if (status.last_run && status.last_run->outcome == "failed") return "failed";
  return "waiting";
}

SwitchedOff switched_off(ports::Tx& tx) {
  for (auto& control : book::list_controls(tx)) {
    if (control.workflow != kWorkflow) continue;
    return {.reason = std::move(control.reason),
            .by = std::move(control.changed_by),
            .at = control.changed};
  }
  return {.reason = "Its row in workflow_controls is missing.", .by = {}, .at = std::nullopt};
}

void add_warnings(SyncStatus& status, bool enabled) {
  if (status.quarantine_open > 0) {
    status.warnings.push_back(
        fmt::format("{} in quarantine: retried every cycle.", status.quarantine_open));
  }
  if (enabled && status.lag && *status.lag > kUnmoved) {
    status.warnings.emplace_back("ShipStation has not been read to its end for over two hours.");
  }
  if (status.last_run && status.last_run->finished &&
      *status.last_run->finished - status.last_run->started > kLongRun) {
    status.warnings.emplace_back("The last run took longer than a minute.");
  }
}

}  // namespace

std::optional<book::LeaseHolder> live_lease(ports::Tx& tx, const SyncStatusRules& rules) {
  auto lease = book::find_lease(tx, fmt::format("{}/{}", kWorkflow, rules.account.value));
  if (lease && rules.is_gone && rules.is_gone(lease->identity)) return std::nullopt;
  return lease;
}

SyncStatus sync_status(ports::Tx& tx, const SyncStatusRules& rules) {
  SyncStatus status;
  status.as_of = tx.now();
  if (const auto row = book::find_watermark(tx, rules.account, kWorkflow)) {
    status.watermark = row->watermark;
    status.read_until = row->read_until;
    if (row->read_until) status.lag = tx.now() - *row->read_until;
  }
  // One that did nothing says nothing about ShipStation.
  for (auto& run : book::list_runs(tx, kWorkflow, std::nullopt, kRunsLookedAt)) {
    if (run.outcome == book::word(book::Outcome::skipped)) continue;
    status.last_run = std::move(run);
    break;
  }
  status.lease = live_lease(tx, rules);
  status.budget = book::read_budget(tx, rules.credential, rules.requests_per_minute);
  status.quarantine_open = book::count_open_quarantine(tx, rules.account);
  const bool enabled = book::is_enabled(tx, kWorkflow);
  status.state = state_of(status, rules, enabled);
  if (status.state == "disabled") status.off = switched_off(tx);
  add_warnings(status, enabled);
  return status;
}

}  // namespace tallyman::views
