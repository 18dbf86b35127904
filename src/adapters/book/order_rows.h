// Between the rows of orders_inbox / order_items_inbox and the domain's snapshot. Private to book.
#pragma once

#include <string>

#include "adapters/book/sql/orders.h"
#include "domain/orders/local_order.h"

namespace tallyman::book {

orders::OrderHeader header_from(const sql::LoadOrder::Row& row);
orders::LocalLine line_from(const sql::LoadItems::Row& row);

// The texts that parameters of a header point to; must outlive the statement.
struct HeaderTexts {
  std::string shipstation_order;
};
sql::InsertOrder::Params insert_params(const orders::OrderHeader& header, AccountId account,
                                       Instant now, HeaderTexts& texts);
sql::UpdateOrder::Params update_params(const orders::OrderHeader& header, Instant now,
                                       HeaderTexts& texts);
sql::InsertItem::Params insert_params(const orders::LocalLine& line, LocalOrderId order);
sql::UpdateItem::Params update_params(const orders::LocalLine& line);

// orders_inbox.shipstation_order_id is text; something that is no number counts as absent.
std::optional<ShipStationOrderId> shipstation_id_from(const std::optional<std::string>& text);

}  // namespace tallyman::book
