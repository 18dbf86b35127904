#include "adapters/book/history.h"

#include <algorithm>
#include <map>
#include <vector>

#include "adapters/book/events.h"
#include "adapters/book/shipments.h"
#include "adapters/book/sql/history.h"
#include "adapters/book/sql/orders.h"
#include "adapters/book/text_view.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

using shipments::History;
using shipments::ShippedItemRow;
using shipments::ShippedOrderRow;

struct StoredItem {
  std::int64_t id = 0;
  ShippedItemRow row;
};

// What stands in the book for one order number now.
struct Standing {
  std::optional<sql::LoadShippedOrder::Row> order;
  std::vector<StoredItem> items;
};

StoredItem stored(sql::LoadShippedItems::Row row, const OrderNumber& number) {
  StoredItem item{.id = row.id, .row = {}};
  item.row.ship_date = row.ship_date;
  item.row.sku_lot = std::move(row.sku_lot);
  item.row.base_sku = Sku{std::move(row.base_sku)};
  item.row.quantity = row.quantity_shipped;
  item.row.number = number;
  item.row.tracking = std::move(row.tracking_number);
  if (row.shipment_id) item.row.shipment = ShipmentId{*row.shipment_id};
  if (row.shipstation_line_id) item.row.line = ShipStationLineId{*row.shipstation_line_id};
  item.row.provisional = row.provisional;
  return item;
}

std::vector<Standing> load_standing(ports::Tx& tx, AccountId account,
                                    std::span<const orders::LocalOrder* const> orders) {
  std::vector<Standing> standing(orders.size());
  std::vector<sql::LoadShippedOrder::Params> order_params;
  std::vector<sql::LoadShippedItems::Params> item_params;
  for (const auto* order : orders) {
    const auto& number = order->header.number.value;
    order_params.push_back({.account_id = account.value, .order_number = number});
    item_params.push_back({.account_id = account.value, .order_number = number});
  }
  ports::select_each<sql::LoadShippedOrder>(
      tx, order_params, [&](std::size_t i, auto row) { standing[i].order = std::move(row); });
  ports::select_each<sql::LoadShippedItems>(tx, item_params, [&](std::size_t i, auto row) {
    standing[i].items.push_back(stored(std::move(row), orders[i]->header.number));
  });
  return standing;
}

std::vector<ShipStationOrderId> parts_of(const orders::LocalOrder& order) {
  std::vector<ShipStationOrderId> parts;
  for (const auto& link : order.links) parts.push_back(link.id);
  const auto& primary = order.header.shipstation_order;
  if (primary && std::ranges::find(parts, *primary) == parts.end()) parts.push_back(*primary);
  return parts;
}

// Labels and fulfilments of all these orders, handed out per order.
std::vector<shipments::HistoryInput> load_inputs(ports::Tx& tx, AccountId account,
                                                 std::span<const orders::LocalOrder* const> orders,
                                                 const orders::KnownSkus& known_skus) {
  std::vector<shipments::HistoryInput> inputs(orders.size());
  std::vector<ShipStationOrderId> parts;
  std::map<ShipStationOrderId, std::size_t> owner;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    inputs[i].order = *orders[i];
    inputs[i].known_skus = known_skus;
    for (const auto part : parts_of(*orders[i])) {
      owner[part] = i;
      parts.push_back(part);
    }
  }
  for (auto& label : list_shipments(tx, account, parts)) {
    inputs[owner.at(*label.order)].labels.push_back(std::move(label));
  }
  for (auto& fulfilment : list_fulfilments(tx, account, parts)) {
    inputs[owner.at(*fulfilment.order)].fulfilments.push_back(std::move(fulfilment));
  }
  return inputs;
}

sql::PutShippedOrder::Params params_of(const ShippedOrderRow& row, const orders::LocalOrder& order,
                                       AccountId account, Instant now, std::string& remote) {
  sql::PutShippedOrder::Params params{};
  params.account_id = account.value;
  params.ship_date = row.ship_date;
  params.order_number = order.header.number.value;
  if (order.header.customer_email) params.customer_email = order.header.customer_email->reveal();
  params.total_items = row.total_items;
  if (row.order) {
    remote = std::to_string(row.order->value);
    params.shipstation_order_id = remote;
  }
  params.shipping_carrier_code = view(row.carrier_code);
  params.shipping_carrier_id = view(row.carrier_id);
  params.shipping_service_code = view(row.service_code);
  params.shipping_service_name = view(row.service_name);
  params.now = now;
  return params;
}

