// Shipped history of local orders, brought to its derived state by difference.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "adapters/book/orders.h"
#include "domain/base/ids.h"
#include "domain/orders/sku_text.h"
#include "domain/shipments/history.h"
#include "ports/database.h"

namespace tallyman::book {

struct HistoryChange {
  std::int64_t orders_written = 0;
  std::int64_t items_written = 0;
  std::int64_t items_removed = 0;
  std::int64_t tracking_changed = 0;
};

// Derives what stands in shipped_orders, shipped_items and orders_inbox.tracking_number for these
// orders from everything the book knows, writes only the difference, and records an event for what
// changed. `orders` are snapshots as they stand now, in this transaction.
HistoryChange refresh_history(ports::Tx& tx, AccountId account, const RunId& run,
                              std::span<const LocalOrderId> ids,
                              const orders::KnownSkus& known_skus);

// History is kept by order number: a renumbered order takes its rows along, before it is refreshed.
void renumber_history(ports::Tx& tx, AccountId account, const OrderNumber& from,
                      const OrderNumber& to);

}  // namespace tallyman::book
