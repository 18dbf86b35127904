#include "adapters/book/order_list.h"

#include <limits>

#include "adapters/book/sql/pages.h"
#include "adapters/book/text_view.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

// Behind every text that begins with `prefix` and goes on with anything but the last code point.
std::string end_of_prefix(const std::string& prefix) { return prefix + "\xF4\x8F\xBF\xBF"; }

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

template <class Row>
OrderListRow row_from(Row row) {
  return {.id = LocalOrderId{row.id},
          .number = OrderNumber{std::move(row.order_number)},
          .status = std::move(row.status),
          .source_system = std::move(row.source_system),
          .order_date = row.order_date,
          .company = std::move(row.ship_company),
          .name = std::move(row.ship_name),
          .total_items = row.total_items,
          .carrier = std::move(row.shipping_carrier_code),
          .service = std::move(row.shipping_service_name),
          .tracking = std::move(row.tracking_number),
          .updated = row.updated_at,
          .open_cases = row.open_cases,
          .quarantined = row.quarantined,
          .provisional = row.provisional > 0,
          .lines = row.lines};
}

}  // namespace

std::vector<OrderListRow> list_orders(ports::Tx& tx, AccountId account, const OrderFilter& filter,
                                      const std::optional<OrderCursor>& after, std::int64_t limit) {
  std::optional<std::string> search_end;
  std::optional<std::string> lower_text;
  std::optional<std::string> lower_end;
  if (filter.search) {
    search_end = end_of_prefix(*filter.search);
    lower_text = lower(*filter.search);
    lower_end = end_of_prefix(*lower_text);
  }
  static const Instant kEndOfTime = instant_from_text("9999-12-31T23:59:59Z").value();
  std::vector<OrderListRow> rows;
  for (auto& row : ports::select<sql::ListOrders>(
           tx, {.account_id = account.value,
                .status = view(filter.status),
                .source_system = view(filter.source_system),
                .search = view(filter.search),
                .search_end = view(search_end),
                .lower = view(lower_text),
                .lower_end = view(lower_end),
                .sku = view(filter.sku),
                .attention = filter.attention == Attention::needed,
                .archived = filter.archive == Archive::only,
                .before_at = after ? after->updated : kEndOfTime,
                .before_id = after ? after->id.value : std::numeric_limits<std::int64_t>::max(),
                .limit = limit})) {
    rows.push_back(row_from(std::move(row)));
  }
  return rows;
}

std::optional<OrderListRow> find_order_row(ports::Tx& tx, AccountId account, LocalOrderId id) {
  auto row =
      ports::select_one<sql::FindOrderRow>(tx, {.account_id = account.value, .id = id.value});
  if (!row) return std::nullopt;
  return row_from(std::move(*row));
}

std::map<std::string, StatusCount> count_by_status(ports::Tx& tx, AccountId account) {
  std::map<std::string, StatusCount> counts;
  for (const auto& row :
       ports::select<sql::CountOrdersByStatus>(tx, {.account_id = account.value})) {
    counts[row.status] = {.orders = row.orders, .units = row.units.value_or(0)};
  }
  return counts;
}

std::int64_t count_needing_attention(ports::Tx& tx, AccountId account) {
  return ports::select_one<sql::CountOrdersNeedingAttention>(tx, {.account_id = account.value})
      ->orders;
}

}  // namespace tallyman::book
