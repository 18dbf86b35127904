#include <utility>

#include "adapters/shipstation/json_body.h"
#include "adapters/shipstation/wire.h"

namespace tallyman::shipstation {

namespace {

using shipments::FulfilmentSeen;
using shipments::ShipmentLineSeen;
using shipments::ShipmentSeen;

std::optional<ShipStationOrderId> read_order_id(Reading& reading, Value value) {
  const auto id = read_id(reading, value);
  return id ? std::optional{ShipStationOrderId{*id}} : std::nullopt;
}

std::optional<OrderNumber> read_number(Reading& reading, Value value) {
  auto number = read_filled_text(reading, value);
  return number ? std::optional{OrderNumber{std::move(*number)}} : std::nullopt;
}

struct LineParts {
  ShipmentLineSeen line;
  std::optional<std::int64_t> quantity;
};

const Member<LineParts> kLine[] = {
    {"orderItemId",
     [](Reading& r, Value v, LineParts& p) {
       const auto id = read_id(r, v);
       p.line.order_line = id ? std::optional{ShipStationLineId{*id}} : std::nullopt;
     }},
    {"sku", [](Reading& r, Value v, LineParts& p) { p.line.sku_text = read_text(r, v); }},
    {"name", [](Reading& r, Value v, LineParts& p) { p.line.name = read_text(r, v).value_or(""); }},
    {"quantity", [](Reading& r, Value v, LineParts& p) { p.quantity = read_quantity(r, v); }},
};

// None unless the items were asked for and sent (facts/shipstation.md §5).
std::optional<std::vector<ShipmentLineSeen>> read_lines(Reading& reading, Value value) {
  const auto type = type_of(reading, value);
  if (!type || *type == simdjson::ondemand::json_type::null) return std::nullopt;
  std::vector<ShipmentLineSeen> lines;
  each_element(reading, value, [&](Value element) {
    LineParts parts;
    read_members(reading, element, parts, kLine);
    parts.line.quantity = required(reading, "quantity", parts.quantity);
    lines.push_back(std::move(parts.line));
  });
  return lines;
}

// Seen: ShipmentSeen or FulfilmentSeen.
template <class Seen>
struct Parts {
  Seen seen;
  std::optional<std::int64_t> id;
  std::optional<Instant> created;
};

using ShipmentParts = Parts<ShipmentSeen>;
using FulfilmentParts = Parts<FulfilmentSeen>;

const Member<ShipmentParts> kShipment[] = {
    {"shipmentId", [](Reading& r, Value v, ShipmentParts& p) { p.id = read_id(r, v); }},
    {"orderId", [](Reading& r, Value v, ShipmentParts& p) { p.seen.order = read_order_id(r, v); }},
    {"orderNumber",
     [](Reading& r, Value v, ShipmentParts& p) { p.seen.number = read_number(r, v); }},
    {"createDate", [](Reading& r, Value v, ShipmentParts& p) { p.created = read_stamp(r, v); }},
    {"shipDate", [](Reading& r, Value v, ShipmentParts& p) { p.seen.ship_date = read_day(r, v); }},
    {"trackingNumber",
     [](Reading& r, Value v, ShipmentParts& p) { p.seen.tracking = read_filled_text(r, v); }},
    {"carrierCode",
     [](Reading& r, Value v, ShipmentParts& p) { p.seen.carrier_code = read_filled_text(r, v); }},
    {"serviceCode",
     [](Reading& r, Value v, ShipmentParts& p) { p.seen.service_code = read_filled_text(r, v); }},
    {"shipmentCost", [](Reading& r, Value v, ShipmentParts& p) { p.seen.cost = read_money(r, v); }},
    {"isReturnLabel",
     [](Reading& r, Value v, ShipmentParts& p) { p.seen.return_label = read_flag(r, v); }},
    {"voided", [](Reading& r, Value v, ShipmentParts& p) { p.seen.voided = read_flag(r, v); }},
    {"voidDate",
     [](Reading& r, Value v, ShipmentParts& p) { p.seen.voided_at = read_stamp(r, v); }},
    {"shipmentItems",
     [](Reading& r, Value v, ShipmentParts& p) { p.seen.lines = read_lines(r, v); }},
};

const Member<FulfilmentParts> kFulfilment[] = {
    {"fulfillmentId", [](Reading& r, Value v, FulfilmentParts& p) { p.id = read_id(r, v); }},
    {"orderId",
     [](Reading& r, Value v, FulfilmentParts& p) { p.seen.order = read_order_id(r, v); }},
    {"orderNumber",
     [](Reading& r, Value v, FulfilmentParts& p) { p.seen.number = read_number(r, v); }},
    {"createDate", [](Reading& r, Value v, FulfilmentParts& p) { p.created = read_stamp(r, v); }},
    {"shipDate",
     [](Reading& r, Value v, FulfilmentParts& p) { p.seen.ship_date = read_day(r, v); }},
    {"trackingNumber",
     [](Reading& r, Value v, FulfilmentParts& p) { p.seen.tracking = read_filled_text(r, v); }},
    {"carrierCode",
     [](Reading& r, Value v, FulfilmentParts& p) { p.seen.carrier = read_filled_text(r, v); }},
    {"voided", [](Reading& r, Value v, FulfilmentParts& p) { p.seen.voided = read_flag(r, v); }},
    {"voidDate",
     [](Reading& r, Value v, FulfilmentParts& p) { p.seen.voided_at = read_stamp(r, v); }},
};

template <class Seen, std::size_t N>
Result<ports::Page<Seen>> read_list(std::string& body, const Zone& zone, std::string_view list,
                                    std::string_view id_member,
                                    const Member<Parts<Seen>> (&table)[N]) {
  using Row = std::variant<ports::Document<Seen>, ports::Unreadable>;
  return read_page<Seen>(body, zone, list, [&](const JsonBody& json, Value value) -> Row {
    ports::RawDocument raw{json.raw_bytes(value)};
    Reading reading(zone);
    Parts<Seen> parts;
    read_members(reading, value, parts, table);
    parts.seen.id = {required(reading, id_member, parts.id)};
    parts.seen.created = required(reading, "createDate", parts.created);
    if (!reading.problem()) {
      return ports::Document<Seen>{std::move(parts.seen), std::move(raw)};
    }
    std::optional<std::string> number;
    if (parts.seen.number) number = parts.seen.number->value;
    return ports::Unreadable{parts.id, std::move(number), parts.created, *reading.problem(),
                             std::move(raw)};
  });
}

}  // namespace

Result<ports::ShipmentPage> read_shipment_page(std::string& body, const Zone& zone) {
  return read_list<ShipmentSeen>(body, zone, "shipments", "shipmentId", kShipment);
}

Result<ports::FulfilmentPage> read_fulfilment_page(std::string& body, const Zone& zone) {
  return read_list<FulfilmentSeen>(body, zone, "fulfillments", "fulfillmentId", kFulfilment);
}

}  // namespace tallyman::shipstation
