// /api/v1/orders: the list, one order, why it is here, what ShipStation said.

#include <fmt/format.h>

#include <array>

#include "api/handlers.h"
#include "api/json.h"
#include "api/problem.h"
#include "api/workflows.h"
#include "domain/base/whole_number.h"
#include "ports/statements.h"
#include "views/orders.h"

namespace tallyman::api {

namespace {

namespace json = boost::json;

constexpr std::int64_t kPage = 200;
constexpr std::int64_t kLargestPage = 500;
constexpr std::int64_t kEndOfTime = 253'402'300'799'999'999;  // the year 9999, in microseconds

json::array to_json(const std::vector<views::SkuUnits>& lines) {
  json::array all;
  for (const auto& line : lines) {
    all.push_back({{"sku", line.sku},
                   {"lot", api::to_json(line.lot)},
                   {"name", api::to_json(line.name)},
                   {"quantity", line.quantity},
                   {"unit_price_cents", cents(line.unit_price)}});
  }
  return all;
}

json::array to_json(const std::vector<std::string>& texts) {
  json::array all;
  for (const auto& text : texts) all.push_back(json::value(text));
  return all;
}

json::object to_json(const views::OrderRow& shown) {
  const auto& row = shown.row;
  json::array flags;
  for (const auto& flag : shown.flags) {
    flags.push_back({{"kind", views::key(flag.kind)}, {"text", flag.text}});
  }
  return {{"order_number", row.number.value},
          {"status", row.status},
          {"source_system", row.source_system},
          {"order_date", to_text(row.order_date)},
          {"customer", api::to_json(row.company && !row.company->empty() ? row.company : row.name)},
          {"total_items", row.total_items},
          {"lines", to_json(shown.lines)},
          {"carrier", api::to_json(row.carrier)},
          {"service", api::to_json(row.service)},
          {"tracking_numbers", to_json(shown.tracking)},
          {"flags", std::move(flags)},
          {"shipstation_order_ids", to_json(shown.shipstation_ids)},
          {"updated_at", to_text(row.updated)}};
}

json::object to_json(const orders::Address& address) {
  return {{"name", api::to_json(address.name)},
          {"company", api::to_json(address.company)},
          {"street1", api::to_json(address.street1)},
          {"street2", api::to_json(address.street2)},
          {"street3", api::to_json(address.street3)},
          {"city", api::to_json(address.city)},
          {"state", api::to_json(address.state)},
          {"postal_code", api::to_json(address.postal_code)},
          {"country", api::to_json(address.country)},
          {"phone", api::to_json(address.phone)}};
}

json::array to_json(const std::vector<views::Parcel>& parcels) {
  json::array all;
  for (const auto& parcel : parcels) {
    all.push_back({{"shipment_id", parcel.id},
                   {"ship_date", api::to_json(parcel.ship_date)},
                   {"carrier", api::to_json(parcel.carrier)},
                   {"service", api::to_json(parcel.service)},
                   {"tracking_number", api::to_json(parcel.tracking)},
                   {"voided", parcel.voided},
                   {"items", to_json(parcel.lines)},
                   {"cost_cents", cents(parcel.cost)}});
  }
  return all;
}

json::array to_json(const std::vector<book::StoredEvent>& timeline) {
  json::array all;
  for (const auto& event : timeline) {
    json::array changes;
    for (const auto& change : event.changes) {
      changes.push_back({{"field", change.field},
                         {"before", api::to_json(change.before)},
                         {"after", api::to_json(change.after)}});
    }
    all.push_back({{"id", event.id},
                   {"at", to_text(event.at)},
                   {"kind", event.kind},
                   {"title", event.title},
                   {"detail", event.detail},
                   {"source", event.source},
                   {"tone", event.tone},
                   {"rule", api::to_json(event.rule)},
                   {"run_id", api::to_json(event.run)},
                   {"by", api::to_json(event.by)},
                   {"changes", std::move(changes)},
                   {"has_payload", event.remote.has_value()}});
  }
  return all;
}

std::string cursor_text(const book::OrderCursor& cursor) {
  return fmt::format("{}-{}", to_micros(cursor.updated), cursor.id.value);
}

std::optional<book::OrderCursor> cursor_in(const http_server::Request& request) {
  const auto text = http_server::find_query(request, "cursor");
  if (!text) return std::nullopt;
  const auto dash = text->find('-', 1);
  const bool cut = dash != std::string_view::npos;
  const auto updated = whole_number(text->substr(0, dash));
  const auto id = cut ? whole_number(text->substr(dash + 1)) : std::nullopt;
  if (!updated || !id || *updated < 0 || *updated > kEndOfTime) {
    throw Refusal{400, "Bad request", "cursor is not one that this program handed out."};
  }
  return book::OrderCursor{.updated = from_micros(*updated), .id = LocalOrderId{*id}};
}

std::optional<std::string> text_in(const http_server::Request& request, std::string_view name) {
  const auto text = http_server::find_query(request, name);
  if (!text || text->empty()) return std::nullopt;
  return std::string(*text);
}

book::OrderFilter filter_in(const http_server::Request& request) {
  const auto attention = number_in_query(request, "needs_attention", 0, 0, 1);
  return {.status = text_in(request, "status"),
          .source_system = text_in(request, "source"),
          .search = text_in(request, "q"),
          .sku = text_in(request, "sku"),
          .attention = attention == 1 ? book::Attention::needed : book::Attention::any,
          .archive = number_in_query(request, "archived", 0, 0, 1) == 1 ? book::Archive::only
                                                                        : book::Archive::without};
}

OrderNumber number_of(const Call& call) { return OrderNumber{call.path.at("number")}; }

orders::KnownSkus known_skus(const Context& context, ports::Tx& tx) {
  return context.key_skus_now ? context.key_skus_now(tx) : context.known_skus;
}

views::OrderRules rules_of(const Context& context, ports::Tx& tx) {
  return {.known_skus = known_skus(context, tx),
          .warehouse = context.warehouse,
          .reading = reading_rules(context, tx)};
}

// 404, but with what we know about why it is not here.
[[noreturn]] void refuse_absent(const Context& context, const OrderNumber& number) {
  const std::string why =
      ports::transact(context.database, ports::TxMode::read, [&](ports::Tx& tx) {
        return views::why_absent(tx, context.account, number, context.warehouse);
      });
  throw Refusal{404, "Not in the order book",
                why.empty() ? fmt::format("Order {} has never been seen.", number.value)
                            : fmt::format("Order {} is not kept here. {}", number.value, why)};
}

std::optional<views::OrderPage> load(const Context& context, const OrderNumber& number) {
  return ports::transact(context.database, ports::TxMode::read, [&](ports::Tx& tx) {
    return views::order_page(tx, context.account, number, rules_of(context, tx));
  });
}

}  // namespace

http_server::Response list_orders(const Context& context, const Call& call) {
  const auto filter = filter_in(call.request);
  const auto after = cursor_in(call.request);
  const auto limit = number_in_query(call.request, "limit", kPage, 1, kLargestPage);
  const auto list = ports::transact(context.database, ports::TxMode::read, [&](ports::Tx& tx) {
    return views::order_list(tx, context.account, filter, after, limit, rules_of(context, tx));
  });
  json::array items;
  for (const auto& row : list.rows) items.push_back(to_json(row));
  json::object counts;
  for (const auto& [status, count] : list.counts) {
    counts[status] = {{"orders", count.orders}, {"units", count.units}};
  }
  counts["needs_attention"] = {{"orders", list.needing_attention}};
  json::object body{
      {"items", std::move(items)},
      {"next_cursor", list.next ? json::value(cursor_text(*list.next)) : json::value(nullptr)},
      {"counts", std::move(counts)}};
  add_provenance(body, list.provenance);
  return json_response(200, body);
}

http_server::Response get_order(const Context& context, const Call& call) {
  const auto page = load(context, number_of(call));
  if (!page) refuse_absent(context, number_of(call));
  const auto& header = page->order.header;
  json::object order = to_json(page->head);
  order["ship_to"] = to_json(header.ship_to.reveal());
  order["bill_to"] = to_json(header.bill_to.reveal());
  order["customer_email"] =
      header.customer_email ? json::value(header.customer_email->reveal()) : json::value(nullptr);
  order["total_amount_cents"] = cents(header.total_amount);
  order["currency"] = "USD";
  order["ship_date"] = api::to_json(header.ship_date);
  json::object body{{"order", std::move(order)},
                    {"why", page->why},
                    {"items", to_json(page->head.lines)},
                    {"shipments", to_json(page->parcels)},
                    {"timeline", to_json(page->timeline)}};
  add_provenance(body, page->provenance);
  return json_response(200, body);
}

http_server::Response get_order_why(const Context& context, const Call& call) {
  const auto number = number_of(call);
  const auto page = load(context, number);
  if (!page) refuse_absent(context, number);
  json::object body{{"order_number", number.value}, {"why", page->why}};
  add_provenance(body, page->provenance);
  return json_response(200, body);
}

http_server::Response get_order_documents(const Context& context, const Call& call) {
  const auto all = ports::transact(context.database, ports::TxMode::read, [&](ports::Tx& tx) {
    return views::documents(tx, context.account, number_of(call));
  });
  if (all.empty()) {
    throw Refusal{404, "Not found", "No document of ShipStation is kept for this order."};
  }
  json::array documents;
  for (const auto& one : all) {
    documents.push_back({{"shipstation_order_id", std::to_string(one.id.value)},
                         {"seen_at", to_text(one.seen)},
                         {"document", json::parse(one.document)}});
  }
  return json_response(200, json::object{{"documents", std::move(documents)}});
}

std::span<const Route> order_routes() {
  static constexpr std::array kQuery = {
      QueryRow{"status", "string", "only this status"},
      QueryRow{"source", "string", "only orders of this source system"},
      QueryRow{"sku", "string", "only orders with this SKU"},
      QueryRow{"q", "string", "order number, name, company or tracking number"},
      QueryRow{"needs_attention", "integer", "1: only orders that need a person"},
      QueryRow{"archived", "integer", "1: only orders that left the inbox view; q finds them too"},
      QueryRow{"limit", "integer", "rows of a page, at most 500"},
      QueryRow{"cursor", "string", "next_cursor of the page before"}};
  static constexpr std::array kRoutes = {
      Route{.method = "GET",
            .pattern = "/api/v1/orders",
            .operation = "listOrders",
            .summary = "Orders, newest change first",
            .access = Access::viewer,
            .answer = list_orders,
            .answers = "OrderPage",
            .query = kQuery},
      Route{.method = "GET",
            .pattern = "/api/v1/orders/{number}",
            .operation = "getOrder",
            .summary = "One order with its timeline",
            .access = Access::viewer,
            .answer = get_order,
            .answers = "Order"},
      Route{.method = "GET",
            .pattern = "/api/v1/orders/{number}/why",
            .operation = "getOrderWhy",
            .summary = "Why an order is here, or is not",
            .access = Access::viewer,
            .answer = get_order_why,
            .answers = "OrderWhy"},
      Route{.method = "GET",
            .pattern = "/api/v1/orders/{number}/payload",
            .operation = "getOrderPayload",
            .summary = "What ShipStation said, word for word",
            .access = Access::viewer,
            .answer = get_order_documents,
            .answers = "OrderPayload"},
  };
  return kRoutes;
}

}  // namespace tallyman::api