bool same(const sql::LoadShippedOrder::Row& stands, const sql::PutShippedOrder::Params& wanted) {
  const auto text = [](const std::optional<std::string>& a,
                       const std::optional<std::string_view>& b) {
    return a.has_value() == b.has_value() && (!a || *a == *b);
  };
  return stands.ship_date == wanted.ship_date && stands.total_items == wanted.total_items &&
         stands.provisional == wanted.provisional &&
         text(stands.customer_email, wanted.customer_email) &&
         text(stands.shipstation_order_id, wanted.shipstation_order_id) &&
         text(stands.shipping_carrier_code, wanted.shipping_carrier_code) &&
         text(stands.shipping_carrier_id, wanted.shipping_carrier_id) &&
         text(stands.shipping_service_code, wanted.shipping_service_code) &&
         text(stands.shipping_service_name, wanted.shipping_service_name);
}

sql::InsertShippedItem::Params params_of(const ShippedItemRow& row, const OrderNumber& number,
                                         AccountId account, Instant now) {
  sql::InsertShippedItem::Params params{};
  params.account_id = account.value;
  params.ship_date = row.ship_date;
  params.sku_lot = row.sku_lot;
  params.base_sku = row.base_sku.value;
  params.quantity_shipped = row.quantity;
  params.order_number = number.value;
  params.tracking_number = view(row.tracking);
  if (row.shipment) params.shipment_id = row.shipment->value;
  if (row.line) params.shipstation_line_id = row.line->value;
  params.provisional = row.provisional;
  params.now = now;
  return params;
}

// Collects the statements that bring one order's history to what was derived.
class Difference {
 public:
  Difference(AccountId account, Instant now) : account_(account), now_(now) {}

  void add(const orders::LocalOrder& order, const Standing& standing, const History& wanted) {
    const bool order_differs = add_order(order, standing, wanted);
    const bool items_differ = add_items(order, standing, wanted);
    const bool tracking_differs = add_tracking(order, wanted);
    if (order_differs || items_differ || tracking_differs) add_event(order, standing, wanted);
  }

  HistoryChange write(ports::Tx& tx, const RunId& run) {
    ports::execute_each<sql::DeleteShippedItem>(tx, removals_);
    ports::execute_each<sql::DropShippedOrder>(tx, drops_);
    ports::execute_each<sql::PutShippedOrder>(tx, puts_);
    ports::execute_each<sql::InsertShippedItem>(tx, inserts_);
    ports::execute_each<sql::SetTracking>(tx, tracking_);
    add_events(tx, account_, run, events_);
    return {.orders_written = static_cast<std::int64_t>(puts_.size() + drops_.size()),
            .items_written = static_cast<std::int64_t>(inserts_.size()),
            .items_removed = static_cast<std::int64_t>(removals_.size()),
            .tracking_changed = static_cast<std::int64_t>(tracking_.size())};
  }

  void reserve(std::size_t orders) { texts_.reserve(orders * 2); }

 private:
  bool add_order(const orders::LocalOrder& order, const Standing& standing, const History& wanted) {
    if (!wanted.order) {
      if (standing.order) {
        drops_.push_back({.account_id = account_.value, .order_number = order.header.number.value});
      }
      return standing.order.has_value();
    }
    auto params = params_of(*wanted.order, order, account_, now_, texts_.emplace_back());
    params.provisional = wanted.provisional;
    if (standing.order && same(*standing.order, params)) return false;
    puts_.push_back(params);
    return true;
  }

