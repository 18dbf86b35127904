// Local orders: loading snapshots, what routing must know, and writing planned changes in bulk.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "domain/base/ids.h"
#include "domain/orders/change.h"
#include "domain/orders/local_order.h"
#include "domain/orders/order_seen.h"
#include "domain/orders/routing.h"
#include "ports/database.h"

namespace tallyman::book {

using LocalOrders = std::map<LocalOrderId, orders::LocalOrder>;

// Snapshots of these orders with lines and links. Unknown ids are absent from the answer.
LocalOrders load_orders(ports::Tx& tx, std::span<const LocalOrderId> ids);

// Which local order each ShipStation order belongs to, in order: by its link, else by the text
// column of rows that scripts wrote.
std::vector<std::optional<LocalOrderId>> find_by_remote(ports::Tx& tx, AccountId account,
                                                        std::span<const ShipStationOrderId> ids);

std::optional<LocalOrderId> find_by_number(ports::Tx& tx, AccountId account,
                                           const OrderNumber& number);

// What routing must know of each order seen, with the snapshots it refers to.
struct Looked {
  std::vector<orders::LocalKnowledge> knowledge;  // one per order seen, same order
  LocalOrders orders;
};
Looked look_up(ports::Tx& tx, AccountId account, std::span<const orders::OrderSeen* const> seen);

// One planned change with what it belongs to. `order` is set to the new row's id by write_changes
// when the change inserts one.
struct OrderWrite {
  const orders::OrderSeen* seen = nullptr;
  const orders::Decision* decision = nullptr;
  const orders::OrderChange* change = nullptr;
  std::optional<LocalOrderId> order;
};

// Inserts, updates, links, lines and events of all changes, in bulk.
void write_changes(ports::Tx& tx, AccountId account, const RunId& run,
                   std::span<OrderWrite> writes);

}  // namespace tallyman::book
