// The lists: filters, sorting and pages (facts/shipstation.md §4, §8).
#include <algorithm>

#include "sandbox/shipstation/api.h"
#include "sandbox/shipstation/wire.h"

namespace tallyman::sandbox {
namespace {

constexpr std::int64_t kDefaultPageSize = 100;
constexpr std::int64_t kMostPageSize = 500;
constexpr std::size_t kTypicalRow = 2'600;  // bytes of one order

enum class Direction { ascending, descending };

struct Paging {
  std::int64_t page = 1;
  std::int64_t size = kDefaultPageSize;
  Direction direction = Direction::ascending;
};

Reply refused(const BadParam& bad) { return {400, invalid_request_json(bad.name, bad.why)}; }

Paging paging_of(Params& params, const Behaviour& behaviour) {
  Paging paging;
  paging.page = std::max<std::int64_t>(1, params.whole_or("page", 1));
  paging.size = params.whole_or("pageSize", kDefaultPageSize);
  if (paging.size < 1) paging.size = kDefaultPageSize;
  if (paging.size > kMostPageSize) {
    if (behaviour.large_page == LargePage::reject) {
      params.refuse("pageSize", "The field pageSize must be between 1 and 500.");
    }
    paging.size = kMostPageSize;
  }
  if (lower(params.text("sortDir")) == "desc") paging.direction = Direction::descending;
  return paging;
}

// The rows of the asked page; `at(i)` is the i-th row in ascending order.
template <class At>
auto page_of(std::int64_t total, const Paging& paging, At at) {
  std::vector<decltype(at(std::int64_t{}))> rows;
  const std::int64_t begin = std::min(total, (paging.page - 1) * paging.size);
  const std::int64_t end = std::min(total, begin + paging.size);
  for (std::int64_t i = begin; i < end; ++i) {
    rows.push_back(at(paging.direction == Direction::ascending ? i : total - 1 - i));
  }
  return rows;
}

// {"orders":[…],"total":…} with the lists' own faults worked in. `append` adds one row.
template <class Row, class Append>
std::string list_json(Desk& desk, std::string_view name, const Occasion& occasion,
                      std::vector<Row> rows, std::int64_t total, const Paging& paging,
                      Append append) {
  if (!rows.empty() && desk.faults.strikes(Fault::duplicate_row, occasion)) {
    rows.push_back(rows.front());
  }
  std::size_t null_at = rows.size();
  if (!rows.empty() && desk.faults.strikes(Fault::null_element, occasion)) {
    null_at = rows.size() / 2;
  }
  std::string out;
  out.reserve(rows.size() * kTypicalRow + 100);
  out += "{\"";
  out += name;
  out += "\":[";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0) out += ',';
    if (i == null_at) out += "null,";
    append(out, rows[i]);
  }
  std::int64_t pages = (total + paging.size - 1) / paging.size;
  if (pages == 1 && desk.behaviour.one_page == OnePage::zero) pages = 0;
  if (desk.faults.strikes(Fault::pages_zero, occasion)) pages = 0;
  if (const auto off = desk.faults.strikes(Fault::total_off, occasion)) total += amount_of(*off);
  append_list_end(out, total, paging.page, pages);
  return out;
}

struct OrderAsk {
  StampRange modified;
  StampRange created;
  StampRange ordered;
  StampRange paid;
  std::string number;  // prefix
  std::string status;
  std::string customer;
  std::string keyword;
  std::optional<std::int64_t> store;
  OrderSort sort = OrderSort::order_id;
  Paging paging;
};

std::optional<OrderSort> sort_from(std::string_view word) {
  if (word.empty()) return OrderSort::order_id;
  if (word == "modifydate") return OrderSort::modify_date;
  if (word == "createdate") return OrderSort::create_date;
  if (word == "orderdate") return OrderSort::order_date;
  return std::nullopt;
}

OrderAsk order_ask(Params& params, const Desk& desk) {
  const Zone& zone = desk.account.zone();
  const Behaviour& rule = desk.behaviour;
  OrderAsk ask;
  ask.modified = params.range("modifyDate", zone, rule.start, rule.end);
  ask.created = params.range("createDate", zone, rule.start, rule.end);
  // "greater than" … "less than or equal": the documents are exact about this one.
  ask.ordered = params.range("orderDate", zone, StartBound::exclusive, EndBound::inclusive);
  ask.paid = params.range("paymentDate", zone, StartBound::exclusive, EndBound::inclusive);
  ask.number = params.text("orderNumber");
  ask.status = lower(params.text("orderStatus"));
  ask.customer = lower(params.text("customerName"));
  ask.keyword = lower(params.text("itemKeyword"));
  ask.store = params.whole("storeId");
  const auto sort = sort_from(lower(params.text("sortBy")));
  if (!sort) params.refuse("sortBy", "sortBy is OrderDate, ModifyDate or CreateDate.");
  ask.sort = sort.value_or(OrderSort::order_id);
  ask.paging = paging_of(params, rule);
  return ask;
}