  bool add_items(const orders::LocalOrder& order, const Standing& standing, const History& wanted) {
    std::vector<const ShippedItemRow*> missing;
    std::vector<bool> kept(standing.items.size());
    for (const auto& row : wanted.items) {
      std::size_t match = 0;
      while (match < standing.items.size() && (kept[match] || standing.items[match].row != row)) {
        ++match;
      }
      if (match < standing.items.size()) {
        kept[match] = true;
      } else {
        missing.push_back(&row);
      }
    }
    bool differs = !missing.empty();
    for (std::size_t i = 0; i < kept.size(); ++i) {
      if (kept[i]) continue;
      removals_.push_back({.id = standing.items[i].id});
      differs = true;
    }
    for (const auto* row : missing) {
      inserts_.push_back(params_of(*row, order.header.number, account_, now_));
    }
    return differs;
  }

  bool add_tracking(const orders::LocalOrder& order, const History& wanted) {
    if (!wanted.tracking) return false;
    std::string& text = texts_.emplace_back(shipments::tracking_text(*wanted.tracking));
    if (text == order.header.tracking.value_or("")) return false;
    sql::SetTracking::Params params{};
    params.id = order.header.id->value;
    if (!text.empty()) params.tracking_number = text;
    params.now = now_;
    tracking_.push_back(params);
    return true;
  }

  void add_event(const orders::LocalOrder& order, const Standing& standing, const History& wanted) {
    NewEvent event{.order = order.header.id,
                   .remote = order.header.shipstation_order,
                   .number = order.header.number,
                   .kind = "history",
                   .title = {},
                   .detail = {},
                   .rule = {},
                   .changes = {}};
    if (!wanted.order) {
      event.title = standing.order ? "Taken out of shipped history" : "Tracking updated";
      event.detail = standing.order ? "No label and no fulfilment of it stands any more." : "";
    } else {
      event.title = standing.order ? "Shipped history updated" : "Recorded as shipped";
      event.detail = wanted.provisional ? "From the order alone, until a shipment says more."
                                        : "From its shipments.";
    }
    for (const auto& note : wanted.notes) event.detail += " " + note + ".";
    if (wanted.tracking) {
      const std::string after = shipments::tracking_text(*wanted.tracking);
      if (after != order.header.tracking.value_or("")) {
        event.changes.push_back({.field = "tracking_number",
                                 .before = order.header.tracking,
                                 .after = after.empty() ? std::nullopt : std::optional(after)});
      }
    }
    events_.push_back(std::move(event));
  }

  AccountId account_;
  Instant now_;
  std::vector<std::string> texts_;  // reserved: the parameters below point into it
  std::vector<sql::DeleteShippedItem::Params> removals_;
  std::vector<sql::DropShippedOrder::Params> drops_;
  std::vector<sql::PutShippedOrder::Params> puts_;
  std::vector<sql::InsertShippedItem::Params> inserts_;
  std::vector<sql::SetTracking::Params> tracking_;
  std::vector<NewEvent> events_;
};

}  // namespace

HistoryChange refresh_history(ports::Tx& tx, AccountId account, const RunId& run,
                              std::span<const LocalOrderId> ids,
                              const orders::KnownSkus& known_skus) {
  const LocalOrders snapshots = load_orders(tx, ids);
  std::vector<const orders::LocalOrder*> orders;
  for (const auto& [id, order] : snapshots) orders.push_back(&order);
  const auto standing = load_standing(tx, account, orders);
  const auto inputs = load_inputs(tx, account, orders, known_skus);
  std::vector<History> derived;  // outlives the statements that point into it
  derived.reserve(orders.size());
  Difference difference(account, tx.now());
  difference.reserve(orders.size());
  for (std::size_t i = 0; i < orders.size(); ++i) {
    derived.push_back(shipments::derive_history(inputs[i]));
    difference.add(*orders[i], standing[i], derived.back());
  }
  return difference.write(tx, run);
}

void renumber_history(ports::Tx& tx, AccountId account, const OrderNumber& from,
                      const OrderNumber& to) {
  ports::execute<sql::RenumberShippedOrder>(
      tx, {.account_id = account.value, .old_number = from.value, .new_number = to.value});
  // Where history already knew the new number, that row stays and is refreshed.
  ports::execute<sql::DropShippedOrder>(tx,
                                        {.account_id = account.value, .order_number = from.value});
  ports::execute<sql::RenumberShippedItems>(
      tx, {.account_id = account.value, .old_number = from.value, .new_number = to.value});
}

}  // namespace tallyman::book
