// Invented orders that the tests of this room start from and change one thing at a time.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "domain/orders/change.h"

namespace tallyman::orders::samples {

inline Instant at(std::string_view text) { return instant_from_text(text).value(); }
inline Day day(std::string_view text) { return day_from_text(text).value(); }

inline const KnownSkus kKeySkus{Sku{"17612"}, Sku{"17904"}, Sku{"17914"}, Sku{"18675"},
                                Sku{"18795"}};

inline LineSeen line(std::int64_t id, std::string sku, std::int64_t quantity) {
  return {.id = ShipStationLineId{id},
          .key = std::nullopt,
          .sku_text = std::move(sku),
          .name = "PT Kit",
          .quantity = quantity,
          .unit_price = Money{1999},
          .adjustment = false};
}

inline Address address(std::string street) {
  Address full;
  full.name = "A Example";
  full.street1 = std::move(street);
  full.city = "BOISE";
  full.state = "ID";
  full.postal_code = "00000";
  full.country = "US";
  return full;
}

// A manual order with a key SKU: two units, one line.
inline OrderSeen seen() {
  OrderSeen order;
  order.id = ShipStationOrderId{9001};
  order.number = OrderNumber{"100528"};
  order.key = "manual-0a1b";
  order.created = at("2025-10-29T15:58:00Z");
  order.modified = at("2025-10-29T16:00:00Z");
  order.order_date = day("2025-10-29");
  order.status = "awaiting_shipment";
  order.customer_email = Pii<std::string>("buyer@example.com");
  order.ship_to = Pii<Address>(address("1 Example St"));
  order.bill_to = Pii<Address>(address("2 Example St"));
  order.lines = {line(501, "17612 - 250340", 2)};
  order.total = Money{3998};
  order.carrier_code = "fedex";
  order.carrier_id = "77";
  order.service_code = "fedex_2day";
  order.store_id = 3;
  return order;
}

inline RoutingRules routing_rules() {
  return {.manual_prefix = "10",
          .manual_range = std::nullopt,
          .key_skus = kKeySkus,
          .known_skus = kKeySkus};
}

inline ApplyRules apply_rules() { return {.known_skus = kKeySkus, .zone = {}}; }

inline Decision decision(Action action, Rule rule) {
  return {.action = action,
          .rule = rule,
          .target = action == Action::import ? std::nullopt : std::optional(LocalOrderId{1}),
          .kase = std::nullopt,
          .because = "Because the test says so."};
}
inline Decision import_it() { return decision(Action::import, Rule::import_manual); }
inline Decision update_it() { return decision(Action::update, Rule::known_by_id); }

// As the book would read it back: ids given to what had none.
inline LocalOrder stored(LocalOrder order) {
  if (!order.header.id) order.header.id = LocalOrderId{1};
  std::int64_t next = 1;
  for (const auto& line : order.lines) next = std::max(next, line.row.value_or(0) + 1);
  for (auto& line : order.lines) {
    if (!line.row) line.row = next++;
  }
  return order;
}

// The book after importing `order`.
inline LocalOrder imported(const OrderSeen& order) {
  const auto change =
      plan_change(import_it(), order, std::nullopt, apply_rules(), Evidence::list_row);
  return stored(applied(change, order, std::nullopt));
}

inline OrderChange update(const OrderSeen& order, const LocalOrder& local,
                          Evidence evidence = Evidence::list_row) {
  return plan_change(update_it(), order, local, apply_rules(), evidence);
}

inline const FieldChange* find_change(const OrderChange& change, std::string_view field) {
  for (const auto& event : change.events) {
    for (const auto& one : event.changes) {
      if (one.field == field) return &one;
    }
  }
  return nullptr;
}
inline const OrderEvent* find_event(const OrderChange& change, EventKind kind) {
  for (const auto& event : change.events) {
    if (event.kind == kind) return &event;
  }
  return nullptr;
}
inline bool warns(const OrderChange& change, WarningKind kind) {
  return std::ranges::any_of(change.warnings,
                             [&](const auto& warning) { return warning.kind == kind; });
}

}  // namespace tallyman::orders::samples
