// The screens Orders and Order, as data: read from the book, shared by pages, API and CLI.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/book/events.h"
#include "adapters/book/order_list.h"
#include "domain/base/zone.h"
#include "domain/orders/local_order.h"
#include "domain/orders/sku_text.h"
#include "domain/shipments/seen.h"
#include "views/proof.h"

namespace tallyman::views {

enum class FlagKind { open_case, quarantined, provisional, unknown_status, ghost };
std::string_view key(FlagKind kind);  // "case", "quarantined", …

struct Flag {
  FlagKind kind{};
  std::string text;
};

struct SkuUnits {
  std::string sku;
  std::optional<std::string> lot;
  std::optional<std::string> name;
  std::int64_t quantity = 0;
  std::optional<Money> unit_price;
};

struct OrderRow {
  book::OrderListRow row;
  std::vector<SkuUnits> lines;
  std::vector<std::string> tracking;
  std::vector<Flag> flags;
  std::vector<std::string> shipstation_ids;
};

struct OrderRules {
  orders::KnownSkus known_skus;
  Zone warehouse;  // in which times are told
  ReadingRules reading{};
};

struct OrderList {
  std::vector<OrderRow> rows;
  std::optional<book::OrderCursor> next;
  std::map<std::string, book::StatusCount> counts;
  std::int64_t needing_attention = 0;
  Provenance provenance;
};

OrderList order_list(ports::Tx& tx, AccountId account, const book::OrderFilter& filter,
                     const std::optional<book::OrderCursor>& after, std::int64_t limit,
                     const OrderRules& rules);

struct Parcel {
  std::string id;  // "S 4711" label, "F 12" fulfilment: as ShipStation numbers them
  std::optional<Day> ship_date;
  std::optional<std::string> carrier;
  std::optional<std::string> service;
  std::optional<std::string> tracking;
  std::optional<Money> cost;
  bool voided = false;
  std::vector<SkuUnits> lines;
};

struct OrderPage {
  OrderRow head;
  orders::LocalOrder order;
  std::string why;  // "Why is this order here?", a paragraph
  std::vector<Parcel> parcels;
  std::vector<book::StoredEvent> timeline;  // newest first
  Provenance provenance;
};

// No value: no such order in the book.
std::optional<OrderPage> order_page(ports::Tx& tx, AccountId account, const OrderNumber& number,
                                    const OrderRules& rules);

// Why an order number is NOT in the book: what was decided for ShipStation orders of that number.
// Empty: never seen.
std::string why_absent(ports::Tx& tx, AccountId account, const OrderNumber& number,
                       const Zone& warehouse);

struct SeenDocument {
  ShipStationOrderId id;
  Instant seen;
  std::string document;  // ShipStation's JSON, untouched
};
std::vector<SeenDocument> documents(ports::Tx& tx, AccountId account, const OrderNumber& number);

}  // namespace tallyman::views
