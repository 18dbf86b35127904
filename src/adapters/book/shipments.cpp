#include "adapters/book/shipments.h"

#include "adapters/book/sql/shipments.h"
#include "adapters/book/text_view.h"
#include "domain/shipments/content.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

using shipments::FulfilmentSeen;
using shipments::ShipmentLineSeen;
using shipments::ShipmentSeen;

sql::PutShipment::Params params_of(const ShipmentSeen& seen, AccountId account, const RunId& run,
                                   const std::string& hash, Instant now) {
  sql::PutShipment::Params row{};
  row.account_id = account.value;
  row.shipment_id = seen.id.value;
  if (seen.order) row.shipstation_order_id = seen.order->value;
  if (seen.number) row.order_number = seen.number->value;
  row.created_us = seen.created;
  row.ship_date = seen.ship_date;
  row.tracking_number = view(seen.tracking);
  row.carrier_code = view(seen.carrier_code);
  row.service_code = view(seen.service_code);
  if (seen.cost) row.cost_cents = seen.cost->minor;
  row.return_label = seen.return_label;
  row.voided = seen.voided;
  row.voided_us = seen.voided_at;
  row.lines_known = seen.lines.has_value();
  row.content_hash = hash;
  row.run_id = run.value;
  row.now_us = now;
  return row;
}

void add_lines(const ShipmentSeen& seen, AccountId account,
               std::vector<sql::PutShipmentItem::Params>& rows) {
  if (!seen.lines) return;
  std::int64_t position = 0;
  for (const ShipmentLineSeen& line : *seen.lines) {
    sql::PutShipmentItem::Params row{};
    row.account_id = account.value;
    row.shipment_id = seen.id.value;
    row.position = position++;
    if (line.order_line) row.shipstation_line_id = line.order_line->value;
    row.sku_text = view(line.sku_text);
    row.name = line.name;
    row.quantity = line.quantity;
    rows.push_back(row);
  }
}

ShipmentSeen shipment_from(sql::ListShipments::Row row, ShipStationOrderId order) {
  ShipmentSeen seen;
  seen.id = ShipmentId{row.shipment_id};
  seen.order = order;
  seen.created = row.created_us;
  seen.ship_date = row.ship_date;
  seen.tracking = std::move(row.tracking_number);
  seen.carrier_code = std::move(row.carrier_code);
  seen.service_code = std::move(row.service_code);
  if (row.cost_cents) seen.cost = Money{.minor = *row.cost_cents};
  seen.return_label = row.return_label;
  seen.voided = row.voided;
  seen.voided_at = row.voided_us;
  if (row.lines_known) seen.lines.emplace();
  return seen;
}

}  // namespace

std::vector<bool> put_shipments(ports::Tx& tx, AccountId account, const RunId& run,
                                std::span<const ShipmentSeen* const> seen) {
  std::vector<std::string> hashes;
  std::vector<sql::FindShipment::Params> lookups;
  for (const auto* one : seen) {
    hashes.push_back(shipments::content_hash(*one));
    lookups.push_back({.account_id = account.value, .shipment_id = one->id.value});
  }
  std::vector<bool> differs(seen.size(), true);
  ports::select_each<sql::FindShipment>(tx, lookups, [&](std::size_t i, const auto& row) {
    differs[i] = row.content_hash != hashes[i];
  });
  std::vector<sql::PutShipment::Params> rows;
  std::vector<sql::DropShipmentItems::Params> drops;
  std::vector<sql::PutShipmentItem::Params> lines;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (!differs[i]) continue;
    rows.push_back(params_of(*seen[i], account, run, hashes[i], tx.now()));
    drops.push_back({.account_id = account.value, .shipment_id = seen[i]->id.value});
    add_lines(*seen[i], account, lines);
  }
  ports::execute_each<sql::PutShipment>(tx, rows);
  ports::execute_each<sql::DropShipmentItems>(tx, drops);
  ports::execute_each<sql::PutShipmentItem>(tx, lines);
  return differs;
}

std::vector<bool> put_fulfilments(ports::Tx& tx, AccountId account, const RunId& run,
                                  std::span<const FulfilmentSeen* const> seen) {
  std::vector<std::string> hashes;
  std::vector<sql::FindFulfilment::Params> lookups;
  for (const auto* one : seen) {
    hashes.push_back(shipments::content_hash(*one));
    lookups.push_back({.account_id = account.value, .fulfilment_id = one->id.value});
  }
  std::vector<bool> differs(seen.size(), true);
  ports::select_each<sql::FindFulfilment>(tx, lookups, [&](std::size_t i, const auto& row) {
    differs[i] = row.content_hash != hashes[i];
  });
  std::vector<sql::PutFulfilment::Params> rows;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (!differs[i]) continue;
    const FulfilmentSeen& one = *seen[i];
    sql::PutFulfilment::Params row{};
    row.account_id = account.value;
    row.fulfilment_id = one.id.value;
    if (one.order) row.shipstation_order_id = one.order->value;
    if (one.number) row.order_number = one.number->value;
    row.created_us = one.created;
    row.ship_date = one.ship_date;
    row.tracking_number = view(one.tracking);
    row.carrier = view(one.carrier);
    row.voided = one.voided;
    row.voided_us = one.voided_at;
    row.content_hash = hashes[i];
    row.run_id = run.value;
    row.now_us = tx.now();
    rows.push_back(row);
  }
  ports::execute_each<sql::PutFulfilment>(tx, rows);
  return differs;
}

std::vector<ShipmentSeen> list_shipments(ports::Tx& tx, AccountId account,
                                         std::span<const ShipStationOrderId> orders) {
  std::vector<sql::ListShipments::Params> params;
  for (const auto order : orders) {
    params.push_back({.account_id = account.value, .shipstation_order_id = order.value});
  }
  std::vector<ShipmentSeen> all;
  ports::select_each<sql::ListShipments>(tx, params, [&](std::size_t i, auto row) {
    all.push_back(shipment_from(std::move(row), orders[i]));
  });
  std::vector<sql::ListShipmentItems::Params> lines;
  for (const auto& shipment : all) {
    lines.push_back({.account_id = account.value, .shipment_id = shipment.id.value});
  }
  ports::select_each<sql::ListShipmentItems>(tx, lines, [&](std::size_t i, auto row) {
    ShipmentLineSeen line;
    if (row.shipstation_line_id) line.order_line = ShipStationLineId{*row.shipstation_line_id};
    line.sku_text = std::move(row.sku_text);
    line.name = std::move(row.name);
    line.quantity = row.quantity;
    all[i].lines->push_back(std::move(line));
  });
  return all;
}

std::vector<FulfilmentSeen> list_fulfilments(ports::Tx& tx, AccountId account,
                                             std::span<const ShipStationOrderId> orders) {
  std::vector<sql::ListFulfilments::Params> params;
  for (const auto order : orders) {
    params.push_back({.account_id = account.value, .shipstation_order_id = order.value});
  }
  std::vector<FulfilmentSeen> all;
  ports::select_each<sql::ListFulfilments>(tx, params, [&](std::size_t i, auto row) {
    FulfilmentSeen seen;
    seen.id = FulfilmentId{row.fulfilment_id};
    seen.order = orders[i];
    seen.created = row.created_us;
    seen.ship_date = row.ship_date;
    seen.tracking = std::move(row.tracking_number);
    seen.carrier = std::move(row.carrier);
    seen.voided = row.voided;
    seen.voided_at = row.voided_us;
    all.push_back(std::move(seen));
  });
  return all;
}

}  // namespace tallyman::book