bool mentions(const Order& order, const std::string& keyword) {
  return std::ranges::any_of(order.lines, [&](const Line& line) {
    return lower(line.sku.value_or("")).find(keyword) != std::string::npos ||
           lower(line.name).find(keyword) != std::string::npos;
  });
}

bool matches(const Order& order, const OrderAsk& ask) {
  if (!ask.modified.has(order.modified) || !ask.created.has(order.created)) return false;
  if (!ask.ordered.has(order.ordered)) return false;
  if (!ask.paid.is_everything() && !(order.paid && ask.paid.has(*order.paid))) return false;
  if (!order.number.starts_with(ask.number)) return false;
  if (!ask.status.empty() && order.status != ask.status) return false;
  if (ask.store && order.advanced.store != *ask.store) return false;
  if (!ask.customer.empty() &&
      lower(order.ship_to.name.value_or("")).find(ask.customer) == std::string::npos) {
    return false;
  }
  return ask.keyword.empty() || mentions(order, ask.keyword);
}

StampRange range_of(const OrderAsk& ask, OrderSort sort) {
  switch (sort) {
    case OrderSort::order_id: return {};
    case OrderSort::modify_date: return ask.modified;
    case OrderSort::create_date: return ask.created;
    case OrderSort::order_date: return ask.ordered;
  }
  return {};
}

// Only the sort's own range is asked for, so that a page is a slice of the index.
bool is_slice(OrderAsk ask) {
  StampRange* own[] = {nullptr, &ask.modified, &ask.created, &ask.ordered};
  if (StampRange* range = own[static_cast<std::size_t>(ask.sort)]) *range = {};
  return ask.modified.is_everything() && ask.created.is_everything() &&
         ask.ordered.is_everything() && ask.paid.is_everything() && ask.number.empty() &&
         ask.status.empty() && ask.customer.empty() && ask.keyword.empty() && !ask.store;
}

std::pair<std::int64_t, std::vector<const Order*>> find_page(const Account& account,
                                                             const OrderAsk& ask) {
  const auto all = account.shown(ask.sort);
  const StampRange range = range_of(ask, ask.sort);
  const auto first = std::ranges::lower_bound(all, range.from, {}, &Shown::key);
  const auto last = std::ranges::lower_bound(first, all.end(), range.until, {}, &Shown::key);
  if (is_slice(ask)) {
    return {last - first,
            page_of(last - first, ask.paging, [&](std::int64_t i) { return first[i].order; })};
  }
  std::vector<const Order*> matching;
  for (auto entry = first; entry != last; ++entry) {
    if (matches(*entry->order, ask)) matching.push_back(entry->order);
  }
  const auto total = static_cast<std::int64_t>(matching.size());
  return {total, page_of(total, ask.paging,
                         [&](std::int64_t i) { return matching[static_cast<std::size_t>(i)]; })};
}

OrderDress dress_of(const Faults& faults, const Order& order) {
  OrderDress dress;
  if (const auto* broken = faults.on_order(Fault::broken_order, order.id)) {
    dress.broken = broken->member;
  }
  dress.unknown_status = faults.on_order(Fault::unknown_status, order.id) != nullptr;
  dress.unknown_members = faults.on_order(Fault::unknown_members, order.id) != nullptr;
  return dress;
}

bool is_poison(const Faults& faults, const Order& order) {
  return faults.on_order(Fault::poison_row, order.id) != nullptr;
}

// A label is poison only when it is named: nobody expects labels among so many per cent of orders.
bool is_poison(const Faults& faults, const Shipment& label) {
  const auto* spec = faults.on_order(Fault::poison_row, label.id);
  return spec != nullptr && spec->order.has_value();
}

// Shipments and fulfilments: few enough to be picked and sorted per request.
template <class Row, class Wanted, class Key>
std::vector<const Row*> pick(const std::map<std::int64_t, Row>& all, Wanted wanted, Key key) {
  std::vector<const Row*> rows;
  for (const auto& [id, row] : all) {
    if (wanted(row)) rows.push_back(&row);
  }
  std::ranges::stable_sort(rows, {}, [&](const Row* row) { return std::pair{key(*row), row->id}; });
  return rows;
}

bool in_range(const StampRange& range, const std::optional<LocalTime>& at) {
  return range.is_everything() || (at && range.has(*at));
}

bool same_if_asked(const std::string& asked, const Text& value) {
  return asked.empty() || value == asked;
}

}  // namespace

