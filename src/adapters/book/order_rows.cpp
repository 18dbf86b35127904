#include "adapters/book/order_rows.h"
#include "adapters/book/text_view.h"

#include "domain/base/check.h"
#include "domain/base/whole_number.h"

namespace tallyman::book {

namespace {

std::optional<Money> cents(const std::optional<std::int64_t>& minor) {
  if (!minor) return std::nullopt;
  return Money{.minor = *minor};
}

std::optional<std::int64_t> minor(const std::optional<Money>& money) {
  if (!money) return std::nullopt;
  return money->minor;
}

template <class IdType>
auto plain(const std::optional<IdType>& id) {
  return id ? std::optional(id->value) : std::nullopt;
}

// The members that insert and update share.
template <class Params>
void fill(Params& params, const orders::OrderHeader& header, HeaderTexts& texts) {
  params.order_number = header.number.value;
  params.order_date = header.order_date;
  params.status = header.status.word;
  if (header.shipstation_order) {
    texts.shipstation_order = std::to_string(header.shipstation_order->value);
    params.shipstation_order_id = texts.shipstation_order;
  }
  params.total_items = header.total_items;
  params.total_amount_cents = minor(header.total_amount);
  if (header.customer_email) params.customer_email = header.customer_email->reveal();
  const orders::Address& ship = header.ship_to.reveal();
  params.ship_name = view(ship.name);
  params.ship_company = view(ship.company);
  params.ship_street1 = view(ship.street1);
  params.ship_street2 = view(ship.street2);
  params.ship_street3 = view(ship.street3);
  params.ship_city = view(ship.city);
  params.ship_state = view(ship.state);
  params.ship_postal_code = view(ship.postal_code);
  params.ship_country = view(ship.country);
  params.ship_phone = view(ship.phone);
  const orders::Address& bill = header.bill_to.reveal();
  params.bill_name = view(bill.name);
  params.bill_company = view(bill.company);
  params.bill_street1 = view(bill.street1);
  params.bill_street2 = view(bill.street2);
  params.bill_street3 = view(bill.street3);
  params.bill_city = view(bill.city);
  params.bill_state = view(bill.state);
  params.bill_postal_code = view(bill.postal_code);
  params.bill_country = view(bill.country);
  params.bill_phone = view(bill.phone);
  params.shipping_carrier_code = view(header.carrier_code);
  params.shipping_carrier_id = view(header.carrier_id);
  params.shipping_service_code = view(header.service_code);
  params.shipping_service_name = view(header.service_name);
  params.ship_date = header.ship_date;
  params.tracking_number = view(header.tracking);
}

template <class Params>
void fill(Params& params, const orders::LocalLine& line) {
  params.shipstation_line_id = plain(line.line);
  params.shipstation_order_id = plain(line.order);
  params.sku = line.sku.value;
  params.sku_lot = view(line.sku_lot);
  params.name = view(line.name);
  params.quantity = line.quantity;
  params.unit_price_cents = minor(line.unit_price);
}

}  // namespace

std::optional<ShipStationOrderId> shipstation_id_from(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  const auto id = whole_number(*text);
  return id ? std::optional(ShipStationOrderId{*id}) : std::nullopt;
}

orders::OrderHeader header_from(const sql::LoadOrder::Row& row) {
  orders::OrderHeader header;
  header.id = LocalOrderId{row.id};
  header.number = OrderNumber{row.order_number};
  header.order_date = row.order_date;
  header.status = orders::status_from_word(row.status);
  header.source_system = row.source_system;
  header.shipstation_order = shipstation_id_from(row.shipstation_order_id);
  header.total_items = row.total_items;
  header.total_amount = cents(row.total_amount_cents);
  if (row.customer_email) header.customer_email = Pii<std::string>(*row.customer_email);
  header.ship_to = Pii<orders::Address>(
      {row.ship_name, row.ship_company, row.ship_street1, row.ship_street2, row.ship_street3,
       row.ship_city, row.ship_state, row.ship_postal_code, row.ship_country, row.ship_phone});
  header.bill_to = Pii<orders::Address>(
      {row.bill_name, row.bill_company, row.bill_street1, row.bill_street2, row.bill_street3,
       row.bill_city, row.bill_state, row.bill_postal_code, row.bill_country, row.bill_phone});
  header.carrier_code = row.shipping_carrier_code;
  header.carrier_id = row.shipping_carrier_id;
  header.service_code = row.shipping_service_code;
  header.service_name = row.shipping_service_name;
  header.ship_date = row.ship_date;
  header.tracking = row.tracking_number;
  return header;
}

orders::LocalLine line_from(const sql::LoadItems::Row& row) {
  orders::LocalLine line;
  line.row = row.id;
  if (row.shipstation_order_id) line.order = ShipStationOrderId{*row.shipstation_order_id};
  if (row.shipstation_line_id) line.line = ShipStationLineId{*row.shipstation_line_id};
  line.sku = Sku{row.sku};
  line.sku_lot = row.sku_lot;
  line.quantity = row.quantity;
  line.unit_price = cents(row.unit_price_cents);
  line.name = row.name;
  return line;
}

sql::InsertOrder::Params insert_params(const orders::OrderHeader& header, AccountId account,
                                       Instant now, HeaderTexts& texts) {
  sql::InsertOrder::Params params{};
  fill(params, header, texts);
  params.account_id = account.value;
  params.source_system = header.source_system;
  params.now = now;
  return params;
}

sql::UpdateOrder::Params update_params(const orders::OrderHeader& header, Instant now,
                                       HeaderTexts& texts) {
  check(header.id.has_value(), "an update names its row");
  sql::UpdateOrder::Params params{};
  fill(params, header, texts);
  params.id = header.id->value;
  params.now = now;
  return params;
}

sql::InsertItem::Params insert_params(const orders::LocalLine& line, LocalOrderId order) {
  sql::InsertItem::Params params{};
  fill(params, line);
  params.order_inbox_id = order.value;
  return params;
}

sql::UpdateItem::Params update_params(const orders::LocalLine& line) {
  check(line.row.has_value(), "an update names its row");
  sql::UpdateItem::Params params{};
  fill(params, line);
  params.id = *line.row;
  return params;
}

}  // namespace tallyman::book
