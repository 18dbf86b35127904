#include <utility>

#include "adapters/shipstation/json_body.h"
#include "adapters/shipstation/wire.h"

namespace tallyman::shipstation {

namespace {

using orders::Address;
using orders::LineSeen;
using orders::OrderSeen;

const Member<Address> kAddress[] = {
    {"name", [](Reading& r, Value v, Address& a) { a.name = read_text(r, v); }},
    {"company", [](Reading& r, Value v, Address& a) { a.company = read_text(r, v); }},
    {"street1", [](Reading& r, Value v, Address& a) { a.street1 = read_text(r, v); }},
    {"street2", [](Reading& r, Value v, Address& a) { a.street2 = read_text(r, v); }},
    {"street3", [](Reading& r, Value v, Address& a) { a.street3 = read_text(r, v); }},
    {"city", [](Reading& r, Value v, Address& a) { a.city = read_text(r, v); }},
    {"state", [](Reading& r, Value v, Address& a) { a.state = read_text(r, v); }},
    {"postalCode", [](Reading& r, Value v, Address& a) { a.postal_code = read_text(r, v); }},
    {"country", [](Reading& r, Value v, Address& a) { a.country = read_text(r, v); }},
    {"phone", [](Reading& r, Value v, Address& a) { a.phone = read_text(r, v); }},
};

Address read_address(Reading& reading, Value value) {
  Address address;
  read_members(reading, value, address, kAddress);
  return address;
}

struct LineParts {
  LineSeen line;
  std::optional<std::int64_t> id;
  std::optional<std::int64_t> quantity;
};

const Member<LineParts> kLine[] = {
    {"orderItemId", [](Reading& r, Value v, LineParts& p) { p.id = read_id(r, v); }},
    {"lineItemKey", [](Reading& r, Value v, LineParts& p) { p.line.key = read_text(r, v); }},
    {"sku", [](Reading& r, Value v, LineParts& p) { p.line.sku_text = read_text(r, v); }},
    {"name", [](Reading& r, Value v, LineParts& p) { p.line.name = read_text(r, v).value_or(""); }},
    {"quantity", [](Reading& r, Value v, LineParts& p) { p.quantity = read_quantity(r, v); }},
    {"unitPrice", [](Reading& r, Value v, LineParts& p) { p.line.unit_price = read_money(r, v); }},
    {"adjustment", [](Reading& r, Value v, LineParts& p) { p.line.adjustment = read_flag(r, v); }},
};

std::vector<LineSeen> read_lines(Reading& reading, Value value) {
  std::vector<LineSeen> lines;
  each_element(reading, value, [&](Value element) {
    LineParts parts;
    read_members(reading, element, parts, kLine);
    parts.line.id = {required(reading, "orderItemId", parts.id)};
    parts.line.quantity = required(reading, "quantity", parts.quantity);
    lines.push_back(std::move(parts.line));
  });
  return lines;
}

// The three places of a carrier id; the first that is set counts (facts/operations.md §4.4).
struct CarrierIds {
  std::optional<std::string> my_other_account;
  std::optional<std::string> advanced;
  std::optional<std::string> order;
};

struct OrderParts {
  OrderSeen order;
  std::optional<std::int64_t> id;
  std::optional<std::string> number;
  std::optional<std::string> status;
  std::optional<Instant> created;
  std::optional<Instant> modified;
  CarrierIds carriers;
};

const Member<OrderParts> kAdvancedOptions[] = {
    {"billToMyOtherAccount",
     [](Reading& r, Value v, OrderParts& p) { p.carriers.my_other_account = read_code(r, v); }},
    {"carrierId",
     [](Reading& r, Value v, OrderParts& p) { p.carriers.advanced = read_code(r, v); }},
    {"storeId", [](Reading& r, Value v, OrderParts& p) { p.order.store_id = read_whole(r, v); }},
    {"parentId",
     [](Reading& r, Value v, OrderParts& p) {
       const auto id = read_id(r, v);
       p.order.parent = id ? std::optional{ShipStationOrderId{*id}} : std::nullopt;
     }},
    {"mergedIds",
     [](Reading& r, Value v, OrderParts& p) {
       p.order.merged.clear();
       each_element(r, v, [&](Value element) {
         if (const auto id = read_id(r, element)) p.order.merged.push_back({*id});
       });
     }},
    {"mergedOrSplit",
     [](Reading& r, Value v, OrderParts& p) { p.order.merged_or_split = read_flag(r, v); }},
};

const Member<OrderParts> kOrderMembers[] = {
    {"orderId", [](Reading& r, Value v, OrderParts& p) { p.id = read_id(r, v); }},
    {"orderNumber", [](Reading& r, Value v, OrderParts& p) { p.number = read_filled_text(r, v); }},
    {"orderKey",
     [](Reading& r, Value v, OrderParts& p) { p.order.key = read_text(r, v).value_or(""); }},
    {"orderDate", [](Reading& r, Value v, OrderParts& p) { p.order.order_date = read_day(r, v); }},
    {"createDate", [](Reading& r, Value v, OrderParts& p) { p.created = read_stamp(r, v); }},
    {"modifyDate", [](Reading& r, Value v, OrderParts& p) { p.modified = read_stamp(r, v); }},
    {"orderStatus", [](Reading& r, Value v, OrderParts& p) { p.status = read_filled_text(r, v); }},
    {"customerEmail",
     [](Reading& r, Value v, OrderParts& p) {
       auto email = read_filled_text(r, v);
       p.order.customer_email.reset();
       if (email) p.order.customer_email.emplace(std::move(*email));
     }},
    {"billTo",
     [](Reading& r, Value v, OrderParts& p) { p.order.bill_to = Pii{read_address(r, v)}; }},
    {"shipTo",
     [](Reading& r, Value v, OrderParts& p) { p.order.ship_to = Pii{read_address(r, v)}; }},
    {"items", [](Reading& r, Value v, OrderParts& p) { p.order.lines = read_lines(r, v); }},
    {"orderTotal", [](Reading& r, Value v, OrderParts& p) { p.order.total = read_money(r, v); }},
    {"carrierCode",
     [](Reading& r, Value v, OrderParts& p) { p.order.carrier_code = read_filled_text(r, v); }},
    {"carrierId", [](Reading& r, Value v, OrderParts& p) { p.carriers.order = read_code(r, v); }},
    {"serviceCode",
     [](Reading& r, Value v, OrderParts& p) { p.order.service_code = read_filled_text(r, v); }},
    {"shipDate", [](Reading& r, Value v, OrderParts& p) { p.order.ship_date = read_day(r, v); }},
    {"advancedOptions",
     [](Reading& r, Value v, OrderParts& p) { read_members(r, v, p, kAdvancedOptions); }},
    {"externallyFulfilled",
     [](Reading& r, Value v, OrderParts& p) { p.order.externally_fulfilled = read_flag(r, v); }},
};

OrderParts read_parts(Reading& reading, Value value) {
  OrderParts parts;
  read_members(reading, value, parts, kOrderMembers);
  parts.order.id = {required(reading, "orderId", parts.id)};
  parts.order.number = {required(reading, "orderNumber", parts.number)};
  parts.order.status = required(reading, "orderStatus", parts.status);
  parts.order.created = required(reading, "createDate", parts.created);
  parts.order.modified = required(reading, "modifyDate", parts.modified);
  for (const auto* id :
       {&parts.carriers.my_other_account, &parts.carriers.advanced, &parts.carriers.order}) {
    if (!parts.order.carrier_id) parts.order.carrier_id = *id;
  }
  return parts;
}

std::optional<Instant> sort_key(const OrderParts& parts, ports::OrderQuery::Sort sorted_by) {
  switch (sorted_by) {
    case ports::OrderQuery::Sort::modified: return parts.modified;
    case ports::OrderQuery::Sort::created: return parts.created;
  }
  return std::nullopt;
}

}  // namespace

Result<ports::OrderPage> read_order_page(std::string& body, const Zone& zone,
                                         ports::OrderQuery::Sort sorted_by) {
  using Row = std::variant<ports::Document<OrderSeen>, ports::Unreadable>;
  return read_page<OrderSeen>(body, zone, "orders", [&](const JsonBody& json, Value value) -> Row {
    ports::RawDocument raw{json.raw_bytes(value)};
    Reading reading(zone);
    auto parts = read_parts(reading, value);
    if (!reading.problem()) {
      return ports::Document<OrderSeen>{std::move(parts.order), std::move(raw)};
    }
    return ports::Unreadable{parts.id, std::move(parts.number), sort_key(parts, sorted_by),
                             *reading.problem(), std::move(raw)};
  });
}

Result<ports::Document<OrderSeen>> read_order(std::string& body, const Zone& zone) {
  auto json = JsonBody::open(body);
  if (!json) return tl::unexpected(json.error());
  auto root = (*json)->root();
  if (!root) return tl::unexpected(root.error());
  ports::RawDocument raw{(*json)->raw_bytes(*root)};
  Reading reading(zone);
  auto parts = read_parts(reading, *root);
  if (reading.problem()) return problem(*reading.problem());
  return ports::Document<OrderSeen>{std::move(parts.order), std::move(raw)};
}

}  // namespace tallyman::shipstation
