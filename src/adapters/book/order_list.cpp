#include "adapters/book/order_list.h"

#include <limits>

#include "adapters/book/sql/pages.h"
#include "ports/statements.h"

namespace tallyman::book {

namespace {

std::optional<std::string_view> view(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  return *text;
}

// The first text behind every text that begins with `prefix`; none when there is no such text.
std::optional<std::string> end_of_prefix(std::string prefix) {
  while (!prefix.empty()) {
    auto& last = reinterpret_cast<unsigned char&>(prefix.back());
    if (last < 0x7F) {  // stay within ASCII, so that the bound is valid UTF-8
      ++last;
      return prefix;
    }
    prefix.pop_back();
  }
  return std::nullopt;
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
  const auto number_to = filter.number_prefix ? end_of_prefix(*filter.number_prefix) : std::nullopt;
  static const Instant kEndOfTime = instant_from_text("9999-12-31T23:59:59Z").value();
  std::vector<OrderListRow> rows;
  for (auto& row : ports::select<sql::ListOrders>(
           tx, {.account_id = account.value,
                .status = view(filter.status),
                .source_system = view(filter.source_system),
                .number_from = view(filter.number_prefix),
                .number_to = view(number_to),
                .sku = view(filter.sku),
                .attention = filter.attention == Attention::needed,
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
