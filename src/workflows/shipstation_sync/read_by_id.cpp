// Reads singly what waits in quarantine: orders that could not be read or stored, and finished
// orders that a list shows open again (requirements A6, A11). By id, or by number where the order
// came without a readable id. Longest untried first, a few in each run.
#include <fmt/format.h>

#include "adapters/book/quarantine.h"
#include "domain/orders/content.h"
#include "domain/orders/trim.h"
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
      if (row.entity != book::word(book::Entity::order)) continue;
      if (!row.id && !row.number) continue;
      if (row.run == run.id && row.error_class != kNeedsRead) continue;
      if (std::ssize(rows) == run.settings.reads_by_id) break;
      rows.push_back(std::move(row));
    }
    return rows;
  });
}

void still_waiting(RunState& run, const book::Quarantined& row, const std::string& problem) {
  run.transact([&](ports::Tx& tx) { book::note_attempt(tx, run.id, row.row, problem); });
}

// Ends the run when the failure is not this order's own.
void failed(RunState& run, const book::Quarantined& row, const std::string& what,
            const ports::CallFailure& failure) {
  switch (failure.kind) {
    case ports::CallError::not_found:
      still_waiting(run, row,
                    "ShipStation does not know this order id any more (404). It may have been "
                    "merged, deleted, or belong to another account.");
      return;
    case ports::CallError::unreadable:
    case ports::CallError::server_error:
      still_waiting(
          run, row,
          fmt::format("Reading it singly: {} ({}).", ports::word(failure.kind), failure.cause));
      return;
    case ports::CallError::unreachable:
    case ports::CallError::timeout:
    case ports::CallError::throttled:
    case ports::CallError::unauthorized:
    case ports::CallError::forbidden:
    case ports::CallError::rejected:
    case ports::CallError::too_large:
    case ports::CallError::paused:
    case ports::CallError::stopped:
      fail_run(fmt::format("Reading {} from ShipStation", what), failure, kOrdersKept);
  }
}

// An order of this pass that was deferred until it was read is now applied, unchanged or refused:
// it is counted once, by how it ended. One that an earlier slice had applied and counted before it
// was seen open again is not counted anew.
void settle_counts(RunState& run, const book::Quarantined& row, OrdersApplied applied) {
  if (row.id && run.applied.awaiting_read.erase(ShipStationOrderId{*row.id}) > 0) {
    --run.applied.counts.deferred;
  } else {
    applied.counts = {};
  }
  applied.newest_disposed.reset();
  run.applied += applied;
}

void add(const RunState& run, OrdersBatch& batch, ports::Document<orders::OrderSeen> document,
         orders::Evidence evidence) {
  // Its stamp may be of the second pass of a repeated hour and read as the first.
  const Instant stamp = document.seen.modified;
  if (const auto hour = run.settings.shipstation_zone.repeated_hour(stamp, stamp)) {
    batch.stamps_may_go_back = hour->second - hour->first;
  }
  batch.readable.push_back({.document = std::move(document),
                            .content_hash = {},
                            .evidence = evidence,
                            .counted = Counted::now});
  auto& added = batch.readable.back();
  added.content_hash = orders::content_hash(added.document.seen);
}

void read_by_its_id(RunState& run, const book::Quarantined& row) {
  auto document = run.caller.read(sync::AskFor::page, [&](std::stop_token stop) {
    return run.parts.shipstation.order(ShipStationOrderId{*row.id}, std::move(stop));
  });
  if (!document) return failed(run, row, fmt::format("order {}", *row.id), document.error());
  OrdersBatch batch;
  add(run, batch, std::move(*document), orders::Evidence::read_by_id);
  OrdersApplied applied;
  run.transact([&](ports::Tx& tx) {
    applied = apply_orders(tx, run.id, run.settings, batch);
    // What a list showed open again had a label voided, even when it is shipped anew by now.
    if (applied.newly_shipped + applied.reopened > 0 || row.error_class == kNeedsRead) {
      mark_streams_due(tx, run.settings);
    }
  });
  settle_counts(run, row, std::move(applied));
}

// An order whose id could not be read has only its number. It is closed when every order of that
// number can be read; which of them it was does not matter then.
void read_by_its_number(RunState& run, const book::Quarantined& row) {
  const std::string number(orders::trimmed(*row.number));
  ports::OrderQuery query;
  query.number = OrderNumber{number};
  auto page = run.caller.read(sync::AskFor::page, [&](std::stop_token stop) {
    return run.parts.shipstation.orders(query, std::move(stop));
  });
  if (!page) return failed(run, row, fmt::format("number {}", number), page.error());
  OrdersBatch batch;
  const auto is_it = [&](std::string_view other) { return orders::trimmed(other) == number; };
  for (auto& listed : page->rows) {  // longer numbers that begin the same way are among them
    if (const auto* unreadable = std::get_if<ports::Unreadable>(&listed)) {
      if (unreadable->id) continue;  // it waits under its id
      if (!is_it(unreadable->number.value_or(number))) continue;
      return still_waiting(run, row, unreadable->problem);
    }
    auto& document = std::get<0>(listed);
    if (is_it(document.seen.number.value)) {
      add(run, batch, std::move(document), orders::Evidence::list_row);
    }
  }
  if (batch.readable.empty()) {
    return still_waiting(run, row, "ShipStation lists no order of this number any more.");
  }
  OrdersApplied applied;
  run.transact([&](ports::Tx& tx) {
    applied = apply_orders(tx, run.id, run.settings, batch);
    book::resolve_quarantine(tx, run.settings.account, book::Entity::order, row.key, run.id.value,
                             "Every order of its number can be read.");
    if (applied.newly_shipped + applied.reopened > 0) mark_streams_due(tx, run.settings);
  });
  settle_counts(run, row, std::move(applied));
}

}  // namespace

void read_by_id(RunState& run) {
  for (const auto& row : due(run)) {
    if (row.id) {
      read_by_its_id(run, row);
    } else {
      read_by_its_number(run, row);
    }
  }
}

}  // namespace tallyman::workflows
