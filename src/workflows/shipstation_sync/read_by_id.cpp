// Reads singly what waits in quarantine: orders that could not be read or stored, and finished
// orders that a list shows open again (requirements A6, A11). Longest untried first, a few in each
// run.
#include <fmt/format.h>

#include "adapters/book/quarantine.h"
#include "domain/orders/content.h"
#include "ports/statements.h"
#include "workflows/shipstation_sync/run.h"

namespace tallyman::workflows {

namespace {

constexpr std::int64_t kRowsLookedAt = 1'000;

// What this very run found unreadable is left for the next one.
std::vector<book::Quarantined> due(RunState& run) {
  return ports::transact(run.parts.database, ports::TxMode::read, [&](ports::Tx& tx) {
    std::vector<book::Quarantined> rows;
    for (auto& row : book::list_open_quarantine(tx, run.settings.account, kRowsLookedAt)) {
      if (row.entity != book::word(book::Entity::order) || !row.id) continue;
      if (row.run == run.id && row.error_class != kNeedsRead) continue;
      if (std::ssize(rows) == run.settings.reads_by_id) break;
      rows.push_back(std::move(row));
    }
    return rows;
  });
}

void still_waiting(RunState& run, const book::Quarantined& row, const ports::CallFailure& failure) {
  const std::string problem =
      failure.kind == ports::CallError::not_found
          ? "ShipStation does not know this order id any more (404). It may have been merged, "
            "deleted, or belong to another account."
          : fmt::format("Reading it by its id: {} ({}).", ports::word(failure.kind), failure.cause);
  run.transact([&](ports::Tx& tx) { book::note_attempt(tx, run.id, row.row, problem); });
}

// An order of this pass that was deferred until it was read is now applied, unchanged or refused:
// it is counted once, by how it ended.
void settle_counts(RunState& run, const book::Quarantined& row, OrdersApplied applied) {
  const bool of_this_pass = row.run == run.id && row.error_class == kNeedsRead;
  if (of_this_pass) {
    --run.applied.counts.deferred;
  } else {
    applied.counts = {};
  }
  applied.newest_disposed.reset();
  run.applied += applied;
}

void read_one(RunState& run, const book::Quarantined& row) {
  auto document = run.caller.read(sync::AskFor::page, [&](std::stop_token stop) {
    return run.parts.shipstation.order(ShipStationOrderId{*row.id}, std::move(stop));
  });
  if (!document) {
    const auto kind = document.error().kind;
    if (kind != ports::CallError::not_found && kind != ports::CallError::unreadable &&
        kind != ports::CallError::server_error) {
      fail_run(fmt::format("Reading order {} from ShipStation", *row.id), document.error());
    }
    still_waiting(run, row, document.error());
    return;
  }
  OrdersBatch batch;
  batch.readable.push_back({.document = std::move(*document),
                            .content_hash = {},
                            .evidence = orders::Evidence::read_by_id,
                            .counted = Counted::now});
  auto& only = batch.readable.front();
  only.content_hash = orders::content_hash(only.document.seen);
  OrdersApplied applied;
  run.transact([&](ports::Tx& tx) {
    applied = apply_orders(tx, run.id, run.settings, batch);
    if (applied.newly_shipped + applied.reopened > 0) mark_streams_due(tx, run.settings);
  });
  settle_counts(run, row, std::move(applied));
}

}  // namespace

void read_by_id(RunState& run) {
  for (const auto& row : due(run)) read_one(run, row);
}

}  // namespace tallyman::workflows
