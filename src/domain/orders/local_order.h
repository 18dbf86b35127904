// What the order book holds about one order: a snapshot of its orders_inbox row, its lines and its
// links, as plain data. Read by adapters/book, compared and completed by plan_change (change.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/base/ids.h"
#include "domain/base/money.h"
#include "domain/base/secret.h"
#include "domain/base/time.h"
#include "domain/orders/address.h"
#include "domain/orders/status.h"

namespace tallyman::orders {

inline constexpr std::string_view kSourceShop = "X-Cart";
inline constexpr std::string_view kSourceManual = "ShipStation Manual";

// A row of orders_inbox. Address parts are stored and read back unchanged, street3 included;
// otherwise every sync would find a difference.
struct OrderHeader {
  std::optional<LocalOrderId> id;  // absent until stored
  OrderNumber number;
  Day order_date;
  Status status;
  std::string source_system;
  // The primary ShipStation order: the one whose number, address and amount this row shows.
  std::optional<ShipStationOrderId> shipstation_order;
  std::int64_t total_items = 0;  // sum of the quantities of the stored lines
  std::optional<Money> total_amount;
  std::optional<Pii<std::string>> customer_email;
  Pii<Address> ship_to;
  Pii<Address> bill_to;
  std::optional<std::string> carrier_code;
  std::optional<std::string> carrier_id;
  std::optional<std::string> service_code;
  std::optional<std::string> service_name;
  std::optional<Day> ship_date;         // ShipStation's word on the order, for shipped history
  std::optional<std::string> tracking;  // written from shipments only; orders never touch it
  friend bool operator==(const OrderHeader&, const OrderHeader&) = default;
};

// A row of order_items_inbox.
struct LocalLine {
  std::optional<std::int64_t> row;          // order_items_inbox.id; absent until stored
  std::optional<ShipStationOrderId> order;  // whose line it is; a split family has several
  std::optional<ShipStationLineId> line;    // absent on rows of scripts and of uploads not yet seen
  Sku sku;                                  // base SKU, or raw text that nobody may split
  std::optional<std::string> sku_lot;       // "17612 - 250340"
  std::int64_t quantity = 0;
  std::optional<Money> unit_price;
  std::optional<std::string> name;
  friend bool operator==(const LocalLine&, const LocalLine&) = default;
};

// A row of order_links with what was last applied of that ShipStation order (remote_orders).
struct LinkedOrder {
  ShipStationOrderId id;
  Status status;
  std::optional<Instant> modified;  // of the view last applied
  friend bool operator==(const LinkedOrder&, const LinkedOrder&) = default;
};

struct LocalOrder {
  OrderHeader header;
  std::vector<LocalLine> lines;
  std::vector<LinkedOrder> links;  // any order; holds header.shipstation_order when that is set
  friend bool operator==(const LocalOrder&, const LocalOrder&) = default;
};

}  // namespace tallyman::orders
