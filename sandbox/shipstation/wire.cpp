#include "sandbox/shipstation/wire.h"

#include "sandbox/shipstation/json_writer.h"
#include "sandbox/stamps.h"

namespace tallyman::sandbox {
namespace {

void write_long(JsonWriter& json, std::string_view name, const std::optional<LocalTime>& at) {
  json.member(name, at ? Text(long_form(*at)) : std::nullopt);
}

void write_day(JsonWriter& json, std::string_view name, const std::optional<Day>& day) {
  json.member(name, day ? Text(day_form(*day)) : std::nullopt);
}

void write_address(JsonWriter& json, std::string_view name, const Address& address) {
  json.key(name);
  json.begin_object();
  json.member("name", address.name);
  json.member("company", address.company);
  json.member("street1", address.street1);
  json.member("street2", address.street2);
  json.member("street3", address.street3);
  json.member("city", address.city);
  json.member("state", address.state);
  json.member("postalCode", address.postal_code);
  json.member("country", address.country);
  json.member("phone", address.phone);
  json.key("residential");
  address.residential ? json.flag(*address.residential) : json.null();
  json.member("addressVerified", address.verified);
  json.end_object();
}

std::int64_t weight_code(std::string_view units) {
  if (units == "pounds") return 0;
  return units == "ounces" ? 1 : 2;
}

void write_weight(JsonWriter& json, const std::optional<Weight>& weight) {
  json.key("weight");
  if (!weight) return json.null();
  json.begin_object();
  json.member_decimal("value", weight->hundredths);
  json.member("units", weight->units);
  json.member("WeightUnits", weight_code(weight->units));
  json.end_object();
}

void write_dimensions(JsonWriter& json, const std::optional<Dimensions>& dimensions) {
  json.key("dimensions");
  if (!dimensions) return json.null();
  json.begin_object();
  json.member("units", dimensions->units);
  json.member_decimal("length", dimensions->length);
  json.member_decimal("width", dimensions->width);
  json.member_decimal("height", dimensions->height);
  json.end_object();
}

void write_money(JsonWriter& json, std::string_view name,
                 const std::optional<std::int64_t>& cents) {
  json.key(name);
  cents ? json.decimal(*cents) : json.null();
}

// What order lines and parcel lines have in common.
void write_line_head(JsonWriter& json, const Line& line) {
  json.member("orderItemId", line.id);
  json.member("lineItemKey", line.key);
  json.member("sku", line.sku);
  json.member("name", line.name);
  json.member("imageUrl", line.image_url);
  write_weight(json, line.weight);
  json.member("quantity", line.quantity);
}

void write_options(JsonWriter& json, const Line& line) {
  json.key("options");
  json.begin_array();
  for (const auto& [name, value] : line.options) {
    json.begin_object();
    json.member("name", name);
    json.member("value", value);
    json.end_object();
  }
  json.end_array();
}

void write_line(JsonWriter& json, const Line& line, bool price_as_text) {
  json.begin_object();
  write_line_head(json, line);
  if (price_as_text) {
    json.member("unitPrice", std::string_view("free"));
  } else {
    json.member_decimal("unitPrice", line.unit_price);
  }
  write_money(json, "taxAmount", line.tax);
  write_money(json, "shippingAmount", line.shipping);
  json.member("warehouseLocation", line.warehouse_location);
  write_options(json, line);
  json.member("productId", line.product_id);
  json.member("fulfillmentSku", line.fulfillment_sku);
  json.member_flag("adjustment", line.adjustment);
  json.member("upc", line.upc);
  json.member("createDate", short_form(line.created));
  json.member("modifyDate", short_form(line.modified));
  json.end_object();
}

void write_insurance(JsonWriter& json, const Insurance& insurance) {
  json.key("insuranceOptions");
  json.begin_object();
  json.member("provider", insurance.provider);
  json.member_flag("insureShipment", insurance.insured);
  json.key("insuredValue");
  insurance.value == 0 ? json.raw("0.0", rapidjson::kNumberType) : json.decimal(insurance.value);
  json.end_object();
}

void write_international(JsonWriter& json, const International& international) {
  json.key("internationalOptions");
  json.begin_object();
  json.member("contents", international.contents);
  json.key("customsItems");
  international.customs_items ? json.raw(*international.customs_items, rapidjson::kArrayType)
                              : json.null();
  json.member("nonDelivery", international.non_delivery);
  json.end_object();
}

void write_ids(JsonWriter& json, const std::vector<std::int64_t>& ids) {
  json.begin_array();
  for (const std::int64_t id : ids) json.whole(id);
  json.end_array();
}

void write_advanced(JsonWriter& json, const Advanced& advanced) {
  json.key("advancedOptions");
  json.begin_object();
  json.member("warehouseId", advanced.warehouse);
  json.member_flag("nonMachinable", advanced.non_machinable);
  json.member_flag("saturdayDelivery", advanced.saturday_delivery);
  json.member_flag("containsAlcohol", advanced.contains_alcohol);
  json.member_flag("mergedOrSplit", advanced.merged_or_split);
  json.key("mergedIds");
  write_ids(json, advanced.merged_ids);
  json.member("parentId", advanced.parent);
  json.member("storeId", advanced.store);
  json.member("customField1", advanced.custom1);
  json.member("customField2", advanced.custom2);
  json.member("customField3", advanced.custom3);
  json.member("source", advanced.source);
  json.member("billToParty", advanced.bill_to_party);
  json.member("billToAccount", advanced.bill_to_account);
  json.member("billToPostalCode", advanced.bill_to_postal_code);
  json.member("billToCountryCode", advanced.bill_to_country);
  json.member("billToMyOtherAccount", advanced.bill_to_my_other_account);
  json.end_object();
}

void write_order_head(JsonWriter& json, const Order& order, const OrderDress& dress) {
  if (dress.broken != BrokenMember::order_id_missing) json.member("orderId", order.id);
  json.member("orderNumber", order.number);
  json.member("orderKey", order.key);
  write_long(json, "orderDate", order.ordered);
  write_long(json, "createDate", order.created);
  if (dress.broken == BrokenMember::modify_date_text) {
    json.member("modifyDate", std::string_view("yesterday"));
  } else {
    write_long(json, "modifyDate", order.modified);
  }
  write_long(json, "paymentDate", order.paid);
  write_long(json, "shipByDate", order.ship_by);
  json.member("orderStatus", dress.unknown_status ? std::string_view("processing") : order.status);
  json.member("customerId", order.customer);
  json.member("customerUsername", order.customer_username);
  json.member("customerEmail", order.customer_email);
  write_address(json, "billTo", order.bill_to);
  write_address(json, "shipTo", order.ship_to);
}

void write_order_lines(JsonWriter& json, const Order& order, const OrderDress& dress) {
  if (dress.broken == BrokenMember::items_text) {
    return json.member("items", std::string_view("none"));
  }
  json.key("items");
  json.begin_array();
  bool price_as_text = dress.broken == BrokenMember::unit_price_text;
  for (const Line& line : order.lines) {
    write_line(json, line, price_as_text);
    price_as_text = false;
  }
  json.end_array();
}

void write_order_money_and_notes(JsonWriter& json, const Order& order) {
  json.member_decimal("orderTotal", order_total(order));
  json.member_decimal("amountPaid", order.amount_paid);
  json.member_decimal("taxAmount", order.tax);
  json.member_decimal("shippingAmount", order.shipping);
  json.member("customerNotes", order.customer_notes);
  json.member("internalNotes", order.internal_notes);
  json.member_flag("gift", order.gift);
  json.member("giftMessage", order.gift_message);
  json.member("paymentMethod", order.payment_method);
  json.member("requestedShippingService", order.requested_service);
  json.member("carrierCode", order.carrier);
  json.member("serviceCode", order.service);
  json.member("packageCode", order.package);
  json.member("confirmation", order.confirmation);
  write_day(json, "shipDate", order.ship_date);
  write_day(json, "holdUntilDate", order.hold_until);
}

void write_order_tail(JsonWriter& json, const Order& order) {
  write_weight(json, order.weight);
  write_dimensions(json, order.dimensions);
  write_insurance(json, order.insurance);
  write_international(json, order.international);
  write_advanced(json, order.advanced);
  json.key("tagIds");
  order.tags ? write_ids(json, *order.tags) : json.null();
  json.member("userId", order.user);
  json.member_flag("externallyFulfilled", order.externally_fulfilled);
  json.member("externallyFulfilledBy", order.externally_fulfilled_by);
  json.member_null("externallyFulfilledById");
  json.member("externallyFulfilledByName", order.externally_fulfilled_by);
  json.member_null("labelMessages");
}

void write_parcel_lines(JsonWriter& json, const std::vector<Line>& lines) {
  json.begin_array();
  for (const Line& line : lines) {
    json.begin_object();
    write_line_head(json, line);
    json.member_decimal("unitPrice", line.unit_price);
    json.member("warehouseLocation", line.warehouse_location);
    write_options(json, line);
    json.member("productId", line.product_id);
    json.member("fulfillmentSku", line.fulfillment_sku);
    json.end_object();
  }
  json.end_array();
}

void write_shipment_tail(JsonWriter& json, const Shipment& shipment, ShipmentItems items) {
  write_address(json, "shipTo", shipment.ship_to);
  write_weight(json, shipment.weight);
  json.member_null("dimensions");
  write_insurance(json, {});
  json.key("advancedOptions");
  json.begin_object();
  json.member_null("billToParty");
  json.member_null("billToAccount");
  json.member_null("billToPostalCode");
  json.member_null("billToCountryCode");
  json.member("storeId", shipment.store);
  json.end_object();
  json.key("shipmentItems");
  items == ShipmentItems::included ? write_parcel_lines(json, shipment.lines) : json.null();
  json.member_null("labelData");
  json.member_null("formData");
}

}  // namespace

void append_json(std::string& out, const Order& order, const OrderDress& dress) {
  JsonWriter json(out);
  json.begin_object();
  write_order_head(json, order, dress);
  write_order_lines(json, order, dress);
  write_order_money_and_notes(json, order);
  write_order_tail(json, order);
  if (dress.unknown_members) {
    json.key("futureOptions");
    json.begin_object();
    json.member("kind", std::string_view("unheard of"));
    json.member_null("orderId");
    json.end_object();
  }
  json.end_object();
}

void append_json(std::string& out, const Shipment& shipment, ShipmentItems items) {
  JsonWriter json(out);
  json.begin_object();
  json.member("shipmentId", shipment.id);
  json.member("orderId", shipment.order);
  json.member("orderKey", shipment.order_key);
  json.member_null("userId");
  json.member("customerEmail", shipment.customer_email);
  json.member("orderNumber", shipment.order_number);
  write_long(json, "createDate", shipment.created);
  write_day(json, "shipDate", shipment.ship_date);
  json.member_decimal("shipmentCost", shipment.cost);
  json.member_decimal("insuranceCost", 0);
  json.member("trackingNumber", shipment.tracking);
  json.member_flag("isReturnLabel", shipment.return_label);
  json.member("batchNumber", shipment.batch_number);
  json.member("carrierCode", shipment.carrier);
  json.member("serviceCode", shipment.service);
  json.member("packageCode", shipment.package);
  json.member("confirmation", shipment.confirmation);
  json.member("warehouseId", shipment.warehouse);
  json.member_flag("voided", shipment.voided);
  write_long(json, "voidDate", shipment.void_stamp);
  json.member_flag("marketplaceNotified", true);
  json.member_null("notifyErrorMessage");
  write_shipment_tail(json, shipment, items);
  json.end_object();
}

void append_json(std::string& out, const Fulfilment& fulfilment) {
  JsonWriter json(out);
  json.begin_object();
  json.member("fulfillmentId", fulfilment.id);
  json.member("orderId", fulfilment.order);
  json.member("orderNumber", fulfilment.order_number);
  json.member_null("userId");
  json.member("customerEmail", fulfilment.customer_email);
  json.member("trackingNumber", fulfilment.tracking);
  write_long(json, "createDate", fulfilment.created);
  write_long(json, "shipDate", LocalTime{fulfilment.ship_date});
  write_long(json, "voidDate", fulfilment.void_stamp);
  json.member_null("deliveryDate");
  json.member("carrierCode", fulfilment.carrier);
  json.member_null("sellerFillProviderId");
  json.member_null("sellerFillProviderName");
  json.member_null("fulfillmentProviderCode");
  json.member_null("fulfillmentServiceCode");
  json.key("fulfillmentFee");
  json.raw("0.0", rapidjson::kNumberType);
  json.member_flag("voidRequested", fulfilment.voided);
  json.member_flag("voided", fulfilment.voided);
  json.member_flag("marketplaceNotified", false);
  json.member_null("notifyErrorMessage");
  write_address(json, "shipTo", fulfilment.ship_to);
  json.end_object();
}

}  // namespace tallyman::sandbox
