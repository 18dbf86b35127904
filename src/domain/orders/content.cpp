#include "domain/orders/content.h"

#include <algorithm>
#include <vector>

#include "domain/orders/canonical.h"

namespace tallyman::orders {
namespace {

std::string text_of(const Address& address) {
  Canonical text("address");
  text.add("name", address.name);
  text.add("company", address.company);
  text.add("street1", address.street1);
  text.add("street2", address.street2);
  text.add("street3", address.street3);
  text.add("city", address.city);
  text.add("state", address.state);
  text.add("postal_code", address.postal_code);
  text.add("country", address.country);
  text.add("phone", address.phone);
  return text.text();
}

std::string text_of(const LineSeen& line) {
  Canonical text("line");
  text.add("id", line.id);
  text.add("key", line.key);
  text.add("sku", line.sku_text);
  text.add("name", line.name);
  text.add("quantity", line.quantity);
  text.add("unit_price", line.unit_price);
  text.add("adjustment", line.adjustment ? "yes" : "no");
  return text.text();
}

}  // namespace

std::string canonical_text(const OrderSeen& seen) {
  Canonical text("order v1");
  text.add("id", seen.id);
  text.add("number", seen.number);
  text.add("key", seen.key);
  text.add("created", seen.created);
  text.add("order_date", seen.order_date);
  text.add("status", seen.status);
  text.add("email", seen.customer_email ? std::optional(seen.customer_email->reveal())
                                        : std::optional<std::string>());
  text.add("bill_to", text_of(seen.bill_to.reveal()));
  text.add("ship_to", text_of(seen.ship_to.reveal()));

  std::vector<std::string> lines;
  for (const auto& line : seen.lines) lines.push_back(text_of(line));
  std::ranges::sort(lines);
  for (const auto& line : lines) text.add("line", line);

  text.add("total", seen.total);
  text.add("carrier_code", seen.carrier_code);
  text.add("carrier_id", seen.carrier_id);
  text.add("service_code", seen.service_code);
  text.add("ship_date", seen.ship_date);
  text.add("store", seen.store_id);
  text.add("parent", seen.parent);
  auto merged = seen.merged;
  std::ranges::sort(merged);
  for (const auto id : merged) text.add("merged", id);
  text.add("merged_or_split", seen.merged_or_split ? "yes" : "no");
  text.add("externally_fulfilled", seen.externally_fulfilled ? "yes" : "no");
  return text.text();
}

std::string content_hash(const OrderSeen& seen) { return versioned_hash(canonical_text(seen)); }

}  // namespace tallyman::orders
