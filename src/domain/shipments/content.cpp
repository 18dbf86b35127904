#include "domain/shipments/content.h"

#include <algorithm>
#include <vector>

#include "domain/orders/canonical.h"

namespace tallyman::shipments {
namespace {

using orders::Canonical;

std::string text_of(const ShipmentLineSeen& line) {
  Canonical text("line");
  text.add("order_line", line.order_line);
  text.add("sku", line.sku_text);
  text.add("name", line.name);
  text.add("quantity", line.quantity);
  return text.text();
}

}  // namespace

std::string canonical_text(const ShipmentSeen& seen) {
  Canonical text("shipment v1");
  text.add("id", seen.id);
  text.add("order", seen.order);
  text.add("number", seen.number);
  text.add("created", seen.created);
  text.add("ship_date", seen.ship_date);
  text.add("tracking", seen.tracking);
  text.add("carrier_code", seen.carrier_code);
  text.add("service_code", seen.service_code);
  text.add("cost", seen.cost);
  text.add("return_label", seen.return_label ? "yes" : "no");
  text.add("voided", seen.voided ? "yes" : "no");
  text.add("voided_at", seen.voided_at);
  // Lines that were not asked for differ from no lines.
  text.add("lines_known", seen.lines.has_value() ? "yes" : "no");
  std::vector<std::string> lines;
  if (seen.lines) {
    for (const auto& line : *seen.lines) lines.push_back(text_of(line));
  }
  std::ranges::sort(lines);
  for (const auto& line : lines) text.add("line", line);
  return text.text();
}

std::string canonical_text(const FulfilmentSeen& seen) {
  Canonical text("fulfilment v1");
  text.add("id", seen.id);
  text.add("order", seen.order);
  text.add("number", seen.number);
  text.add("created", seen.created);
  text.add("ship_date", seen.ship_date);
  text.add("tracking", seen.tracking);
  text.add("carrier", seen.carrier);
  text.add("voided", seen.voided ? "yes" : "no");
  text.add("voided_at", seen.voided_at);
  return text.text();
}

std::string content_hash(const ShipmentSeen& seen) {
  return orders::versioned_hash(canonical_text(seen));
}
std::string content_hash(const FulfilmentSeen& seen) {
  return orders::versioned_hash(canonical_text(seen));
}

}  // namespace tallyman::shipments