Reply list_orders(Desk& desk, const http_server::Request& request) {
  Params params(request);
  const OrderAsk ask = order_ask(params, desk);
  if (params.bad()) return refused(*params.bad());
  const Occasion occasion{"/orders", ask.paging.page};
  if (const auto shift = desk.faults.strikes(Fault::page_shift, occasion)) {
    desk.people.shuffle(desk.account, amount_of(*shift), desk.now);
  }
  auto [total, rows] = find_page(desk.account, ask);
  for (const Order* order : rows) {
    if (is_poison(desk.faults, *order)) return {500, server_error_json()};
  }
  return {200, list_json(desk, "orders", occasion, std::move(rows), total, ask.paging,
                         [&](std::string& out, const Order* order) {
                           append_json(out, *order, dress_of(desk.faults, *order));
                         })};
}

Reply show_order(Desk& desk, std::int64_t id) {
  const Order* order = desk.account.find(id);
  if (order == nullptr) return {404, message_json("The requested order could not be found.")};
  if (is_poison(desk.faults, *order)) return {500, server_error_json()};
  Reply reply;
  append_json(reply.body, *order, dress_of(desk.faults, *order));
  return reply;
}

Reply list_shipments(Desk& desk, const http_server::Request& request) {
  Params params(request);
  const Zone& zone = desk.account.zone();
  // "on or after" … "on or before".
  const auto range = [&](const char* name) {
    return params.range(name, zone, StartBound::inclusive, EndBound::inclusive);
  };
  const StampRange created = range("createDate");
  const StampRange voided = range("voidDate");
  const StampRange shipped = range("shipDate");
  const auto order = params.whole("orderId");
  const auto store = params.whole("storeId");
  const std::string number = params.text("orderNumber");
  const std::string tracking = params.text("trackingNumber");
  const std::string carrier = params.text("carrierCode");
  const std::string service = params.text("serviceCode");
  const bool by_ship_date = lower(params.text("sortBy")) == "shipdate";
  const auto items =
      params.flag("includeShipmentItems") ? ShipmentItems::included : ShipmentItems::left_out;
  const Paging paging = paging_of(params, desk.behaviour);
  if (params.bad()) return refused(*params.bad());

  const auto wanted = [&](const Shipment& row) {
    return created.has(row.created) && in_range(voided, row.void_stamp) &&
           shipped.has(LocalTime{row.ship_date}) && (!order || row.order == order) &&
           (!store || row.store == *store) && same_if_asked(tracking, row.tracking) &&
           same_if_asked(carrier, row.carrier) && same_if_asked(service, row.service) &&
           row.order_number.value_or("").starts_with(number) &&
           // A merged order takes its shipments out of the API (facts/shipstation.md §7).
           !(row.order && desk.account.is_merged_away(*row.order));
  };
  const auto rows = pick(desk.account.shipments(), wanted, [&](const Shipment& row) {
    return by_ship_date ? LocalTime{row.ship_date} : row.created;
  });
  const auto total = static_cast<std::int64_t>(rows.size());
  auto page =
      page_of(total, paging, [&](std::int64_t i) { return rows[static_cast<std::size_t>(i)]; });
  for (const Shipment* row : page) {
    if (is_poison(desk.faults, *row)) return {500, server_error_json()};
  }
  return {200,
          list_json(desk, "shipments", {"/shipments", paging.page}, std::move(page), total, paging,
                    [&](std::string& out, const Shipment* row) { append_json(out, *row, items); })};
}

Reply list_fulfilments(Desk& desk, const http_server::Request& request) {
  Params params(request);
  const Zone& zone = desk.account.zone();
  const auto range = [&](const char* name) {
    return params.range(name, zone, StartBound::inclusive, EndBound::inclusive);
  };
  const StampRange created = range("createDate");
  const StampRange shipped = range("shipDate");
  const auto fulfilment = params.whole("fulfillmentId");
  const auto order = params.whole("orderId");
  const std::string number = params.text("orderNumber");
  const std::string tracking = params.text("trackingNumber");
  const bool by_ship_date = lower(params.text("sortBy")) == "shipdate";
  const Paging paging = paging_of(params, desk.behaviour);
  if (params.bad()) return refused(*params.bad());

  const auto wanted = [&](const Fulfilment& row) {
    return created.has(row.created) && shipped.has(LocalTime{row.ship_date}) &&
           (!fulfilment || row.id == *fulfilment) && (!order || row.order == *order) &&
           row.order_number.starts_with(number) && same_if_asked(tracking, row.tracking) &&
           !desk.account.is_merged_away(row.order);
  };
  const auto rows = pick(desk.account.fulfilments(), wanted, [&](const Fulfilment& row) {
    return by_ship_date ? LocalTime{row.ship_date} : row.created;
  });
  const auto total = static_cast<std::int64_t>(rows.size());
  auto page =
      page_of(total, paging, [&](std::int64_t i) { return rows[static_cast<std::size_t>(i)]; });
  return {200, list_json(desk, "fulfillments", {"/fulfillments", paging.page}, std::move(page),
                         total, paging,
                         [](std::string& out, const Fulfilment* row) { append_json(out, *row); })};
}

}  // namespace tallyman::sandbox
