#include "adapters/book/remote_orders.h"

#include "adapters/book/sql/remote_orders.h"
#include "domain/orders/items.h"
#include "ports/statements.h"

namespace tallyman::book {

std::vector<std::optional<KnownRemote>> find_remote(ports::Tx& tx, AccountId account,
                                                    std::span<const ShipStationOrderId> ids) {
  std::vector<std::optional<KnownRemote>> found(ids.size());
  std::vector<sql::FindRemoteOrder::Params> params;
  params.reserve(ids.size());
  for (const auto id : ids) {
    params.push_back({.account_id = account.value, .shipstation_order_id = id.value});
  }
  ports::select_each<sql::FindRemoteOrder>(tx, params, [&](std::size_t i, auto row) {
    found[i] = KnownRemote{.content_hash = std::move(row.content_hash),
                           .modified = row.modified_us,
                           .status = std::move(row.status),
                           .disposition = std::move(row.disposition),
                           .rule = std::move(row.rule)};
  });
  return found;
}

void put_remote(ports::Tx& tx, AccountId account, const RunId& run,
                std::span<const RemoteDecision> decisions) {
  std::vector<sql::PutRemoteOrder::Params> rows;
  std::vector<sql::NoteSurvivor::Params> swallowed;
  rows.reserve(decisions.size());
  for (const auto& decision : decisions) {
    const auto& seen = *decision.seen;
    sql::PutRemoteOrder::Params row{};
    row.account_id = account.value;
    row.shipstation_order_id = seen.id.value;
    row.order_number = seen.number.value;
    row.order_key = seen.key;
    row.created_us = seen.created;
    row.modified_us = seen.modified;
    row.status = seen.status;
    if (decision.content_hash) row.content_hash = *decision.content_hash;
    row.disposition = decision.disposition;
    row.rule = decision.rule;
    row.reason = decision.reason;
    if (seen.parent) row.parent_id = seen.parent->value;
    row.units = orders::units(seen);
    row.run_id = run.value;
    row.now_us = tx.now();
    rows.push_back(row);
    for (const auto gone : seen.merged) {
      swallowed.push_back({.account_id = account.value,
                           .shipstation_order_id = gone.value,
                           .survivor_id = seen.id.value});
    }
  }
  ports::execute_each<sql::PutRemoteOrder>(tx, rows);
  ports::execute_each<sql::NoteSurvivor>(tx, swallowed);
}

void touch_remote(ports::Tx& tx, AccountId account, std::span<const Touch> touches) {
  std::vector<sql::TouchRemoteOrder::Params> rows;
  for (const auto& touch : touches) {
    rows.push_back({.account_id = account.value,
                    .shipstation_order_id = touch.id.value,
                    .modified_us = touch.modified});
  }
  ports::execute_each<sql::TouchRemoteOrder>(tx, rows);
}

std::vector<RemoteOrder> list_remote_by_number(ports::Tx& tx, AccountId account,
                                               const OrderNumber& number) {
  std::vector<RemoteOrder> all;
  for (auto& row : ports::select<sql::ListRemoteOrdersByNumber>(
           tx, {.account_id = account.value, .order_number = number.value})) {
    all.push_back({.id = ShipStationOrderId{row.shipstation_order_id},
                   .status = std::move(row.status),
                   .disposition = std::move(row.disposition),
                   .rule = std::move(row.rule),
                   .reason = std::move(row.reason),
                   .run = RunId{row.run_id},
                   .first_seen = row.first_seen_us,
                   .decided = row.decided_us,
                   .modified = row.modified_us});
  }
  return all;
}

}  // namespace tallyman::book
