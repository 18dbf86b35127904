// What the orders_inbox row comes to say, and which of its fields changed.
#include <fmt/format.h>

#include "domain/orders/change_parts.h"
#include "domain/orders/service_name.h"
#include "domain/orders/trim.h"

namespace tallyman::orders {
namespace {

using Text = std::optional<std::string>;

Address tidy(const Address& raw) {
  return {.name = present(raw.name),
          .company = present(raw.company),
          .street1 = present(raw.street1),
          .street2 = present(raw.street2),
          .street3 = present(raw.street3),
          .city = present(raw.city),
          .state = present(raw.state),
          .postal_code = present(raw.postal_code),
          .country = present(raw.country),
          .phone = present(raw.phone)};
}

bool has_street(const Address& address) {
  return address.street1 || address.street2 || address.street3;
}

// ShipStation often knows a billing name and nothing else; that must not cost us a full address.
void take_address(Pii<Address>& ours, const Pii<Address>& seen) {
  const Address theirs = tidy(seen.reveal());
  if (theirs == Address{}) return;
  if (has_street(theirs) || !has_street(ours.reveal())) ours = Pii<Address>(theirs);
}

// Replaces ours only by something.
void take(Text& ours, const Text& seen) {
  if (auto theirs = present(seen)) ours = std::move(theirs);
}

OrderHeader new_header(const ChangeContext& context) {
  const auto& seen = context.seen;
  OrderHeader header;
  header.order_date = seen.order_date ? *seen.order_date : context.rules.zone.day(seen.created);
  header.source_system = kSourceManual;
  return header;
}

void take_identity(OrderHeader& header, const OrderSeen& seen) {
  header.shipstation_order = seen.id;
  const auto number = trimmed(seen.number.value);
  if (!number.empty() && number != trimmed(header.number.value)) {
    header.number = OrderNumber{std::string(number)};
  }
  if (seen.total) header.total_amount = seen.total;
  if (seen.customer_email) {
    if (auto email = present(seen.customer_email->reveal())) {
      header.customer_email = Pii<std::string>(*email);
    }
  }
  take_address(header.ship_to, seen.ship_to);
  take_address(header.bill_to, seen.bill_to);
}

void take_shipping(OrderHeader& header, const OrderSeen& seen) {
  take(header.carrier_code, seen.carrier_code);
  take(header.carrier_id, seen.carrier_id);
  take(header.service_code, seen.service_code);
  if (const auto code = present(seen.service_code)) header.service_name = service_name(*code);
}

// ---- what changed, in columns ----

Text text_of(const std::optional<Money>& money) {
  if (!money) return std::nullopt;
  return std::to_string(money->minor);
}
Text text_of(const std::optional<Day>& day) {
  if (!day) return std::nullopt;
  return tallyman::to_text(*day);
}
Text text_of(const std::optional<ShipStationOrderId>& id) {
  if (!id) return std::nullopt;
  return std::to_string(id->value);
}

std::vector<FieldChange> compare(const OrderHeader& before, const OrderHeader& after) {
  std::vector<FieldChange> changes;
  const auto add = [&](std::string_view field, const Text& old_text, const Text& new_text) {
    if (old_text != new_text) changes.push_back({std::string(field), old_text, new_text});
  };
  const auto add_personal = [&](std::string_view field, bool same) {
    if (!same) changes.push_back({std::string(field), std::nullopt, std::nullopt});
  };
  add("order_number", before.number.value, after.number.value);
  add("status", before.status.word, after.status.word);
  add("shipstation_order_id", text_of(before.shipstation_order), text_of(after.shipstation_order));
  add("shipping_carrier_code", before.carrier_code, after.carrier_code);
  add("shipping_carrier_id", before.carrier_id, after.carrier_id);
  add("shipping_service_code", before.service_code, after.service_code);
  add("shipping_service_name", before.service_name, after.service_name);
  add("ship_date", text_of(before.ship_date), text_of(after.ship_date));
  add("total_items", std::to_string(before.total_items), std::to_string(after.total_items));
  add("total_amount_cents", text_of(before.total_amount), text_of(after.total_amount));
  add_personal("customer_email", before.customer_email == after.customer_email);
  add_personal("ship_address", before.ship_to == after.ship_to);
  add_personal("bill_address", before.bill_to == after.bill_to);
  return changes;
}

}  // namespace

HeaderPlan plan_header(const ChangeContext& context, const Status& overall,
                       std::int64_t total_items) {
  HeaderPlan plan;
  const OrderHeader before = context.local ? context.local->header : new_header(context);
  plan.header = before;
  const bool primary = is_primary(context);
  if (primary) take_identity(plan.header, context.seen);

  // Another part of a split only fills what the primary left open.
  OrderHeader shipping = plan.header;
  take_shipping(shipping, context.seen);
  if (primary || !plan.header.carrier_code) {
    plan.header.carrier_code = shipping.carrier_code;
    plan.header.carrier_id = shipping.carrier_id;
  }
  if (primary || !plan.header.service_code) {
    plan.header.service_code = shipping.service_code;
    plan.header.service_name = shipping.service_name;
  }
  if (context.seen.ship_date && (primary || !plan.header.ship_date)) {
    plan.header.ship_date = context.seen.ship_date;
  }
  // An order that is open again was not shipped on the day it once said.
  if (primary && !context.seen.ship_date && is_open(overall.known)) plan.header.ship_date.reset();

  plan.header.status = overall;
  plan.header.total_items = total_items;
  if (context.local) plan.changes = compare(before, plan.header);
  return plan;
}

}  // namespace tallyman::orders
