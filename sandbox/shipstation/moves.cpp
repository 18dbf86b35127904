// The moves of Account that people and the API make: labels, holds, splits, merges
// (facts/shipstation.md §7).
#include <algorithm>

#include <fmt/format.h>

#include "domain/base/check.h"
#include "sandbox/seeding.h"
#include "sandbox/shipstation/account.h"
#include "sandbox/stamps.h"

namespace tallyman::sandbox {
namespace {

Line line_of(const OrderSpec::Item& item, std::size_t position) {
  Line line;
  line.key = fmt::format("line-{}", position + 1);
  line.sku = item.sku;
  line.name = item.name;
  line.weight = Weight{1600, "ounces"};
  line.quantity = item.quantity;
  line.unit_price = item.unit_price;
  line.tax = 0;
  line.shipping = 0;
  return line;
}

// What of `lines` goes into parcel `index` of `count`: whole lines in turn; a single line is
// divided by its quantity.
std::vector<Line> parcel(const std::vector<Line>& lines, int index, int count) {
  std::vector<Line> inside;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    if (line.adjustment) continue;
    if (lines.size() > 1) {
      if (static_cast<int>(i % static_cast<std::size_t>(count)) == index) inside.push_back(line);
      continue;
    }
    Line part = line;
    part.quantity = line.quantity / count + (index < line.quantity % count ? 1 : 0);
    if (part.quantity > 0) inside.push_back(std::move(part));
  }
  return inside;
}

bool is_open(const Order& order) {
  return order.status != "shipped" && order.status != "cancelled";
}

}  // namespace

Result<Order*> Account::open_order(std::int64_t order, std::string_view move) {
  const auto found = orders_.find(order);
  if (found == orders_.end()) return problem(fmt::format("there is no order {}", order));
  if (!is_open(found->second)) {
    return problem(fmt::format("order {} is {}: cannot {}", order, found->second.status, move));
  }
  return &found->second;
}

std::int64_t Account::create(const OrderSpec& spec, Instant at) {
  Order draft;
  draft.number = spec.number.empty() ? next_manual_number() : spec.number;
  draft.key = spec.key;
  draft.ordered = std::chrono::floor<std::chrono::seconds>(zone_.to_local(at));
  draft.paid = draft.ordered;
  draft.status = spec.status;
  draft.customer = 137'000'000 + dice_.below(1'000'000);
  draft.customer_email = spec.customer_email ? spec.customer_email : Text("buyer@example.com");
  draft.ship_to = spec.ship_to ? *spec.ship_to : made_up_address(dice_);
  draft.bill_to.name = draft.ship_to.name;
  for (std::size_t i = 0; i < spec.items.size(); ++i) {
    draft.lines.push_back(line_of(spec.items[i], i));
  }
  draft.payment_method = "";
  draft.requested_service = "Standard";
  draft.confirmation = "none";
  draft.weight = Weight{1600, "ounces"};
  draft.advanced.warehouse = 590152;
  draft.advanced.store = spec.store.value_or(kManualStore);
  draft.amount_paid = order_total(draft);
  return add(std::move(draft), at);
}

Shipment Account::label(const Order& order, const ShipSpec& spec, Instant at) {
  Shipment label;
  label.id = next_shipment_++;
  label.order = order.id;
  label.order_key = order.key;
  label.order_number = order.number;
  label.customer_email = order.customer_email;
  label.created_at = at;
  label.created = stamp(zone_, skewed(at));
  label.ship_date = spec.ship_date.value_or(zone_.day(at));
  label.cost = 700 + dice_.below(1500);
  label.tracking = std::to_string(next_tracking_++);
  label.batch_number = "100002";
  label.carrier = spec.carrier;
  label.service = spec.service;
  label.package = "package";
  label.confirmation = "none";
  label.warehouse = order.advanced.warehouse;
  label.ship_to = order.ship_to;
  label.weight = order.weight;
  label.store = order.advanced.store;
  return label;
}

Result<std::vector<std::int64_t>> Account::ship(std::int64_t order, const ShipSpec& spec,
                                                Instant at) {
  settle(at);
  const auto open = open_order(order, "buy a label");
  if (!open) return tl::unexpected(open.error());
  std::vector<std::int64_t> ids;
  for (int i = 0; i < std::max(1, spec.packages); ++i) {
    Shipment shipment = label(**open, spec, at);
    if (i == 0 && spec.tracking) shipment.tracking = spec.tracking;
    shipment.lines = parcel((*open)->lines, i, std::max(1, spec.packages));
    ids.push_back(shipment.id);
    shipments_.emplace(shipment.id, std::move(shipment));
  }
  const Day day = shipments_.at(ids.front()).ship_date;
  const auto done = edit(order, at, [&](Order& shipped) {
    shipped.status = "shipped";
    shipped.carrier = spec.carrier;
    shipped.service = spec.service;
    shipped.package = "package";
    shipped.ship_date = day;
    shipped.hold_until.reset();
  });
  check(done.has_value(), "an open order can be edited");
  return ids;
}

