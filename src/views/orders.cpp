#include "views/orders.h"

#include <ranges>

#include <fmt/format.h>

#include "adapters/book/orders.h"
#include "adapters/book/payloads.h"
#include "adapters/book/remote_orders.h"
#include "adapters/book/shipments.h"
#include "domain/orders/why.h"
#include "views/timeline.h"
#include "views/when.h"

namespace tallyman::views {

namespace {

std::vector<std::string> split_tracking(const std::optional<std::string>& text) {
  std::vector<std::string> numbers;
  if (!text) return numbers;
  std::string number;
  for (const char c : *text + ",") {
    if (c == ',') {
      if (!number.empty()) numbers.push_back(std::exchange(number, {}));
    } else if (c != ' ') {
      number += c;
    }
  }
  return numbers;
}

SkuUnits units_of(const orders::LocalLine& line, const orders::KnownSkus& known_skus) {
  const auto parsed = orders::parse_sku_text(line.sku_lot.value_or(line.sku.value), known_skus);
  return {.sku = line.sku.value,
          .lot = parsed.lot ? std::optional(parsed.lot->value) : std::nullopt,
          .name = line.name,
          .quantity = line.quantity,
          .unit_price = line.unit_price};
}

SkuUnits units_of(const shipments::ShipmentLineSeen& line, const orders::KnownSkus& known_skus) {
  const auto parsed = orders::parse_sku_text(line.sku_text.value_or(""), known_skus);
  return {.sku = parsed.base.value,
          .lot = parsed.lot ? std::optional(parsed.lot->value) : std::nullopt,
          .name = line.name,
          .quantity = line.quantity,
          .unit_price = std::nullopt};
}

std::vector<Flag> flags_of(const book::OrderListRow& row) {
  std::vector<Flag> flags;
  const auto status = orders::status_from_word(row.status).known;
  if (row.open_cases > 0) {
    flags.push_back({FlagKind::open_case, "A person has to decide something about this order."});
  }
  if (row.quarantined > 0) {
    flags.push_back({FlagKind::quarantined,
                     "Its newest version could not be applied; it is tried again every cycle."});
  }
  if (row.lines == 0 && orders::is_open(status)) {
    flags.push_back({FlagKind::ghost, "It has no items yet."});
  }
  if (status == orders::OrderStatus::other) {
    flags.push_back(
        {FlagKind::unknown_status, "ShipStation uses a status that this program does not know."});
  }
  if (row.provisional) {
    flags.push_back({FlagKind::provisional,
                     "Its shipped units are taken from the order until a shipment says more."});
  }
  return flags;
}

OrderRow row_of(book::OrderListRow row, const orders::LocalOrder& order,
                const orders::KnownSkus& known_skus) {
  OrderRow shown;
  shown.tracking = split_tracking(row.tracking);
  shown.flags = flags_of(row);
  for (const auto& line : order.lines) shown.lines.push_back(units_of(line, known_skus));
  for (const auto& link : order.links) {
    shown.shipstation_ids.push_back(std::to_string(link.id.value));
  }
  if (order.links.empty() && order.header.shipstation_order) {
    shown.shipstation_ids.push_back(std::to_string(order.header.shipstation_order->value));
  }
  shown.row = std::move(row);
  return shown;
}

std::vector<Parcel> parcels_of(ports::Tx& tx, AccountId account, const orders::LocalOrder& order,
                               const orders::KnownSkus& known_skus) {
  std::vector<ShipStationOrderId> parts;
  for (const auto& link : order.links) parts.push_back(link.id);
  std::vector<Parcel> parcels;
  for (const auto& label : book::list_shipments(tx, account, parts)) {
    Parcel parcel{.id = fmt::format("S {}", label.id.value),
                  .ship_date = label.ship_date,
                  .carrier = label.carrier_code,
                  .service = label.service_code,
                  .tracking = label.tracking,
                  .cost = label.cost,
                  .voided = label.voided,
                  .lines = {}};
    if (label.lines) {
      for (const auto& line : *label.lines) parcel.lines.push_back(units_of(line, known_skus));
    }
    parcels.push_back(std::move(parcel));
  }
  for (const auto& fulfilment : book::list_fulfilments(tx, account, parts)) {
    parcels.push_back({.id = fmt::format("F {}", fulfilment.id.value),
                       .ship_date = fulfilment.ship_date,
                       .carrier = fulfilment.carrier,
                       .service = std::nullopt,
                       .tracking = fulfilment.tracking,
                       .cost = std::nullopt,
                       .voided = fulfilment.voided,
                       .lines = {}});
  }
  return parcels;
}

std::string why_of(const orders::LocalOrder& order, const std::vector<book::StoredEvent>& events,
                   const Zone& warehouse) {
  orders::WhyInput input{.number = order.header.number.value,
                         .created = {},
                         .source_system = order.header.source_system,
                         .steps = {}};
  for (const auto& event : std::ranges::reverse_view(events)) {
    orders::WhyStep step;
    step.when = when(event.at, warehouse);
    step.by = event.run ? "run " + event.run->substr(0, 8) : std::string{};
    step.kind =
        orders::event_kind_from_key(event.kind).value_or(orders::EventKind::details_changed);
    if (event.rule) step.rule = orders::rule_from_key(*event.rule);
    step.title = event.title;
    step.detail = event.detail;
    input.steps.push_back(std::move(step));
  }
  return orders::why_in_words(input);
}

}  // namespace

std::string_view key(FlagKind kind) {
  switch (kind) {
    case FlagKind::open_case: return "case";
    case FlagKind::quarantined: return "quarantined";
    case FlagKind::provisional: return "provisional";
    case FlagKind::unknown_status: return "unknown_status";
    case FlagKind::ghost: return "ghost";
  }
  return "?";
}

OrderList order_list(ports::Tx& tx, AccountId account, const book::OrderFilter& filter,
                     const std::optional<book::OrderCursor>& after, std::int64_t limit,
                     const OrderRules& rules) {
  OrderList list;
  auto rows = book::list_orders(tx, account, filter, after, limit + 1);
  if (std::ssize(rows) > limit) {
    rows.pop_back();
    list.next = book::OrderCursor{.updated = rows.back().updated, .id = rows.back().id};
  }
  std::vector<LocalOrderId> ids;
  for (const auto& row : rows) ids.push_back(row.id);
  const auto orders = book::load_orders(tx, ids);
  for (auto& row : rows) {
    const auto& order = orders.at(row.id);
    list.rows.push_back(row_of(std::move(row), order, rules.known_skus));
  }
  list.counts = book::count_by_status(tx, account);
  list.needing_attention = book::count_needing_attention(tx, account);
  list.provenance = provenance(tx, rules.reading);
  return list;
}

std::optional<OrderPage> order_page(ports::Tx& tx, AccountId account, const OrderNumber& number,
                                    const OrderRules& rules) {
  const auto id = book::find_by_number(tx, account, number);
  if (!id) return std::nullopt;
  OrderPage page;
  const LocalOrderId ids[] = {*id};
  page.order = book::load_orders(tx, ids).at(*id);
  const auto row = book::find_order_row(tx, account, *id);
  page.head = row_of(row.value(), page.order, rules.known_skus);
  page.parcels = parcels_of(tx, account, page.order, rules.known_skus);
  page.timeline = timeline(book::list_events(tx, *id));
  page.why = why_of(page.order, page.timeline, rules.warehouse);
  page.provenance = provenance(tx, rules.reading);
  return page;
}

std::string why_absent(ports::Tx& tx, AccountId account, const OrderNumber& number,
                       const Zone& warehouse) {
  std::string text;
  for (const auto& remote : book::list_remote_by_number(tx, account, number)) {
    text += fmt::format("ShipStation order {} ({}) was {} on {} by run {}: {} ", remote.id.value,
                        remote.status, remote.disposition, when(remote.decided, warehouse),
                        remote.run.value.substr(0, 8), remote.reason);
  }
  if (!text.empty()) text.pop_back();
  return text;
}

std::vector<SeenDocument> documents(ports::Tx& tx, AccountId account, const OrderNumber& number) {
  std::vector<SeenDocument> all;
  std::vector<ShipStationOrderId> ids;
  if (const auto local = book::find_by_number(tx, account, number)) {
    const LocalOrderId locals[] = {*local};
    const auto orders = book::load_orders(tx, locals);
    for (const auto& link : orders.at(*local).links) ids.push_back(link.id);
  } else {
    for (const auto& remote : book::list_remote_by_number(tx, account, number)) {
      ids.push_back(remote.id);
    }
  }
  for (const auto id : ids) {
    auto payload = book::latest_payload(tx, account, book::PayloadKind::order, id.value);
    if (payload) all.push_back({id, payload->seen, std::move(payload->document)});
  }
  return all;
}

}  // namespace tallyman::views
