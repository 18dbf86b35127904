// What stands in shipped_orders and shipped_items for ONE local order, derived from everything we
// know of it (requirements A5). The answer is complete: the book compares it with its rows and
// writes the difference, so nothing adds up twice and a void undoes itself.
//
// - Only parts (ShipStation orders) that say shipped count; a split counts part by part.
// - Lines of live labels are the truth. Several labels for one line add up.
// - A line of a shipped part that no label line names gets a provisional row from the order:
//   marked as shipped, external fulfilment, label not read yet or read without lines. The row is
//   gone as soon as a label line names it. A line that a label names in part is not topped up.
// - Return labels count for nothing. Voided ones neither; a part whose labels and fulfilments are
//   all void has no rows, whatever its status still says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/time.h"
#include "domain/orders/local_order.h"
#include "domain/orders/sku_text.h"
#include "domain/orders/status.h"
#include "domain/shipments/seen.h"

namespace tallyman::shipments {

struct HistoryInput {
  orders::LocalOrder order;          // number, dates, carrier, lines, parts with their status
  std::vector<ShipmentSeen> labels;  // all of this order's parts, voided ones included
  std::vector<FulfilmentSeen> fulfilments;
  orders::KnownSkus known_skus;
};

struct ShippedOrderRow {
  // The first live label's, else the first live fulfilment's, else the order's ship date, else its
  // order date (the column is required; facts/operations.md §4.5).
  Day ship_date;
  OrderNumber number;
  std::optional<ShipStationOrderId> order;
  std::optional<std::string> carrier_code;  // the label's, else the order's
  std::optional<std::string> carrier_id;
  std::optional<std::string> service_code;
  std::optional<std::string> service_name;
  std::int64_t total_items = 0;  // sum of the rows' quantities
  friend bool operator==(const ShippedOrderRow&, const ShippedOrderRow&) = default;
};

struct ShippedItemRow {
  Day ship_date;        // the label's own, else as in ShippedOrderRow
  std::string sku_lot;  // "17612 - 250340", or the SKU itself when there is no lot
  Sku base_sku;
  std::int64_t quantity = 0;
  OrderNumber number;
  std::optional<std::string> tracking;
  std::optional<ShipmentId> shipment;     // absent on provisional rows made without a label
  std::optional<ShipStationLineId> line;  // "orderItemId"
  bool provisional = false;               // made from the order alone
  // Rows come sorted and with one row per (shipment, line, sku_lot).
  friend auto operator<=>(const ShippedItemRow&, const ShippedItemRow&) = default;
};

struct History {
  std::optional<ShippedOrderRow> order;  // absent: nothing shipped, or everything undone
  std::vector<ShippedItemRow> items;
  // Every live tracking number, first label first. Absent when no label and no fulfilment was ever
  // seen: then what stands in orders_inbox stays.
  std::optional<std::vector<std::string>> tracking;
  bool provisional = false;        // at least one row is
  std::vector<std::string> notes;  // for a person: "17612: 3 shipped, 2 ordered"
  friend bool operator==(const History&, const History&) = default;
};

History derive_history(const HistoryInput& input);

// As orders_inbox.tracking_number holds them: "1Z…, 1Z…".
std::string tracking_text(const std::vector<std::string>& numbers);

}  // namespace tallyman::shipments