Result<std::int64_t> Account::mark_as_shipped(std::int64_t order, const MarkSpec& spec,
                                              Instant at) {
  settle(at);
  const auto open = open_order(order, "mark it as shipped");
  if (!open) return tl::unexpected(open.error());
  Fulfilment fulfilment;
  fulfilment.id = next_fulfilment_++;
  fulfilment.order = order;
  fulfilment.order_number = (*open)->number;
  fulfilment.customer_email = (*open)->customer_email;
  fulfilment.created_at = at;
  fulfilment.created = stamp(zone_, skewed(at));
  fulfilment.ship_date = spec.ship_date.value_or(zone_.day(at));
  fulfilment.tracking = spec.tracking;
  fulfilment.carrier = spec.carrier;
  fulfilment.ship_to = (*open)->ship_to;
  const std::int64_t id = fulfilment.id;
  const Day day = fulfilment.ship_date;
  fulfilments_.emplace(id, std::move(fulfilment));
  const auto done = edit(order, at, [&](Order& shipped) {
    shipped.status = "shipped";
    shipped.ship_date = day;
  });
  check(done.has_value(), "an open order can be edited");
  return id;
}

Result<void> Account::void_shipment(std::int64_t shipment, Instant at) {
  settle(at);
  const auto found = shipments_.find(shipment);
  if (found == shipments_.end()) return problem(fmt::format("there is no shipment {}", shipment));
  Shipment& label = found->second;
  if (label.voided) return problem(fmt::format("shipment {} is voided already", shipment));
  label.voided = true;
  label.voided_at = at;
  label.void_stamp = stamp(zone_, skewed(at));
  const bool another_left = std::ranges::any_of(shipments_, [&](const auto& entry) {
    return entry.second.order == label.order && !entry.second.voided;
  });
  if (another_left || !label.order || find(*label.order) == nullptr) return {};
  // The last label of the order is gone: it waits again (facts/shipstation.md §7).
  return edit(*label.order, at, [](Order& order) {
    if (order.status != "shipped") return;
    order.status = "awaiting_shipment";
    order.ship_date.reset();
  });
}

Result<void> Account::hold(std::int64_t order, Day until, Instant at) {
  settle(at);
  if (const auto open = open_order(order, "hold it"); !open) return tl::unexpected(open.error());
  due_.emplace(zone_.earliest(LocalTime{until}), Due{Due::Kind::hold_ends, order});
  return edit(order, at, [until](Order& held) {
    held.status = "on_hold";
    held.hold_until = until;
  });
}

Result<void> Account::restore(std::int64_t order, Instant at) {
  const Order* held = find(order);
  if (held == nullptr) return problem(fmt::format("there is no order {}", order));
  if (held->status != "on_hold") return problem(fmt::format("order {} is not on hold", order));
  return edit(order, at, [](Order& restored) {
    restored.status = "awaiting_shipment";
    restored.hold_until.reset();
  });
}

Result<void> Account::cancel(std::int64_t order, Instant at) {
  settle(at);
  if (const auto open = open_order(order, "cancel it"); !open) return tl::unexpected(open.error());
  return edit(order, at, [](Order& cancelled) { cancelled.status = "cancelled"; });
}

Result<void> Account::remove(std::int64_t order, Instant at) {
  settle(at);
  const auto found = orders_.find(order);
  if (found == orders_.end()) return problem(fmt::format("there is no order {}", order));
  move_places(places(order), {});
  held_back_.erase(order);
  by_key_.erase(found->second.key);
  orders_.erase(found);
  return {};
}

Result<std::int64_t> Account::split(std::int64_t order, std::int64_t quantity, Instant at) {
  settle(at);
  const auto open = open_order(order, "split it");
  if (!open) return tl::unexpected(open.error());
  if ((*open)->lines.empty() || (*open)->lines.front().quantity <= quantity || quantity < 1) {
    return problem(fmt::format("order {} has no {} units to split off", order, quantity));
  }
  Order part = **open;
  part.key.clear();
  part.lines.resize(1);
  part.lines.front().id = 0;  // ShipStation numbers it anew; the lineItemKey stays shared
  part.lines.front().quantity = quantity;
  part.advanced.merged_or_split = true;
  part.advanced.parent = order;
  const std::int64_t id = add(std::move(part), at);
  const auto done = edit(order, at, [quantity](Order& rest) {
    rest.lines.front().quantity -= quantity;
    rest.advanced.merged_or_split = true;
  });
  check(done.has_value(), "an open order can be edited");
  return id;
}

Result<void> Account::merge(std::int64_t survivor, std::int64_t gone, Instant at) {
  settle(at);
  if (survivor == gone) return problem("an order cannot be merged with itself");
  const auto stays = open_order(survivor, "merge into it");
  if (!stays) return tl::unexpected(stays.error());
  const auto goes = open_order(gone, "merge it");
  if (!goes) return tl::unexpected(goes.error());
  std::vector<Line> lines = (*goes)->lines;
  for (Line& line : lines) line.id = 0;
  if (const auto removed = remove(gone, at); !removed) return removed;
  merged_away_.insert(gone);
  return edit(survivor, at, [&](Order& order) {
    order.lines.insert(order.lines.end(), lines.begin(), lines.end());
    order.advanced.merged_or_split = true;
    order.advanced.merged_ids.push_back(gone);
  });
}

}  // namespace tallyman::sandbox
